"""What waits for a person, most urgent first: offers to answer, talks to open, whatever the round brings."""

from __future__ import annotations

from typing import Any

import numpy as np

from ecopark.abm.entities.codes import BUYER, NEW, SELLER, SWITCH, TALK_KINDS
from ecopark.abm.interventions.last_bids import calls_of, is_own_acceptance, limit_of, named, unanswered
from ecopark.abm.interventions.offers import own_line, round_step, safe_offer
from ecopark.abm.interventions.seats import Offer, find_talk, is_last, offer_by, own_gain, required_gain, side_of
from ecopark.abm.park import Park

from ...stores.play.calls import call_until, is_held_up
from ...stores.play.people import Person
from ...stores.play.state import Item, Play, Table, other_side, say
from ...stores.play.tables import tables_of

MOST_ITEMS = 6
MEMBERSHIP_WORDS = {
    "platform": say("A platform opens its listings to you: what others have and need, found at once.")[0],
    "maintenance": say("A maintenance pool takes your plant for two years: half of the outages do not happen.")[0],
}


def items_of(play: Play, person: Person) -> list[dict[str, Any]]:
    """Return what waits for a person, and the talks in which the other side has the word."""
    mine = tables_of(play, person)[:MOST_ITEMS]
    called = calls_of(play.parks[person.park], person.company)
    items = [call_item(play, person, table) for table in mine if table.talk in called]
    items += [offer_item(play, person, table) for table in mine if table.talk not in called]
    for item in play.items.values():
        if item.who == person.code:
            items.append({
                "id": f"item {item.number}", "kind": item.kind, "item": item.number, "turn": True, "due": play.pace.ends,
                **item.terms, "text": _text_of(item),
            })  # fmt: skip
    return items


def _text_of(item: Item) -> list[Any]:
    """Return what is proposed, as a sentence."""
    if item.kind == "terms":
        return say(
            "Your contract with {partner} is worth less than when you signed it. You may ask for new terms.",
            partner=item.terms["partner"],
        )
    if item.kind == "forecast":
        return list(item.terms["text"])
    if item.kind == "membership":
        return say(MEMBERSHIP_WORDS[item.terms["membership"]])
    return say("You could talk with {partner}.", partner=item.terms["partner"])


def offer_item(play: Play, person: Person, table: Table) -> dict[str, Any]:
    """Return one talk as an item: what lies on the table, what it is worth to the own side, what one would answer."""
    park, talk = play.parks[person.park], find_talk(play.parks[person.park], table.talk)
    side = side_of(park, talk, person.company)
    theirs, mine = offer_by(talk, other_side(side)), offer_by(talk, side)
    least = required_gain(talk, side)
    held = call_until(play, table) if is_held_up(play, table) else None
    return {
        **_about(play, person, table, side), "id": f"talk {table.talk}", "kind": "offer",
        "turn": table.turn == person.company and held is None,
        "due": table.due, "auto": person.company in table.auto, "meeting": int(talk.meeting) + 1, "least": least,
        "last": is_last(talk, side), "rivals": rivals_of(park, talk, side), "held": held,
        "own": (person.park, table.talk) in play.calls,
        "theirs": _worth(play, person, table.talk, theirs, least), "mine": _worth(play, person, table.talk, mine, least),
        "draft": None if table.draft is None else _draft(play, person, table, least),
        "until": None if table.draft is None else table.draft["due"],
        "suggested": suggestion(play, person, table.talk, theirs, mine, least),
    }  # fmt: skip


def _about(play: Play, person: Person, table: Table, side: int) -> dict[str, Any]:
    """Return what a talk is about and what every offer is worth to the own side."""
    park, talk = play.parks[person.park], find_talk(play.parks[person.park], table.talk)
    partner = park.names[int(talk.buyer if side == SELLER else talk.seller)]
    material, line = play.material_of(person.park, table.talk), own_line(park, table.talk, person.company)
    return {
        "talk": table.talk, "partner": partner, "person": play.at(person.park, partner) is not None,
        "material": material.label, "unit": material.unit, "quantity": float(talk.quantity), "sells": side == SELLER,
        "capital": float(talk.capital), "about": TALK_KINDS[int(talk.kind)], "step": round_step(line.scale),
        "slope": line.slope, "terms": line.terms, "shares": line.shares,
        "base": [[round(gain, 2) for gain in row] for row in line.base],
    }  # fmt: skip


def call_item(play: Play, person: Person, table: Table) -> dict[str, Any]:
    """Return a call for last bids as an item: the own limit prefilled, what was named, and nothing of who else bids.

    own: the person has accepted these terms (`theirs`), and others may top them.
    """
    park, talk = play.parks[person.park], find_talk(play.parks[person.park], table.talk)
    side = side_of(park, talk, person.company)
    least, own = required_gain(talk, side), is_own_acceptance(park, table.talk)
    accepted = Offer(float(talk.price), float(talk.share), float(talk.term)) if own else None
    return {
        **_about(play, person, table, side), "id": f"call {table.talk}", "kind": "call", "own": own,
        "turn": table.talk in unanswered(park, person.company), "due": call_until(play, table), "least": least, "draft": None, "auto": False,
        "theirs": _worth(play, person, table.talk, accepted, least),
        "mine": _worth(play, person, table.talk, named(park, table.talk), least),
        "suggested": _worth(play, person, table.talk, limit_of(park, table.talk, person.company), least),
    }  # fmt: skip


def rivals_of(park: Park, talk: Any, side: int) -> int:
    """Return how many others talk with the partner about what this talk is about: whoever signs first may take it."""
    if int(talk.kind) not in (NEW, SWITCH):
        return 0
    open_ones = park.state.talks[: int(park.state.clock.talks[0])]
    same = open_ones.supply == talk.supply if side == BUYER else open_ones.demand == talk.demand
    rivals = same & (open_ones.number != talk.number) & np.isin(open_ones.kind, (NEW, SWITCH))
    return int(np.count_nonzero(rivals))


def _worth(play: Play, person: Person, talk: int, offer: Offer | None, least: float) -> dict[str, Any] | None:
    if offer is None:
        return None
    gain = own_gain(play.parks[person.park], talk, person.company, offer)
    return {
        "price": offer.price,
        "share": offer.share,
        "term": offer.term,
        "gain": gain,
        "enough": gain >= least - 1e-6,
    }


def _draft(play: Play, person: Person, table: Table, least: float) -> dict[str, Any] | None:
    draft = table.draft or {}
    return _worth(play, person, table.talk, Offer(draft["price"], draft["share"], draft["term"]), least)


def suggestion(
    play: Play, person: Person, talk: int, theirs: Offer | None, mine: Offer | None, least: float
) -> dict[str, Any] | None:
    """Return the offer that stands in the fields at first: half-way to theirs, or a fair distance above the own least.

    It is no advice: it uses what the person sees, and is rounded to the safe side, so that it is never refused.
    """
    park = play.parks[person.park]
    if mine is not None and theirs is not None:
        start = Offer(0.5 * (mine.price + theirs.price), theirs.share, theirs.term)
    elif theirs is not None:
        start = theirs
    else:
        line = own_line(park, talk, person.company)
        start = Offer(0.5 * line.scale, 0.5, line.standard)
    return _worth(play, person, talk, safe_offer(park, talk, person.company, start), least)
