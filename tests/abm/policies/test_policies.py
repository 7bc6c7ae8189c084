"""Policies: what each writes, when, which line of the public account it has, and in which direction it works."""

import dataclasses

import numpy as np
import pytest

from ecopark import Park
from ecopark.abm.entities.tables import duplicate
from ecopark.abm.initialization.levers import lay_levers, tell_policies
from ecopark.abm.input.errors import InputError
from ecopark.abm.policies import POLICIES, Policy
from tests.parks import MIXED, changed, mixed, scenario_of

NAMES = sorted(POLICIES)
CAPPED = (
    "capital_grant", "permit_easing", "landfill_ban", "platform", "vision", "maintenance", "planning", "backup", "enforcement",
)  # fmt: skip
# What a policy costs in programmes [EUR a month at its default size]; assumptions, stated in its file.
PROGRAMMES = {
    "attraction": 10_000, "backup": 15_000, "broker": 5_000, "enforcement": 4_500, "maintenance": 5_000, "planning": 5_000, "platform": 8_000,
    "permit_easing": 7_500, "vision": 6_000,
}  # fmt: skip


def laid(years=10, **terms):
    """Return the levers of a quiet scenario with policies given as NAME=(size, start, stop)."""
    values = {}
    for name, (size, start, stop) in terms.items():
        values |= {f"policy.{name}.size": size, f"policy.{name}.start": start, f"policy.{name}.stop": stop}
    return lay_levers(scenario_of({**MIXED, "levers": []}, values, years=years), years * 12)


def test_policies_are_found_by_the_names_of_their_files():
    expected = {
        "landfill_tax", "exchange_subsidy", "capital_grant", "carbon_price", "virgin_tax", "discharge_fine", "permit_easing",
        "incineration_tax", "landfill_ban", "broker", "platform", "vision", "maintenance", "planning", "backup", "enforcement", "attraction",
    }  # fmt: skip
    assert set(POLICIES) == expected
    for name, kind in POLICIES.items():
        assert issubclass(kind, Policy)
        assert kind.__module__ == f"ecopark.abm.policies.{name}"
        assert kind.low <= kind.default <= kind.high
        assert kind.label
        assert kind.unit


@pytest.mark.parametrize("name", NAMES)
def test_a_policy_is_frozen(name):
    policy = POLICIES[name](1.0)
    with pytest.raises(dataclasses.FrozenInstanceError):
        policy.size = 2


@pytest.mark.parametrize("name", NAMES)
def test_a_policy_writes_its_own_lever_and_the_programme_cost_alone(name):
    levers, nothing = laid(**{name: (POLICIES[name].default, None, None)}), laid()
    lever = "landfill_ban" if name == "landfill_ban" else name
    month = levers[119]
    assert month[lever] == pytest.approx(POLICIES[name].default)
    assert month.programme_cost == pytest.approx(PROGRAMMES.get(name, 0))
    for column in levers.dtype.names:
        if column not in (lever, "programme_cost", "policies"):
            assert levers[column].tolist() == nothing[column].tolist(), column
    assert month.policies == 2.0 ** list(POLICIES).index(name)


@pytest.mark.parametrize("name", NAMES)
def test_a_policy_is_in_force_from_its_start_to_before_its_stop(name):
    lag = round(12 * POLICIES[name].usual_lag)
    levers = laid(**{name: (POLICIES[name].default, 2001.5, 2005.25)})
    in_force = np.flatnonzero(levers[name])
    assert (in_force[0], in_force[-1]) == (18 + lag, 62)
    assert len(in_force) == 45 - lag


def test_a_ban_comes_two_years_after_it_is_announced():
    assert POLICIES["landfill_ban"].usual_lag == 2
    assert np.flatnonzero(laid(landfill_ban=(1, None, None)).landfill_ban)[0] == 24


