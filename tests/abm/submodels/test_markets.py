"""Markets: AR(1) around a path, common factors, taxes as steps."""

import math

import numpy as np
import pytest

from ecopark.abm.entities.codes import IN, OUT
from ecopark.abm.numerics.randomness import identity_of
from ecopark.abm.submodels.markets import draw_factors, move_prices, post_prices, set_disposal
from tests.abm.submodels.tables import lever, one, params, rows, state, table

PHI = 0.8 ** (1 / 12)


def clean(paths):
    """Return CO2 of nothing for every material and month."""
    return np.zeros(paths.shape)


def goods(count=2, **columns):
    """Return materials of one price factor, two unless more names are asked for."""
    names = [identity_of(f"material {number}") for number in range(count)]
    shape = {"shock_factor": 1, "phi": PHI, "shock": 0.2 * math.sqrt(1 - PHI**2)}
    return rows("materials", count, **{"identity": names, **shape, **columns})


def history(materials, months, p=None, price=50.0):
    """Return prices [material, month] around a flat path."""
    p = p or params()
    factors = table("factors", {"identity": identity_of("factor")})
    paths = np.full((len(materials), months), math.log(price))
    prices = np.full((len(materials), months), np.nan)
    for month in range(months):
        draw_factors(month, p, factors)
        move_prices(
            month,
            p,
            lever(),
            state(factors=factors, materials=materials, paths=paths, prices=prices, emissions=clean(paths)),
        )
    return prices


def test_price_follows_its_path_without_volatility():
    materials = goods()
    prices = history(materials, 24, params({"market.volatility": 0}))
    assert prices.ravel().tolist() == pytest.approx([50] * 48)
    assert materials.deviation.tolist() == [0, 0]


def test_log_price_is_ar1_with_the_stationary_spread_asked_for():
    deviation = np.log(history(goods(1000), 372)[:, 240:] / 50)
    assert deviation.std() == pytest.approx(0.2, rel=0.03)
    assert deviation.mean() == pytest.approx(0, abs=0.02)
    year = np.corrcoef(deviation[:, 12:].ravel(), deviation[:, :-12].ravel())[0, 1]
    assert year == pytest.approx(0.8, abs=0.02)


@pytest.mark.parametrize("loading", [0.0, 0.6, 1.0])
def test_materials_of_one_factor_move_together_by_the_square_of_their_loading(loading):
    prices = np.log(history(goods(60, loading=loading), 1000))
    innovations = prices[:, 1:] - PHI * prices[:, :-1]
    together = np.corrcoef(innovations)[np.triu_indices(60, 1)].mean()
    assert together == pytest.approx(loading**2, abs=0.06)


def test_volatility_scales_deviations():
    once, twice = history(goods(), 50), history(goods(), 50, params({"market.volatility": 2}))
    np.testing.assert_allclose(np.log(twice / 50), 2 * np.log(once / 50), rtol=1e-9)


def test_material_that_is_never_bought_has_no_price():
    materials, prices = goods(), np.zeros((2, 1))
    paths = np.array([[np.nan], [math.log(9)]])
    move_prices(
        0,
        params(),
        lever(),
        state(factors=table("factors", {}), materials=materials, paths=paths, prices=prices, emissions=clean(paths)),
    )
    assert math.isnan(prices[0, 0])
    assert materials.cost[0] == 0
    assert prices[1, 0] == materials.price[1] > 0


def test_taxes_shocks_and_energy_lever_on_the_cost():
    materials = goods(shock=0.0, co2_virgin=0.4)
    materials.shock_factor[0] = 1.5
    materials.is_energy[1] = 1
    levers = lever(virgin_tax=0.1, carbon_price=50, energy_price=2)
    move_prices(
        0,
        params(),
        levers,
        state(
            factors=table("factors", {}),
            materials=materials,
            paths=np.full((2, 1), math.log(40)),
            prices=np.zeros((2, 1)),
            emissions=np.full((2, 1), 0.4),
        ),
    )
    assert materials.price.tolist() == pytest.approx([60, 80])
    assert materials.virgin_tax.tolist() == pytest.approx([60 * 0.1 + 50 * 0.4, 80 * 0.1 + 50 * 0.4])
    assert materials.cost.tolist() == pytest.approx([60 + 26, 80 + 28])


def disposal(**levers):
    materials = table(
        "materials", {"landfill": 1}, {"landfill": 0}, fee=24, tax_base=0.5, discharge_base=2, co2_disposal=0.1
    )
    recorded = np.zeros((2, 1))
    set_disposal(0, params({"market.ban_factor": 3}), lever(**levers), state(materials=materials, disposal=recorded))
    assert recorded[:, 0].tolist() == materials.disposal_cost.tolist()
    return materials


def test_disposal_costs_gate_fee_and_taxes():
    assert disposal().disposal_cost.tolist() == [24, 24]
    taxed = disposal(landfill_tax=60, discharge_fine=3, carbon_price=20)
    assert taxed.disposal_tax.tolist() == pytest.approx([60 * 0.5 + 3 * 2 + 20 * 0.1] * 2)
    assert taxed.disposal_cost.tolist() == pytest.approx([24 + 38] * 2)


def test_a_ban_sends_landfilled_waste_a_dearer_way_without_landfill_tax():
    banned = disposal(landfill_tax=60, landfill_ban=1)
    assert banned.disposal_cost.tolist() == pytest.approx([24 * 3, 24 + 30])
    assert banned.disposal_tax.tolist() == pytest.approx([0, 30])
    half = disposal(landfill_tax=60, landfill_ban=0.5)
    assert half.disposal_cost[0] == pytest.approx(24 * 2 + 15)


def test_posted_price_rises_when_all_that_can_be_promised_is_sold_and_falls_when_not():
    sold = {"direction": OUT, "coefficient": 1, "contracted": 0.95 * 0.9 * 12 * 10 + 1e-9, "posted": 0.2}
    streams = table(
        "streams",
        sold,
        {**sold, "contracted": 100},
        {**sold, "coefficient": 0},
        {**sold, "direction": IN},
        {**sold, "posted": 0.95},
        {**sold, "contracted": 0, "posted": -0.98},
    )
    companies = rows("companies", 1, capacity=10)
    post_prices(
        params({"negotiation.protocol": "posted_price", "contract.dependable": 0.9}),
        state(companies=companies, streams=streams),
    )
    assert streams.posted.tolist() == pytest.approx([0.3, 0.15, 0.2, 0.2, 1, -1])
    before = streams.posted.tolist()
    post_prices(params(), state(companies=companies, streams=streams))
    assert streams.posted.tolist() == before


def test_prices_are_positive_whatever_happens():
    assert (history(rows("materials", 3, shock=2.0, phi=0.99, shock_factor=1), 500) > 0).all()
    assert one("materials").price == 0
