"""How time goes on: phases, pauses, the months of a round."""

from __future__ import annotations

from typing import Any

import numpy as np

from ecopark.abm.entities.codes import EV_ENDED, EV_OPERATING, REASONS
from ecopark.abm.input.errors import InputError, Mistake
from ecopark.abm.interventions.attention import look_at, nearest_companies
from ecopark.abm.interventions.seats import row_of
from ecopark.abm.observation.event_texts import REASON_WORDS
from ecopark.abm.park import Park

from ..calls import end_calls
from ..digest import digest_of
from ..phases import following
from ..plan import MONTHS_OF_A_ROUND
from ..questions import count_votes, default_packages, running, truth_of, winner_of
from ..scores import gains_of
from ..shocks import draw, strike
from ..state import BALLOT_TIME, CALL_TIME, FLOOR_GROUPS, FLOOR_SPREAD, TOKENS, Play, say
from ..tables import lay_tables, pass_turn
from . import calls, talks
from .base import CLOCK, FACILITATOR, act
from .requests import end_memberships

MOST_ADDED, NEIGHBOURS = 600_000, 8


@act("phase", CLOCK)
def phase(play: Play, who: str, now: int) -> dict[str, Any]:
    """Go on to the next phase because the time of this one is over; the next begins where this one should have ended."""
    late = now - (play.pace.ends or now)
    return _go_on(play, now, now - late if 0 <= late < 1000 else now)


@act("next", FACILITATOR)
def next_(play: Play, who: str, now: int) -> dict[str, Any]:
    """Go on to the next phase before time; what would have been done by then is done now, as default acts.

    From the talk about the packages it goes on to the ballot, so that no vote is lost by haste.
    """
    if play.pace.phase == "ended":
        raise InputError([Mistake("phase", "ended", "a workshop that goes on")])
    if play.pace.phase == "vote" and not play.ballot:
        ballot(play, who, now)
        play.pace.shorten(now + BALLOT_TIME)
        return {"phase": "vote", "round": play.pace.round}
    return _go_on(play, now, now)


def _go_on(play: Play, now: int, begins: int) -> dict[str, Any]:
    before, extras = play.pace.phase, {}
    if before == "decide":
        _close_tables(play, now)
    elif before == "vote":
        _carry_out_vote(play, now)
    elif before == "run":
        run_months(play, now, MONTHS_OF_A_ROUND - play.months_run)
        end_memberships(play)
        play.digests[play.pace.round] = digest_of(play.parks)
        extras["sha256"] = play.digests[play.pace.round]
    if before == "lobby":
        play.started = now
    name, number = following(play.plan, before, play.pace.round)
    play.pace.enter(play.plan, name, number, begins)
    ENTER.get(name, _nothing)(play, now)
    play.touch_all()
    return {"phase": name, "round": number, **extras}


def _nothing(play: Play, now: int) -> None:
    pass


def _close_tables(play: Play, now: int) -> None:
    """Deliver what was sent and end what is called, in place; talks stay open, what was only proposed lapses."""
    for park, talk in sorted(play.calls):
        if (park, talk) in play.calls:
            calls.close_call_(play, "", now, park, talk)
    for park in range(len(play.parks)):
        end_calls(play, park, now)
    for table in sorted(play.tables.values(), key=lambda table: (table.park, table.talk)):
        if table.draft is not None and (table.park, table.talk) in play.tables:
            talks.deliver(play, "", now, table.park, table.talk)
    play.items.clear()


def _begin_practice(play: Play, now: int) -> None:
    """Run the first month, in which plants come on stream, and let every company know its nearest neighbours, in place."""
    for place, park in enumerate(play.parks):
        park.advance(1)
        play.did(place, "meet neighbours")
        meet_neighbours(park)


def meet_neighbours(park: Park) -> None:
    """Let every company know what it could exchange with its nearest neighbours, in place."""
    for company in park.names:
        for neighbour in nearest_companies(park, company, NEIGHBOURS):
            look_at(park, company, neighbour)


def _begin_round(play: Play, now: int) -> None:
    play.round_news, play.signed_now = [], 0
    play.tokens = {person.code: TOKENS for person in play.people.values()}
    if play.plan.shock == play.pace.round + 1 and not play.shocks:
        play.shocks.append({**draw(play), "round": play.plan.shock})


def _begin_decide(play: Play, now: int) -> None:
    lay_tables(play, now)
    for table in play.tables.values():
        pass_turn(play, table, now)
    play.calls = {key: now + CALL_TIME for key in play.calls}
    for person in play.people.values():
        person.idle = now
        person.checked = now - FLOOR_SPREAD * (person.number % FLOOR_GROUPS)


def _begin_vote(play: Play, now: int) -> None:
    play.votes, play.ballot = {}, 1000 * play.plan.vote <= BALLOT_TIME
    play.packages = play.packages or default_packages(play)


