"""Strategies from outside the package: by name, called as the built-in ones, seeing their own side and nothing else."""

from __future__ import annotations

import gc
import json
import re
from pathlib import Path

import numpy as np
import pytest

from ecopark.abm.input.errors import InputError
from ecopark.abm.input.loading import load_scenario
from ecopark.abm.input.scenario import Scenario
from ecopark.abm.park import Park
from ecopark.abm.strategies import (
    NAMES,
    PLACES,
    Accept,
    End,
    Line,
    Reject,
    StrategyError,
    best_package,
    claim,
    guarded,
    price_for,
    strategy,
    worth,
)
from ecopark.abm.strategies.outside import register
from ecopark.abm.strategies.outside.register import code_of, known_names, name_of
from ecopark.abm.strategies.outside.view import View
from ecopark.abm.strategies.view import (
    ACCEPT,
    AIM,
    DEADLINE,
    FIRST_WORTH,
    HEARD_LAST,
    HEARD_PACKAGE,
    HEARD_PRICE,
    HEARD_WORTH,
    LAST_OFFER,
    LEAST,
    MEETING,
    OFFER,
    PACKAGE,
    PACKAGES,
    PRICE,
    REJECT,
    SLOPE,
)  # fmt: skip
from tests import bench_parks

SOURCE = """
from ecopark.abm.strategies import Accept, Line, Reject, strategy

@strategy("from a file")
class Half:
    def propose(self, view):
        return Line(view.price_for(view.claim(0.5), view.ranked[0]), view.ranked[0])
    def respond(self, view, line):
        return Accept() if line.worth >= view.claim(0.4) else Reject()
"""


@strategy("test_plain_open")
class PlainOpen:
    """`open` again, in plain Python."""

    def claim(self, view):
        return view.claim(1.0 - min(1.0, view.meeting / view.deadline) ** (1.0 / view.exponent))

    def propose(self, view):
        best = max(view.packages, key=lambda one: one.own + one.other)
        return Line(view.price_for(self.claim(view), best), best, last=view.meeting >= view.deadline)

    def respond(self, view, line):
        nothing = 1e-9 * view.stake
        if line.worth >= self.claim(view) - nothing:
            return Accept()
        if line.last:
            return Accept() if line.worth >= view.least - nothing else End()
        return Reject()


@strategy("test_compiled_stubborn", compiled=True)
class CompiledStubborn:
    """Claims the whole; takes a last offer that is worth the least gain."""

    @staticmethod
    def propose(view, out, memory):
        memory[0] += 1.0
        count = int(view[PACKAGES])
        both = view[FIRST_WORTH : FIRST_WORTH + count] + view[FIRST_WORTH + count : FIRST_WORTH + 2 * count]
        best = np.argmax(both)
        out[PACKAGE] = best
        out[PRICE] = (view[AIM] - view[FIRST_WORTH + best]) / view[SLOPE]
        return LAST_OFFER if view[MEETING] >= view[DEADLINE] else OFFER

    @staticmethod
    def respond(view, memory):
        if view[HEARD_WORTH] >= view[AIM] or (view[HEARD_LAST] == 1.0 and view[HEARD_WORTH] >= view[LEAST]):
            return ACCEPT
        return REJECT


@strategy("test_plain_stubborn")
class PlainStubborn:
    """The same in plain Python."""

    def propose(self, view):
        view.memory[0] += 1
        return Line(view.price_for(view.aim, view.ranked[0]), view.ranked[0], last=view.meeting >= view.deadline)

    def respond(self, view, line):
        return Accept() if line.worth >= view.aim or (line.last and line.worth >= view.least) else Reject()


@strategy("test_compiled_copy", compiled=True)
class CompiledCopy:
    """Does what a built-in strategy does, by calling it."""

    @staticmethod
    def propose(view, out, memory):
        return guarded.propose(view, out, memory)

    @staticmethod
    def respond(view, memory):
        return guarded.respond(view, memory)


@strategy("test_compiled_half", compiled=True)
class CompiledHalf:
    """Claims a half of the whole, with the helpers of the package."""

    @staticmethod
    def propose(view, out, memory):
        out[PACKAGE] = best_package(view)
        out[PRICE] = price_for(view, claim(view, 0.5), best_package(view))
        return LAST_OFFER if view[MEETING] >= view[DEADLINE] else OFFER

    @staticmethod
    def respond(view, memory):
        heard = worth(view, view[HEARD_PRICE], int(view[HEARD_PACKAGE]))
        return ACCEPT if heard >= claim(view, 0.5) else REJECT


