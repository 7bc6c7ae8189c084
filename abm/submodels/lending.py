"""Lending: both sides borrow their part of the capital and pay it back, whatever becomes of the exchange."""

from __future__ import annotations

from ..entities.accounts import BUY_IN, CAPITAL, GRANT, INTEREST, LOAN, LOAN_LOST, LOAN_SETTLED, PAID, PRINCIPAL
from ..entities.codes import BUILDING, CLOSED, OPEN
from ..numerics.compiled import compiled
from .assets import life_of
from .ledger import pay, row_of
from .negotiation.utility import annuity


@compiled
def finance(p, clock, s, conversion, exchange, number):
    """Let both sides of contract `number` pay their share of the capital, in place, met by grant and loan.

    The loan runs over the term of the contract, at most over the life of what is built, in whole years at the own cost
    of capital; nothing is due before the connection is ready. What is still owed for parts built before goes into the new loan.
    """
    years = float(max(1, int(min(exchange.term, life_of(conversion, exchange)))))
    exchange.instalments = int(12.0 * years)
    row = row_of(clock, s, exchange, number)
    row.grant_seller = exchange.share * exchange.grant
    row.grant_buyer = (1.0 - exchange.share) * exchange.grant
    row.loan_seller = exchange.share * exchange.capital
    row.loan_buyer = (1.0 - exchange.share) * exchange.capital
    exchange.debt_seller += row.loan_seller
    exchange.debt_buyer += row.loan_buyer
    exchange.paid_seller = 0
    exchange.paid_buyer = 0
    exchange.loan_seller = exchange.debt_seller * annuity(s.companies[exchange.seller].wacc, years) / 12.0
    exchange.loan_buyer = exchange.debt_buyer * annuity(s.companies[exchange.buyer].wacc, years) / 12.0
    place_seller = exchange.share * exchange.buy_in
    place_buyer = (1.0 - exchange.share) * exchange.buy_in
    row.capital_seller += row.loan_seller + row.grant_seller - place_seller
    row.capital_buyer += row.loan_buyer + row.grant_buyer - place_buyer
    row.buy_in_seller += place_seller
    row.buy_in_buyer += place_buyer
    invest(p, clock, s, exchange.seller, row.loan_seller, row.grant_seller, place_seller)
    invest(p, clock, s, exchange.buyer, row.loan_buyer, row.grant_buyer, place_buyer)


@compiled
def invest(p, clock, s, company, loan, grant, place):
    """Let a company pay what it builds and its place in a shared pipe out of a loan and a grant [EUR], in place."""
    pay(p, clock, s, company, CAPITAL, loan + grant - place)
    pay(p, clock, s, company, BUY_IN, place)
    pay(p, clock, s, company, GRANT, -grant)
    pay(p, clock, s, company, LOAN, -loan)


@compiled
def repay(p, clock, s, exchange, number):
    """Let both sides pay the month's instalment on what they owe, in place, from the month the connection is ready."""
    if exchange.ready > clock.month or exchange.stage == BUILDING:
        return
    if exchange.debt_seller > 0.0 and s.companies[exchange.seller].status == OPEN:
        repay_seller(p, clock, s, exchange, number)
    if exchange.debt_buyer > 0.0 and s.companies[exchange.buyer].status == OPEN:
        repay_buyer(p, clock, s, exchange, number)


@compiled
def repay_seller(p, clock, s, exchange, number):
    """Pay the seller's instalment, in place: interest on what was owed when the year of the loan began, and principal."""
    row = row_of(clock, s, exchange, number)
    if exchange.paid_seller % 12 == 0:
        exchange.interest_seller = s.companies[exchange.seller].wacc * exchange.debt_seller / 12.0
    last = exchange.paid_seller + 1 >= exchange.instalments
    principal = min(exchange.debt_seller, exchange.loan_seller - exchange.interest_seller)
    principal = exchange.debt_seller if last else principal
    exchange.debt_seller = 0.0 if last else exchange.debt_seller - principal
    exchange.paid_seller += 1
    row.interest_seller += exchange.interest_seller
    pay(p, clock, s, exchange.seller, INTEREST, exchange.interest_seller)
    row.principal_seller += principal
    pay(p, clock, s, exchange.seller, PRINCIPAL, principal)


@compiled
def repay_buyer(p, clock, s, exchange, number):
    """Pay the buyer's instalment, in place: interest on what was owed when the year of the loan began, and principal."""
    row = row_of(clock, s, exchange, number)
    if exchange.paid_buyer % 12 == 0:
        exchange.interest_buyer = s.companies[exchange.buyer].wacc * exchange.debt_buyer / 12.0
    last = exchange.paid_buyer + 1 >= exchange.instalments
    principal = min(exchange.debt_buyer, exchange.loan_buyer - exchange.interest_buyer)
    principal = exchange.debt_buyer if last else principal
    exchange.debt_buyer = 0.0 if last else exchange.debt_buyer - principal
    exchange.paid_buyer += 1
    row.interest_buyer += exchange.interest_buyer
    pay(p, clock, s, exchange.buyer, INTEREST, exchange.interest_buyer)
    row.principal_buyer += principal
    pay(p, clock, s, exchange.buyer, PRINCIPAL, principal)


@compiled
def settle_loans(clock, s):
    """Settle, in place, what companies that have closed still owe."""
    for number in range(clock.exchanges):
        exchange = s.exchanges[number]
        if exchange.debt_seller > 0.0 and s.companies[exchange.seller].status == CLOSED:
            settle_loan(clock, s, exchange, number, True)
        if exchange.debt_buyer > 0.0 and s.companies[exchange.buyer].status == CLOSED:
            settle_loan(clock, s, exchange, number, False)


@compiled
def settle_loan(clock, s, exchange, number, of_seller):
    """Let owners settle what a closed company still owes, in place; of an insolvent one the lender loses it."""
    row = row_of(clock, s, exchange, number)
    company = s.companies[exchange.seller if of_seller else exchange.buyer]
    owed = exchange.debt_seller if of_seller else exchange.debt_buyer
    if of_seller:
        exchange.debt_seller = 0.0
    else:
        exchange.debt_buyer = 0.0
    if company.insolvent == 1:
        s.flows[LOAN_LOST, PAID] += owed
        if of_seller:
            row.lost_seller = owed
        else:
            row.lost_buyer = owed
    else:
        s.flows[LOAN_SETTLED, PAID] += owed
        if of_seller:
            row.settled_seller = owed
        else:
            row.settled_buyer = owed
