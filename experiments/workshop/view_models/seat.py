"""What a person in a seat sees of a talk: the offers, the own gain of each choice, and nothing of the other side's."""

from __future__ import annotations

from typing import Any

from ecopark.abm.entities.codes import BUYER, HOLD_UP_TALK, SELLER
from ecopark.abm.input.errors import InputError
from ecopark.abm.interventions.seats import (
    DECISIONS,
    advise,
    check_offer,
    find_talk,
    is_last,
    offer_by,
    own_gain,
    required_gain,
    side_of,
    talks_of,
)
from ecopark.abm.park import Park

from ..stores.handlers import say
from .format import figure

ADVICE = {"offer": "would offer", "accept": "would accept", "walk_out": "would walk out"}


def seat_talks(park: Park, company: str) -> list[dict[str, Any]]:
    """Return the open talks of a seated company, those that wait for it first."""
    cards = [talk_card(park, number, company) for number in talks_of(park, company)]
    return sorted(cards, key=lambda card: (not card["turn"], card["number"]))


def talk_card(park: Park, number: int, company: str) -> dict[str, Any]:
    """Return one talk as its card: who, what, the offers, the least gain, what the agent would do."""
    talk = find_talk(park, number)
    side = side_of(park, talk, company)
    opportunity: Any = park.state.opportunities[talk.opportunity]
    material: Any = park.scenario.tables["materials"][int(park.state.streams.material[opportunity.supply])]  # type: ignore[index]
    other = park.names[int(talk.buyer if side == SELLER else talk.seller)]
    theirs, mine = offer_by(talk, BUYER if side == SELLER else SELLER), offer_by(talk, side)
    answer, terms = advise(park, number, company)
    decided = {value: name for name, value in DECISIONS.items()}[int(talk.decision)]
    return {
        "number": number, "company": company, "other": other, "role": "sell" if side == SELLER else "buy", "material": material.label,
        "unit": material.unit, "quantity": f"{figure(float(talk.quantity), material.unit)} a year", "capital": figure(float(talk.capital), "EUR"),
        "has_capital": bool(talk.capital > 0), "turn": bool(talk.speaker == side and decided == "wait"), "decided": "" if decided == "wait" else decided,
        "meeting": int(talk.meeting) + 1, "last": is_last(talk, side), "demand": bool(talk.kind == HOLD_UP_TALK),
        "least": figure(required_gain(talk, side), "EUR"), "theirs": _offer(park, number, company, theirs, material.unit),
        "mine": _offer(park, number, company, mine, material.unit), "advice": f"Your agent {ADVICE[answer]}",
        "suggested": {"price": round(terms.price, 3), "share": round(terms.share, 3), "term": round(terms.term, 1)},
    }  # fmt: skip


def _offer(park: Park, number: int, company: str, offer: Any, unit: str) -> dict[str, Any] | None:
    """Return an offer in words with the own gain, None before the first."""
    if offer is None:
        return None
    gain = own_gain(park, number, company, offer)
    text = (
        f"{offer.price:,.2f} EUR per {unit}, the seller bears {offer.share:.0%} of the capital, {offer.term:.0f} years"
    )
    return {
        "text": text,
        "gain": f"{figure(gain, 'EUR')} a year for you",
        "enough": gain
        >= required_gain(find_talk(park, number), side_of(park, find_talk(park, number), company)) - 1e-6,
    }


def preview(park: Park, number: int, company: str, price: Any, share: Any, term: Any) -> dict[str, Any]:
    """Return the own gain of terms that are being typed, or what is wrong with each field."""
    try:
        offer = check_offer(price, share, term)
        talk = find_talk(park, number)
    except InputError as error:
        return {"errors": {mistake.place: say(mistake) for mistake in error.mistakes}}
    gain = own_gain(park, number, company, offer)
    enough = gain >= required_gain(talk, side_of(park, talk, company)) - 1e-6
    return {"errors": {}, "gain": f"{figure(gain, 'EUR')} a year for you", "enough": enough}
