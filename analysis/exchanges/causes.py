"""Why a contract ended: the chain of causes, back to an event with an origin: a lever, a date, a draw or a person."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

from ..run_folder.tables import RunTables
from .story_line import Line, date, mark

BACK = mark("which goes back to how it began, told above ({when}).")
ORIGINS = {
    "lever": mark("a lever of the run"), "date": mark("a date of the scenario"), "draw": mark("chance"),
    "person": mark("a person's decision"),
}  # fmt: skip


def tell_end(run: RunTables, contract: Any, events: pd.DataFrame) -> Iterator[Line]:
    """Say what ended it, back to the first cause; that it runs where it does."""
    if contract.end_month != contract.end_month:
        renewals = int((events["kind"] == "renewed").sum())
        yield Line(float(run.months), mark("It runs at the end of the run; renewals: {count}."), {"count": renewals})
        return
    ends = events[(events["kind"] == "ended") & (events["exchange"] == contract.exchange)]
    chain = chain_of(run, int(ends.iloc[-1]["event"])) if len(ends) else []
    for depth, event in enumerate(chain):
        above = event["opportunity"] == contract.opportunity and event["kind"] != "hold_up"
        if depth and above:  # the history of its own that stands above
            first = chain[-1]
            yield Line(float(first["month"]), BACK, {"when": date(run, first["month"])}, depth)
            yield _origin_of(first, depth + 1)
            return
        template = mark("{when}: {what}.") if depth == 0 else mark("because {what} ({when}).")
        yield Line(float(event["month"]), template, {"when": date(run, event["month"]), "what": event["detail"]}, depth)
        if event["origin"]:
            yield _origin_of(event, depth + 1)


def _origin_of(event: dict[str, Any], depth: int) -> Line:
    return Line(
        float(event["month"]), mark("The first cause is {origin}."), {"origin": ORIGINS[event["origin"]]}, depth
    )


def chain_of(run: RunTables, event: int) -> list[dict[str, Any]]:
    """Return an event and what led to it, back to the one with an origin ("" if it has none)."""
    table = run.events.set_index("event")
    chain: list[dict[str, Any]] = []
    seen: set[int] = set()
    while event in table.index and event not in seen:
        seen.add(event)
        row = table.loc[event]
        origin = row["origin"] if isinstance(row["origin"], str) else ""
        chain.append(
            {
                "event": event,
                "month": row["month"],
                "kind": row["kind"],
                "detail": row["detail"],
                "opportunity": row["opportunity"],
                "origin": origin,
            }
        )
        if row["cause"] != row["cause"]:
            break
        event = int(row["cause"])
    return chain
