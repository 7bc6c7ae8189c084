"""The ledger: postings, rows of contracts, the close, and accounts that do not balance."""

import pytest

from ecopark import Park, load_scenario
from ecopark.abm.entities.accounts import (
    DIVIDEND,
    LIQUIDATION,
    LIQUIDATION_LOSS,
    PAID,
    PRICE,
    RECEIVED,
    RESERVE,
    SALES,
    VIRGIN,
)
from ecopark.abm.entities.codes import CLOSED, OPEN
from ecopark.abm.park import UnbalancedError
from ecopark.abm.submodels.ledger import close_month, pay, pay_leaving, pay_partner, row_of
from tests.abm.submodels.tables import lever, month, one, params, rows, state, table


@pytest.fixture
def s():
    result = state(companies=rows("companies", 2, status=OPEN), exchanges=table("exchanges", {"buyer": 1}))
    result.clock.exchanges, result.clock.accounts = 1, 3
    result.companies.account = [0, 1]
    return result


def close(s):
    now = month()
    close_month(params(), s.clock[0], lever(), now, s)
    return now


def test_a_posting_goes_to_the_book_of_the_year_the_flows_and_what_the_company_has(s):
    s.clock.month = 13
    pay(params(), s.clock[0], s, 1, VIRGIN, 30.0)
    pay(params(), s.clock[0], s, 1, VIRGIN, -5.0)
    assert s.companies.net.tolist() == [0, -25]
    assert s.flows[VIRGIN, :2].tolist() == [30, 5]
    assert s.books[3 + 1, 4 * VIRGIN : 4 * VIRGIN + 2].tolist() == [30, 5]


def test_financing_moves_cash_and_no_result(s):
    pay(params(), s.clock[0], s, 0, RESERVE, -70.0)
    assert (s.companies.cash[0], s.companies.net[0]) == (70, 0)


@pytest.mark.parametrize(("by_seller", "amount", "net"), [(True, 9, [-9, 9]), (False, 9, [9, -9]), (True, -9, [9, -9])])
def test_what_one_side_pays_the_other_receives(s, by_seller, amount, net):
    pay_partner(params(), s.clock[0], s, s.exchanges[0], PRICE, by_seller, float(amount))
    assert s.companies.net.tolist() == net
    assert s.flows[PRICE, PAID] == s.flows[PRICE, RECEIVED] == 9


def test_a_contract_has_one_row_a_month_opened_empty(s):
    row = row_of(s.clock[0], s, s.exchanges[0], 0)
    row.payment = 7
    assert row_of(s.clock[0], s, s.exchanges[0], 0).payment == 7
    s.clock.month = 1
    assert row_of(s.clock[0], s, s.exchanges[0], 0).payment == 0
    assert (s.clock.deliveries[0], s.deliveries.month[:2].tolist()) == (2, [0, 1])


def test_who_leaves_pays_the_other(s):
    pay_leaving(params(), s.clock[0], s, s.exchanges[0], 0, True, 700.0)
    assert s.companies.net.tolist() == [-700, 700]
    now = close(s)
    assert (now.gain_sellers, now.gain_buyers, now.gain_resource) == (-700, 700, 0)
    assert s.deliveries[0].leaving_seller == 700


def test_cash_above_the_reserve_is_the_owners_and_what_is_left_at_the_end(s):
    s.companies.cash_limit = 50
    s.companies.status[1] = CLOSED
    pay(params(), s.clock[0], s, 0, SALES, -80.0)
    pay(params(), s.clock[0], s, 1, SALES, -5.0)
    close(s)
    assert s.companies.cash.tolist() == [50, 0]
    assert s.books[0, 4 * DIVIDEND] == 30
    assert s.books[1, 4 * LIQUIDATION] == 5
    pay(params(), s.clock[0], s, 1, VIRGIN, 8.0)
    close(s)
    assert s.companies.cash[1] == 0
    assert s.books[1, 4 * LIQUIDATION_LOSS + 1] == 8  # the lender bears a negative rest


def test_a_month_adds_up_to_results_and_years(s):
    pay(params(), s.clock[0], s, 0, SALES, -80.0)
    now = close(s)
    assert (now.result, now.result_alone, now.gain) == (80, 0, 80)
    assert s.companies.year_result.tolist() == [80, 0]
    assert s.companies.net.tolist() == [0, 0]


def test_money_without_a_payer_is_noticed(s):
    s.companies.net[0] = 3
    close(s)
    assert s.clock.imbalance[0] == 3


def test_a_run_with_an_unbalanced_month_ends_with_an_error():
    park = Park(load_scenario("kalundborg"), 1)
    park.state.companies.net[0] = 1e6
    with pytest.raises(UnbalancedError, match="month 0 are 1e"):
        park.advance(1)
    assert one("clock").imbalance == 0
