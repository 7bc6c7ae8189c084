"""The practice deal: a minute against an agent, the same for everybody, that changes nothing in the park."""

from __future__ import annotations

from typing import Any

from .people import Person
from .state import Play, say

# The agent sells 1,000 t a year; it begins high and comes down by a third of the way each time, to its least.
FIRST, LEAST, WORTH, QUANTITY = 16.0, 8.0, 15.0, 1000.0
STEPS = 6


def asked_at(meeting: int) -> float:
    """Return what the agent asks at a meeting [EUR/t]."""
    return round(LEAST + (FIRST - LEAST) * (1.0 - min(meeting, STEPS) / STEPS), 2)


def practice_view(play: Play, person: Person) -> dict[str, Any]:
    """Return where a person's practice deal stands."""
    course = play.practice.get(person.code, {"meeting": 0, "done": "", "price": asked_at(0)})
    gain = QUANTITY * (WORTH - course["price"])
    text = say(
        "The agent asks {price} EUR a tonne for 1,000 t a year. A tonne is worth {worth} EUR to you.",
        price=course["price"],
        worth=WORTH,
    )
    return {"say": text, "price": course["price"], "gain": gain, "done": course["done"], "least": 0.0}


def practise(play: Play, person: Person, decision: str, price: float) -> dict[str, Any]:
    """Do one step of the practice deal, in place; return what came of it."""
    course = play.practice.setdefault(person.code, {"meeting": 0, "done": "", "price": asked_at(0)})
    if course["done"]:
        return course
    if decision == "accept":
        course["done"] = "signed"
    elif decision == "leave":
        course["done"] = "left"
    elif price >= max(LEAST, asked_at(course["meeting"] + 1)):
        course["done"], course["price"] = "signed", price
    else:
        course["meeting"] += 1
        course["price"] = asked_at(course["meeting"])
        if course["meeting"] > STEPS:
            course["done"] = "left"
    return course
