"""Mismatch of supply and need against fixed cost, and money without a unit, in whole parks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from ecopark.abm.entities.codes import REASONS
from ecopark.abm.input.scenario import Scenario
from ecopark.abm.park import Park
from tests.references import parks

YEARS = 30
# Output far from steady, prices flat: what does not fit is quantities alone.
UNSTEADY = {
    "market.volatility": 0, "production.volatility": 3, "production.outages": 4, "turnover.hazard": 0,
    "turnover.insolvency": False, "investment.hold_up": 0,
}  # fmt: skip
COSTS = {
    "conversions": ("capex", "capex_flow"), "materials": ("link_capex", "link_capex_flow"),
}  # fmt: skip


def with_rows(scenario: Scenario, columns: Mapping[str, tuple[str, ...]], factor: float) -> Scenario:
    """Return the scenario with some columns of some tables multiplied."""
    tables = dict(scenario.tables)
    for table, names in columns.items():
        tables[table] = tuple(
            row.model_copy(
                update={name: factor * getattr(row, name) for name in names if getattr(row, name) is not None}
            )
            for row in tables[table]
        )
    return replace(scenario, tables=tables)


def unsteady(values: Mapping[str, Any], free: bool = True) -> Scenario:
    """Return thirty unsteady companies long after the last year of any price path; `free`: without capital."""
    scenario = replace(parks.thirty({**UNSTEADY, **values}), start_year=2150, years=YEARS)
    return with_rows(scenario, COSTS, 0.0) if free else scenario


def ends(scenario: Scenario, reason: str, seeds: int = 3) -> int:
    """Return how many exchanges end for a reason."""
    total = 0
    for seed in range(seeds):
        park = Park(scenario, seed).run()
        assert park.yearly["shortfall"].max() > 0.05, "there is no mismatch to speak of"
        exchanges = park.state.exchanges[: int(park.state.clock.exchanges[0])]
        assert len(exchanges) > 50
        total += int((exchanges.reason == REASONS.index(reason)).sum())
    return total


def test_without_fixed_cost_and_damages_mismatch_never_makes_an_exchange_unprofitable():
    assert ends(unsteady({"contract.monitoring_cost": 0, "contract.penalty": 0}), "unprofitable") == 0


def test_without_fixed_cost_mismatch_never_makes_an_exchange_unprofitable():
    assert ends(unsteady({"contract.monitoring_cost": 0}), "unprofitable") == 0


def test_with_fixed_cost_contracts_become_smaller_before_they_lose():
    """Fixed costs are in the least gain from the start; what a partner fails to give or take makes the contract smaller."""
    scenario = unsteady({"contract.monitoring_cost": 20_000})
    assert ends(scenario, "unprofitable") == 0
    events = Park(scenario, 0).run().results.events
    assert (events.reason[events.kind == "renegotiated"] == "quantity").sum() > 20


# Everything that is measured in EUR.
MONEY = {
    **COSTS,
    "conversions": (*COSTS["conversions"], "treatment_cost", "handling_cost"),
    "materials": (*COSTS["materials"], "load_cost", "haul_cost", "price", "storage_cost"),
    "routes": ("fee", "haul"),
    "types": ("margin", "fixed_cost"),
    "prices": ("price",),
    "levers": ("landfill_tax", "carbon_price", "discharge_fine"),
}


@pytest.mark.parametrize("protocol", ["alternating_offers", "equal_gain", "fair_sharing", "threshold"])
def test_scaling_all_money_scales_all_prices_of_a_park(protocol):
    values = {"negotiation.protocol": protocol, "policy.landfill_tax.size": 40, "policy.exchange_subsidy.size": 0.2}
    plain = parks.thirty(values)
    costs = {name: 4 * plain[name] for name in ("contract.transaction_cost", "contract.monitoring_cost")}
    materials = tuple(row.model_copy(update={"storage_cost": row.storing}) for row in plain.tables["materials"])
    plain = replace(plain, tables={**plain.tables, "materials": materials})  # what storing costs is said
    dear = with_rows(plain, MONEY, 4.0).replace({**costs, "policy.landfill_tax.size": 160})
    here, there = Park(plain, 7).advance(120), Park(dear, 7).advance(120)
    count = int(here.state.clock.exchanges[0])
    assert count > 0
    assert count == int(there.state.clock.exchanges[0])
    ours, theirs = here.state.exchanges[:count], there.state.exchanges[:count]
    for name in ("opportunity", "reason", "signed", "meetings"):
        assert ours[name].tolist() == theirs[name].tolist()
    for name in ("price", "capital", "seller_gain", "buyer_gain", "public_gain"):
        scale = np.abs(ours[name]).max()
        np.testing.assert_allclose(theirs[name], 4 * ours[name], rtol=1e-9, atol=1e-9 * scale)
    for name in ("material_reused", "co2_avoided", "trust", "links"):
        np.testing.assert_allclose(there.monthly[name], here.monthly[name], rtol=1e-9)
    np.testing.assert_allclose(there.monthly.gain, 4 * here.monthly.gain, rtol=1e-6, atol=1)


@pytest.mark.parametrize("park", [parks.kalundborg, parks.thirty])
def test_prices_stay_within_what_a_unit_is_worth(park):
    """However often terms are changed, no unit ever costs more than what both sides ever counted on that it is worth."""
    for seed in range(6):
        run = Park(park(), seed)
        counted_on = np.zeros(len(run.state.materials))
        for _ in range(run.scenario.years * 12):
            run.advance(1)
            counted_on = np.maximum(counted_on, run.state.materials.expected)
        exchanges = run.state.exchanges[: int(run.state.clock.exchanges[0])]
        source = run.state.opportunities[exchanges.opportunity]
        given, taken = run.state.streams.material[source.supply], run.state.streams.material[source.demand]
        worth = source.arriving * source.ratio * counted_on[taken] + np.abs(run.state.disposal[given]).max(axis=1)
        assert (np.abs(exchanges.price) <= worth).all()
