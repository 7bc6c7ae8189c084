"""What is due: the next thing that time itself does to a workshop."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from .calls import asked_people, is_held_up
from .plan import MONTHS_OF_A_ROUND
from .presence import Presence
from .state import BALLOT_TIME, FLOOR_TIME, Play
from .tables import waits_for_person

Due = tuple[int, dict[str, Any]]
FAR = 2**62


def next_due(play: Play, presence: Presence, now: int) -> dict[str, Any] | None:
    """Return the act that time does next, None when nothing is due by now.

    What is due first comes first; what is due together comes in a fixed order.
    """
    if play.pace.paused:
        return None
    best: Due = (FAR, {})
    for due in _dues(play, presence, now):
        if due[0] < best[0]:
            best = due
    return best[1] if best[0] <= now else None


def _dues(play: Play, presence: Presence, now: int) -> Iterator[Due]:
    pace = play.pace
    if pace.phase == "run":
        yield from _month(play)
    if pace.phase == "decide":
        yield from _tables(play)
        yield from _calls(play)
        yield from _floors(play)
    if pace.phase == "vote" and not play.ballot:
        yield pace.began + round(1000 * play.plan.vote) - BALLOT_TIME, {"act": "ballot"}
    yield from _absent(play, presence, now)
    if pace.ends is not None:
        yield pace.ends, {"act": "phase"}


def _month(play: Play) -> Iterator[Due]:
    """Spread the months of a round over the phase; all of them are run before it ends."""
    if play.months_run < MONTHS_OF_A_ROUND and play.pace.ends is not None:
        each = (play.pace.ends - play.pace.began) * 0.9 / MONTHS_OF_A_ROUND
        yield play.pace.began + round(each * (play.months_run + 1)), {"act": "month"}


def _tables(play: Play) -> Iterator[Due]:
    for (park, talk), table in play.tables.items():
        if is_held_up(play, table):
            continue
        if table.draft is not None:
            yield table.draft["due"], {"act": "deliver", "park": park, "talk": talk}
        elif waits_for_person(play, table):
            if not play.settings.get("unlimited"):
                yield table.due, {"act": "missed", "park": park, "talk": talk}
        else:
            yield table.due, {"act": "agent", "park": park, "talk": talk}


def _calls(play: Play) -> Iterator[Due]:
    for (park, talk), due in play.calls.items():
        if not (play.settings.get("unlimited") and asked_people(play, (park, talk))):
            yield due, {"act": "close_call", "park": park, "talk": talk}


def _floors(play: Play) -> Iterator[Due]:
    for person in play.people.values():
        if person.seated:
            yield person.checked + FLOOR_TIME, {"act": "floor", "who": person.code}


def _absent(play: Play, presence: Presence, now: int) -> Iterator[Due]:
    if play.pace.phase in ("lobby", "debrief", "ended"):
        return
    for person in play.people.values():
        if not person.gone and not person.autopilot and presence.light(person.code, now) == "away":
            yield now, {"act": "away", "who": person.code}