@strategy("test_plain_half")
class PlainHalf:
    """The same in plain Python."""

    def propose(self, view):
        best = view.ranked[0]
        return Line(view.price_for(view.claim(0.5), best), best, last=view.meeting >= view.deadline)

    def respond(self, view, line):
        return Accept() if view.worth(line.price, line.package) >= view.claim(0.5) else Reject()


def run(months=240, **values):
    return Park(bench_parks.pair().replace(values), 1).advance(months)


def bits(park):
    state = park.state
    return park.monthly.tobytes(), state.meetings[: int(state.clock.meetings[0])].tobytes()


def test_open_in_plain_python_gives_the_same_bits_as_the_built_in_one():
    assert bits(run(**{"strategy.default": "test_plain_open"})) == bits(run(**{"strategy.default": "open"}))


def test_a_compiled_strategy_gives_the_same_as_the_same_in_python():
    found = [run(**{"strategy.role.seller": name}) for name in ("test_compiled_stubborn", "test_plain_stubborn")]
    assert found[0].state.clock.talks_held[0] > 0
    assert bits(found[0]) == bits(found[1])


@pytest.mark.parametrize(
    ("one", "other"), [("test_compiled_half", "test_plain_half"), ("test_compiled_copy", "guarded")]
)
def test_machine_code_from_outside_may_call_the_helpers_and_rules_of_the_package(one, other):
    found = [run(**{"strategy.default": name}) for name in (one, other)]
    assert found[0].state.clock.talks_held[0] > 0
    assert bits(found[0]) == bits(found[1])


def test_a_fork_goes_on_with_the_same_bits():
    park = run(60, **{"strategy.default": "test_plain_stubborn"})
    twin = park.fork().advance(120)
    assert bits(twin) == bits(park.advance(120))


def test_the_narrowest_assignment_wins():
    names = sorted(row.name for row in bench_parks.pair().tables["companies"])
    kinds = {row.name: row.type for row in bench_parks.pair().tables["companies"]}
    park = run(
        1,
        **{
            "strategy.default": "open", "strategy.role.seller": "agent_v1", f"strategy.type.{kinds[names[0]]}": "guarded",
            f'strategy.company."{names[0]}"': "default",
        },
    )  # fmt: skip
    state, places = park.state, {name: place for place, name in enumerate(park.names)}
    here, there = places[names[0]], places[names[1]]
    assert [name_of(int(state.companies[f"strategy_{role}"][here])) for role in ("seller", "buyer")] == ["default"] * 2
    other = "guarded" if kinds[names[1]] == kinds[names[0]] else None
    found = [name_of(int(state.companies[f"strategy_{role}"][there])) for role in ("seller", "buyer")]
    assert found == ([other] * 2 if other else ["agent_v1", "open"])


def test_a_file_names_a_strategy(tmp_path):
    path = tmp_path / "half.py"
    path.write_text(SOURCE)
    park = run(**{"strategy.default": f"{path}:Half"})
    assert set(park.results.talks.strategy_seller) == {f"{path}:Half"}
    assert "from a file" in known_names()


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("guarde", "did you mean 'guarded'"),
        ("no.such.module:Tough", "can be imported"),
        ("/no/such/file.py:Tough", "there is no file"),
        ("json:JSONDecoder", "propose"),
        ("negmas:BoulwareTBNegotiato", "BoulwareTBNegotiator"),
    ],
)
def test_a_name_that_is_none_is_said_with_the_nearest(name, words):
    with pytest.raises(InputError, match=re.escape(words)):
        load_scenario("kalundborg", {"strategy.default": name})


def test_a_company_a_type_and_a_role_that_are_none_are_said_at_once():
    with pytest.raises(InputError) as found:
        load_scenario(
            "kalundborg",
            {"strategy.company.Asnes": "open", "strategy.type.refinry": "open", "strategy.role.sellar": "open"},
        )
    text = str(found.value)
    assert len(found.value.mistakes) == 3
    assert all(word in text for word in ("'Asnaes'", "'seller'"))


def test_what_was_saved_loads_no_code(tmp_path):
    path = tmp_path / "saved.py"
    path.write_text(SOURCE.replace("from a file", "saved") + "\nopen(__file__ + '.ran', 'w').close()\n")
    plain = load_scenario("kalundborg").describe()
    plain["parameters"]["strategy"]["default"] = f"{path}:Half"
    with pytest.raises(InputError, match="is loaded only by --set"):
        Scenario.restore(plain)
    assert not Path(f"{path}.ran").exists()


