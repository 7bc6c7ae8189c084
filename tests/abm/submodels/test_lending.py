"""Lending: every euro lent is paid back, settled by owners or lost."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecopark.abm.entities.accounts import LOAN_LOST, LOAN_SETTLED, PAID
from ecopark.abm.entities.codes import BUILDING, CLOSED, ENDED, OPEN, OPERATING, WAITING
from ecopark.abm.submodels.lending import finance, repay, settle_loans
from tests.abm.submodels.tables import one, params, rows, state, table

KIND = {"link_life": 40, "equipment_life": 10}


def lent(term=4, wacc=0.08, capital=1000.0, grant=200.0, share=0.25, kind=None, **columns):
    """A contract whose capital has been spent; return the tables and it."""
    terms = {"buyer": 1, "term": term, "capital": capital, "grant": grant, "share": share, "stage": OPERATING,
             "link_capital": capital + grant}  # fmt: skip
    s = state(
        companies=rows("companies", 2, status=OPEN, wacc=wacc), exchanges=table("exchanges", {**terms, **columns})
    )
    s.clock.exchanges = 1
    finance(params(), s.clock[0], s, one("conversions", **{**KIND, **(kind or {})}), s.exchanges[0], 0)
    return s, s.exchanges[0]


def pay_off(s, months):
    """Let both sides pay for some months; return what they pay in each month."""
    paid, p = [], params()
    for t in range(months):
        s.clock.month = t
        s.companies.net = 0
        repay(p, s.clock[0], s, s.exchanges[0], 0)
        paid.append((-s.companies.net).tolist())
    return paid


def test_capital_is_met_by_loan_and_grant_so_that_the_month_costs_nothing():
    s, exchange = lent()
    row = s.deliveries[0]
    assert s.companies.net.tolist() == [0, 0]
    assert (row.capital_seller, row.capital_buyer) == (300, 900)
    assert (row.grant_seller, row.grant_buyer, row.loan_seller, row.loan_buyer) == (50, 150, 250, 750)
    assert exchange.instalments == 48


@given(st.integers(1, 20), st.floats(0, 0.3), st.floats(0, 1), st.floats(1, 1e8))
def test_instalments_are_a_yearly_annuity_by_twelve_and_pay_back_what_was_lent(term, wacc, share, capital):
    s, exchange = lent(term, wacc, capital, share=share, kind={"link_life": 40})
    paid = pay_off(s, 12 * term + 3)
    yearly = wacc / (1 - (1 + wacc) ** -term) if wacc > 1e-9 else 1 / term
    for side, part in ((0, share), (1, 1 - share)):
        if part * capital > 0:
            assert paid[0][side] == pytest.approx(part * capital * yearly / 12, rel=1e-9)
            assert paid[12 * term - 1][side] == pytest.approx(paid[0][side], rel=1e-6)
    rows_ = s.deliveries[: int(s.clock.deliveries[0])]
    assert rows_.principal_seller.sum() == pytest.approx(share * capital, rel=1e-9, abs=1e-9)
    assert rows_.principal_buyer.sum() == pytest.approx((1 - share) * capital, rel=1e-9, abs=1e-9)
    assert (exchange.debt_seller, exchange.debt_buyer) == (0, 0)
    assert paid[-1] == [0, 0]


def test_a_loan_runs_no_longer_than_what_it_was_taken_for():
    assert lent(term=15, equipment_capital=500)[1].instalments == 120
    assert lent(term=15)[1].instalments == 180


@pytest.mark.parametrize(
    ("stage", "ready", "status", "pays"),
    [(OPERATING, 0, OPEN, True), (ENDED, 0, OPEN, True), (BUILDING, 0, OPEN, False), (OPERATING, 9, OPEN, False),
     (OPERATING, 0, WAITING, False)],
)  # fmt: skip
def test_loans_run_on_after_an_end_and_wait_for_connection_and_plant(stage, ready, status, pays):
    s, exchange = lent(stage=stage)
    exchange.ready = ready
    s.companies.status = status
    assert (pay_off(s, 1)[0][0] > 0) == pays


@pytest.mark.parametrize("insolvent", [0, 1])
def test_owners_settle_what_a_closed_company_owes_and_the_lender_loses_it_of_an_insolvent_one(insolvent):
    s, exchange = lent()
    s.companies.status[1], s.companies.insolvent[1] = CLOSED, insolvent
    settle_loans(s.clock[0], s)
    row = s.deliveries[0]
    assert (row.lost_buyer if insolvent else row.settled_buyer) == 750
    assert (row.settled_buyer if insolvent else row.lost_buyer) == 0
    assert s.flows[LOAN_LOST if insolvent else LOAN_SETTLED, PAID] == 750
    assert (exchange.debt_seller, exchange.debt_buyer) == (250, 0)
    assert not math.isnan(exchange.interest_seller)


def test_what_is_still_owed_goes_into_a_new_loan():
    s, exchange = lent(term=4, wacc=0.0, capital=960.0, grant=0.0)
    pay_off(s, 12)
    assert (exchange.debt_seller, exchange.debt_buyer) == (180, 540)
    exchange.term, exchange.capital = 5, 400.0
    finance(params(), s.clock[0], s, one("conversions", **KIND), exchange, 0)
    assert (exchange.debt_seller, exchange.debt_buyer) == (280, 840)
    assert (exchange.instalments, exchange.loan_seller, exchange.loan_buyer) == (60, 280 / 60, 840 / 60)
