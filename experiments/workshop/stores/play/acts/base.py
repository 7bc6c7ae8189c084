"""What an act is: its name, who may do it, and what it does to a workshop."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from inspect import Parameter, signature
from typing import Any

from ecopark.abm.input.errors import InputError, Mistake

GIVEN = ("play", "who", "now")
PERSON, FACILITATOR, CLOCK = "person", "facilitator", "clock"


@dataclass(frozen=True)
class Act:
    """An act. by: person (somebody in the workshop), facilitator, or clock (the workshop itself).

    do: `(play, who, now, **terms)` returns what the acknowledgement adds; raises InputError before anything is changed.
    default: whether it is the act of somebody who did nothing. terms, needed: the names of its terms, and those it cannot do without.
    """

    name: str
    by: str
    do: Callable[..., dict[str, Any] | None]
    default: bool = False
    terms: frozenset[str] = frozenset()
    needed: frozenset[str] = frozenset()

    def check(self, given: Iterable[str]) -> None:
        """Raise InputError when a term is unknown or lacking."""
        names = set(given)
        wrong = sorted(names - self.terms) or sorted(self.needed - names)
        if wrong:
            allowed = ", ".join(sorted(self.terms)) or "nothing beside its name"
            raise InputError([Mistake(self.name, wrong[0], f"an act with {allowed}")])


ACTS: dict[str, Act] = {}


def act(name: str, by: str = PERSON, default: bool = False) -> Callable[[Callable], Callable]:
    """Declare an act."""

    def declare(do: Callable) -> Callable:
        terms = list(signature(do).parameters.values())[len(GIVEN) :]
        needed = frozenset(one.name for one in terms if one.default is Parameter.empty)
        ACTS[name] = Act(name, by, do, default, frozenset(one.name for one in terms), needed)
        return do

    return declare
