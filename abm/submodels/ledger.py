"""The ledger: every payment of a company is posted with its item, every contract keeps a row for each month.

Nobody else changes what a company has: a posting writes its book of the year, the flows between companies and the other
accounts of the month, and what the company has received less paid. At the close of a month cash follows, and all
accounts have to be in balance (Godley and Lavoie 2007, doi:10.1007/978-1-137-08599-3).
"""

from __future__ import annotations

from ..entities.accounts import (
    COMPANIES,
    DIVIDEND,
    FINANCING,
    ITEMS,
    LEAVING,
    LIQUIDATION,
    LIQUIDATION_LOSS,
    PAID,
    PAID_ALONE,
    PROGRAMMES,
    RECEIVED,
    RECEIVED_ALONE,
    RESOURCES,
    ROWS_OF_BOOKS,
)
from ..entities.codes import CLOSED
from ..numerics.compiled import compiled

BETWEEN = tuple(place for place, (_, other) in enumerate(ITEMS) if other == COMPANIES)


@compiled
def post(p, clock, s, row, item, amount, column):
    """Write an amount that a company pays (below zero: receives) into its book of the year and the month's flows, in place."""
    if amount == 0.0:
        return
    if amount < 0.0:
        column += 1
        amount = -amount
    s.flows[item, column] += amount
    if p.recording_accounts == 1:
        place = (clock.month // 12) * clock.accounts + s.companies[row].account
        s.books[place, 4 * item + column] += amount


@compiled
def pay(p, clock, s, row, item, amount):
    """Let a company pay an amount [EUR] (below zero: receive it), in place; financing moves its cash, all else its result."""
    post(p, clock, s, row, item, amount, PAID)
    if item < FINANCING:
        s.companies[row].net -= amount
    else:
        s.companies[row].cash -= amount


@compiled
def pay_beside(p, clock, s, row, item, amount, alone):
    """Let a company pay an amount [EUR], and note what it would have paid had there been no exchange, in place.

    One step, since every stream of every company asks for it every month.
    """
    if amount == 0.0 and alone == 0.0:
        return
    company = s.companies[row]
    company.net -= amount
    company.net_alone -= alone
    column = PAID if amount >= 0.0 else RECEIVED
    beside = PAID_ALONE if alone >= 0.0 else RECEIVED_ALONE
    s.flows[item, column] += abs(amount)
    s.flows[item, beside] += abs(alone)
    if p.recording_accounts == 1:
        place = (clock.month // 12) * clock.accounts + company.account
        s.books[place, 4 * item + column] += abs(amount)
        s.books[place, 4 * item + beside] += abs(alone)


@compiled
def pay_both(p, clock, s, row, item, amount):
    """Let a company pay what it would have paid without exchanges, too [EUR], in place."""
    pay_beside(p, clock, s, row, item, amount, amount)


@compiled
def pay_partner(p, clock, s, exchange, item, by_seller, amount):
    """Let one side of a contract pay the other [EUR] (below zero: the other way), in place."""
    pay(p, clock, s, exchange.seller, item, amount if by_seller else -amount)
    pay(p, clock, s, exchange.buyer, item, -amount if by_seller else amount)


@compiled
def row_of(clock, s, exchange, number):
    """Return the row of contract `number` for this month, opened, in place, when something first happens to it."""
    if exchange.row_month != clock.month + 1:
        exchange.row_month = clock.month + 1
        exchange.row = clock.deliveries
        blank = s.deliveries[clock.deliveries]
        clear_row(blank)
        blank.contract = number
        blank.month = clock.month
        clock.deliveries += 1
    return s.deliveries[exchange.row]


@compiled
def clear_row(row):
    """Set every amount of a row to zero, in place: without a record of months rows are used again."""
    row.due = row.available = row.wanted = row.delivered = row.replaced = 0.0
    row.short_seller = row.short_buyer = row.excused = row.price = row.payment = 0.0
    row.handling = row.forgone = row.forgone_carbon = row.treatment = row.transport = row.carbon = 0.0
    row.damages_to_buyer = row.interruption_seller = row.interruption_buyer = 0.0
    row.subsidy_seller = row.subsidy_buyer = row.om_seller = row.om_buyer = row.monitoring = 0.0
    row.arranging_seller = row.arranging_buyer = row.capital_seller = row.capital_buyer = 0.0
    row.grant_seller = row.grant_buyer = row.loan_seller = row.loan_buyer = 0.0
    row.interest_seller = row.interest_buyer = row.principal_seller = row.principal_buyer = 0.0
    row.leaving_seller = row.leaving_buyer = row.return_seller = row.return_buyer = 0.0
    row.buy_in_seller = row.buy_in_buyer = 0.0
    row.settled_seller = row.settled_buyer = row.lost_seller = row.lost_buyer = 0.0
    row.virgin_price = row.virgin_tax = row.disposal_fee = row.disposal_tax = 0.0
    row.gain_seller = row.gain_buyer = row.gain_resource = row.public_gain = row.co2_avoided = 0.0


@compiled
def pay_leaving(p, clock, s, exchange, number, by_seller, cost):
    """Let the side that leaves contract `number` before the end of its term pay the other [EUR], in place."""
    row = row_of(clock, s, exchange, number)
    if by_seller:
        row.leaving_seller += cost
    else:
        row.leaving_buyer += cost
    pay_partner(p, clock, s, exchange, LEAVING, by_seller, cost)


@compiled
def close_month(p, clock, lever, now, s):
    """Close the books of a month, in place: contracts, cash, accounts in balance."""
    for place in range(clock.deliveries_before, clock.deliveries):
        row = s.deliveries[place]
        close_row(now, s.exchanges[row.contract], row)
    for row in range(len(s.companies)):
        close_cash(p, clock, now, s, row)
    close_accounts(p, clock, lever, now, s)
    if p.recording_deliveries == 0:
        clock.deliveries = 0
    clock.deliveries_before = clock.deliveries


@compiled
def close_row(now, exchange, row):
    """Work out what a month of a contract brought both sides, in resources and the public [EUR], in place."""
    fee = row.disposal_fee * row.delivered
    tax = row.disposal_tax * row.delivered
    price = row.virgin_price * row.replaced
    virgin_tax = row.virgin_tax * row.replaced
    row.gain_seller = (
        fee + tax + row.payment - row.handling - row.forgone - row.forgone_carbon - row.damages_to_buyer
        - row.interruption_seller + row.subsidy_seller - row.om_seller - row.monitoring - row.arranging_seller
        - row.capital_seller + row.grant_seller + row.loan_seller - row.interest_seller - row.principal_seller
        - row.leaving_seller + row.leaving_buyer - row.return_seller - row.buy_in_seller
    )  # fmt: skip
    row.gain_buyer = (
        price + virgin_tax - row.payment - row.treatment - row.transport - row.carbon + row.damages_to_buyer
        - row.interruption_buyer + row.subsidy_buyer - row.om_buyer - row.monitoring - row.arranging_buyer
        - row.capital_buyer + row.grant_buyer + row.loan_buyer - row.interest_buyer - row.principal_buyer
        - row.leaving_buyer + row.leaving_seller - row.return_buyer - row.buy_in_buyer
    )  # fmt: skip
    row.gain_resource = (
        fee + price - row.handling - row.forgone - row.treatment - row.transport - row.interruption_seller
        - row.interruption_buyer - row.om_seller - row.om_buyer - 2.0 * row.monitoring - row.arranging_seller
        - row.arranging_buyer - row.capital_seller - row.capital_buyer - row.return_seller - row.return_buyer
    )  # fmt: skip
    row.public_gain = (
        row.carbon + row.forgone_carbon - tax - virgin_tax - row.subsidy_seller - row.subsidy_buyer
        - row.grant_seller - row.grant_buyer
    )  # fmt: skip
    exchange.seller_gain += row.gain_seller
    exchange.buyer_gain += row.gain_buyer
    exchange.public_gain += row.public_gain
    now.gain_sellers += row.gain_seller
    now.gain_buyers += row.gain_buyer


@compiled
def close_cash(p, clock, now, s, row):
    """Add a company's month to its cash and year, in place; owners get what is above its reserve, and the rest when it closes.

    A negative rest is a loss of the lender.
    """
    company = s.companies[row]
    company.result = company.net
    company.result_alone = company.net_alone
    company.net = 0.0
    company.net_alone = 0.0
    company.cash += company.result
    if company.status == CLOSED:
        company.endowed = 0
        item = LIQUIDATION if company.cash > 0.0 else LIQUIDATION_LOSS
        pay(p, clock, s, row, item, company.cash)
        company.cash = 0.0
    elif company.cash > company.cash_limit:
        pay(p, clock, s, row, DIVIDEND, company.cash - company.cash_limit)
        company.cash = company.cash_limit
    company.year_result += company.result
    company.year_alone += company.result_alone
    now.result += company.result
    now.result_alone += company.result_alone
    now.gain += company.result - company.result_alone


@compiled
def close_accounts(p, clock, lever, now, s):
    """Draw the other accounts of the month, in place: programmes, what exchanges save in goods and services, the balance."""
    now.programme_cost += lever.programme_cost
    s.flows[PROGRAMMES, PAID] += lever.programme_cost
    for item in RESOURCES:
        alone = s.flows[item, PAID_ALONE] - s.flows[item, RECEIVED_ALONE]
        now.gain_resource += alone - (s.flows[item, PAID] - s.flows[item, RECEIVED])
    if p.recording_accounts == 1:
        last = (clock.month // 12) * clock.accounts + clock.accounts - 1
        for item in range(ROWS_OF_BOOKS):
            for column in range(4):
                s.books[last, 4 * item + column] += s.flows[item, column]
    check_balance(clock, s)
    for item in range(ROWS_OF_BOOKS):
        for column in range(4):
            s.flows[item, column] = 0.0


@compiled
def check_balance(clock, s):
    """Mark the clock, in place, when what companies hold more than before is not what the others paid them on balance.

    What companies pay each other has to be received. Tolerance: 1e-9 of the gross flow, and rounding of all cash.
    """
    net = 0.0
    gross = 0.0
    for item in range(len(ITEMS)):
        gross += s.flows[item, PAID] + s.flows[item, RECEIVED]
        net += s.flows[item, PAID] - s.flows[item, RECEIVED]
    held = 0.0
    cash = 0.0
    for row in range(len(s.companies)):
        cash += s.companies[row].cash
        held += abs(s.companies[row].cash)
    allowed = 1e-9 * gross + 1e-12 * held
    wrong = abs(net + cash - clock.cash)
    for item in BETWEEN:
        wrong = max(wrong, abs(s.flows[item, PAID] - s.flows[item, RECEIVED]))
    clock.imbalance = wrong if not wrong <= allowed else 0.0
    clock.cash = cash
