"""An exchange as a sheet: terms, who gains what, history."""

from __future__ import annotations

from typing import Any

from ecopark.abm.entities.codes import CHANNELS, ENDED, OPERATING, STAGES
from ecopark.abm.observation.event_texts import why_ended
from ecopark.abm.observation.tables import events
from ecopark.abm.park import Park

from .format import figure, words
from .privacy import ALL, Sight
from .story import date_of, tell_to


def exchange_sheet(park: Park, number: int, sight: Sight = ALL) -> dict[str, Any]:
    """Return the sheet of an exchange."""
    state, materials = park.state, park.scenario.tables["materials"]
    exchange: Any = state.exchanges[number]
    opportunity: Any = state.opportunities[exchange.opportunity]
    seller, buyer = park.names[int(exchange.seller)], park.names[int(exchange.buyer)]
    material: Any = materials[int(state.streams.material[exchange.supply])]  # type: ignore[index]
    replaced: Any = materials[int(state.streams.material[exchange.demand])]  # type: ignore[index]
    shown = sight.sees_deal(seller, buyer)
    return {
        "title": f"{material.label}: {seller} → {buyer}",
        "subtitle": f"replaces {replaced.label} · {_stage(park, number)}",
        "facts": _public(park, exchange, opportunity, material)
        + (_terms(exchange, material) if shown else [])
        + _gains(exchange, seller, buyer, sight),
        "note": "" if shown else "Terms and gains are known to the two companies only.",
        "tables": [_history(park, number, sight)],
        "parties": [seller, buyer],
        "runs": bool(exchange.stage < ENDED),
    }


def _stage(park: Park, number: int) -> str:
    exchange: Any = park.state.exchanges[number]
    if exchange.stage == ENDED:
        return f"ended {date_of(park, exchange.end)}: {why_ended(park, number)}"
    return "runs" if exchange.stage == OPERATING else words(STAGES[int(exchange.stage)])


def _public(park: Park, exchange: Any, opportunity: Any, material: Any) -> list[list[str]]:
    started = date_of(park, exchange.start) if exchange.start == exchange.start else "not yet"
    return [
        ["contract", f"up to {figure(float(exchange.quantity), material.unit)} a year"],
        ["signed", date_of(park, exchange.signed)],
        ["flows since", started],
        ["distance", f"{float(opportunity.distance):.1f} km"],
        ["found", words(CHANNELS[int(exchange.channel)]) or "unknown"],
        ["delivered in all", figure(float(exchange.delivered), material.unit)],
        ["CO₂ avoided", figure(float(exchange.co2), "t")],
    ]  # fmt: skip


def _terms(exchange: Any, material: Any) -> list[list[str]]:
    return [
        ["price", f"{float(exchange.price):,.2f} EUR per {material.unit}"],
        ["term", f"{float(exchange.term):.0f} years"],
        [
            "capital",
            f"{figure(float(exchange.capital + exchange.grant), 'EUR')}, of which the seller bears {float(exchange.share):.0%}",
        ],
        ["meetings before signing", str(int(exchange.meetings))],
        ["new terms since", str(int(exchange.renegotiations))],
    ]


def _gains(exchange: Any, seller: str, buyer: str, sight: Sight) -> list[list[str]]:
    rows = []
    for name, gained, expected in (
        (seller, exchange.seller_gain, exchange.expected_seller),
        (buyer, exchange.buyer_gain, exchange.expected_buyer),
    ):
        if sight.sees(name):
            rows.append(
                [
                    f"{name} gained",
                    f"{figure(float(gained), 'EUR')} so far; expected {figure(float(expected), 'EUR')} a year before capital",
                ]
            )
    return rows


def _history(park: Park, number: int, sight: Sight) -> dict[str, Any]:
    """Return what happened to this exchange."""
    table = events(park)
    places = [place for place, exchange in enumerate(table["exchange"]) if exchange == number]
    rows = [
        {"cells": [date_of(park, table["month"][place]), tell_to(sight, table, place)], "pick": ""} for place in places
    ]
    return {"title": "History", "head": ["when", "what"], "rows": rows, "empty": "Nothing has happened yet."}
