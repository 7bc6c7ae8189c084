"""The books of a run, recomputed from its folder alone: what the yearly tables say has to follow from the ledger.

Deliveries (one row per contract and month), streams, accounts and the sums of the run are tables of their own; a figure
that is off by more than one part in a million of its largest value is a difference. Stock-flow consistency is the
field's standard for such books (Godley and Lavoie 2007; Caverzasi and Godin 2013, Levy Working Paper 745).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from ..run_folder.tables import RunTables

TOLERANCE = 1e-6
# What each account but the companies sells: savings of these are a gain in resources, not a transfer.
RESOURCES = ("suppliers", "waste operator", "hauliers", "services")
# Items that are in the books, but in no result.
FINANCING = ("reserve", "dividend", "liquidation")
# Routes of a by-product that are no disposal.
OF_GOVERNMENT = {
    "tax_revenue": (
        "virgin_tax", "landfill_tax", "incineration_tax", "discharge_fine", "disposal_carbon", "carbon", "forgone_carbon",
    ),
    "subsidies": ("subsidy",),
    "grants": ("grant",),
    "programme_cost": ("programme",),
}  # fmt: skip


class NoBooksError(ValueError):
    """The run kept no books: its tables of accounts or deliveries are empty."""


@dataclass(frozen=True)
class Difference:
    """A figure of a run that does not follow from its books."""

    table: str
    figure: str
    place: str
    stated: float
    recomputed: float

    def __str__(self) -> str:
        """Say it in a line."""
        return f"{self.table}.{self.figure} {self.place}: {self.stated:,.6g} is stated, {self.recomputed:,.6g} follows"


@dataclass(frozen=True)
class Audit:
    """What an audit of one run found: the differences, and how many figures were compared."""

    differences: tuple[Difference, ...]
    compared: int


def audit(tables: RunTables) -> Audit:
    """Recompute a run's yearly account, its companies and its contracts from the books; raises NoBooksError without books."""
    if len(tables.accounts) == 0 or (tables.exchanges["start_month"].notna().any() and len(tables.deliveries) == 0):
        raise NoBooksError(
            "this run kept no books (recording.accounts, recording.deliveries; at most 10,000 companies)"
        )
    found: list[Difference] = []
    compared = 0
    for table, figure, stated, recomputed in _figures(tables):
        compared += len(stated)
        found.extend(_unequal(table, figure, stated, recomputed.reindex(stated.index).fillna(0.0)))
    return Audit(tuple(found), compared)


def _figures(tables: RunTables) -> Iterator[tuple[str, str, pd.Series, pd.Series]]:
    """Yield (table, figure, what is stated, what follows from the books), by year, company and year, or contract."""
    yearly = tables.yearly.set_index("year")
    for name, recomputed in _yearly(tables).items():
        if name in yearly:
            yield "yearly", name, yearly[name], recomputed
    yield from _balances(tables, yearly)
    yield from _companies(tables)
    yield from _contracts(tables)


def gains(deliveries: pd.DataFrame) -> pd.DataFrame:
    """Return gain_seller, gain_buyer, gain_resource and public_gain [EUR] of each month of a contract, from its items."""
    row = deliveries
    fee, tax = row.disposal_fee * row.delivered, row.disposal_tax * row.delivered
    price, virgin_tax = row.virgin_price * row.replaced, row.virgin_tax * row.replaced
    left = row.leaving_seller - row.leaving_buyer
    seller = (
        fee + tax + row.payment - row.handling - row.forgone - row.forgone_carbon - row.damages_to_buyer
        + _side(row, "seller") - left
    )  # fmt: skip
    buyer = (
        price + virgin_tax - row.payment - row.treatment - row.transport - row.carbon + row.damages_to_buyer
        + _side(row, "buyer") + left
    )  # fmt: skip
    once = sum(row[f"{item}_{side}"] for item in ("arranging", "capital", "return") for side in ("seller", "buyer"))
    resource = (
        fee + price - row.handling - row.forgone - row.treatment - row.transport - row.interruption_seller
        - row.interruption_buyer - row.om_seller - row.om_buyer - 2 * row.monitoring - once
    )  # fmt: skip
    public = row.carbon + row.forgone_carbon - tax - virgin_tax
    for item in ("subsidy", "grant"):
        public = public - row[f"{item}_seller"] - row[f"{item}_buyer"]
    return pd.DataFrame({"gain_seller": seller, "gain_buyer": buyer, "gain_resource": resource, "public_gain": public})


