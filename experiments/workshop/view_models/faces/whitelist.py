"""Which fields each face may receive; what is not listed here never leaves the server.

A face is a pure function of the workshop; `check` is the test of it, and the channel runs it on everything it sends when
the process is started with ECOPARK_CHECK_FACES=1.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

ANY: Any = object()  # a message or a plain value below this place
Shape = Any

MESSAGE = ANY
LINK = ANY  # [from, to, group, kind, width, id]: who and what, never a price

PUBLIC: dict[str, Shape] = {
    "code": ANY, "lead": ANY, "phase": ANY, "round": ANY, "rounds": ANY, "paused": ANY, "ends": ANY, "left": ANY, "length": ANY,
    "here": ANY, "people": ANY, "expected": ANY, "answered": ANY, "asked": ANY, "signed": ANY, "question": MESSAGE,
    "names": ANY, "addresses": [{"url": ANY, "qr": ANY}],
    "news": [{"text": MESSAGE}],
    "parks": [{
        "year": ANY, "month": ANY, "running": ANY, "talks": ANY, "links": [LINK], "closed": [ANY], "share": ANY, "goal": ANY,
        "co2": ANY, "before": ANY,
    }],
    "packages": [{"name": ANY, "cost": ANY, "levers": [MESSAGE]}], "cast": ANY, "ballot": ANY, "chosen": [{"name": ANY, "park": ANY}],
    "reveal": {"question": MESSAGE, "truth": [ANY], "guesses": [ANY], "unit": ANY},
    "ask": MESSAGE,
    "story": {"n": ANY, "of": ANY, "text": MESSAGE, "park": {"year": ANY, "month": ANY, "running": ANY, "links": [LINK], "closed": [ANY]}},
    "slide": ANY, "slides": ANY, "blank": ANY, "frozen": ANY, "ranking": [{"name": ANY, "score": ANY}],
    "language": ANY, "dark": ANY, "report": ANY,
    "debrief": {
        "n": ANY, "title": MESSAGE, "lead": MESSAGE, "ready": ANY, "lines": [MESSAGE], "words": [ANY],
        "bars": [{"label": MESSAGE, "value": ANY, "most": ANY, "money": ANY}],
        "guesses": [{"round": ANY, "park": ANY, "guesses": [ANY], "median": ANY, "truth": ANY}],
        "zones": [{"label": ANY, "material": ANY, "unit": ANY, "end": ANY, "low": ANY, "high": ANY, "price": ANY, "zone": ANY, "offers": [ANY]}],
        "places": [ANY], "shares": [{"round": ANY, "shares": [ANY]}], "series": [{"year": [ANY], "people": [ANY], "agents": [ANY]}],
        "badges": [{"title": MESSAGE, "name": ANY}],
    },
}  # fmt: skip

OFFER: dict[str, Shape] = {"price": ANY, "share": ANY, "term": ANY, "gain": ANY, "enough": ANY}
ITEM: dict[str, Shape] = {
    "id": ANY, "kind": ANY, "talk": ANY, "item": ANY, "turn": ANY, "due": ANY, "auto": ANY, "partner": ANY, "person": ANY,
    "material": ANY, "unit": ANY, "quantity": ANY, "sells": ANY, "capital": ANY, "meeting": ANY, "least": ANY, "about": ANY, "last": ANY,
    "rivals": ANY, "held": ANY, "own": ANY,
    "theirs": OFFER, "mine": OFFER, "draft": OFFER, "until": ANY, "suggested": OFFER, "step": ANY, "slope": ANY, "base": ANY,
    "terms": ANY, "shares": ANY, "opportunity": ANY, "estimate": ANY, "text": MESSAGE,
    "exchange": ANY, "was": ANY, "worth": ANY, "membership": ANY, "fee": ANY, "expected": ANY, "companies": ANY,
    "question": ANY,
}  # fmt: skip
MINE: dict[str, Shape] = {
    "who": {"name": ANY, "role": ANY, "company": ANY, "label": ANY, "park": ANY, "word": ANY, "language": ANY, "number": ANY},
    "goal": {"gain": ANY, "par": ANY, "share": ANY, "target": ANY, "scale": ANY, "forecast": ANY},
    "agent": ANY, "agent_did": ANY, "items": [ITEM], "more_time": ANY, "tokens": ANY,
    "briefing": {"makes": MESSAGE, "throws": MESSAGE, "buys": MESSAGE, "aim": MESSAGE, "secret": MESSAGE, "least": ANY},
    "company": {
        "books": [{"label": MESSAGE, "value": ANY, "unit": ANY}],
        "contracts": [{
            "exchange": ANY, "partner": ANY, "material": ANY, "unit": ANY, "quantity": ANY, "price": ANY, "sells": ANY,
            "stage": ANY, "left": ANY, "gain": ANY, "cost": ANY, "talking": ANY,
        }],
        "memberships": [{"membership": ANY, "fee": ANY, "expected": ANY, "companies": ANY, "taken": ANY}],
    },
    "market": {
        "streams": [{"label": ANY, "sells": ANY, "unit": ANY, "quantity": ANY, "free": ANY}],
        "openings": [{"opportunity": ANY, "partner": ANY, "material": ANY, "unit": ANY, "quantity": ANY, "distance": ANY, "sells": ANY, "studied": ANY}],
        "partners": [ANY], "left": ANY,
        "permits": [{"opportunity": ANY, "seller": ANY, "buyer": ANY, "material": ANY, "months": ANY}], "granted": ANY,
        "matches": [{"opportunity": ANY, "seller": ANY, "buyer": ANY, "material": ANY, "unit": ANY, "quantity": ANY, "distance": ANY}],
    },
    "news": [{"time": ANY, "round": ANY, "kind": ANY, "text": MESSAGE, "link": ANY, "fresh": ANY}], "unread": ANY,
    "questions": [{"name": ANY, "kind": ANY, "unit": ANY, "text": MESSAGE, "value": ANY}],
    "vote": [ANY], "outcome": [{"text": MESSAGE, "guess": ANY, "truth": ANY}], "feeling": ANY,
    "practice": {"say": MESSAGE, "price": ANY, "gain": ANY, "done": ANY, "least": ANY},
    "mine_talks": [{
        "partner": ANY, "material": ANY, "end": ANY, "low": ANY, "high": ANY, "unit": ANY, "price": ANY, "sells": ANY, "zone": ANY,
        "mine": ANY, "gain": ANY,
    }],
    "mine_left": [{"partner": ANY, "material": ANY, "cause": MESSAGE, "gain": ANY}],
    "home": [ANY],
    "mine_without": {"park": ANY, "own": ANY, "kept": ANY},
    "mine_guesses": [{"round": ANY, "guess": ANY, "median": ANY, "truth": ANY}],
}  # fmt: skip

CONSOLE: dict[str, Shape] = {
    **PUBLIC,
    "pin": ANY, "save": ANY, "trouble": ANY, "ahead": ANY, "at_zero": MESSAGE, "say_now": [MESSAGE],
    "hints": [{"text": MESSAGE, "sent": ANY}], "sent": [{"time": ANY, "text": ANY, "to": ANY}],
    "seats": [{
        "code": ANY, "name": ANY, "role": ANY, "company": ANY, "park": ANY, "light": ANY, "items": ANY, "decisions": ANY,
        "score": ANY, "agent": ANY, "needs": ANY,
    }],
    "free": [{"role": ANY, "company": ANY, "park": ANY}], "shocks": [{"kind": ANY, "text": MESSAGE, "hits": ANY}],
    "planned": [{"round": ANY, "text": MESSAGE}], "levers": [{"name": ANY, "label": ANY, "unit": ANY, "size": ANY, "most": ANY}],
    "notes": [{"time": ANY, "round": ANY, "text": ANY}], "settings": {"ranking": ANY, "wall": ANY, "story": ANY},
    "workshops": [{"code": ANY, "people": ANY, "idle": ANY, "bytes": ANY, "phase": ANY}],
}  # fmt: skip
FACES = {"projector": PUBLIC, "phone": {**PUBLIC, **MINE}, "console": CONSOLE}


class LeakError(AssertionError):
    """A field that a face may not receive."""


def check(face: str, values: Mapping[str, Any]) -> None:
    """Raise LeakError when a face would receive a field that is not listed for it."""
    _check(values, FACES[face], face)


def _check(values: Any, shape: Shape, place: str) -> None:
    if shape is ANY or values is None:
        return
    if isinstance(shape, list):
        if not isinstance(values, list | tuple):
            raise LeakError(f"{place} is no list")
        for value in values:
            _check(value, shape[0], place)
        return
    if not isinstance(values, Mapping):
        raise LeakError(f"{place} is no set of fields")
    for name, value in values.items():
        if name not in shape:
            raise LeakError(f"{place}.{name} is not listed")
        _check(value, shape[name], f"{place}.{name}")
