"""What runs share is built once and kept by content; nobody can change it."""

import ast
import sys
from pathlib import Path

import numpy as np
import pytest

import ecopark.abm.initialization as initialization
from ecopark.abm.initialization.found import found, ground_of, names_of, parameter_record
from ecopark.abm.initialization.levers import lay_levers
from ecopark.abm.initialization.opportunities import list_conversions
from ecopark.abm.initialization.price_paths import lay_paths
from ecopark.abm.initialization.template import KEPT, Reading, kept
from ecopark.abm.input.loading import load_scenario
from tests.parks import TRIO, scenario_of, trio

found_file = sys.modules[found.__module__]  # the package gives the function of that name


def test_equal_content_is_built_once_whatever_object_holds_it():
    assert ground_of(scenario_of(TRIO)) is ground_of(scenario_of(TRIO))
    assert list_conversions(trio()) is list_conversions(trio().replace({"policy.landfill_tax": 9}))


@pytest.mark.parametrize(
    ("change", "same"),
    [
        ({"policy.landfill_tax": 60}, {"ground", "conversions", "paths", "params"}),
        ({"contract.term_truck": 9}, {"levers", "paths"}),
        ({"investment.fear": 0.7}, {"ground", "conversions", "levers", "paths"}),
        ({"social.contacts": 1}, {"conversions", "levers", "paths"}),
    ],
)
def test_what_depends_on_a_varied_value_is_rebuilt_alone(change, same):
    def parts(scenario):
        return {
            "ground": ground_of(scenario),
            "conversions": list_conversions(scenario),
            "levers": lay_levers(scenario, 24),
            "paths": lay_paths(scenario, 24),
            "params": parameter_record(scenario, 3).tobytes(),
        }

    one, other = parts(trio()), parts(trio().replace(change))
    assert {name for name in one if one[name] is other[name] or (name == "params" and one[name] == other[name])} == same


def test_generated_companies_depend_on_their_own_parameters():
    generated = load_scenario("synthetic")
    assert ground_of(generated) is ground_of(generated.replace({"investment.fear": 0.7}))
    assert ground_of(generated) is not ground_of(generated.replace({"synthetic.scatter": 0.71}))


def test_a_founding_after_others_is_a_founding_alone():
    varied = trio().replace({"contract.term_truck": 9, "policy.landfill_tax": 60})
    found(trio(), 1, 24)
    after = found(varied, 2, 24)
    for part in (ground_of, list_conversions, lay_levers, lay_paths):
        part.forget()
    alone = found(varied, 2, 24)
    for name, table in alone.tables().items():
        assert table.tobytes() == after.tables()[name].tobytes(), name


def test_a_run_cannot_change_what_others_start_with():
    state = found(trio(), 1, 24)
    for name in sorted(state.shared - {"params"}):
        with pytest.raises(ValueError, match="read-only"):
            getattr(state, name)[...] = getattr(state, name)
    before = ground_of(trio()).companies.tobytes()
    state.companies.cash += 1
    state.streams.coming += 1
    assert ground_of(trio()).companies.tobytes() == before
    assert found(trio(), 1, 24).streams.coming.tolist() != state.streams.coming.tolist()


def test_a_large_region_gives_the_same_run_though_its_tables_are_not_kept(monkeypatch):
    scenario = load_scenario("synthetic").replace({"synthetic.companies": 40})
    kept_ones, names = found(scenario, 3, 24), list(names_of(scenario))
    monkeypatch.setattr(found_file, "LARGE", 39)
    names_of.forget()
    large = found(scenario, 3, 24)
    same = set(kept_ones.tables()) - {"params", "pages", "books"}  # what a large region does not record
    for name in sorted(same):
        assert large.tables()[name].tobytes() == kept_ones.tables()[name].tobytes(), name
    assert list(names_of(scenario)) == names
    assert not np.shares_memory(found(scenario, 3, 24).streams, large.streams)
    with pytest.raises(ValueError, match="read-only"):
        large.opportunities.distance[0] = 0.0


def test_the_last_results_are_kept():
    built = []

    @kept
    def part(scenario):
        built.append(scenario["contract.term_truck"])
        return np.zeros(1)

    for years in (*range(1, KEPT + 2), KEPT + 1, 1):
        part(trio().replace({"contract.term_truck": years}))
    assert built == [*range(1, KEPT + 2), 1]


def test_what_a_part_reads_counts_for_the_whole():
    @kept
    def inner(scenario):
        return (scenario["contract.term_truck"],)

    @kept
    def outer(scenario):
        return (inner(scenario), scenario.start_year)

    inner(trio())
    assert outer(trio())[0] == (trio()["contract.term_truck"],)
    assert outer(trio().replace({"contract.term_truck": 9}))[0] == (9,)
    reading = Reading(trio())
    outer.__wrapped__(reading)
    assert set(reading.values) == {"[contract.term_truck]", "start_year"}


def test_no_table_is_filled_record_by_record():
    """A value set in a record costs a microsecond: tables are filled by columns, or by compiled code."""
    for path in Path(initialization.__file__).parent.glob("*.py"):
        loops = [node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.For)]
        inside = [part for loop in loops for part in ast.walk(loop) if isinstance(part, ast.Assign | ast.AugAssign)]
        targets = [target for part in inside for target in getattr(part, "targets", [getattr(part, "target", None)])]
        set_there = [target.attr for target in targets if isinstance(target, ast.Attribute)]
        assert not set_there or path.name == "row_writers.py", f"{path.name} sets {set_there} in a loop"
