"""The bargaining table: the offers of both sides, month by month, and why talks failed."""

from __future__ import annotations

from typing import Any

import numpy as np

from ecopark.abm.entities.codes import ACCEPTED, EV_NO_DEAL, NO_DEALS, SELLER, WALKED
from ecopark.abm.observation.event_texts import REASON_WORDS
from ecopark.abm.park import Park

from .format import GROUP_COLOURS, INK, axes
from .privacy import ALL, Sight
from .story import date_of

SELLER_COLOUR, BUYER_COLOUR = "#d55e00", "#0072b2"


def talk_list(park: Park, sight: Sight = ALL, most: int = 24) -> list[dict[str, Any]]:
    """Return the talks to choose from, newest first: open ones, then those that have ended, with the outcome."""
    state = park.state
    open_numbers = {int(talk.number) for talk in state.talks[: int(state.clock.talks[0])]}
    held = state.meetings[: int(state.clock.meetings[0])]
    numbers, firsts = np.unique(held.talk[::-1], return_index=True)
    lasts = len(held) - 1 - firsts
    order = sorted(
        zip(numbers.tolist(), lasts.tolist(), strict=True), key=lambda pair: (pair[0] not in open_numbers, -pair[1])
    )
    rows = []
    for number, last in order[:most]:
        parties = _parties(park, int(held.opportunity[last]))
        outcome = "open" if number in open_numbers else _outcome(park, held, last)
        rows.append(
            {
                "number": number,
                "label": f"{parties[0]} and {parties[1]}: {parties[2]}",
                "outcome": outcome,
                "when": date_of(park, held.month[last]),
                "open": number in open_numbers,
                "shown": sight.sees_deal(*parties[:2]),
            }
        )
    return rows


def _parties(park: Park, opportunity: int) -> tuple[str, str, str]:
    here: Any = park.state.opportunities[opportunity]
    material: Any = park.scenario.tables["materials"][int(park.state.streams.material[here.supply])]  # type: ignore[index]
    return park.names[int(here.seller)], park.names[int(here.buyer)], material.label


def _outcome(park: Park, held: np.recarray, last: int) -> str:
    """Say how a talk ended."""
    if held.answer[last] == ACCEPTED:
        return "offer accepted"
    events = park.state.events[: int(park.state.clock.events[0])]
    found = np.flatnonzero(
        (events.kind == EV_NO_DEAL)
        & (events.opportunity == held.opportunity[last])
        & (events.month >= held.month[last])
    )
    reason = NO_DEALS[int(events.reason[found[0]])] if len(found) else "walked_out"
    return f"failed: {REASON_WORDS[reason]}"


def talk_chart(park: Park, number: int) -> dict[str, Any]:
    """Return the chart of a talk: price asked by the seller and offered by the buyer at every meeting."""
    held = park.state.meetings[: int(park.state.clock.meetings[0])]
    rows = held[held.talk == number]
    seller, buyer, _ = _parties(park, int(rows.opportunity[0]))
    unit = park.scenario.tables["materials"][
        int(park.state.streams.material[park.state.opportunities.supply[rows.opportunity[0]]])
    ].unit  # type: ignore[index]
    months = [date_of(park, month) for month in rows.month]
    option = axes(f"EUR per {unit}", months)
    option["xAxis"]["boundaryGap"] = True
    option["yAxis"]["scale"] = True
    series = []
    for side, name, colour in (
        (SELLER, f"{seller} asks", SELLER_COLOUR),
        (1 - SELLER, f"{buyer} offers", BUYER_COLOUR),
    ):
        prices = [round(float(row.price), 3) if row.speaker == side and row.answer != WALKED else None for row in rows]
        series.append(
            {
                "type": "line",
                "id": name,
                "name": name,
                "data": prices,
                "connectNulls": True,
                "symbolSize": 8,
                "itemStyle": {"color": colour},
                "lineStyle": {"color": colour, "width": 2},
            }
        )
    if len(rows) and rows.answer[-1] == ACCEPTED:
        series.append(
            {
                "type": "scatter",
                "id": "deal",
                "name": "deal",
                "data": [None] * (len(rows) - 1) + [round(float(rows.price[-1]), 3)],
                "symbol": "diamond",
                "symbolSize": 16,
                "itemStyle": {"color": GROUP_COLOURS["material"]},
            }
        )
    option["series"] = series
    option["legend"] = {
        "data": [part["name"] for part in series],
        "right": 4,
        "top": 0,
        "textStyle": {"color": INK, "fontSize": 11},
    }
    return option


def latest_offer(park: Park, number: int) -> str:
    """Say the latest offer in full: price, split of the capital, term."""
    held = park.state.meetings[: int(park.state.clock.meetings[0])]
    rows = held[held.talk == number]
    if len(rows) == 0:
        return "No offer yet."
    last: Any = rows[-1]
    who = "seller" if last.speaker == SELLER else "buyer"
    return f"Last word of the {who}: {last.price:,.2f} EUR, the seller bears {last.share:.0%} of the capital, {last.term:.0f} years."
