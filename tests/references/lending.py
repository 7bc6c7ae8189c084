"""Lending: both sides borrow their part of the capital and pay it back, whatever becomes of the exchange."""

from __future__ import annotations

from math import inf

from ecopark.abm.entities import accounts
from tests.references.deals import Exchange
from tests.references.ledger import pay, pay_item, row_of
from tests.references.utility import annuity


def finance(model, exchange: Exchange) -> None:
    """Let both sides pay their share of the capital and take up the loan for what no grant covers, with what is still owed."""
    years = float(max(1, int(min(exchange.term, life_of(exchange)))))
    exchange.instalments = int(12.0 * years)
    for side, company, share in (
        ("seller", exchange.seller, exchange.share), ("buyer", exchange.buyer, 1.0 - exchange.share),
    ):  # fmt: skip
        place = share * exchange.buy_in
        debt, grant, to_seller = share * exchange.capital, share * exchange.grant, side == "seller"
        owed = getattr(exchange, f"debt_{side}") + debt
        setattr(exchange, f"debt_{side}", owed)
        setattr(exchange, f"paid_{side}", 0)
        setattr(exchange, f"loan_{side}", owed * annuity(company.wacc, years) / 12.0)
        row = row_of(model, exchange)
        setattr(row, f"grant_{side}", grant)
        setattr(row, f"loan_{side}", debt)
        pay_item(model, exchange, accounts.CAPITAL, f"capital_{side}", to_seller, debt + grant - place)
        pay_item(model, exchange, accounts.BUY_IN, f"buy_in_{side}", to_seller, place)
        pay(model, company, accounts.GRANT, -grant)
        pay(model, company, accounts.LOAN, -debt)


def life_of(exchange: Exchange) -> float:
    """Years that the shortest-lived part lasts which is built for a contract."""
    life = inf
    if exchange.link_capital > 0.0:
        life = exchange.opportunity.link_life
    if exchange.equipment_capital > 0.0:
        life = min(life, exchange.opportunity.equipment_life)
    return life


def repay(model, exchange) -> None:
    """Pay the month's instalment of both sides: interest on what was owed when the year of the loan began, and principal."""
    for side, company in (("seller", exchange.seller), ("buyer", exchange.buyer)):
        debt = getattr(exchange, f"debt_{side}")
        if debt <= 0.0 or not company.is_open:
            continue
        paid = getattr(exchange, f"paid_{side}")
        if paid % 12 == 0:
            setattr(exchange, f"interest_{side}", company.wacc * debt / 12.0)
        interest = getattr(exchange, f"interest_{side}")
        last = paid + 1 >= exchange.instalments
        principal = debt if last else min(debt, getattr(exchange, f"loan_{side}") - interest)
        setattr(exchange, f"debt_{side}", 0.0 if last else debt - principal)
        setattr(exchange, f"paid_{side}", paid + 1)
        to_seller = side == "seller"
        pay_item(model, exchange, accounts.INTEREST, f"interest_{side}", to_seller, interest)
        pay_item(model, exchange, accounts.PRINCIPAL, f"principal_{side}", to_seller, principal)


def settle_loans(model) -> None:
    """Owners settle what a closed company owes; of an insolvent one the lender loses it."""
    for exchange in model.exchanges:
        for side, company in (("seller", exchange.seller), ("buyer", exchange.buyer)):
            owed = getattr(exchange, f"debt_{side}")
            if owed > 0.0 and company.status == "closed":
                row = row_of(model, exchange)
                setattr(row, f"{'lost' if company.insolvent else 'settled'}_{side}", owed)
                model.flows[accounts.LOAN_LOST if company.insolvent else accounts.LOAN_SETTLED][0] += owed
                setattr(exchange, f"debt_{side}", 0.0)
