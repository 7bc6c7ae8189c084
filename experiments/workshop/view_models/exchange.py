"""An exchange as a sheet: terms, who gains what, history."""

from __future__ import annotations

from typing import Any

from ecopark.abm.entities.codes import CHANNELS, ENDED, OPERATING, STAGES
from ecopark.abm.observation.event_texts import REASON_WORDS, why_ended
from ecopark.abm.observation.tables import events
from ecopark.abm.park import Park

from .curves import FUNNEL
from .format import Translate, figure, local
from .privacy import ALL, Sight
from .story import date_of, tell_to

TITLE = "{material}: {seller} → {buyer}"


def exchange_sheet(park: Park, number: int, sight: Sight = ALL, t: Translate = str.format) -> dict[str, Any]:
    """Return the sheet of an exchange. t: here and below, puts words into a language."""
    state, materials = park.state, park.scenario.tables["materials"]
    exchange: Any = state.exchanges[number]
    opportunity: Any = state.opportunities[exchange.opportunity]
    seller, buyer = park.names[int(exchange.seller)], park.names[int(exchange.buyer)]
    material: Any = materials[int(state.streams.material[exchange.supply])]  # type: ignore[index]
    replaced: Any = materials[int(state.streams.material[exchange.demand])]  # type: ignore[index]
    shown = sight.sees_deal(seller, buyer)
    return {
        "title": t(TITLE, material=material.label, seller=seller, buyer=buyer),
        "subtitle": t("replaces {material} · {stage}", material=replaced.label, stage=_stage(park, number, t)),
        "facts": _public(park, exchange, opportunity, material, t)
        + (_terms(exchange, material, t) if shown else [])
        + _gains(exchange, seller, buyer, sight, t),
        "note": "" if shown else t("Terms and gains are known to the two companies only."),
        "tables": [_history(park, number, sight, t)],
        "parties": [seller, buyer],
        "runs": bool(exchange.stage < ENDED),
    }


def _stage(park: Park, number: int, t: Translate) -> str:
    exchange: Any = park.state.exchanges[number]
    if exchange.stage == ENDED:
        return t("ended {date}: {why}", date=date_of(park, exchange.end, t), why=why_ended(park, number))
    return t("runs") if exchange.stage == OPERATING else t(FUNNEL[STAGES[int(exchange.stage)]])


def _public(park: Park, exchange: Any, opportunity: Any, material: Any, t: Translate) -> list[list[str]]:
    started = date_of(park, exchange.start, t) if exchange.start == exchange.start else t("not yet")
    channel = CHANNELS[int(exchange.channel)]
    return [
        [t("contract"), t("up to {quantity} a year", quantity=figure(float(exchange.quantity), material.unit))],
        [t("signed"), date_of(park, exchange.signed, t)],
        [t("flows since"), started],
        [t("distance"), t("{distance:.1f} km", distance=float(opportunity.distance))],
        [t("found"), local(t, REASON_WORDS[channel]) if channel else t("unknown")],
        [t("delivered in all"), local(t, figure(float(exchange.delivered), material.unit))],
        [t("CO₂ avoided"), local(t, figure(float(exchange.co2), "t"))],
    ]


def _terms(exchange: Any, material: Any, t: Translate) -> list[list[str]]:
    capital = figure(float(exchange.capital + exchange.grant), "EUR")
    return [
        [t("price"), t("{price:,.2f} EUR per {unit}", price=float(exchange.price), unit=material.unit)],
        [t("term"), t("{years:.0f} years", years=float(exchange.term))],
        [
            t("capital"),
            t("{capital}, of which the seller bears {share:.0%}", capital=capital, share=float(exchange.share)),
        ],
        [t("meetings before signing"), str(int(exchange.meetings))],
        [t("new terms since"), str(int(exchange.renegotiations))],
    ]


def _gains(exchange: Any, seller: str, buyer: str, sight: Sight, t: Translate) -> list[list[str]]:
    rows = []
    for name, gained, expected in (
        (seller, exchange.seller_gain, exchange.expected_seller),
        (buyer, exchange.buyer_gain, exchange.expected_buyer),
    ):
        if sight.sees(name):
            rows.append(
                [
                    t("{company} gained", company=name),
                    t(
                        "{gained} so far; expected {expected} a year before capital",
                        gained=figure(float(gained), "EUR"),
                        expected=figure(float(expected), "EUR"),
                    ),
                ]
            )
    return rows


def _history(park: Park, number: int, sight: Sight, t: Translate) -> dict[str, Any]:
    """Return what happened to this exchange."""
    table = events(park)
    places = [place for place, exchange in enumerate(table["exchange"]) if exchange == number]
    rows = [
        {"cells": [date_of(park, table["month"][place], t), tell_to(sight, table, place, t)], "pick": ""}
        for place in places
    ]
    return {
        "title": t("History"),
        "head": [t("when"), t("what")],
        "rows": rows,
        "empty": t("Nothing has happened yet."),
    }
