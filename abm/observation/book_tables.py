"""The books as result tables: deliveries of every contract and month, streams, accounts and assets."""

from __future__ import annotations

from typing import Any

import numpy as np

from ..entities.accounts import (
    ACCOUNTS,
    COMPANIES,
    DAMAGES,
    ITEMS,
    LEAVING,
    OUTSIDE,
    PAID,
    PAID_ALONE,
    PRICE,
    PROGRAMMES,
    RECEIVED,
    RECEIVED_ALONE,
    ROWS_OF_BOOKS,
)
from ..entities.codes import CONNECTIONS, LINK, OUT
from ..entities.tables import describe
from ..input.joined_rows import pipe_classes
from ..input.routes import open_routes
from .record import Record
from .word_columns import Columns, pick

# Items of the two sides of one contract; places in shared pipes are paid from contract to contract.
BY_PAIR = (PRICE, DAMAGES, LEAVING)
COLUMNS = (PAID, RECEIVED, PAID_ALONE, RECEIVED_ALONE)
COLUMN_NAMES = ("paid", "received", "paid_alone", "received_alone")


def deliveries(park: Record) -> Columns:
    """One row per contract and month in which something was delivered, paid or received."""
    state = park.state
    used = int(state.clock.deliveries[0]) if state.params.recording_deliveries[0] else 0
    table = state.deliveries[:used]
    exchanges = state.exchanges[table.contract]
    amounts = {name: np.array(table[name]) for name, *_ in describe("deliveries") if name not in ("contract", "month")}
    return {
        "contract": np.array(table.contract),
        "opportunity": np.array(exchanges.opportunity),
        "month": np.array(table.month),
        "year": park.scenario.start_year + table.month // 12,
        "seller": pick(park.names, exchanges.seller),
        "buyer": pick(park.names, exchanges.buyer),
        **amounts,
    }


def streams(park: Record) -> Columns:
    """One row per stream, year and route that something took: sold, stored at the end, disposed of; replaced, virgin."""
    state = park.state
    pages = state.pages[: int(state.clock.pages[0])]
    rows: Any = park.scenario.tables["materials"]
    opened = [route for _, _, route in open_routes(park.scenario.tables)]
    routes, kinds = (
        [*(getattr(route, key) for route in opened), none] for key, none in (("route", "none"), ("kind", ""))
    )
    stream = state.streams[pages.stream]
    out = stream.direction == OUT
    recovered = stream.recovered * pages.quantity
    recovery = recovered * stream.own_fee
    parts = [
        (np.where(out, "sold", "replaced"), pages.exchanged, np.zeros(len(pages)), np.zeros(len(pages))),
        (
            np.where(out, pick(routes, pages.outlet), "virgin"),
            pages.quantity - recovered,
            pages.cost - recovery,
            pages.tax,
        ),
        (np.full(len(pages), "recovery", dtype=object), recovered, recovery, np.zeros(len(pages))),
        (np.full(len(pages), "stored", dtype=object), pages.stored, np.zeros(len(pages)), np.zeros(len(pages))),
    ]
    keys = {
        "year": park.scenario.start_year + pages.year,
        "company": pick(park.names, stream.company),
        "material": pick([row.material for row in rows], stream.material),
        "group": pick([row.group for row in rows], stream.material),
        "direction": np.where(out, "out", "in").astype(object),
    }
    nothing = np.full(len(pages), "", dtype=object)
    whole = {name: np.tile(values, len(parts)) for name, values in keys.items()}
    quantity = np.concatenate([part[1] for part in parts])
    tonnes = np.tile(np.array([row.tonnes_per_unit for row in rows])[stream.material], len(parts))
    columns = {
        **whole,
        "route": np.concatenate([part[0] for part in parts]).astype(object),
        "route_kind": np.concatenate(
            [
                nothing,
                np.where(out, pick(kinds, pages.outlet), ""),
                np.full(len(pages), "recovery", dtype=object),
                nothing,
            ]
        ).astype(object),
        "quantity": quantity,
        "tonnes": quantity * tonnes,
        "cost": np.concatenate([part[2] for part in parts]),
        "tax": np.concatenate([part[3] for part in parts]),
    }
    return _rows(columns, quantity != 0.0)


