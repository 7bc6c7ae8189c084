"""What an act is: its name, who may do it, and what it does to a workshop."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

PERSON, FACILITATOR, CLOCK = "person", "facilitator", "clock"


@dataclass(frozen=True)
class Act:
    """An act. by: person (somebody in the workshop), facilitator, or clock (the workshop itself).

    do: `(play, who, now, **terms)` returns what the acknowledgement adds; raises InputError before anything is changed.
    default: whether it is the act of somebody who did nothing.
    """

    name: str
    by: str
    do: Callable[..., dict[str, Any] | None]
    default: bool = False


ACTS: dict[str, Act] = {}


def act(name: str, by: str = PERSON, default: bool = False) -> Callable[[Callable], Callable]:
    """Declare an act."""

    def declare(do: Callable) -> Callable:
        ACTS[name] = Act(name, by, do, default)
        return do

    return declare
