"""What a person in a seat sees of a talk: the offers, the own gain of each choice, and nothing of the other side's."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ecopark.abm.entities.codes import BUYER, HELD, HOLD_UP_TALK, SELLER
from ecopark.abm.input.errors import InputError
from ecopark.abm.interventions.last_bids import limit_of, unanswered
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
from ecopark.analysis.exchanges.story_line import mark

from ..stores.handlers import say
from .format import figure

ADVICE = {
    "offer": mark("Your agent would offer"), "accept": mark("Your agent would accept"), "walk_out": mark("Your agent would walk out"),
}  # fmt: skip
WHAT, AMOUNT, FOR_YOU = "{material}", "{amount}", mark("{gain} a year for you")
HEADLINES = {"sell": mark("{company} sells to {other}"), "buy": mark("{company} buys from {other}")}
Translate = Callable[..., str]


def seat_talks(park: Park, company: str, t: Translate = str.format) -> list[dict[str, Any]]:
    """Return the open talks of a seated company, those that wait for it first. t: puts a sentence into a language."""
    cards = [talk_card(park, number, company, t) for number in talks_of(park, company)]
    return sorted(cards, key=lambda card: (not card["turn"], card["number"]))


def talk_card(park: Park, number: int, company: str, t: Translate = str.format) -> dict[str, Any]:
    """Return one talk as its card: who, what, the offers, the least gain, what the agent would do."""
    talk = find_talk(park, number)
    side = side_of(park, talk, company)
    opportunity: Any = park.state.opportunities[talk.opportunity]
    material: Any = park.scenario.tables["materials"][int(park.state.streams.material[opportunity.supply])]  # type: ignore[index]
    other = park.names[int(talk.buyer if side == SELLER else talk.seller)]
    theirs, mine = offer_by(talk, BUYER if side == SELLER else SELLER), offer_by(talk, side)
    answer, terms = advise(park, number, company)
    decided = {value: name for name, value in DECISIONS.items()}[int(talk.decision)]
    asked, held = number in unanswered(park, company), bool(talk.held == HELD)
    terms = limit_of(park, number, company) if asked else terms
    role, least = "sell" if side == SELLER else "buy", figure(required_gain(talk, side), "EUR")
    return {
        "number": number, "company": company, "other": other, "role": role, "material": t(WHAT, material=material.label),
        "headline": t(HEADLINES[role], company=company, other=other), "per": t("EUR per {unit}", unit=material.unit),
        "unit": material.unit, "quantity": t("{quantity} a year", quantity=figure(float(talk.quantity), material.unit)),
        "capital": t(AMOUNT, amount=figure(float(talk.capital), "EUR")),
        "has_capital": bool(talk.capital > 0), "turn": asked or bool(talk.speaker == side and decided == "wait" and not held), "call": asked, "held": held,
        "decided": "" if decided == "wait" else decided,
        "carried": t("You decided: {decided}. It is carried out in the month to come.", decided=decided),
        "signs": t("Your company signs for {least} a year or more. Meeting {meeting}.", least=least, meeting=int(talk.meeting) + 1),
        "meeting": int(talk.meeting) + 1, "last": is_last(talk, side) and not asked, "demand": bool(talk.kind == HOLD_UP_TALK),
        "least": least, "theirs": _offer(park, number, company, theirs, material.unit, t),
        "mine": _offer(park, number, company, mine, material.unit, t), "advice": t(ADVICE[answer]), "would": answer,
        "suggested": {"price": round(terms.price, 3), "share": round(terms.share, 3), "term": round(terms.term, 1)},
    }  # fmt: skip


def _offer(park: Park, number: int, company: str, offer: Any, unit: str, t: Translate) -> dict[str, Any] | None:
    """Return an offer in words with the own gain, None before the first."""
    if offer is None:
        return None
    gain = own_gain(park, number, company, offer)
    text = t(
        "{price:,.2f} EUR per {unit}, the seller bears {share:.0%} of the capital, {term:.0f} years",
        price=offer.price, unit=unit, share=offer.share, term=offer.term,
    )  # fmt: skip
    return {
        "text": text,
        "gain": t(FOR_YOU, gain=figure(gain, "EUR")),
        "enough": gain
        >= required_gain(find_talk(park, number), side_of(park, find_talk(park, number), company)) - 1e-6,
    }


def preview(
    park: Park, number: int, company: str, price: Any, share: Any, term: Any, t: Translate = str.format
) -> dict[str, Any]:
    """Return the own gain of terms that are being typed, or what is wrong with each field."""
    try:
        offer = check_offer(price, share, term)
        talk = find_talk(park, number)
    except InputError as error:
        return {"errors": {mistake.place: say(mistake) for mistake in error.mistakes}}
    gain = own_gain(park, number, company, offer)
    enough = gain >= required_gain(talk, side_of(park, talk, company)) - 1e-6
    return {"errors": {}, "gain": t(FOR_YOU, gain=figure(gain, "EUR")), "enough": enough}
