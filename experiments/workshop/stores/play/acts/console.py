"""What the facilitator does besides the pace: hints, notes, shocks, settings, help for one person."""

from __future__ import annotations

from typing import Any

from ecopark.abm.input.errors import InputError, Mistake
from ecopark.abm.policies import POLICIES

from ..shocks import deck, strike
from ..state import Play, say
from .base import FACILITATOR, act

LONGEST_HINT, LONGEST_NOTE, SLIDES, BEATS = 200, 2000, 10, 6
SETTINGS = {
    "ranking": bool,
    "blank": bool,
    "frozen": bool,
    "names": bool,
    "unlimited": bool,
    "slide": int,
    "story": int,
    "wall": bool,
    "dark": bool,
    "language": str,
}


@act("hint", FACILITATOR)
def hint(play: Play, who: str, now: int, text: Any, to: Any = "all") -> dict[str, Any]:
    """Send a sentence to one person, to a role, or to all."""
    sentence = str(text).strip()[:LONGEST_HINT]
    if not sentence:
        raise InputError([Mistake("hint", "nothing", "a sentence")])
    chosen = [
        person.code for person in play.people.values() if not person.gone and to in ("all", person.role, person.code)
    ]
    if not chosen:
        raise InputError([Mistake("to", to, "all, a role, or somebody in this workshop")])
    for code in chosen:
        play.tell(code, now, "hint", say("{text}", text=sentence))
    play.hints.append({"time": now, "text": sentence, "to": to})
    return {"people": len(chosen)}


@act("note", FACILITATOR)
def note(play: Play, who: str, now: int, text: Any) -> None:
    """Keep a private note."""
    sentence = str(text).strip()[:LONGEST_NOTE]
    if not sentence:
        raise InputError([Mistake("note", "nothing", "a sentence")])
    play.notes.append({"time": now, "round": play.pace.round, "phase": play.pace.phase, "text": sentence})


@act("shock", FACILITATOR)
def shock(play: Play, who: str, now: int, kind: Any) -> dict[str, Any]:
    """Let one of the possible shocks strike with the next months; it is told in the reveal."""
    cards = {card["kind"]: card for card in deck(play)}
    if str(kind) not in cards:
        raise InputError([Mistake("shock", kind, f"one of {', '.join(cards)}")])
    card = {**cards[str(kind)], "round": play.pace.round, "chosen": True}
    if play.pace.phase == "run":
        strike(play, card)
    play.shocks.append(card)
    play.public = True
    return {"text": card["text"]}


@act("no_shock", FACILITATOR)
def no_shock(play: Play, who: str, now: int) -> None:
    """Take back the shock that has not yet struck."""
    if not play.shocks or play.pace.phase in ("run", "reveal") or play.shocks[-1]["round"] < play.pace.round:
        raise InputError([Mistake("shock", "none", "a shock that has not yet struck")])
    play.shocks.pop()


@act("lever", FACILITATOR)
def lever(play: Play, who: str, now: int, name: Any, size: Any) -> None:
    """Set a lever from now on, in every park."""
    for place, park in enumerate(play.parks):
        park.set_policy(str(name), size, stop=None)
        play.did(place, "policy", name=str(name), size=size)
    play.announce(now, say("The rules change: {name}", name=POLICIES[str(name)].label))


@act("extra_round", FACILITATOR)
def extra_round(play: Play, who: str, now: int) -> None:
    """Play one round more."""
    if play.pace.phase in ("debrief", "ended") or play.plan.rounds >= 40:
        raise InputError([Mistake("round", play.plan.rounds, "a round more before the debrief")])
    play.plan = type(play.plan)(**{**play.plan.describe(), "rounds": play.plan.rounds + 1})
    play.touch_all()


@act("set", FACILITATOR)
def set_(play: Play, who: str, now: int, name: Any, value: Any) -> None:
    """Change a setting of the screens."""
    if str(name) not in SETTINGS or not isinstance(value, SETTINGS[name]):
        raise InputError([Mistake("setting", name, f"one of {', '.join(SETTINGS)}")])
    if name == "slide" and value not in range(SLIDES + 1):
        raise InputError([Mistake("slide", value, f"a number from 0 to {SLIDES}")])
    if name == "story" and value not in range(BEATS + 1):
        raise InputError([Mistake("story", value, f"a number from 0 to {BEATS}")])
    play.settings[name] = value
    play.touch_all()


@act("nudge", FACILITATOR)
def nudge(play: Play, who: str, now: int, person: Any) -> None:
    """Let somebody's phone say that something waits."""
    code = play.person(str(person)).code
    play.tell(code, now, "hint", say("The facilitator asks you to look at what waits."))
