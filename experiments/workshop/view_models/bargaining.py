"""The bargaining table: the offers of both sides, month by month, and why talks failed."""

from __future__ import annotations

from typing import Any

import numpy as np

from ecopark.abm.entities.codes import ACCEPTED, EV_NO_DEAL, NO_DEALS, SELLER, WALKED
from ecopark.abm.observation.event_texts import REASON_WORDS
from ecopark.abm.park import Park
from ecopark.analysis.exchanges.story_line import mark

from .format import GROUP_COLOURS, INK, Translate, axes
from .privacy import ALL, Sight
from .story import date_of

OPEN, TAKEN, FAILED, DEAL = mark("open"), mark("offer accepted"), mark("failed: {reason}"), mark("deal")
WHO_AND_WHAT, PER = mark("{seller} and {buyer}: {material}"), mark("EUR per {unit}")
ASKS, OFFERS, NO_OFFER = mark("{company} asks"), mark("{company} offers"), mark("No offer yet.")
LAST_OF_SELLER = mark(
    "Last word of the seller: {price:,.2f} EUR, the seller bears {share:.0%} of the capital, {term:.0f} years."
)
LAST_OF_BUYER = mark(
    "Last word of the buyer: {price:,.2f} EUR, the seller bears {share:.0%} of the capital, {term:.0f} years."
)
SELLER_COLOUR, BUYER_COLOUR = "#d55e00", "#0072b2"


def talk_list(park: Park, sight: Sight = ALL, most: int = 24, t: Translate = str.format) -> list[dict[str, Any]]:
    """Return the talks to choose from, newest first: open ones, then those that have ended, with the outcome.

    t: here and below, puts words into a language.
    """
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
        outcome = t(OPEN) if number in open_numbers else _outcome(park, held, last, t)
        rows.append(
            {
                "number": number,
                "label": t(WHO_AND_WHAT, seller=parties[0], buyer=parties[1], material=parties[2]),
                "outcome": outcome,
                "when": date_of(park, held.month[last], t),
                "open": number in open_numbers,
                "shown": sight.sees_deal(*parties[:2]),
            }
        )
    return rows


def _parties(park: Park, opportunity: int) -> tuple[str, str, str]:
    here: Any = park.state.opportunities[opportunity]
    material: Any = park.scenario.tables["materials"][int(park.state.streams.material[here.supply])]  # type: ignore[index]
    return park.names[int(here.seller)], park.names[int(here.buyer)], material.label


def _outcome(park: Park, held: np.recarray, last: int, t: Translate) -> str:
    """Say how a talk ended."""
    if held.answer[last] == ACCEPTED:
        return t(TAKEN)
    events = park.state.events[: int(park.state.clock.events[0])]
    found = np.flatnonzero(
        (events.kind == EV_NO_DEAL)
        & (events.opportunity == held.opportunity[last])
        & (events.month >= held.month[last])
    )
    reason = NO_DEALS[int(events.reason[found[0]])] if len(found) else "walked_out"
    return t(FAILED, reason=REASON_WORDS[reason])


def talk_chart(park: Park, number: int, t: Translate = str.format) -> dict[str, Any]:
    """Return the chart of a talk: price asked by the seller and offered by the buyer at every meeting."""
    held = park.state.meetings[: int(park.state.clock.meetings[0])]
    rows = held[held.talk == number]
    seller, buyer, _ = _parties(park, int(rows.opportunity[0]))
    unit = park.scenario.tables["materials"][
        int(park.state.streams.material[park.state.opportunities.supply[rows.opportunity[0]]])
    ].unit  # type: ignore[index]
    months = [date_of(park, month, t) for month in rows.month]
    option = axes(t(PER, unit=unit), months)
    option["xAxis"]["boundaryGap"] = True
    option["yAxis"]["scale"] = True
    series = []
    for side, name, colour in (
        (SELLER, t(ASKS, company=seller), SELLER_COLOUR),
        (1 - SELLER, t(OFFERS, company=buyer), BUYER_COLOUR),
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
                "name": t(DEAL),
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


def latest_offer(park: Park, number: int, t: Translate = str.format) -> str:
    """Say the latest offer in full: price, split of the capital, term."""
    held = park.state.meetings[: int(park.state.clock.meetings[0])]
    rows = held[held.talk == number]
    if len(rows) == 0:
        return t(NO_OFFER)
    last: Any = rows[-1]
    said = LAST_OF_SELLER if last.speaker == SELLER else LAST_OF_BUYER
    return t(said, price=float(last.price), share=float(last.share), term=float(last.term))
