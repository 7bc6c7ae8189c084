"""The domino test at Chemelot: pairs differ by the closures alone, margins by what is left above fixed cost."""

import pytest

from ecopark.abm.input.loading import load_scenario
from ecopark.experiments.studies.questions import chemelot_domino as study


@pytest.fixture(scope="module")
def scenario():
    return load_scenario("chemelot")


@pytest.mark.parametrize("share", [1, 0.5, 0])
def test_a_share_of_the_margin_above_fixed_cost_is_left(scenario, share):
    before = {row.type: row for row in scenario.tables["types"]}
    for row in study.thin_out(scenario, share).tables["types"]:
        above = row.margin * row.typical_size - row.fixed_cost
        left = share if row.sector == "chemicals" else 1
        kept = left * (before[row.type].margin * row.typical_size - row.fixed_cost)
        assert above == pytest.approx(kept, abs=1e-6 * row.typical_size)


def test_nothing_but_the_due_closures_is_taken_away(scenario):
    quiet = study.keep_open(scenario)
    changed = [
        before.name
        for before, after in zip(scenario.tables["companies"], quiet.tables["companies"], strict=True)
        if before != after
    ]
    assert changed == ["Olefins 3", "Polyethylene A", "Polyethylene B", "Caprolactam North"]
    assert study.due_to_close(scenario) == changed
    assert study.due_to_close(quiet) == []
    assert all(row.closes is None or row.closes < study.FIRST for row in quiet.tables["companies"])


def test_until_the_first_closure_is_announced_a_pair_is_one_history(scenario):
    from ecopark.abm.park import Park

    announced = round((study.FIRST + 5 / 12 - scenario.start_year) * 12) - scenario["discovery.announcement"]
    pair = [Park(each, 3).advance(announced) for each in (scenario, study.keep_open(scenario))]
    assert pair[0].monthly.tobytes() == pair[1].monthly.tobytes()
    late = [park.advance(48).monthly.tobytes() for park in pair]
    assert late[0] != late[1]


def test_the_table_has_every_case(monkeypatch):
    monkeypatch.setattr(study, "MARGINS", (1.0, 0.0))
    found = study.compare(replicates=2)
    assert found[["margin", "backup"]].values.tolist() == [[1, 0], [1, 0.8], [0, 0], [0, 0.8]]
    assert (found["links_2027"] < found["links_2023"]).all()
    assert (found["links_2027"] < found["open_links_2027"]).all()
    assert found["broke_before"][2] > found["broke_before"][0]


def test_a_company_that_is_due_to_close_is_not_counted_among_those_that_follow(scenario):
    bare = study.thin_out(scenario, 0.0)
    everybody = [row.name for row in scenario.tables["companies"]]
    assert study.outcome(bare, 1, [])["broke_before"] > 0
    assert study.outcome(bare, 1, everybody)["broke_before"] == 0
