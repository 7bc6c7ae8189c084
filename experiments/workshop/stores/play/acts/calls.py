"""What people do when a stream they talk about is about to be signed away: one best price, or nothing."""

from __future__ import annotations

from typing import Any

from ecopark.abm.entities.codes import TALK_KINDS
from ecopark.abm.interventions.last_bids import asked_in, bid
from ecopark.abm.interventions.seats import find_talk

from ..calls import asked_people, end_call
from ..state import Play
from ..tables import lay_tables, note_bid, pass_turn
from . import talks
from .base import CLOCK, act


@act("bid")
def bid_(
    play: Play, who: str, now: int, talk: Any, price: Any = None, share: Any = None, term: Any = None
) -> dict[str, Any]:
    """Name one best price in a call for last bids, without a price leave it; when all have answered the call is over."""
    talks.in_decide(play)
    person = play.seat(who)
    park = play.parks[person.park]
    bid(park, talk, person.company, price, share, term)
    record = find_talk(park, talk)
    about = {"opportunity": int(record.opportunity), "kind": TALK_KINDS[int(record.kind)]}
    play.did(person.park, "bid", company=person.company, **about, terms=(price, share, term), who=who)
    gain = None
    if price is not None:
        gain = note_bid(play, person, talk, now)
    talks.count(play, person)
    for key in play.calls:
        if key[0] == person.park and talk in asked_in(park, key[1]) and not asked_people(play, key):
            play.calls[key] = min(play.calls[key], now)
    play.touch(who)
    return {"gain": gain}


@act("close_call", CLOCK)
def close_call_(play: Play, who: str, now: int, park: int, talk: int) -> None:
    """End a call whose time is over, or in which everybody has answered: the best price is signed."""
    about = end_call(play, (park, talk), now)
    lay_tables(play, now)
    for number in about:
        table = play.tables.get((park, number))
        if table is not None:
            pass_turn(play, table, now)