def _side(row: pd.DataFrame, side: str) -> pd.Series:
    """Return what both sides have in common of receipts less payments."""
    received = row[f"subsidy_{side}"] + row[f"grant_{side}"] + row[f"loan_{side}"] - row.monitoring
    for item in ("interruption", "om", "arranging", "capital", "interest", "principal", "return", "buy_in"):
        received = received - row[f"{item}_{side}"]
    return received


def _yearly(tables: RunTables) -> dict[str, pd.Series]:
    """Return every figure of the yearly account by year."""
    deliveries, accounts = tables.deliveries, tables.accounts
    by_year = gains(deliveries).groupby(deliveries.year).sum()
    public = accounts[accounts.account == "government"]
    balance, alone = _net(public), _net(public, "_alone")
    firms = _of_companies(accounts)
    firms = firms[~firms.item.isin(FINANCING)]
    result, result_alone = _net(firms), _net(firms, "_alone")
    resources = accounts[accounts.account.isin(RESOURCES)]
    lines = {name: _sum_of(public, items) for name, items in OF_GOVERNMENT.items()}
    return {
        "gain_sellers": by_year.gain_seller,
        "gain_buyers": by_year.gain_buyer,
        "result": result,
        "result_alone": result_alone,
        "gain": result - result_alone,
        "gain_resource": _net(resources, "_alone") - _net(resources),
        "public_balance": balance,
        "public_balance_alone": alone,
        **lines,
        "tax_revenue_alone": _sum_of(public, OF_GOVERNMENT["tax_revenue"], "_alone"),
        "capex": (deliveries.capital_seller + deliveries.capital_buyer).groupby(deliveries.year).sum(),
        "transport_cost": deliveries.transport.groupby(deliveries.year).sum(),
        "co2_avoided": deliveries.co2_avoided.groupby(deliveries.year).sum(),
        **_tonnes(tables.streams),
    }


# Kind of a route -> the indicator that counts its tonnes.
WASTE = {
    "landfill": "landfilled", "incineration": "incinerated", "treatment": "treated", "discharge": "discharged",
    "spreading": "spread",
}  # fmt: skip


def _tonnes(streams: pd.DataFrame) -> dict[str, pd.Series]:
    """Return what was reused and disposed of [t], by year."""
    out = streams[(streams.direction == "out") & (streams.group == "material")]
    sold = out[out.route == "sold"]
    waste = out[out.route_kind.isin(WASTE)]
    water = streams[(streams.group == "water") & (streams.route_kind == "discharge")]
    kinds = {name: waste[waste.route_kind == kind] for kind, name in WASTE.items()}
    return {
        "material_reused": sold.tonnes.groupby(sold.year).sum(),
        "disposed": waste.tonnes.groupby(waste.year).sum(),
        "water_discharged": water.quantity.groupby(water.year).sum(),
        **{name: rows.tonnes.groupby(rows.year).sum() for name, rows in kinds.items()},
    }


def _balances(tables: RunTables, yearly: pd.DataFrame) -> Iterator[tuple[str, str, pd.Series, pd.Series]]:
    """Yield the identities of the books: every payment has a payee, gains add up, transfers create none, loans end."""
    accounts = tables.accounts
    paid = accounts.paid.groupby(accounts.year).sum()
    yield "accounts", "paid", paid, accounts.received.groupby(accounts.year).sum()
    fees = accounts[accounts.is_company & (accounts.item == "fee")]
    parts = (
        yearly.gain_sellers + yearly.gain_buyers + yearly.gain_storage + _net(fees).reindex(yearly.index).fillna(0.0)
    )
    yield "yearly", "gain (sellers, buyers, storage, fees)", yearly.gain, parts
    others = accounts[accounts.account.isin(("government", "programme", "lender", "owners"))]
    others = others[~others.item.isin(FINANCING)]
    everybody = yearly.gain + (_net(others) - _net(others, "_alone")).reindex(yearly.index).fillna(0.0)
    yield "yearly", "gain_resource (gain, government, programme, lender, owners)", yearly.gain_resource, everybody
    loans = tables.deliveries.groupby("contract")[
        [f"{item}_{side}" for item in LOANS for side in ("seller", "buyer")]
    ].sum()
    for side in ("seller", "buyer"):
        lent = loans[f"loan_{side}"]
        back = sum(loans[f"{item}_{side}"] for item in ("principal", "settled", "lost"))
        yield "deliveries", f"loan_{side} (principal, settled, lost)", np.minimum(lent, back), back


