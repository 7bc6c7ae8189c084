"""The books: every payment of a company is posted with its item, and every contract keeps a row for each month."""

from __future__ import annotations

from ecopark.abm.entities import accounts
from ecopark.abm.entities.accounts import COMPANIES, FINANCING, ITEMS, RESOURCES, ROWS_OF_BOOKS

# Columns of a month of a contract that are added up as they are posted; all begin at zero.
MONEY = (
    "payment", "handling", "forgone", "forgone_carbon", "treatment", "transport", "carbon", "damages_to_buyer",
    "interruption_seller", "interruption_buyer", "subsidy_seller", "subsidy_buyer", "om_seller", "om_buyer",
    "monitoring", "arranging_seller", "arranging_buyer", "capital_seller", "capital_buyer", "grant_seller",
    "grant_buyer", "loan_seller", "loan_buyer", "interest_seller", "interest_buyer", "principal_seller",
    "principal_buyer", "leaving_seller", "leaving_buyer", "buy_in_seller", "buy_in_buyer", "return_seller", "return_buyer", "settled_seller",
    "settled_buyer", "lost_seller", "lost_buyer",
)  # fmt: skip
OF_MONTH = (
    "due", "available", "wanted", "delivered", "replaced", "short_seller", "short_buyer", "excused", "price",
    "virgin_price", "virgin_tax", "disposal_fee", "disposal_tax", "gain_seller", "gain_buyer", "gain_resource",
    "public_gain", "co2_avoided",
)  # fmt: skip


class Delivery:
    """A month of a contract."""

    def __init__(self, exchange, month: int):
        self.contract, self.month = exchange, month
        for name in (*MONEY, *OF_MONTH):
            setattr(self, name, 0.0)


class Page:
    """A year of a stream: what it gave or needed, what of it was sold or replaced, stored, disposed of or bought."""

    def __init__(self, stream, year: int):
        self.stream, self.year, self.outlet = stream, year, stream.outlet
        self.total = self.exchanged = self.stored = self.quantity = self.cost = self.tax = 0.0


def blank_book() -> list[list[float]]:
    """Paid, received, and both without exchanges, of every item."""
    return [[0.0] * 4 for _ in range(ROWS_OF_BOOKS)]


def open_month(model) -> None:
    """Begin the flows of a month and, each January, the books of a year."""
    model.flows = blank_book()
    model.rows_now = []
    if model.month % 12 == 0:
        for company in model.agents:
            company.book = blank_book()
        model.outside = blank_book()
        model.books.append([*(company.book for company in model.agents), model.outside])


def turn_pages(model) -> None:
    """Open a page for every stream each January, and for one that takes another route within the year."""
    for stream in (stream for company in model.agents for stream in company.streams):
        if model.month % 12 == 0:
            open_page(model, stream)
        elif stream.page.outlet is not stream.outlet:
            stream.page.stored = 0.0
            open_page(model, stream)


