"""Markets: AR(1) around a path, common factors, taxes as steps."""

import math

import numpy as np
import pytest

from ecopark.abm.entities.codes import IN, OUT
from ecopark.abm.numerics.randomness import identity_of
from ecopark.abm.submodels.markets import draw_factors, move_prices, post_prices
from tests.abm.submodels.tables import lever, one, params, rows, state, table, whole

PHI = 0.8 ** (1 / 12)


def clean(paths):
    """Return CO2 of nothing for every material and month."""
    return np.zeros(paths.shape)


def goods(count=2, **columns):
    """Return materials of one price factor, two unless more names are asked for."""
    names = [identity_of(f"material {number}") for number in range(count)]
    shape = {"shock_factor": 1, "phi": PHI, "shock": 0.2 * math.sqrt(1 - PHI**2)}
    return rows("materials", count, **{"identity": names, "draw": names, **shape, **columns})


def history(materials, months, p=None, price=50.0):
    """Return prices [material, month] around a flat path."""
    p = p or params()
    factors = table("factors", {"identity": identity_of("factor")})
    paths = np.full((len(materials), months), math.log(price))
    prices = np.full((len(materials), months), np.nan)
    s = whole(factors=factors, materials=materials, paths=paths, prices=prices, emissions=clean(paths))
    for month in range(months):
        draw_factors(month, p, factors)
        move_prices(month, p, lever(), s)
    return prices


def test_price_follows_its_path_without_volatility():
    materials = goods()
    prices = history(materials, 24, params({"market.volatility": 0}))
    assert prices.ravel().tolist() == pytest.approx([50] * 48)
    assert materials.deviation.tolist() == [0, 0]


def test_log_price_is_ar1_with_the_stationary_spread_asked_for():
    deviation = np.log(history(goods(1000), 372)[:, 240:] / 50)
    assert deviation.std() == pytest.approx(0.2, rel=0.03)
    assert deviation.mean() == pytest.approx(-0.5 * 0.2**2, abs=0.02)
    year = np.corrcoef(deviation[:, 12:].ravel(), deviation[:, :-12].ravel())[0, 1]
    assert year == pytest.approx(0.8, abs=0.02)


@pytest.mark.parametrize("loading", [0.0, 0.6, 1.0])
def test_materials_of_one_factor_move_together_by_the_square_of_their_loading(loading):
    prices = np.log(history(goods(60, loading=loading), 1000))
    innovations = prices[:, 1:] - PHI * prices[:, :-1]
    together = np.corrcoef(innovations)[np.triu_indices(60, 1)].mean()
    assert together == pytest.approx(loading**2, abs=0.06)


@pytest.mark.parametrize("yearly", [0.5, 0.8, 1.0])
def test_volatility_scales_deviations_and_keeps_the_mean(yearly):
    """log p(2) - 2 log p(1) + log path = -v, v = sd^2 (1 - phi^(2 months)), with phi = 1 sd^2 months / 12."""
    phi = yearly ** (1 / 12)
    shape = {"phi": phi, "shock": 0.2 * math.sqrt(1 - phi**2 if phi < 1 else 1 / 12)}
    once, twice = history(goods(**shape), 50), history(goods(**shape), 50, params({"market.volatility": 2}))
    months = np.arange(1, 51)
    variance = 0.04 * (1 - yearly ** (2 * months / 12) if phi < 1 else months / 12)
    np.testing.assert_allclose(np.log(twice / 50) - 2 * np.log(once / 50), np.tile(-variance, (2, 1)), atol=1e-12)


@pytest.mark.parametrize("volatility", [1, 3])
def test_mean_of_prices_is_the_path_in_every_month(volatility):
    prices = history(goods(2_000), 13, params({"market.volatility": volatility})) / 50
    error = prices.std(axis=0) / math.sqrt(2_000)
    assert (np.abs(prices.mean(axis=0) - 1) < 4.5 * error).all()


def test_two_materials_of_one_series_move_together():
    prices = history(goods(draw=identity_of("series coal")), 24)
    assert prices[0].tolist() == prices[1].tolist()
    assert len(set(prices[0])) == 24


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