@pytest.mark.parametrize("name", NAMES)
def test_a_size_stands_in_place_of_history_a_scale_multiplies_it_and_what_is_added_comes_on_top(name):
    history = {"date": "2000", name: 0.75}

    def level(**terms):
        values = {f"policy.{name}.{term}": value for term, value in terms.items()}
        return lay_levers(scenario_of({**MIXED, "levers": [history]}, values), 120)[name][119]

    assert (level(size=0.5), level(size=0)) == (0.5, 0)
    assert (level(scale=0.5), level(scale=0)) == (0.375, 0)
    assert level(add=0.5) == pytest.approx(1.0 if name in CAPPED else 1.25)
    assert level(size=0.5, add=0.25) == 0.75
    with pytest.raises(InputError, match="size or scale, not both"):
        level(size=0.5, scale=2)


def test_history_is_as_it_was_outside_the_period_of_a_policy():
    history = [{"date": "2000", "landfill_tax": 40}, {"date": "2004", "landfill_tax": 50}]
    values = {"policy.landfill_tax.size": 0, "policy.landfill_tax.start": 2003, "policy.landfill_tax.stop": 2006}
    tax = lay_levers(scenario_of({**MIXED, "levers": history}, values), 120).landfill_tax
    assert tax[[0, 35, 36, 71, 72, 119]].tolist() == [40, 40, 0, 0, 50, 50]


@pytest.mark.parametrize("name", sorted(PROGRAMMES))
def test_the_cost_of_a_programme_is_a_term_of_its_policy(name):
    levers = duplicate(laid())
    POLICIES[name](size=1.0, cost=7.0).apply(levers, 2000)
    assert levers.programme_cost[0] == 7
    POLICIES[name](add=0.0, cost=5.0).apply(levers, 2000)
    assert levers.programme_cost[0] == 7  # what brings nothing costs nothing
    POLICIES[name](add=1.0, cost=5.0).apply(levers, 2000)
    assert levers.programme_cost[0] == (7 if name in CAPPED else 12)  # there was no room for more


def test_what_is_added_beyond_the_most_costs_nothing():
    levers = duplicate(laid())
    levers.vision = 0.8
    POLICIES["vision"](add=0.5, cost=10.0).apply(levers, 2000)
    assert (levers.vision[0], levers.programme_cost[0]) == (1, pytest.approx(2))


def test_the_lag_of_a_ban_is_a_term_of_its_policy():
    levers = lay_levers(scenario_of(MIXED, {"policy.landfill_ban": 1, "policy.landfill_ban.lag": 0.5}), 120)
    assert np.flatnonzero(levers.landfill_ban)[0] == 6


def test_what_is_said_of_policies():
    history = [{"date": "2000", "landfill_tax": 40}]

    def said(**terms):
        values = {f"policy.{name.replace('__', '.')}": value for name, value in terms.items()}
        return tell_policies(scenario_of({**MIXED, "levers": history}, values))

    assert said() == []
    assert said(landfill_tax=0) == ["policy.landfill_tax takes away what history has (40 EUR/t) from 2000 on"]
    assert said(landfill_tax=60) == [
        "policy.landfill_tax sets 60 EUR/t in place of what history has (40 EUR/t) from 2000 on"
    ]
    assert said(landfill_tax__scale=2) == [
        "policy.landfill_tax multiplies what history has (40 EUR/t) by 2 from 2000 on"
    ]
    assert said(landfill_tax__add=5) == ["policy.landfill_tax adds 5 EUR/t to what history has (40 EUR/t) from 2000 on"]
    assert said(broker=1, broker__stop=2002) == ["policy.broker sets 1 matches/month from 2000 on to 2002"]
    assert said(broker=1, broker__start=2300) == [
        "policy.broker is never in force: it starts in 2300, the run goes from 2000 to 2009"
    ]


def test_any_number_of_policies_at_a_time():
    together = laid(**{name: (POLICIES[name].default, 2001, 2004) for name in NAMES})
    for name in NAMES:
        alone = laid(**{name: (POLICIES[name].default, 2001, 2004)})
        assert together[name].tolist() == alone[name].tolist(), name
    assert together.programme_cost[24] == pytest.approx(sum(PROGRAMMES.values()))
    assert together.policies[36] == 2 ** len(NAMES) - 1