def open_page(model, stream) -> None:
    """Open the page of a stream, a year and a route."""
    stream.page = Page(stream, model.month // 12)
    if model.p.recording_accounts:
        model.pages.append(stream.page)


def post(model, company, item: int, amount: float, column: int) -> None:
    """Write an amount that a company pays (below zero: receives) into its book and the flows of the month."""
    if amount < 0.0:
        column += 1
        amount = -amount
    model.flows[item][column] += amount
    company.book[item][column] += amount


def pay(model, company, item: int, amount: float) -> None:
    """A company pays (below zero: receives)."""
    post(model, company, item, amount, 0)
    if item < FINANCING:
        company.net -= amount
    else:
        company.cash -= amount


def pay_alone(model, company, item: int, amount: float) -> None:
    """A company would have paid, had there been no exchange."""
    post(model, company, item, amount, 2)
    company.net_alone -= amount


def pay_both(model, company, item: int, amount: float) -> None:
    """A company pays what it would have paid without exchanges, too."""
    pay(model, company, item, amount)
    pay_alone(model, company, item, amount)


def row_of(model, exchange) -> Delivery:
    """The row of a contract for this month, opened when something happens to it."""
    if exchange.row is None or exchange.row.month != model.month:
        exchange.row = Delivery(exchange, model.month)
        model.rows_now.append(exchange.row)
        if model.p.recording_deliveries:
            model.deliveries.append(exchange.row)
    return exchange.row


def pay_item(model, exchange, item: int, column: str, to_seller: bool, amount: float) -> None:
    """A side of a contract pays for it."""
    row = row_of(model, exchange)
    setattr(row, column, getattr(row, column) + amount)
    pay(model, exchange.seller if to_seller else exchange.buyer, item, amount)


def pay_partner(model, exchange, item: int, by_seller: bool, amount: float) -> None:
    """A side of a contract pays the other."""
    pay(model, exchange.seller, item, amount if by_seller else -amount)
    pay(model, exchange.buyer, item, -amount if by_seller else amount)


def pay_leaving(model, exchange, by_seller: bool, cost: float) -> None:
    """Who leaves before the end of the term pays the other."""
    row = row_of(model, exchange)
    if by_seller:
        row.leaving_seller += cost
    else:
        row.leaving_buyer += cost
    pay_partner(model, exchange, accounts.LEAVING, by_seller, cost)


def close_month(model) -> None:
    """Close the books of a month: rows of contracts, cash of companies, accounts in balance."""
    for row in model.rows_now:
        close_row(model.now, row)
    for company in model.agents:
        close_cash(model, company)
    close_accounts(model)


def close_row(now, row: Delivery) -> None:
    """Work out what the month of a contract brought both sides, in resources, the public and the air."""
    exchange = row.contract
    fee, tax = row.disposal_fee * row.delivered, row.disposal_tax * row.delivered
    price, virgin_tax = row.virgin_price * row.replaced, row.virgin_tax * row.replaced
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


def close_cash(model, company) -> None:
    """Add the month to the cash of a company; owners get what is above its reserve, and the rest when it closes."""
    company.result, company.result_alone = company.net, company.net_alone
    company.net = company.net_alone = 0.0
    company.cash += company.result
    if company.status == "closed":
        company.endowed = False
        item = accounts.LIQUIDATION if company.cash > 0.0 else accounts.LIQUIDATION_LOSS
        pay(model, company, item, company.cash)
        company.cash = 0.0
    elif company.cash > company.cash_limit:
        pay(model, company, accounts.DIVIDEND, company.cash - company.cash_limit)
        company.cash = company.cash_limit
    company.year_result += company.result
    company.year_alone += company.result_alone
    now = model.now
    now.result += company.result
    now.result_alone += company.result_alone
    now.gain += company.result - company.result_alone


def close_accounts(model) -> None:
    """Draw the other accounts of the month; cash and flows of all accounts have to be in balance."""
    now = model.now
    now.programme_cost += model.lever.programme_cost
    model.flows[accounts.PROGRAMMES][0] += model.lever.programme_cost
    for item in RESOURCES:
        paid, received, paid_alone, received_alone = model.flows[item]
        now.gain_resource += (paid_alone - received_alone) - (paid - received)
    for item in range(ROWS_OF_BOOKS):
        for column in range(4):
            model.outside[item][column] += model.flows[item][column]
    check_balance(model)


def check_balance(model) -> None:
    """What all companies hold more than before is what the others paid them on balance."""
    net = gross = held = 0.0
    for item, (_, other) in enumerate(ITEMS):
        paid, received = model.flows[item][0], model.flows[item][1]
        gross += paid + received
        net += paid - received
        assert other != COMPANIES or abs(paid - received) <= 1e-9 * (paid + received)
    for company in model.agents:
        net += company.cash
        held += abs(company.cash)
    assert abs(net - model.cash_before) <= 1e-9 * gross + 1e-12 * held
    model.cash_before = 0.0
    for company in model.agents:
        model.cash_before += company.cash
