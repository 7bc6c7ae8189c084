"""Parameters: declared once with unit, range and meaning; each works in the direction its meaning says."""

import numpy as np
import pytest

from ecopark import Park
from ecopark.abm.input.errors import InputError
from ecopark.abm.input.parameters import GROUPS, PARAMETERS
from tests.abm.policies.test_policies import BLIND, CANDIDATES, COSTLY, GREEDY
from tests.parks import BUSY, MIXED, changed, mixed, scenario_of, trio


@pytest.mark.parametrize("name", PARAMETERS)
def test_declaration_is_complete(name):
    parameter = PARAMETERS[name]
    assert parameter.name == name
    assert name.split(".")[0] in GROUPS
    assert parameter.meaning
    assert parameter.unit
    assert parameter.grade in "VCSGA"
    assert parameter.kind in ("float", "int", "bool", "str")
    assert trio()[name] is not None
    if parameter.kind in ("float", "int"):
        assert parameter.low <= parameter.default <= parameter.high
        assert f"{parameter.low:g}" in parameter.allowed
    else:
        assert (parameter.low, parameter.high) == (None, None)


@pytest.mark.parametrize("name", [name for name, one in PARAMETERS.items() if one.kind in ("float", "int")])
def test_ends_of_the_range_are_taken_and_what_lies_beyond_refused(name):
    parameter = PARAMETERS[name]
    for value in (parameter.low, parameter.high):
        assert trio({name: value})[name] == value
    for value in (parameter.low - 1, parameter.high + 1, float("nan"), float("inf"), "x", None):
        with pytest.raises(InputError, match=name):
            trio({name: value})


def test_groups_are_frozen():
    with pytest.raises(Exception, match="frozen"):
        trio().parameters["trust"].gain = 0.5


UNKNOWN = {"conversions": [{**row, "known_from": 2100} for row in MIXED["conversions"]]}
SAFE = {"turnover.hazard": 0, "turnover.insolvency": False}
LATE = {
    "companies": [
        {"name": f"Builder {n}", "type": "builder", "size": 9000, "x_km": n, "opens": "2006"} for n in range(20)
    ]
}
LAME = {"trust.culture": 0.2, "trust.start": 0.3}

# parameter: (low, high, changes of the park, values, indicator, +1 when the indicator rises with the parameter)
DIRECTIONS = {
    "production.volatility": (0, 2, {}, SAFE, "shortfall", 1),
    "production.own_sd": (0, 0.4, {}, SAFE, "shortfall", 1),
    "production.outages": (0, 5, {}, SAFE, "shortfall", 1),
    "contract.band": (0, 0.5, {}, SAFE, "shortfall", -1),
    "contract.transaction_cost": (5_000, 500_000, {}, SAFE, "deals", -1),
    "contract.monitoring_cost": (0, 60_000, {}, SAFE, "deals", -1),
    "contract.dependable": (0.5, 1, {}, SAFE, "material_reused", 1),
    "contract.smallest": (0, 0.9, {}, SAFE, "links", -1),
    "behaviour.attitude": (0.3, 1.5, {}, SAFE, "willingness", 1),
    "behaviour.threshold": (0.2, 0.9, {}, SAFE, "deals", -1),
    "behaviour.required_gain": (0, 1, {}, SAFE, "failed_talks", 1),
    "behaviour.payback": (0.3, 3, COSTLY, SAFE, "deals", 1),
    "behaviour.disappointment": (0, 1, {}, SAFE, "attitude", -1),
    "trust.start": (0.2, 0.9, {}, {**SAFE, "trust.drift": 0}, "trust", 1),
    "trust.culture": (0.2, 0.9, {}, {**SAFE, "trust.drift": 0.1}, "trust", 1),
    "trust.gain": (0, 0.1, {}, SAFE, "trust", 1),
    "trust.loss": (0, 1, {}, {**SAFE, "production.own_sd": 0.4}, "trust", -1),
    "trust.loss_hold_up": (0.1, 1, {}, {**SAFE, **GREEDY}, "ends_held_up", 1),
    "trust.breaking": (0, 0.6, {}, {**SAFE, **LAME}, "deals", -1),
    "social.contacts": (0, 6, {}, {**SAFE, "discovery.by_search": False, "search.hours": 50}, "deals", 1),
    "discovery.project": (1, 20, LATE, {**SAFE, "search.hours": 10}, "deals", 1),
    "search.hours": (0, 50, {}, SAFE, "deals", 1),
    "search.look": (4, 400, {}, {**SAFE, "search.hours": 50}, "deals", -1),
    "search.see": (0, 0.5, {}, {**SAFE, "search.hours": 50}, "deals", 1),
    "search.platform_look": (0, 100, {}, {**SAFE, **BLIND, "policy.platform": 1, "search.hours": 3}, "deals", -1),
    "search.vision": (0, 10, {}, {**SAFE, "policy.vision": 1, "search.hours": 10}, "deals", 1),
    "screening.hours": (0, 200, {}, {**SAFE, "search.hours": 10}, "deals", -1),
    "negotiation.hours": (0, 100, {}, {**SAFE, "search.hours": 20}, "deals", -1),
    "contract.care": (0, 20, {}, {**SAFE, "search.hours": 20}, "deals", -1),
    "trust.exit": (0, 1, {}, {**SAFE, **LAME}, "ends_trust_lost", 1),
    "trust.comfort": (0.1, 0.9, {}, {**SAFE, **LAME}, "ends_trust_lost", 1),
    "discovery.innovation": (0, 0.1, UNKNOWN, SAFE, "deals", 1),
    "discovery.partners": (1, 24, {}, SAFE, "deals", 1),
    "screening.margin": (0, 10, {}, SAFE, "deals", -1),
    "screening.review": (3, 120, {}, {**SAFE, "negotiation.error_none": 1.5}, "deals", -1),
    "screening.retry": (1, 120, {}, SAFE, "failed_talks", -1),
    "negotiation.deadline_high": (6, 60, {}, SAFE, "in_talks", 1),
    "negotiation.exponent_high": (0.2, 5, {}, {**SAFE, "negotiation.open": 1}, "in_talks", -1),
    "negotiation.error_none": (0, 1.5, {}, SAFE, "failed_feasible", 1),
    "negotiation.meetings": (1, 6, {}, SAFE, "in_talks", -1),
    "investment.permit_months": (0, 48, {}, SAFE, "energy_reused", -1),
    "investment.hold_up": (0, 0.8, {}, {**SAFE, **GREEDY, "trust.loss_hold_up": 1}, "ends_held_up", 1),
    "investment.fear": (0, 10, COSTLY, {**SAFE, **GREEDY, "investment.hold_up": 0.3}, "deals", -1),
    "investment.enforcement": (0, 1, {}, {**SAFE, **GREEDY}, "ends_held_up", -1),
    "review.short_months": (2, 12, {}, {**SAFE, "production.own_sd": 0.4, "review.readjust": False}, "ends_supply_failed", -1),
    "review.short_share": (0.05, 0.9, {}, {**SAFE, "production.own_sd": 0.4, "review.readjust": False}, "ends_supply_failed", -1),
    "review.least_share": (0, 1, {}, {**SAFE, "production.own_sd": 0.4}, "ends_supply_failed", 1),
    "review.permit_hazard": (0, 0.3, {}, SAFE, "ends_permit_withdrawn", 1),
    "turnover.hazard": (0, 5, {}, {}, "closures", 1),
    "turnover.reserve": (1, 100, {"types": [{"type": "smelter", "margin": 40}]}, {}, "closures", -1),
    "turnover.entry": (0, 0.5, CANDIDATES, SAFE, "openings", 1),
    "turnover.entry_symbiosis": (0, 20, CANDIDATES, SAFE, "openings", 1),
    "governance.facilitator": (0, 2, {}, {**SAFE, **BLIND, "governance.mode": "facilitated"}, "deals", 1),
}  # fmt: skip