def test_a_built_in_name_is_taken_and_a_class_needs_both_methods():
    with pytest.raises(StrategyError, match="guarded is one"):
        strategy("guarded")(PlainOpen)
    with pytest.raises(StrategyError, match="respond"):
        strategy("half a class")(type("Half", (), {"propose": lambda self, view: End()}))
    assert code_of("guarded") == NAMES.index("guarded")


def test_an_error_ends_the_run_with_strategy_talk_month_and_view():
    @strategy("test_breaks")
    class Breaks:
        def propose(self, view):
            return 1 / 0

        def respond(self, view, line):
            return Reject()

    with pytest.raises(InputError) as found:
        run(**{"strategy.default": "test_breaks"})
    text = str(found.value)
    assert "strategy test_breaks, talk" in text
    assert "ZeroDivisionError" in text
    assert "month" in text
    view = json.loads(Path(re.search(r"is in (\S+\.json)", text)[1]).read_text())
    assert set(PLACES) <= set(view)


def test_scenario_toml_names_strategies(tmp_path):
    (tmp_path / "companies.csv").write_text("name,type\nA,coal_chp_fgd\nB,plasterboard_plant\n")
    (tmp_path / "scenario.toml").write_text('[strategy]\ndefault = "open"\n[strategy.company]\nA = "guarded"\n')
    scenario = load_scenario(tmp_path)
    assert scenario.parameters["strategy"].company == {"A": "guarded"}
    assert Scenario.restore(scenario.describe()).parameters["strategy"] == scenario.parameters["strategy"]


def test_workshops_load_no_code_and_refuse_state_of_ones_own(monkeypatch, tmp_path):
    path = tmp_path / "later.py"
    path.write_text(SOURCE.replace("from a file", "later"))
    monkeypatch.setattr(register, "_closed", [])
    monkeypatch.setattr(register, "_guests", [])
    register.load_no_more_code()
    with pytest.raises(StrategyError, match="a workshop loads no code"):
        code_of(f"{path}:Half")
    assert code_of("guarded") == NAMES.index("guarded")

    @strategy("test_counts_itself")
    class CountsItself(PlainOpen):
        def __init__(self):
            self.said = 0

    monkeypatch.setattr(register, "_closed", [])
    code_of("test_counts_itself")
    with pytest.raises(StrategyError, match="test_counts_itself"):
        register.load_no_more_code()


class TestPrivacy:
    """A view has the numbers of its own side; whoever walks it finds nothing else."""

    def reach(self, thing, depth=6):
        """Return every number that can be reached from an object by attributes, items and referents."""
        numbers, known, ahead = set(), set(), [(thing, 0)]
        while ahead:
            one, level = ahead.pop()
            if id(one) in known or level > depth:
                continue
            known.add(id(one))
            if isinstance(one, float | int) and not isinstance(one, bool):
                numbers.add(float(one))
            elif isinstance(one, np.ndarray):
                numbers.update(np.asarray(one, dtype=float).ravel().tolist()) if one.dtype.kind in "fiu" else None
            elif not isinstance(one, type(json)):
                ahead += [(part, level + 1) for part in gc.get_referents(one)]
        return numbers

    def test_walking_every_attribute_finds_no_private_number_of_the_other(self):
        found, reach = [], self.reach

        @strategy("test_walks")
        class Walks(PlainOpen):
            def propose(self, view):
                found.append((view.sells, reach(view) | reach(vars(View))))
                return super().propose(view)

        park = run(1, **{"strategy.default": "test_walks"})
        while not found:
            park.advance(1)
        talk = park.state.past_talks[0] if park.state.clock.talks[0] == 0 else park.state.talks[0]
        sells, numbers = found[0]
        other = "buyer" if sells else "seller"
        for name in ("reserve", "aim"):
            value = float(talk[f"{name}_{other}"])
            assert value not in numbers or value == float(talk[f"{name}_{'seller' if sells else 'buyer'}"])
        own = "seller" if sells else "buyer"
        assert float(talk[f"reserve_{own}"]) in numbers

    def test_the_array_has_the_named_places_and_the_packages_and_no_more(self):
        sizes = []

        @strategy("test_counts")
        class Counts(PlainOpen):
            def propose(self, view):
                sizes.append((len(view._numbers), len(view._worth), len(view.packages)))
                return super().propose(view)

        park = run(1, **{"strategy.default": "test_counts"})
        while not sizes:
            park.advance(1)
        for named, worths, packages in sizes:
            assert (named, worths) == (len(PLACES), 2 * packages)
