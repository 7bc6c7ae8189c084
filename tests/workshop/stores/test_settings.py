"""Settings travel in a link, are checked as a whole, and can be undone."""

import pytest

from ecopark.abm.input.errors import InputError
from ecopark.abm.input.loading import load_scenario
from ecopark.experiments.validation.posterior import row_of
from ecopark.experiments.workshop.stores.levers import all_levers
from ecopark.experiments.workshop.stores.settings import History, apply_to, found_park, from_link, to_link

SETTINGS = {
    "policy.landfill_tax": 60.5, "policy.landfill_tax.start": 1990, "behaviour.planned_behaviour": False, "close.Waste Water Plant": 2001,
    "price.energy": 2.5, "price.energy.year": 1973.5, "negotiation.protocol": "equal_gain", "social.contacts": 6,
}  # fmt: skip


def test_a_link_carries_settings_there_and_back():
    assert from_link("?" + to_link(SETTINGS)) == SETTINGS


def test_a_link_leaves_what_belongs_to_the_screen():
    assert from_link("?room=ABCDE&policy.broker=1") == {"policy.broker": 1}


def test_mistakes_of_values_and_shocks_come_together(scenario):
    wrong = {
        "policy.landfil_tax": 5,
        "behaviour.attitude": 9,
        "close.Asnes": 1990,
        "close.Gyproc": 1800,
        "price.energy": 0,
    }
    with pytest.raises(InputError) as error:
        apply_to(scenario, wrong)
    assert len(error.value.mistakes) == 5
    assert "landfill_tax" in {mistake.nearest for mistake in error.value.mistakes}


def test_settings_found_the_park_they_describe(scenario):
    park = found_park(scenario, SETTINGS, 0)
    assert park.scenario["social.contacts"] == 6
    assert park.scenario.policies[-1].start == 1990
    assert (park.state.calendar.month == 40 * 12).any()


def test_no_settings_are_the_baseline(scenario):
    assert (
        found_park(scenario, {}, 4).run(10).yearly.tobytes()
        == found_park(scenario, {"policy.broker": 0}, 4).run(10).yearly.tobytes()
    )


def test_undo_and_redo_walk_the_steps():
    history = History()
    history.change({"a.b": 1})
    history.change({"a.b": 2})
    history.undo()
    assert history.values == {"a.b": 1}
    history.redo()
    assert history.values == {"a.b": 2}
    history.undo()
    history.change({"a.b": 5})
    assert not history.can_redo


def test_dragging_one_lever_is_one_step():
    history = History()
    for value in range(10):
        history.change({"a.b": value}, "a.b")
    history.undo()
    assert history.values == {}
    assert not history.can_undo


def test_every_policy_and_parameter_is_a_lever_with_its_declared_range(scenario):
    levers = all_levers(scenario)
    assert levers["policy.landfill_tax"].high == 1000
    assert levers["market.volatility"].neutral == 0.4, "the scenario's own value, not the default"
    assert not any(name.startswith("recording.") for name in levers)
    for lever in levers.values():
        assert lever.label
        assert lever.kind not in ("int", "float") or lever.low <= lever.neutral <= lever.high


def test_each_replicate_draws_its_row_of_the_posterior_but_for_what_is_set():
    scenario = load_scenario("mistrust")
    park = found_park(scenario, {"posterior.draw": True, "search.hours": 30.0}, 5)
    row = row_of(5)
    assert park.scenario["contract.transaction_cost"] == row["contract.transaction_cost"]
    assert park.scenario["search.hours"] == 30.0
    cost = found_park(scenario, {"posterior.draw": False}, 5).scenario["contract.transaction_cost"]
    assert cost == scenario["contract.transaction_cost"] != row["contract.transaction_cost"]
    assert from_link(to_link({"posterior.draw": True})) == {"posterior.draw": True}
    with pytest.raises(InputError, match=r"posterior\.draw"):
        apply_to(scenario, {"posterior.draw": "perhaps"})