def observed(rows, values, indicator):
    """Return the sum of an indicator over fifteen years and eight seeds."""
    scenario = scenario_of(changed(MIXED, **rows), {**BUSY, **values}, years=15)
    return sum(np.nansum(Park(scenario, seed).run().yearly[indicator]) for seed in range(8))


@pytest.mark.parametrize("name", DIRECTIONS)
def test_direction_of_effect(name):
    low, high, rows, values, indicator, sign = DIRECTIONS[name]
    less, more = (observed(rows, {**values, name: value}, indicator) for value in (low, high))
    assert sign * (more - less) > 0.03 * max(abs(less), abs(more), 1)


SWITCHES = {
    "discovery.by_search": (BLIND, "deals"),
    "discovery.by_contact": (BLIND, "deals"),
    "discovery.by_platform": ({**BLIND, "policy.platform": 1}, "deals"),
    "discovery.by_broker": ({**BLIND, "policy.broker": 1}, "deals"),
    "turnover.insolvency": ({"turnover.hazard": 0, "turnover.reserve": 0}, "closures"),
}


@pytest.mark.parametrize("name", SWITCHES)
def test_a_switch_that_is_off_stops_its_channel(name):
    values, indicator = SWITCHES[name]
    assert observed({}, {**values, name: True}, indicator) > observed({}, {**values, name: False}, indicator) >= 0
    if indicator == "deals":
        assert observed({}, {**values, name: False}, indicator) == 0


def test_a_smaller_contract_spares_an_end():
    loose = {**SAFE, "production.own_sd": 0.4}
    kept, ended = (observed({}, {**loose, "review.readjust": on}, "ends_supply_failed") for on in (True, False))
    assert kept < ended


def test_more_terms_on_the_table_bring_more_capital_into_use():
    """Where the capital is large, a patient side can carry more of it for longer."""
    single = {**SAFE, "negotiation.splits": 1, "negotiation.terms": False}
    assert observed(COSTLY, SAFE, "deals") > observed(COSTLY, single, "deals")


def test_without_planned_behaviour_everybody_is_willing():
    park = Park(mixed({"behaviour.planned_behaviour": False, "behaviour.attitude": 0}), 1).run()
    assert set(park.monthly.willingness) == {1}


def moved(volatility, **values):
    """Return how far prices move results, month by month: nothing else differs from a run without volatility."""
    still = {**SAFE, "production.volatility": 0, "production.outages": 0, "market.volatility": 0, **values}
    runs = [Park(mixed({**still, "market.volatility": size}), 1).run().monthly for size in (0, volatility)]
    return np.std(runs[1].result_alone - runs[0].result_alone)


def test_volatile_prices_make_results_volatile():
    assert moved(0) == 0 < moved(1) < moved(2)


def test_costs_that_are_passed_on_do_not_move_results():
    passed = [moved(1, **{"production.pass_through": share}) for share in (0, 0.5, 1)]
    assert passed[1] == pytest.approx(0.5 * passed[0])
    assert passed[2] == pytest.approx(0, abs=1e-6 * passed[0])