@pytest.mark.parametrize("name", NAMES)
def test_sizes_out_of_range_are_refused(name):
    kind = POLICIES[name]
    for size in (kind.low - 1, kind.high * 1.01 + 1, "much", None, float("nan")):
        with pytest.raises(InputError, match=f"policy.{name}"):
            mixed({f"policy.{name}": size})


def test_events_tell_when_a_policy_starts_and_stops():
    park = Park(
        mixed({"policy.landfill_tax.size": 60, "policy.landfill_tax.start": 2002, "policy.landfill_tax.stop": 2004.5})
    )
    events = park.run().results.events.query("kind == 'policy'")
    assert events[["month", "reason", "value"]].values.tolist() == [[24, "landfill_tax", 1], [54, "landfill_tax", 0]]


def test_a_policy_set_while_running_replaces_what_was_from_now_on():
    park = Park(mixed({"policy.landfill_tax": 60}), 1).run(years=3)
    past = park.state.levers.landfill_tax[:36].tolist()
    park.set_policy("landfill_tax", 10)
    assert park.state.levers.landfill_tax[:36].tolist() == past
    assert set(park.state.levers.landfill_tax[48:]) == {10}
    park.set_policy("broker", 1, start=2010, stop=2011)
    assert np.flatnonzero(park.state.levers.broker).tolist() == list(range(120, 132))
    with pytest.raises(InputError, match="landfill_tax"):
        park.set_policy("landfil_tax", 10)


# Exchanges that hardly pay, so that what helps them shows; rinse water is let go almost free, gravel is cheap.
POOR = {
    "routes": [{"route": "heap", "fee": 0, "haul": 1}, {"route": "sewer", "fee": 0.05}],
    "materials": [{"material": "gravel", "price": 5, "co2_virgin": 40}, {"material": "water", "price": 0.4}],
    "prices": [{"series": "oil", "year": year, "price": 1.5} for year in (1998, 2003, 2008)],
    "levers": [{"date": "2004", "landfill_tax": 0, "carbon_price": 0}],
}
ABROAD = {
    "routes": [
        {"route": "heap", "fee": 0, "haul": 1},
        {"route": "export", "label": "Export", "kind": "treatment", "unit": "t", "fee": 150},
    ]
}
OVEN = {**POOR, "routes": [{"route": "heap", "fee": 0, "haul": 1, "kind": "incineration", "taxed_incineration": 1}]}
COSTLY = {
    "conversions": [
        {"by_product": "slag", "input": "gravel", "capex": 2_000_000},
        {"by_product": "warmth", "input": "heat", "capex": 3_000_000},
    ]
}
BLIND = {"discovery.by_search": False, "discovery.by_contact": False, "discovery.innovation": 0}
GREEDY = {"investment.hold_up": 0.8, "investment.enforcement": 0.1, "trust.start": 0.3, "trust.culture": 0.2}
LOOSE = {"production.own_sd": 0.4}
CANDIDATES = {
    "companies": [{"name": f"Laundry {n}", "type": "laundry", "x_km": n, "candidate": True} for n in range(20)]
}

# policy: (changes of the park, values, what is observed, +1 when it rises)
DIRECTIONS = {
    "landfill_tax": (POOR, {}, "material_reused", 1),
    "landfill_ban": ({**POOR, **ABROAD}, {}, "material_reused", 1),
    "incineration_tax": (OVEN, {}, "material_reused", 1),
    "exchange_subsidy": (POOR, {"policy.exchange_subsidy": 1}, "deals", 1),
    "carbon_price": (POOR, {}, "deals", 1),
    "virgin_tax": (POOR, {"policy.virgin_tax": 1}, "deals", 1),
    "discharge_fine": (POOR, {"policy.discharge_fine": 3}, "water_reused", 1),
    "capital_grant": (COSTLY, {"policy.capital_grant": 0.8}, "deals", 1),
    "permit_easing": ({}, {"policy.permit_easing": 1, "investment.permit_months": 48}, "energy_reused", 1),
    "broker": ({}, {**BLIND, "policy.broker": 1}, "deals", 1),
    "platform": ({}, {**BLIND, "policy.platform": 1}, "deals", 1),
    "vision": ({}, {"search.hours": 10, "policy.vision": 1}, "deals", 1),
    "maintenance": ({}, {"production.outages": 3, "production.volatility": 0}, "shortfall", -1),
    "planning": ({}, {**LOOSE, "policy.planning": 1}, "shortfall", -1),
    "backup": ({}, LOOSE, "shortfall", -1),
    "enforcement": ({}, {**GREEDY, "policy.enforcement": 0.9}, "deals", 1),  # hold-up is feared less
    "attraction": (CANDIDATES, {"policy.attraction": 5}, "openings", 1),
}  # fmt: skip


