"""The table in the laboratory: a talk is played from the views of its opening, by the same turns as in a run."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from ecopark.abm.entities.codes import ACCEPTED, FAULT, LAST, OFFERED
from ecopark.abm.initialization.strategies import lay_guests
from ecopark.abm.input.errors import InputError
from ecopark.abm.numerics.compiled import compiled
from ecopark.abm.strategies.outside.faults import fault_of
from ecopark.abm.strategies.outside.register import code_of
from ecopark.abm.strategies.view import (
    DRAW,
    FIRST_WORTH,
    HEARD_LAST,
    HEARD_PACKAGE,
    HEARD_PRICE,
    HEARD_WORTH,
    MANNER,
    MEETING,
    MEMORY,
    OPENNESS,
    PACKAGE,
    PACKAGES,
    PRICE,
    SLOPE,
    STAKE,
)
from ecopark.abm.submodels.negotiation.turns import take_turn

from .pool import Pool

MOST_MEETINGS = 400  # nobody ends a talk of two that never make a last offer
KEPT = MEMORY - 4  # from here on the memory of a script holds its constants


@dataclass(frozen=True)
class Played:
    """How talks ended. price [talk], package [talk], -1 without a deal; meetings [talk] of the last attempt; attempt: which one."""

    price: np.ndarray
    package: np.ndarray
    meetings: np.ndarray
    attempt: np.ndarray

    @property
    def agreed(self) -> np.ndarray:
        """Whether there was a deal [talk]."""
        return self.package >= 0


def play(
    pool: Pool,
    seller: str,
    buyer: str,
    seed: int = 0,
    attempts: int = 1,
    constants: dict[int, np.ndarray] | None = None,
) -> Played:
    """Play every talk of a pool by two strategies.

    attempts: talks that a pair may have; after a failed one nobody talks openly again. constants: side -> four numbers that a
    script finds at the end of its memory. Draws of manner belong to seed and talk.
    """
    codes = np.array([code_of(seller), code_of(buyer)])
    rng = np.random.default_rng(seed)
    draws = rng.random((len(pool), attempts, 2, 1 + MOST_MEETINGS))
    memory = np.zeros((2, MEMORY))
    for side, numbers in (constants or {}).items():
        memory[side, KEPT:] = numbers
    found = np.full((len(pool), 4), np.nan)
    fault = play_all(codes, lay_guests().view(np.ndarray), pool.views, pool.speaker, draws, memory, found)
    if fault >= 0:
        raise InputError([fault_of(f"talk {fault} between {seller} and {buyer}")])
    return Played(found[:, 0], found[:, 1].astype(np.int64), found[:, 2].astype(np.int64), found[:, 3].astype(np.int64))


@compiled
def play_all(codes, guests, views, speakers, draws, constants, found):
    """Play all talks; `found` takes price, package, meetings and attempt of each; return a talk in which a strategy failed, or -1."""
    memory = np.zeros((2, constants.shape[1]))
    view = np.zeros((2, views.shape[2]))
    out = np.zeros(2)
    for talk in range(len(views)):
        found[talk, 1] = -1.0
        for attempt in range(draws.shape[1]):
            view[:] = views[talk]
            memory[:] = constants
            answer = play_one(
                codes, guests, view, speakers[talk], draws[talk, attempt], memory, out, found[talk], attempt
            )
            if answer == FAULT:
                return talk
            if answer == ACCEPTED:
                break
    return -1


@compiled
def play_one(codes, guests, view, speaker, draws, memory, out, found, attempt):
    """Play one talk from its views and return how it ended; `found` takes the terms."""
    for side in range(2):
        view[side, MANNER] = draws[side, 0]
        if attempt > 0:
            view[side, OPENNESS] = 0.0
    absurd = np.zeros(2)
    for meeting in range(MOST_MEETINGS):
        other = 1 - speaker
        view[speaker, MEETING] = meeting
        view[speaker, DRAW] = draws[speaker, 1 + meeting]
        answer = take_turn(codes[speaker], guests, view[speaker], out, memory[speaker])
        found[2] = meeting + 1
        found[3] = attempt
        if answer == ACCEPTED:
            found[0] = view[speaker, HEARD_PRICE]
            found[1] = view[speaker, HEARD_PACKAGE]
            return answer
        if answer != OFFERED and answer != LAST:
            return answer
        if is_absurd(view, speaker, out):
            absurd[speaker] += 1.0
            if absurd[speaker] >= 2.0 or answer == LAST:
                return FAILED_TALK
        else:
            hear(view, other, out, answer == LAST)
        speaker = other
    return FAILED_TALK


FAILED_TALK = 2


@compiled
def hear(view, side, out, is_last):
    """Write an offer into the view of the side that hears it, in place."""
    package = int(out[PACKAGE])
    view[side, HEARD_PRICE] = out[PRICE]
    view[side, HEARD_PACKAGE] = package
    view[side, HEARD_WORTH] = view[side, SLOPE] * out[PRICE] + view[side, FIRST_WORTH + package]
    view[side, HEARD_LAST] = 1.0 if is_last else 0.0


@compiled
def is_absurd(view, speaker, out):
    """Tell whether an offer would by reference cost either side more than the public value of the quantity."""
    package = int(out[PACKAGE])
    least = np.inf
    for side in range(2):
        reference = view[1 - side, FIRST_WORTH + int(view[1 - side, PACKAGES]) + package]
        least = min(least, reference + view[side, SLOPE] * out[PRICE])
    return least < -view[speaker, STAKE]


def constants_of(*numbers: float) -> Any:
    """Return four constants for a script."""
    return np.array([*numbers, *([0.0] * (4 - len(numbers)))])
