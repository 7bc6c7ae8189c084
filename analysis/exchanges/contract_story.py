"""What a contract built, delivered and was worth to each side."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd

from ..run_folder.tables import RunTables
from .story_line import Line, date, listed, mark, phrase

SIGNED = mark(
    "{when}: signed; at its last terms {quantity:,.0f} {unit} a year at {price:,.2f} EUR for {term:g} years; {capex:,.0f} EUR are built."
)
SHARED = mark("{when}: its line takes a place in a pipe of others; {paid:,.0f} EUR of that go to who is in it.")
FLOWED = mark(
    "{when}: deliveries begin; {delivered:,.0f} {unit} in all; {seller} gained {one:,.0f} EUR by it and {buyer} {other:,.0f}."
)
# What a delivery brings [EUR], by side: column or columns multiplied -> words, sign.
TERMS: dict[str, tuple[tuple[str, tuple[str, ...], float], ...]] = {
    "seller": (
        (mark("disposal that it no longer pays"), ("delivered", "disposal"), 1.0), (mark("what the buyer pays"), ("payment",), 1.0),
        (mark("handling"), ("handling",), -1.0), (mark("the good it gives up"), ("forgone",), -1.0), (mark("its part of the capital"), ("capital_seller",), -1.0),
        (mark("places in a shared pipe"), ("buy_in_seller",), -1.0), (mark("operation and maintenance"), ("om_seller",), -1.0),
        (mark("subsidies"), ("subsidy_seller",), 1.0), (mark("grants"), ("grant_seller",), 1.0),
    ),
    "buyer": (
        (mark("input that it no longer buys"), ("replaced", "virgin"), 1.0), (mark("what it pays the seller"), ("payment",), -1.0),
        (mark("treatment"), ("treatment",), -1.0), (mark("transport"), ("transport",), -1.0), (mark("its part of the capital"), ("capital_buyer",), -1.0),
        (mark("places in a shared pipe"), ("buy_in_buyer",), -1.0), (mark("operation and maintenance"), ("om_buyer",), -1.0),
        (mark("subsidies"), ("subsidy_buyer",), 1.0), (mark("grants"), ("grant_buyer",), 1.0),
    ),
}  # fmt: skip
LARGEST = 3


def tell_contract(run: RunTables, contract: Any) -> Iterator[Line]:
    """Say what was built and what flowed."""
    places = {"when": date(run, contract.signed_month), "price": float(contract.price), "unit": contract.unit, "term": float(contract.term_years),
              "quantity": float(contract.quantity), "capex": float(contract.capex)}  # fmt: skip
    yield Line(
        float(contract.signed_month),
        SIGNED,
        places,
    )
    yield from tell_places(run, contract)
    if contract.start_month == contract.start_month:
        places = {"when": date(run, contract.start_month), "delivered": float(contract.delivered), "unit": contract.unit,
                  "seller": contract.seller, "buyer": contract.buyer, "one": float(contract.seller_gain), "other": float(contract.buyer_gain)}  # fmt: skip
        yield Line(
            float(contract.start_month),
            FLOWED,
            places,
        )


def years_of(rows: pd.DataFrame) -> float:
    """Return the years from the first month in which something is due to the last, at least one. rows: months of a contract."""
    due = rows.loc[rows["due"] > 0, "month"]
    return max(1.0, (float(due.max() - due.min()) + 1.0) / 12.0) if len(due) else 1.0


def tell_places(run: RunTables, contract: Any) -> Iterator[Line]:
    """Say when it paid for a place in a shared pipe, and how much."""
    rows = run.deliveries[run.deliveries["contract"] == contract.exchange]
    paid = rows["buy_in_seller"] + rows["buy_in_buyer"]
    for month, amount in zip(rows["month"][paid > 0.0], paid[paid > 0.0], strict=True):
        yield Line(float(month), SHARED, {"when": date(run, month), "paid": float(amount)})


def tell_worth(run: RunTables, contract: Any) -> Iterator[Line]:
    """Say why it was worth so much to each side: the three largest terms, a year that it runs; of one that runs for less, in all."""
    rows = run.deliveries[run.deliveries["contract"] == contract.exchange]
    if len(rows) == 0:
        return
    values = rows.assign(
        disposal=rows["disposal_fee"] + rows["disposal_tax"], virgin=rows["virgin_price"] + rows["virgin_tax"]
    )
    years = years_of(rows)
    for side, terms in TERMS.items():
        sums = [
            (words, sign * float(values[list(columns)].prod(axis=1).sum()) / years) for words, columns, sign in terms
        ]
        largest = sorted((term for term in sums if abs(term[1]) >= 1.0), key=lambda term: -abs(term[1]))[:LARGEST]
        if largest:
            parts = listed([phrase("{words} {value:+,.0f}", words=words, value=value) for words, value in largest])
            yield Line(
                np.nan,
                mark("The largest terms for {who}, EUR a year: {parts}."),
                {"who": getattr(contract, side), "parts": parts},
            )