@act("ballot", CLOCK)
def ballot(play: Play, who: str, now: int) -> None:
    """Open the ballot: the talk about the packages is over."""
    play.ballot = True
    play.touch_all()


def _carry_out_vote(play: Play, now: int) -> None:
    play.before_vote = []
    for park, here in enumerate(play.parks):
        counts = count_votes(play, park)
        chosen = winner_of(counts)
        package = play.packages[chosen]
        play.before_vote.append(here.fork())
        for name, size in package["levers"].items():
            here.set_policy(name, size, stop=None)
            play.did(park, "policy", name=name, size=size)
        play.chosen.append(
            {
                "round": play.pace.round,
                "park": park,
                "package": chosen,
                "counts": counts,
                "month": here.month,
                "votes": dict(play.votes),
            }
        )
        play.announce(now, say("The vote: {package}", package=package["name"]))


def _begin_run(play: Play, now: int) -> None:
    play.months_run = 0
    for card in play.shocks:
        if card["round"] == play.pace.round:
            strike(play, card)


def _begin_reveal(play: Play, now: int) -> None:
    given = play.predictions.get(play.pace.round, {})
    people = {
        code: {name: truth_of(play, play.people[code], name) for name in answers} for code, answers in given.items()
    }
    play.truths[play.pace.round] = {
        "running": [running(play, park) for park in range(len(play.parks))],
        "people": people,
        "gains": {
            person.code: float(gains_of(play.parks[person.park])[row_of(play.parks[person.park], person.company)])
            for person in play.seated()
        },
    }
    for card in play.shocks:
        if card["round"] == play.pace.round:
            play.announce(now, card["text"])


ENTER = {
    "practice": _begin_practice,
    "predict": _begin_round,
    "decide": _begin_decide,
    "vote": _begin_vote,
    "run": _begin_run,
    "reveal": _begin_reveal,
}


@act("month", CLOCK)
def month(play: Play, who: str, now: int) -> None:
    """Run the next month of the round in every park."""
    run_months(play, now, 1)


def run_months(play: Play, now: int, count: int) -> None:
    """Run so many months in every park, in place, and tell people what became of their contracts."""
    for _ in range(max(0, count)):
        for place, park in enumerate(play.parks):
            known = int(park.state.clock.events[0])
            if play.pace.round >= play.plan.rounds:  # nobody decides again
                end_calls(play, place, now)
            park.advance(1)
            _report(play, now, place, known)
        play.months_run += 1
    lay_tables(play, now)  # the months have opened and ended talks
    play.public = True


def _report(play: Play, now: int, place: int, known: int) -> None:
    """Tell what began and what broke since there were so many events, in place."""
    park = play.parks[place]
    events = park.state.events[known : int(park.state.clock.events[0])]
    for row in np.flatnonzero((events.kind == EV_OPERATING) | (events.kind == EV_ENDED)):
        event: Any = events[row]
        seller, buyer = park.names[int(event.company)], park.names[int(event.partner)]
        began = event.kind == EV_OPERATING
        reason = "" if began else REASON_WORDS[REASONS[int(event.reason)]]
        text = (
            say("{seller} now delivers to {buyer}", seller=seller, buyer=buyer)
            if began
            else say("{seller} and {buyer} parted: {reason}", seller=seller, buyer=buyer, reason=reason)
        )
        play.announce(now, text)
        for company in (seller, buyer):
            person = play.at(place, company)
            if person is not None:
                play.tell(person.code, now, "good" if began else "bad", text)


@act("pause", FACILITATOR)
def pause(play: Play, who: str, now: int) -> None:
    """Stop the time."""
    play.pace.pause(now)
    play.touch_all()


@act("resume", FACILITATOR)
def resume(play: Play, who: str, now: int) -> None:
    """Let the time go on; everything that was due moves by the length of the pause."""
    shift = play.pace.resume(now)
    for table in play.tables.values():
        table.due += shift
        if table.draft is not None:
            table.draft["due"] += shift
    play.calls = {key: due + shift for key, due in play.calls.items()}
    for person in play.people.values():
        person.idle += shift if person.idle >= 0 else 0
        person.checked += shift
    play.touch_all()


@act("add_time", FACILITATOR)
def add_time(play: Play, who: str, now: int, seconds: Any = 30) -> None:
    """Lengthen the present phase."""
    if (
        isinstance(seconds, bool)
        or not isinstance(seconds, int)
        or not 1 <= seconds <= 600
        or play.pace.added + 1000 * seconds > MOST_ADDED
    ):
        raise InputError([Mistake("seconds", seconds, "a whole number from 1 to 600, 10 minutes in all")])
    if play.pace.ends is None:
        raise InputError([Mistake("phase", play.pace.phase, "a phase whose time runs")])
    play.pace.add(1000 * seconds)
    play.touch_all()
