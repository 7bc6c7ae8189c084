"""Settlement of a company's own business: with what is left of its streams, and alone with all of them."""

import math

import numpy as np
import pytest

from ecopark.abm.entities.accounts import DISPOSAL, HAUL, LANDFILL_TAX, PAID, PAID_ALONE, STORAGE, VIRGIN, VIRGIN_TAX
from ecopark.abm.entities.codes import CLOSED, IN, OPEN, OUT
from ecopark.abm.submodels.settlement import reference_cost, sales_of, settle_need, settle_streams, settle_supply
from tests.abm.submodels.tables import lever, month, one, params, rows, state, table

WASTE = {"weight": 1, "storage_cost": 0.5}
# By a route of 20 at the gate, 4 for the haul and a landfill tax of 10 EUR/t.
LET_GO = {"disposal_cost": 34, "disposal_tax": 10, "haul": 4}
OUTLETS = table("outlets", {"fee": 20, "haul": 4, "taxed_landfill": 1, "closes": math.inf})
TAXED = lever(landfill_tax=10)
EVEN = params({"market.route_spread": 0})
GOODS = {"price": 30, "cost": 33, "virgin_tax": 3}


def test_a_supply_pays_fee_haul_and_taxes_each_to_its_payee_and_the_store_for_what_is_kept():
    s, now = state(companies=rows("companies", 1), outlets=OUTLETS), month()
    stream = one("streams", amount=500, opening=30, free=230, disposed=180, stock=50, **LET_GO)
    settle_supply(params(), s.clock[0], TAXED, now, s, stream, one("materials", **WASTE))
    company = s.companies[0]
    assert (company.net, company.net_alone) == (pytest.approx(-34 * 180 - 0.5 * 50), pytest.approx(-34 * 500))
    for item, unit in ((DISPOSAL, 20), (HAUL, 4), (LANDFILL_TAX, 10)):
        assert (s.flows[item, PAID], s.flows[item, PAID_ALONE]) == (
            pytest.approx(unit * 180),
            pytest.approx(unit * 500),
        )
    assert s.flows[STORAGE, PAID] == pytest.approx(25)
    assert now.gain_storage == pytest.approx((50 - 30) * 34 - 25)
    assert (now.tax_revenue, now.tax_revenue_alone) == (pytest.approx(1800), pytest.approx(5000))
    assert (now.disposed, now.disposed_alone) == (180, 500)
    page = s.pages[0]
    assert (page.total, page.exchanged, page.stored, page.quantity) == (500, 300, 50, 180)
    assert (page.cost, page.tax) == (pytest.approx(34 * 180), pytest.approx(1800))


def test_a_need_pays_supplier_and_government():
    s, now = state(companies=rows("companies", 1)), month()
    settle_need(params(), s.clock[0], now, s, one("streams", amount=500, replaced=180), one("materials", **GOODS))
    company = s.companies[0]
    assert (company.net, company.net_alone) == (pytest.approx(-33 * 320), pytest.approx(-33 * 500))
    assert (s.flows[VIRGIN, PAID], s.flows[VIRGIN_TAX, PAID]) == (pytest.approx(30 * 320), pytest.approx(3 * 320))
    assert (now.tax_revenue, now.tax_revenue_alone) == (pytest.approx(960), pytest.approx(1500))


def priced(lever_history=None):
    """A company that gives waste with 34 EUR/t and takes goods with 33, on paths of 24 + taxes and 30."""
    gives = {"direction": OUT, "amount": 500, **LET_GO}
    streams = table("streams", gives, {"direction": IN, "amount": 1000, "material": 1})
    materials = table("materials", {"outlet_count": 1}, {"cost": 36})
    history = rows("levers", 2, **{"energy_price": 1.0, **(lever_history or {})})
    paths = np.log(np.array([[1.0, 1.0], [30.0, 30.0]]))
    companies = rows("companies", 1)
    return state(
        companies=companies, streams=streams, materials=materials, outlets=OUTLETS, history=history, paths=paths
    )


@pytest.mark.parametrize("passed", [0.0, 0.8, 1.0])
def test_customers_bear_the_passed_on_part_of_what_policies_and_deviations_add_to_the_reference(passed):
    s = priced({"virgin_tax": 0.1})
    company = one("companies", status=OPEN, stream_count=2, rebase=1, margin=40, output=1000)
    p = params({"production.pass_through": passed, "market.route_spread": 0})
    # Reference: 24 EUR/t of waste without any tax of policies, 30 EUR/t of goods with the tax of history.
    base = 500 * 24 + 1000 * 33
    assert sales_of(0, p, s, company) == pytest.approx(40_000 + base + passed * (500 * 10 + 1000 * 3))
    assert company.rebase == 0


def test_the_reference_knows_neither_policies_nor_shocks():
    s = priced({"virgin_tax": 0.1, "landfill_tax": 5, "carbon_price": 0})
    s.materials.shock_factor, s.materials.deviation = 9.0, 3.0
    assert reference_cost(0, EVEN, s, s.streams[0]) == pytest.approx(20 + 4 + 5)
    assert reference_cost(0, EVEN, s, s.streams[1]) == pytest.approx(33)
    s.materials.is_energy, s.history.energy_price = 1, 2.0
    assert reference_cost(0, EVEN, s, s.streams[1]) == pytest.approx(66)


def test_own_business_is_margin_and_streams_less_fixed_cost_and_owners_pay_in_the_reserve_once():
    s = priced()
    s.companies = table(
        "companies", {"status": OPEN, "stream_count": 2, "rebase": 1, "margin": 40, "output": 1000, "fixed_cost": 20000}
    )
    s.companies.cash_limit = 7000
    s.streams.disposed, s.streams.free = s.streams.amount, s.streams.amount
    s.streams.disposal_cost[0], s.streams.disposal_tax[0] = 24, 0
    s.materials = table("materials", {"outlet_count": 1}, {"cost": 30, "price": 30})
    for _ in range(2):
        s.companies.net = s.companies.net_alone = 0
        settle_streams(1, EVEN, s.clock[0], lever(), month(), s)
        assert s.companies.net_alone[0] == s.companies.net[0] == pytest.approx(40 * 1000 - 20000)
        assert s.companies.cash[0] == 7000


def test_a_closed_company_pays_for_the_stock_it_leaves_and_nothing_more():
    s = state(
        companies=table("companies", {"status": CLOSED, "stream_count": 1, "fixed_cost": 9}),
        streams=table("streams", {"direction": OUT, "coefficient": 0.5, "disposed": 10, "opening": 10, "free": 10, **LET_GO}),
        materials=table("materials", WASTE), outlets=OUTLETS,
    )  # fmt: skip
    settle_streams(1, EVEN, s.clock[0], TAXED, month(), s)
    assert (s.companies.net[0], s.companies.net_alone[0]) == (pytest.approx(-340), 0)
    assert not math.isnan(s.pages[0].cost)
