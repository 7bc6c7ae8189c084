"""How the talks of an opportunity went."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

from ..run_folder.tables import RunTables
from .story_line import Line, Phrase, date, mark, phrase

TALKED = mark(
    "{from} to {to}: a talk of {count} meetings; the seller began at {asked}, the buyer at {bid} EUR a unit; {outcome}"
)


def tell_talks(run: RunTables, row: Any, events: pd.DataFrame) -> Iterator[Line]:
    """Say how every talk went: meetings, first offers, the last word, the deal or why there was none."""
    meetings = run.meetings[run.meetings["opportunity"] == row.opportunity]
    for _, talk in meetings.groupby("talk", sort=True):
        first, last = talk.iloc[0], talk.iloc[-1]
        outcome = events[
            events["kind"].isin(["agreed", "no_deal", "renewed", "renegotiated"]) & (events["month"] >= last["month"])
        ].head(1)
        places = {
            "from": date(run, first["month"]), "to": date(run, last["month"]), "count": len(talk), "asked": _first(talk, "seller"),
            "bid": _first(talk, "buyer"), "last": float(last["price"]), "outcome": _outcome(run, last, row, outcome),
        }  # fmt: skip
        yield Line(
            float(first["month"]),
            TALKED,
            places,
        )


def _first(talk: pd.DataFrame, side: str) -> Phrase:
    offers = talk[(talk["speaker"] == side) & (talk["answer"] == "offer")]["price"]
    return phrase("{price:,.2f}", price=float(offers.iloc[0])) if len(offers) else phrase(mark("no price"))


def _outcome(run: RunTables, last: Any, row: Any, outcome: pd.DataFrame) -> Phrase:
    if last["answer"] == "accept":
        return phrase(
            mark(
                "agreed at {price:,.2f} EUR, worth {one:,.0f} EUR a year to {seller} and {other:,.0f} to {buyer} as they saw it."
            ),
            price=float(last["price"]), one=float(last["seller_gain"]), other=float(last["buyer_gain"]), seller=row.seller, buyer=row.buyer,
        )  # fmt: skip
    said = outcome[outcome["kind"] == "no_deal"]
    if len(said) == 0:
        is_open = last["answer"] == "offer"
        return phrase(mark("it has not ended yet.")) if is_open else phrase(mark("it ended without a deal."))
    return phrase(mark("no deal: {reason}."), reason=str(said.iloc[0]["detail"]).rsplit(": ", 1)[-1])