LOANS = ("loan", "principal", "settled", "lost")


def _companies(tables: RunTables) -> Iterator[tuple[str, str, pd.Series, pd.Series]]:
    """Yield each company's result, result without exchanges and cash at the end of each year."""
    firms = _of_companies(tables.accounts)
    companies = tables.companies.set_index(["company", "year"]).sort_index()
    if len(companies) == 0 or not set(firms.account) <= set(tables.companies.company):
        return  # accounts of large parks are kept by sector
    keys = ["account", "year"]
    business = firms[~firms.item.isin(FINANCING)]
    index = pd.MultiIndex.from_tuples(companies.index, names=["company", "year"])
    result = _grouped(business.received - business.paid, business, keys, index)
    alone = _grouped(business.received_alone - business.paid_alone, business, keys, index)
    moved = _grouped(firms.received - firms.paid, firms, keys, index)
    yield "companies", "result", companies.result, result
    yield "companies", "result_alone", companies.result_alone, alone
    yield "companies", "cash", companies.cash, moved.groupby(level="company").cumsum()


def _contracts(tables: RunTables) -> Iterator[tuple[str, str, pd.Series, pd.Series]]:
    """Yield what each contract delivered and brought its sides and the public."""
    exchanges, deliveries = tables.exchanges.set_index("exchange"), tables.deliveries
    sums = gains(deliveries).groupby(deliveries.contract).sum()
    yield "exchanges", "delivered", exchanges.delivered, deliveries.delivered.groupby(deliveries.contract).sum()
    yield "exchanges", "seller_gain", exchanges.seller_gain, sums.gain_seller
    yield "exchanges", "buyer_gain", exchanges.buyer_gain, sums.gain_buyer
    yield "exchanges", "public_gain", exchanges.public_gain, sums.public_gain


def _of_companies(accounts: pd.DataFrame) -> pd.DataFrame:
    return accounts[accounts.is_company]


def _net(rows: pd.DataFrame, alone: str = "") -> pd.Series:
    """Return receipts less payments by year."""
    return (rows[f"received{alone}"] - rows[f"paid{alone}"]).groupby(rows.year).sum()


def _sum_of(public: pd.DataFrame, items: tuple[str, ...], alone: str = "") -> pd.Series:
    """Return what the government got of some taxes, or paid of some outlays, by year; both as positive numbers."""
    net = _net(public[public.item.isin(items)], alone)
    return net if items[0] in OF_GOVERNMENT["tax_revenue"] else -net


def _grouped(values: pd.Series, rows: pd.DataFrame, keys: list[str], index: pd.MultiIndex) -> pd.Series:
    return values.groupby([rows[key] for key in keys]).sum().reindex(index).fillna(0.0)


def _unequal(table: str, figure: str, stated: pd.Series, recomputed: pd.Series) -> Iterator[Difference]:
    """Yield what differs by more than the tolerance, relative to the largest value of the figure."""
    one, two = stated.to_numpy(float), recomputed.to_numpy(float)
    scale = max(1.0, float(np.abs(one).max(initial=0.0)), float(np.abs(two).max(initial=0.0)))
    for row in np.flatnonzero(~(np.abs(one - two) <= TOLERANCE * scale)):
        yield Difference(table, figure, _place(stated.index[row]), float(one[row]), float(two[row]))


def _place(index: Any) -> str:
    return " ".join(str(part) for part in index) if isinstance(index, tuple) else str(index)