def accounts(park: Record) -> Columns:
    """One row per year, account, item and counterpart: what was paid and received, and what without exchanges.

    What companies pay each other is named by pair as far as deliveries were recorded.
    """
    state = park.state
    count = int(state.clock.accounts[0])
    years = -(-park.month // 12) if len(state.books) else 0
    names = _names_of_accounts(park, count - 1)
    books = state.books[: years * count].reshape(years, count, ROWS_OF_BOOKS, 4)
    by_pair = len(books) > 0 and bool(state.params.recording_deliveries[0])
    pairs = _between_companies(park) if by_pair else None
    parts = [_companies(books, names, item) for item in range(len(ITEMS)) if pairs is None or item not in BY_PAIR]
    parts += [_others(books, item) for item in range(len(ITEMS)) if ITEMS[item][1] != COMPANIES]
    parts += [_outside(books, PROGRAMMES + place, *one) for place, one in enumerate(OUTSIDE)]
    parts += pairs or []
    columns = {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}
    columns["year"] = park.scenario.start_year + columns["year"].astype(np.int64)
    moved = np.any([columns[name] != 0.0 for name in COLUMN_NAMES], axis=0)
    return _rows(columns, moved)


def assets(park: Record) -> Columns:
    """One row per link or equipment built."""
    state = park.state
    table = state.assets[: int(state.clock.assets[0])]
    connections = state.connections[table.connection]
    contracts = state.exchanges[table.exchange]
    source = state.opportunities[contracts.opportunity]
    materials = [row.material for row in park.scenario.tables["materials"]]
    is_link = connections.kind == LINK
    classes = pick([*pipe_classes(park.scenario.tables), ""], np.where(is_link, connections.key, -1))
    return {
        "asset": np.arange(len(table)),
        "kind": pick(CONNECTIONS, connections.kind),
        "seller": pick(park.names, contracts.seller),
        "buyer": pick(park.names, contracts.buyer),
        "pipe_class": classes,
        "material": pick(materials, state.streams.material[source.supply]),
        "input": pick(materials, state.streams.material[source.demand]),
        "exchange": np.array(table.exchange, dtype=np.int64),
        "capacity": np.array(table.capacity),
        "capital": np.array(table.capital),
        "seller_share": np.array(table.share),
        "built_month": np.array(table.begins),
        "end_month": np.array(table.ends),
        "main": np.where(table.main > 0, table.main - 1.0, np.nan),
    }


def _names_of_accounts(park: Record, count: int) -> list[str]:
    """Return the names of the companies' accounts: their own, or in large parks those of their sectors."""
    if count == len(park.state.companies):
        return list(park.names)
    return [f"sector {row.sector}" for row in park.scenario.tables["sectors"]]


def _companies(books: np.ndarray, names: list[str], item: int) -> Columns:
    """Return the rows of one item in the books of the companies."""
    word, other = ITEMS[item]
    rows = books[:, :-1, item].reshape(-1, 4)
    years = np.repeat(np.arange(len(books)), len(names))
    return _part(years, np.tile(np.array(names, dtype=object), len(books)), True, word, ACCOUNTS[other], rows)


def _others(books: np.ndarray, item: int) -> Columns:
    """Return the rows of the account on the other side of the companies: it receives what they pay."""
    word, other = ITEMS[item]
    rows = books[:, -1, item][:, [RECEIVED, PAID, RECEIVED_ALONE, PAID_ALONE]]
    return _part(np.arange(len(books)), ACCOUNTS[other], False, word, ACCOUNTS[COMPANIES], rows)


def _outside(books: np.ndarray, place: int, word: str, payer: int, payee: int) -> Columns:
    """Return the rows of an item between two of the other accounts."""
    paid = books[:, -1, place, PAID]
    years, nothing = np.arange(len(books)), np.zeros(len(books))
    one = _part(
        years, ACCOUNTS[payer], False, word, ACCOUNTS[payee], np.stack([paid, nothing, nothing, nothing], axis=1)
    )
    two = _part(
        years, ACCOUNTS[payee], False, word, ACCOUNTS[payer], np.stack([nothing, paid, nothing, nothing], axis=1)
    )
    return {name: np.concatenate([one[name], two[name]]) for name in one}


def _between_companies(park: Record) -> list[Columns]:
    """Return the rows of what two companies pay each other, by year and pair, from the months of their contracts."""
    state = park.state
    table = state.deliveries[: int(state.clock.deliveries[0])]
    contracts = state.exchanges[table.contract]
    seller, buyer = contracts.seller.astype(np.int64), contracts.buyer.astype(np.int64)
    years = (table.month // 12).astype(np.int64)
    parts = []
    for item, paid in (
        (PRICE, -table.payment),
        (DAMAGES, table.damages_to_buyer),
        (LEAVING, table.leaving_seller),
        (LEAVING, -table.leaving_buyer),
    ):
        parts += _both_sides(park, years, seller, buyer, ITEMS[item][0], np.array(paid))
    return parts


def _both_sides(park: Record, years: Any, seller: Any, buyer: Any, word: str, paid: np.ndarray) -> list[Columns]:
    """Return what sellers pay buyers (below zero: the other way), as rows of both, added up by year and pair."""
    parts, count = [], len(park.names)
    for payer, payee, amounts in ((seller, buyer, np.maximum(paid, 0.0)), (buyer, seller, np.maximum(-paid, 0.0))):
        # one number for the three of them: numpy takes many times as long to order rows
        keys, place = np.unique((years * count + payer) * count + payee, return_inverse=True)
        year, (first, second) = keys // count // count, (keys // count % count, keys % count)
        sums = np.bincount(place, weights=amounts, minlength=len(keys)) if len(keys) else np.zeros(0)
        nothing = np.zeros(len(keys))
        one, two = pick(park.names, first), pick(park.names, second)
        parts.append(_part(year, one, True, word, two, np.stack([sums, nothing, nothing, nothing], axis=1)))
        parts.append(_part(year, two, True, word, one, np.stack([nothing, sums, nothing, nothing], axis=1)))
    return parts


def _part(years: np.ndarray, account: Any, is_company: bool, word: str, other: Any, rows: np.ndarray) -> Columns:
    """Return some rows of the table of accounts. rows: [row, paid, received, and both without exchanges]."""
    count = len(years)
    return {
        "year": years,
        "account": np.broadcast_to(np.array(account, dtype=object), count),
        "is_company": np.full(count, is_company),
        "item": np.full(count, word, dtype=object),
        "counterpart": np.broadcast_to(np.array(other, dtype=object), count),
        **{name: rows[:, column] for name, column in zip(COLUMN_NAMES, COLUMNS, strict=True)},
    }


def _rows(columns: Columns, mask: np.ndarray) -> Columns:
    return {name: np.asarray(values)[mask] for name, values in columns.items()}
