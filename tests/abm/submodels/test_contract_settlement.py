"""Settlement of contracts: what one side pays the other gets, and who failed makes good the loss."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecopark.abm.entities.accounts import COMPANIES, ITEMS, PAID, RECEIVED
from ecopark.abm.entities.codes import ENDED, ENERGY, IN, MATERIAL, OPEN, OPERATING, OUT, WATER
from ecopark.abm.submodels.contract_settlement import current_price, settle_exchanges, settle_one
from tests.abm.submodels.tables import lever, month, one, params, rows, state, table

WASTE = {"tonnes": 1, "weight": 1}
LET_GO = {"disposal_cost": 34, "disposal_tax": 10}
GOODS = {"price": 30, "cost": 33, "virgin_tax": 3, "co2_virgin": 0.3, "tonnes": 1}
POWER = {"price": 40, "co2_virgin": 0.5}
WAY = {"arriving": 0.9, "ratio": 0.8, "load": 2, "treatment": 3, "handling": 1.5, "burden": 0.01, "forgone": -1}
WORTH = 34 + 0.72 * 33


def deal(delivered=100.0, levers=None, values=None, way=None, short=(0.0, 0.0), waste=None, let_go=None, **columns):
    """Settle one exchange of `delivered` units between company 0 and 1; return what both have, it, its row and the month."""
    now = month()
    streams = table(
        "streams", {"direction": OUT, **LET_GO, **(let_go or {})}, {"direction": IN, "material": 1, "company": 1}
    )
    terms = {"stage": OPERATING, "buyer": 1, "demand": 1, "price": 4, "reference": 33, "penalty": 1.5, "share": 0.25}
    s = state(
        companies=rows("companies", 2, status=OPEN), streams=streams, ways=table("opportunities", {**WAY, **(way or {})}),
        materials=table("materials", {**WASTE, **(waste or {})}, GOODS, POWER),
        exchanges=table("exchanges", {**terms, "row_month": 1, **columns}), outlets=table("outlets", {"co2": 0.02}),
    )  # fmt: skip
    row = s.deliveries[0]
    row.delivered, row.replaced = delivered, 0.72 * delivered
    row.short_seller, row.short_buyer = short
    p = params({"contract.monitoring_cost": 1200, **(values or {})})
    settle_one(p, s.clock[0], levers or lever(), now, s, s.exchanges[0], 0)
    for item, (_, other) in enumerate(ITEMS):
        assert other != COMPANIES or s.flows[item, PAID] == s.flows[item, RECEIVED]
    return s.companies.net, s.exchanges[0], row, now


def test_seller_and_buyer_pay_and_receive_what_the_contract_says():
    net, exchange, row, now = deal()
    assert net.tolist() == pytest.approx([4 * 100 - 1.5 * 100 - 100, -4 * 100 - 3 * 100 - 2 * 100 - 100])
    assert exchange.gain_seller_now == pytest.approx(net[0] + 34 * 100)
    assert exchange.gain_buyer_now == pytest.approx(net[1] + 33 * 72)
    assert now.transport_cost == row.transport == pytest.approx(200)
    assert (row.payment, row.handling, row.treatment, row.monitoring) == pytest.approx((400, 150, 300, 100))
    assert exchange.year_delivered == exchange.delivered == 100


def test_what_the_seller_gives_up_follows_its_market_and_its_carbon():
    """0.0625 MWh of power lost per GJ: 2.5 EUR at 40 EUR/MWh, 5.0 at 80; half a tonne a MWh at 100 EUR/t."""
    way = {"handling": 0, "forgone": 2, "forgone_units": 0.0625, "forgone_share": 1}
    plain, _, row, _ = deal(way={**way, "forgone": -1})
    lost, _, row, now = deal(way=way, levers=lever(carbon_price=100))
    assert (row.forgone, row.forgone_carbon) == pytest.approx((250, 0.0625 * 100 * 0.5 * 100))
    assert plain[0] - lost[0] == pytest.approx(250 + 312.5)
    assert now.tax_revenue == pytest.approx(312.5 + 100 * 0.01 * 100)
    assert row.co2_avoided == pytest.approx(0.3 * 72 + (0.02 - 0.01 - 0.0625 * 0.5) * 100)


@pytest.mark.parametrize("price", [4, -4, 20])
def test_expectation_damages_leave_the_buyer_as_with_the_least_that_was_due(price):
    """0.72 x 33 - 3 - 2 - p is lost with a tonne, and half of 0.72 x 30 is paid for finding gravel at once."""
    full, _, _, _ = deal(100, price=price)
    settled, exchange, row, _ = deal(60, price=price, short=(40, 0))
    loss = max(0.0, 0.72 * 33 - 5 - price) + 0.5 * 0.72 * 30
    assert row.damages_to_buyer == pytest.approx(40 * min(loss, WORTH))
    assert row.interruption_buyer == pytest.approx(40 * 0.5 * 0.72 * 30)
    assert exchange.year_damages == row.damages_to_buyer
    if loss < WORTH and 5 + price < 0.72 * 33:
        assert settled[1] + 33 * 0.72 * 60 == pytest.approx(full[1] + 33 * 0.72 * 100)


def test_the_seller_is_as_well_off_when_the_buyer_fails():
    full, _, _, _ = deal(100)
    settled, _, row, _ = deal(60, short=(0, 40))
    assert row.damages_to_buyer == pytest.approx(-40 * (4 + 34 - 1.5 + 0.5 * 34))
    assert settled[0] + 34 * 60 == pytest.approx(full[0] + 34 * 100)


def test_damages_stop_at_the_public_value():
    _, _, row, _ = deal(60, price=-400, short=(40, 0))
    assert row.damages_to_buyer == pytest.approx(40 * WORTH)


@pytest.mark.parametrize(("damages", "unit"), [("none", 0.0), ("liquidated", 1.5 * 4)])
def test_other_measures_of_damages(damages, unit):
    _, _, row, _ = deal(60, short=(40, 0), values={"contract.damages": damages})
    assert row.damages_to_buyer == pytest.approx(40 * unit)
    assert row.interruption_buyer > 0


def test_subsidy_is_shared_as_set_and_paid_by_the_public():
    plain, *_ = deal()
    net, _, row, now = deal(levers=lever(exchange_subsidy=0.2), values={"contract.subsidy_to_seller": 0.75})
    subsidy = 0.2 * 33 * 0.72 * 100
    assert (net - plain).tolist() == pytest.approx([0.75 * subsidy, 0.25 * subsidy])
    assert now.subsidies == pytest.approx(subsidy) == row.subsidy_seller + row.subsidy_buyer


def test_carbon_of_treatment_and_haul_is_paid_by_the_buyer_to_the_public():
    plain, *_ = deal()
    net, _, row, now = deal(levers=lever(carbon_price=50))
    assert (net - plain).tolist() == pytest.approx([0, -50 * 0.01 * 100])
    assert now.tax_revenue == row.carbon == pytest.approx(50)


@pytest.mark.parametrize(("wears", "paid"), [(1.0, 100), (0.0, 0)])
def test_upkeep_is_paid_by_share_of_the_capital_while_the_assets_live(wears, paid):
    _, _, row, _ = deal(upkeep=1200, wears=wears)
    assert (row.om_seller, row.om_buyer) == pytest.approx((0.25 * paid, 0.75 * paid))


@given(st.floats(0, 1e5), st.floats(-100, 100), st.floats(0, 1), st.floats(0, 1e4), st.floats(0, 1e4))
def test_whatever_is_paid_between_the_two_cancels_out(delivered, price, index, by_seller, by_buyer):
    """Sum of both gains = resources saved - transport, treatment, handling, monitoring, interruption, whatever the price."""
    terms = {"price": price, "indexation": index, "reference": 20, "short": (by_seller, by_buyer)}
    _, exchange, _, _ = deal(delivered, **terms)
    saved = 34 * delivered + 33 * 0.72 * delivered - (2 + 3 + 1.5) * delivered - 200
    saved -= 0.5 * (0.72 * 30 * by_seller + 34 * by_buyer)
    scale = 1 + abs(saved) + 1e3 * (delivered + by_seller + by_buyer)
    assert exchange.gain_seller_now + exchange.gain_buyer_now == pytest.approx(saved, abs=1e-9 * scale)


def test_price_follows_the_virgin_cost_by_its_indexation():
    exchange, way = one("exchanges", price=4, indexation=0.5, reference=33), one("opportunities", **WAY)
    assert current_price(exchange, way, 33.0) == 4
    assert current_price(exchange, way, 43.0) == pytest.approx(4 + 0.5 * 0.72 * 10)
    fixed = one("exchanges", price=4, indexation=0, reference=33)
    assert current_price(fixed, way, 99.0) == 4


@pytest.mark.parametrize(
    ("group", "column", "weight"),
    [(MATERIAL, "material_reused", 1), (ENERGY, "energy_reused", 3.6), (WATER, "water_reused", 1)],
)
def test_flows_are_counted_in_the_unit_of_their_group(group, column, weight):
    _, exchange, row, now = deal(waste={"group": group, "weight": weight})
    reused = {name: now[name] for name in ("material_reused", "energy_reused", "water_reused")}
    assert reused == {**dict.fromkeys(reused, 0), column: pytest.approx(100 * weight)}
    assert now.virgin_saved == pytest.approx(30 * 72)
    assert now.co2_avoided == exchange.co2 == row.co2_avoided == pytest.approx(0.3 * 72 + (0.02 - 0.01) * 100)
    assert exchange.tonnes == 100


def test_only_operating_exchanges_are_settled():
    s = state(
        companies=rows("companies", 2, status=OPEN), ways=table("opportunities", WAY),
        streams=table("streams", {"direction": OUT}, {"direction": IN, "material": 1}),
        materials=table("materials", WASTE, GOODS),
        exchanges=table("exchanges", {"stage": OPERATING}, {"stage": ENDED}, {"stage": OPERATING}, buyer=1, demand=1),
        outlets=table("outlets", {}),
    )  # fmt: skip
    clock = one("clock", exchanges=2)
    settle_exchanges(params({"contract.monitoring_cost": 1200}), clock, lever(), month(), s)
    assert s.companies.net.tolist() == [-100, -100]