def observed(rows, values, indicator):
    """Return the sum of an indicator over years and eight seeds; nobody closes but by date."""
    scenario = scenario_of(
        changed(MIXED, **rows), {"turnover.hazard": 0, "turnover.insolvency": False, **values}, years=15
    )
    return sum(np.nansum(Park(scenario, seed).run().yearly[indicator]) for seed in range(8))


@pytest.mark.parametrize("name", NAMES)
def test_direction_of_effect(name):
    rows, values, indicator, sign = DIRECTIONS[name]
    values = {"search.hours": 500, "contract.transaction_cost": 20_000, **values}
    size = values.pop(f"policy.{name}", POLICIES[name].default)
    without = observed(rows, values, indicator)
    effect = observed(rows, {**values, f"policy.{name}": size}, indicator) - without
    assert sign * effect > 0.05 * max(abs(without), 1)


TAXES = ("landfill_tax", "carbon_price", "virgin_tax", "discharge_fine")


@pytest.mark.parametrize("name", NAMES)
def test_line_in_the_public_account(name):
    """Whatever the companies do, the account holds what the lever says."""
    park, baseline = Park(mixed({f"policy.{name}": POLICIES[name].default}), 3).run(), Park(mixed(), 3).run()
    monthly, before = park.monthly, baseline.monthly
    if name in TAXES:
        assert monthly.tax_revenue_alone.sum() > before.tax_revenue_alone.sum()
    elif name == "exchange_subsidy":
        saved = park.results.exchanges.delivered.sum() > 0
        assert saved
        assert (monthly.subsidies.sum() > 0, before.subsidies.sum()) == (True, 0)
    elif name == "capital_grant":
        assert monthly.grants.sum() == pytest.approx(0.25 * monthly.capex.sum())
    elif name == "landfill_ban":
        assert monthly.tax_revenue_alone[60:].sum() < before.tax_revenue_alone[60:].sum()
    else:
        assert monthly.programme_cost.tolist() == pytest.approx([PROGRAMMES.get(name, 0)] * len(monthly))
    balance = monthly.tax_revenue - monthly.subsidies - monthly.grants - monthly.programme_cost
    assert monthly.public_balance.tolist() == pytest.approx(balance.tolist())


def test_tax_revenue_falls_as_symbiosis_grows():
    """V6: what is handed on is neither disposed of nor bought, so that both taxes bring less than without exchanges."""
    park = Park(mixed({"policy.landfill_tax": 60, "policy.virgin_tax": 0.2}), 3).run()
    kept = park.yearly["tax_revenue"] / park.yearly["tax_revenue_alone"]
    assert kept[0] > 0.85
    assert kept[-1] < 0.8


def test_platform_does_nothing_below_a_minimum_rate_of_use_and_more_for_each_user_above():
    """V3, with registration drawn evenly: both sides have to be registered."""
    found = []
    for rate in (0.0, 0.05, 0.5, 1.0):
        scenario = scenario_of(MIXED, {**BLIND, "policy.platform": rate}, years=15)
        found.append(
            sum(len(Park(scenario, seed).run().results.events.query("kind == 'identified'")) for seed in range(8))
        )
    assert found[0] == found[1] == 0
    assert found[1] < found[2] < found[3]
