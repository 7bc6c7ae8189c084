"""Settlement: money follows material; what one side pays the other gets."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecopark.abm.entities.codes import BUILDING, CLOSED, ENDED, ENERGY, IN, MATERIAL, OPEN, OPERATING, OUT, WATER
from ecopark.abm.submodels.settlement import (
    close_books,
    count_flows,
    current_price,
    repay,
    settle_exchanges,
    settle_need,
    settle_one,
    settle_streams,
    settle_supply,
    stream_price,
)
from tests.abm.submodels.tables import lever, month, one, params, rows, state, table

WASTE = {"tonnes": 1, "weight": 1}
LET_GO = {"disposal_cost": 34, "disposal_tax": 10}
OUTLETS = table("outlets", {"co2": 0.02})
GOODS = {"price": 30, "cost": 33, "virgin_tax": 3, "co2_virgin": 0.3, "tonnes": 1}
WAY = {"arriving": 0.9, "ratio": 0.8, "load": 2, "treatment": 3, "handling": 1.5, "burden": 0.01}


def deal(delivered=100.0, levers=None, values=None, **columns):
    """Settle one exchange of `delivered` units between company 0 and 1; return everything."""
    companies, now = rows("companies", 2, status=OPEN), month()
    streams = table("streams", {"direction": OUT, **LET_GO}, {"direction": IN, "material": 1, "company": 1})
    exchange = one(
        "exchanges",
        **{"buyer": 1, "demand": 1, "price": 4, "reference": 33, "penalty": 1.5, "delivered_now": delivered, **columns},
    )
    p = params({"contract.monitoring_cost": 1200, **(values or {})})
    materials = table("materials", WASTE, GOODS)
    way = one("opportunities", **WAY)
    settle_one(
        p,
        levers or lever(),
        now,
        state(companies=companies, streams=streams, materials=materials, outlets=OUTLETS),
        way,
        way,
        exchange,
    )
    return companies.result, exchange, now


def test_seller_and_buyer_pay_and_receive_what_the_contract_says():
    result, exchange, now = deal()
    assert result.tolist() == pytest.approx([4 * 100 - 1.5 * 100 - 100, -4 * 100 - 3 * 100 - 2 * 100 - 100])
    replaced = 0.9 * 0.8 * 100
    assert exchange.gain_seller_now == pytest.approx(result[0] + 34 * 100)
    assert exchange.gain_buyer_now == pytest.approx(result[1] + 33 * replaced)
    assert exchange.public_gain == pytest.approx(-10 * 100 - 3 * replaced)
    assert (now.gain_sellers, now.gain_buyers) == (exchange.gain_seller_now, exchange.gain_buyer_now)
    assert now.transport_cost == pytest.approx(200)
    for total in ("seller_gain", "year_seller"):
        assert exchange[total] == exchange.gain_seller_now
    assert exchange.year_delivered == exchange.delivered == 100


@pytest.mark.parametrize(("seller", "buyer"), [(40, 0), (0, 25)])
@pytest.mark.parametrize("price", [4, -4])
def test_damages_go_from_the_side_at_fault_to_the_other(price, seller, buyer):
    fair, _, _ = deal(price=price)
    settled, _, _ = deal(price=price, short_seller=seller, short_buyer=buyer)
    damages = 1.5 * 4 * (seller - buyer)
    assert settled.tolist() == pytest.approx([fair[0] - damages, fair[1] + damages])


def test_damages_per_unit_are_at_most_a_multiple_of_the_public_value():
    fair, _, _ = deal(price=4000)
    settled, exchange, _ = deal(price=4000, short_seller=40)
    damages = 1.5 * (34 + 0.72 * 33) * 40
    assert settled.tolist() == pytest.approx([fair[0] - damages, fair[1] + damages])
    assert exchange.year_damages == pytest.approx(damages)


def test_subsidy_is_shared_by_halves_and_paid_by_the_public():
    plain, without, _ = deal()
    result, exchange, now = deal(levers=lever(exchange_subsidy=0.2))
    subsidy = 0.2 * 33 * 0.72 * 100
    assert (result - plain).tolist() == pytest.approx([subsidy / 2, subsidy / 2])
    assert now.subsidies == pytest.approx(subsidy)
    assert without.public_gain - exchange.public_gain == pytest.approx(subsidy)


def test_carbon_of_treatment_and_haul_is_paid_by_the_buyer_to_the_public():
    plain, without, _ = deal()
    result, exchange, now = deal(levers=lever(carbon_price=50))
    assert (result - plain).tolist() == pytest.approx([0, -50 * 0.01 * 100])
    assert now.tax_revenue == pytest.approx(50)
    assert exchange.public_gain - without.public_gain == pytest.approx(50)


@given(st.floats(0, 1e5), st.floats(-100, 100), st.floats(0, 1), st.floats(0, 1e4), st.floats(0, 1e4))
def test_whatever_is_paid_between_the_two_cancels_out(delivered, price, index, by_seller, by_buyer):
    """Sum of both gains = resources saved - transport, treatment, handling, monitoring, whatever price and damages."""
    terms = {"price": price, "indexation": index, "reference": 20, "short_seller": by_seller, "short_buyer": by_buyer}
    _, exchange, _ = deal(delivered, **terms)
    saved = 34 * delivered + 33 * 0.72 * delivered - (2 + 3 + 1.5) * delivered - 200
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
    now, exchange = month(), one("exchanges")
    given_, saved = one("materials", **{**WASTE, "group": group, "weight": weight}), one("materials", **GOODS)
    count_flows(now, exchange, WAY["burden"], given_, saved, 0.02, 100.0, 72.0)
    reused = {name: now[name] for name in ("material_reused", "energy_reused", "water_reused")}
    assert reused == {**dict.fromkeys(reused, 0), column: pytest.approx(100 * weight)}
    assert now.virgin_saved == pytest.approx(30 * 72)
    assert now.co2_avoided == exchange.co2 == pytest.approx(0.3 * 72 + (0.02 - 0.01) * 100)
    assert exchange.tonnes == 100


def test_supply_and_need_are_settled_with_and_without_exchanges():
    company, now = one("companies"), month()
    stream = one("streams", amount=500, disposed=180, **LET_GO)
    settle_supply(now, state(outlets=OUTLETS), company, stream, one("materials", **WASTE))
    assert (company.result, company.result_alone) == (pytest.approx(-34 * 180), pytest.approx(-34 * 500))
    assert (now.tax_revenue, now.tax_revenue_alone) == (pytest.approx(1800), pytest.approx(5000))
    assert (now.disposed, now.disposed_alone) == (180, 500)
    company, now = one("companies"), month()
    settle_need(now, company, one("streams", amount=500, replaced=180), one("materials", **GOODS))
    assert (company.result, company.result_alone) == (pytest.approx(-33 * 320), pytest.approx(-33 * 500))
    assert (now.tax_revenue, now.tax_revenue_alone) == (pytest.approx(960), pytest.approx(1500))


@pytest.mark.parametrize(("passed", "borne"), [(0.0, 17 + 33), (1.0, 20 + 36), (0.8, 50 + 0.8 * 6)])
def test_customers_bear_the_passed_on_share_of_a_change_of_stream_costs(passed, borne):
    company = one("companies", status=OPEN, stream_count=2, rebase=1)
    streams = table(
        "streams", {"direction": OUT, "coefficient": 0.5, **LET_GO}, {"direction": IN, "coefficient": 1, "material": 1}
    )
    materials = table("materials", {}, {"cost": 33})
    p = params({"production.pass_through": passed})
    assert stream_price(p, company, state(streams=streams, materials=materials)) == pytest.approx(17 + 33)
    streams.disposal_cost[0], materials.cost[1] = 40, 36
    assert stream_price(p, company, state(streams=streams, materials=materials)) == pytest.approx(borne)
    assert company.rebase == 0
    company.status = CLOSED
    assert stream_price(p, company, state(streams=streams, materials=materials)) == 0


def test_own_business_is_margin_and_streams_less_fixed_cost_and_dues():
    terms = {
        "status": OPEN,
        "stream_count": 1,
        "rebase": 1,
        "margin": 40,
        "output": 1000,
        "fixed_cost": 20000,
        "due": 300,
    }
    companies, now = table("companies", terms), month()
    streams = table("streams", {"direction": OUT, "coefficient": 0.5, "amount": 500, "disposed": 500, **LET_GO})
    settle_streams(
        params(), now, state(companies=companies, streams=streams, materials=table("materials", WASTE), outlets=OUTLETS)
    )
    assert companies.result_alone[0] == pytest.approx(40 * 1000 - 20000)
    assert companies.result[0] == pytest.approx(40 * 1000 - 20000 - 300)
    assert companies.due[0] == 0
    assert now.gain_sellers + now.gain_buyers == pytest.approx(-300)


def test_what_is_owed_between_companies_is_paid_with_the_next_settlement():
    companies, now = rows("companies", 2, status=OPEN, owed=[70, -70]), month()
    settle_streams(
        params(), now, state(companies=companies, streams=rows("streams", 0), materials=rows("materials", 0))
    )
    assert companies.result.tolist() == [-70, 70]
    assert companies.owed.tolist() == [0, 0]
    assert (now.gain_sellers, now.gain_buyers) == (0, 0)


def test_closed_company_pays_for_what_is_left_and_nothing_more():
    companies, now = table("companies", {"status": CLOSED, "stream_count": 1, "fixed_cost": 9, "due": 50}), month()
    streams = table("streams", {"direction": OUT, "coefficient": 0.5, "disposed": 10, **LET_GO})
    settle_streams(
        params(), now, state(companies=companies, streams=streams, materials=table("materials", WASTE), outlets=OUTLETS)
    )
    assert (companies.result[0], companies.result_alone[0]) == (-50 - 340, 0)


def loan(**columns):
    companies, now = rows("companies", 2, status=OPEN), month()
    exchange = one("exchanges", **{"buyer": 1, "loan_seller": 30, "loan_buyer": 50, "loan_left": 5, **columns})
    return companies, now, exchange


def test_both_sides_pay_their_annuity_until_the_loan_is_paid_back():
    companies, now, exchange = loan()
    repay(now, exchange, companies)
    assert companies.result.tolist() == [-30, -50]
    assert (exchange.seller_gain, exchange.buyer_gain, exchange.loan_left) == (-30, -50, 4)
    assert (now.gain_sellers, now.gain_buyers) == (-30, -50)


def test_closed_company_pays_no_annuity():
    companies, now, exchange = loan()
    companies.status[0] = CLOSED
    repay(now, exchange, companies)
    assert companies.result.tolist() == [0, -50]


@pytest.mark.parametrize(("ready", "left", "paid"), [(12, 3, True), (13, 3, False), (0, 0, False)])
def test_loans_run_from_the_first_month_on_even_after_an_end(ready, left, paid):
    companies, now, _ = loan()
    exchanges = table("exchanges", {"stage": ENDED, "buyer": 1, "loan_seller": 30, "loan_left": left, "ready": ready})
    clock = one("clock", month=12, exchanges=1)
    nothing = rows("opportunities", 1)
    settle_exchanges(
        params(),
        clock,
        lever(),
        now,
        state(
            companies=companies,
            streams=rows("streams", 1),
            materials=rows("materials", 1),
            ways=nothing,
            exchanges=exchanges,
        ),
    )
    assert (companies.result[0] == -30) == paid


def test_loans_wait_for_a_connection_that_cannot_start_yet():
    companies, now, _ = loan()
    exchanges = table("exchanges", {"stage": BUILDING, "buyer": 1, "loan_seller": 30, "loan_left": 3, "ready": 5})
    clock, nothing = one("clock", month=12, exchanges=1), rows("opportunities", 1)
    settle_exchanges(
        params(),
        clock,
        lever(),
        now,
        state(
            companies=companies,
            streams=rows("streams", 1),
            materials=rows("materials", 1),
            ways=nothing,
            exchanges=exchanges,
        ),
    )
    assert (companies.result[0], exchanges.loan_left[0]) == (0, 3)


def test_only_operating_exchanges_are_settled():
    companies, now, _ = loan()
    stages = table("exchanges", {"stage": OPERATING}, {"stage": ENDED}, {"stage": OPERATING}, buyer=1, demand=1)
    streams = table("streams", {"direction": OUT}, {"direction": IN, "material": 1})
    p = params({"contract.monitoring_cost": 1200})
    way, goods = table("opportunities", WAY), table("materials", WASTE, GOODS)
    settle_exchanges(
        p,
        one("clock", exchanges=2),
        lever(),
        now,
        state(companies=companies, streams=streams, materials=goods, ways=way, exchanges=stages, outlets=OUTLETS),
    )
    assert companies.result.tolist() == [-100, -100]


def test_books_add_up_companies_and_keep_cash_below_its_limit():
    companies = table(
        "companies",
        {"status": OPEN, "result": 100, "result_alone": 60, "cash": 10, "cash_limit": 50},
        {"status": OPEN, "result": -30, "result_alone": -20, "cash": 10, "cash_limit": 50},
        {"status": CLOSED, "result": -5},
    )
    now = month()
    close_books(now, lever(programme_cost=40), companies)
    assert companies.cash.tolist() == [50, -20, -5]
    assert companies.year_result.tolist() == [100, -30, -5]
    assert companies.year_alone.tolist() == [60, -20, 0]
    assert (now.result, now.result_alone, now.gain) == (65, 40, 25)
    assert now.programme_cost == 40
