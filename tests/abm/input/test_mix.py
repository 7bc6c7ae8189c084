"""What a generated region is drawn from: types that the conversions let trade."""

from dataclasses import replace

import pytest

from ecopark.abm.input.errors import InputError
from ecopark.abm.input.loading import load_scenario
from ecopark.abm.input.mix import NONE_TRADES, check_mix, types_that_trade
from ecopark.abm.park import Park


def test_a_region_is_drawn_of_types_that_give_or_take_something():
    tables = {**load_scenario("synthetic").tables, "mix": ()}
    conversions = [row for row in tables["conversions"] if (row.by_product, row.input) == ("straw", "biomass_fuel")]
    givers = {row.type for row in tables["processes"] if (row.material, row.direction) == ("straw", "out")}
    takers = {row.type for row in tables["processes"] if (row.material, row.direction) == ("biomass_fuel", "in")}
    assert len(conversions) == 1
    assert givers
    assert takers
    assert types_that_trade({**tables, "conversions": conversions}) == givers | takers
    assert list(check_mix({**tables, "conversions": conversions})) == []


def test_a_scenario_without_companies_and_without_a_type_that_trades_is_refused():
    """A run.json made by hand brought one: no table at all."""
    scenario = load_scenario("synthetic")
    empty = replace(scenario, tables=dict.fromkeys(scenario.tables, ()))
    with pytest.raises(InputError) as raised:
        Park(empty, 1)
    assert [mistake.allowed for mistake in raised.value.mistakes] == [NONE_TRADES]
