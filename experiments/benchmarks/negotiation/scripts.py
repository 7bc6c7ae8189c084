"""Scripts: players that try to get the better of an honest one. Each is a family with four constants, found in its memory.

Families: `script_programme` follows a curve of time from a start to a floor and takes anything late; `script_echo` gives back
a part of what it was given; `script_pump` makes one large step first and then stands still; `script_waiter` never moves and
takes anything worth its least gain from a meeting on. More come from the entry point group `ecopark.scripts`.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from importlib.metadata import entry_points

import numpy as np

from ecopark.abm.numerics.calling import inlined
from ecopark.abm.strategies import strategy
from ecopark.abm.strategies.view import (
    ACCEPT,
    AIM,
    DEADLINE,
    END,
    FIRST_WORTH,
    HEARD_LAST,
    HEARD_WORTH,
    LAST_OFFER,
    LEAST,
    MEETING,
    MEMORY,
    OFFER,
    PACKAGE,
    PACKAGES,
    PRICE,
    REJECT,
    SLOPE,
)

C = MEMORY - 4  # where the constants stand


@dataclass(frozen=True)
class Script:
    """A script: label for people, name of its strategy, constants."""

    label: str
    strategy: str
    constants: tuple[float, ...] = ()

    @property
    def memory(self) -> np.ndarray:
        """The constants as they stand in the memory."""
        return np.array([*self.constants, *([0.0] * (4 - len(self.constants)))])


@inlined
def answer(view, claim, late):
    """Accept what is worth the claim [EUR/year]; when it is late or the offer is a last one, what is worth the least gain."""
    worth = view[HEARD_WORTH]
    last = view[HEARD_LAST] == 1.0
    if worth >= claim or (worth >= view[LEAST] and (late or last)):
        return ACCEPT
    return END if last else REJECT


@inlined
def claimed(view, share):
    """Return the gain at a share of the way from the least gain to the highest it believes in [EUR/year]."""
    return view[LEAST] + share * (view[AIM] - view[LEAST])


@inlined
def offer(view, out, share, ends):
    """Offer the best package at a share of what it believes to be there, in place; for the last time when the talk `ends`."""
    count = int(view[PACKAGES])
    best = np.argmax(view[FIRST_WORTH : FIRST_WORTH + count] + view[FIRST_WORTH + count : FIRST_WORTH + 2 * count])
    out[PACKAGE] = best
    out[PRICE] = (claimed(view, share) - view[FIRST_WORTH + best]) / view[SLOPE]
    return LAST_OFFER if ends else OFFER


@inlined
def share_in_time(view, memory):
    """Return the share that the curve of a programme claims at this meeting."""
    passed = min(1.0, view[MEETING] / view[DEADLINE])
    return memory[C] - (memory[C] - memory[C + 1]) * passed ** (1.0 / memory[C + 2])


@inlined
def is_late(view, memory):
    """Tell whether the part of the own deadline has passed after which anything is taken."""
    return view[MEETING] >= memory[C + 3] * view[DEADLINE]


@strategy("script_programme", compiled=True)
class Programme:
    """Claim from `start` to `floor` by a curve with exponent e; take anything from `late` x own deadline on.

    Constants: start, floor, e, late.
    """

    @staticmethod
    def respond(view, memory):
        """Accept what is worth the claim; late or last, what is worth the least gain."""
        return answer(view, claimed(view, share_in_time(view, memory)), is_late(view, memory))

    @staticmethod
    def propose(view, out, memory):
        """Offer the best package at the claim."""
        return offer(view, out, share_in_time(view, memory), view[MEETING] >= view[DEADLINE])


@strategy("script_echo", compiled=True)
class Echo:
    """Claim `start`, then give back `rate` x what it was given; take anything from `late` x own deadline on.

    Constants: start, rate, least step, late. Memory: 0 claim, 1 worth of the offer heard before, 2 whether it spoke.
    """

    @staticmethod
    def respond(view, memory):
        """Accept what is worth the claim; late or last, what is worth the least gain."""
        share = memory[0] if memory[2] == 1.0 else memory[C]
        return answer(view, claimed(view, share), is_late(view, memory))

    @staticmethod
    def propose(view, out, memory):
        """Offer the best package at the claim."""
        whole = view[AIM] - view[LEAST]
        if memory[2] == 0.0:
            memory[0] = memory[C]
        elif whole > 0.0:
            given = 0.0 if math.isnan(memory[1]) else (view[HEARD_WORTH] - memory[1]) / whole
            memory[0] = max(0.0, memory[0] - max(memory[C + 2], memory[C + 1] * given))
        memory[2] = 1.0
        memory[1] = view[HEARD_WORTH]
        return offer(view, out, memory[0], view[MEETING] >= view[DEADLINE])


@strategy("script_pump", compiled=True)
class Pump:
    """Claim `start` once, step down to `stand` and stay there; make the last offer at `last`; take anything from `late` on.

    Constants: start, stand, last, late.
    """

    @staticmethod
    def respond(view, memory):
        """Accept what is worth where it stands; late or last, what is worth the least gain."""
        return answer(view, claimed(view, memory[C + 1]), is_late(view, memory))

    @staticmethod
    def propose(view, out, memory):
        """Offer the best package at the start, where it stands, or for the last time."""
        ends = view[MEETING] >= view[DEADLINE]
        share = memory[C + 2] if ends else (memory[C + 1] if memory[0] == 1.0 else memory[C])
        memory[0] = 1.0
        return offer(view, out, share, ends)


@strategy("script_waiter", compiled=True)
class Waiter:
    """The stonewaller: ask for `claim` x what it believes to be there, never move, take anything from a meeting on.

    Constants: claim, meeting, claim of the last offer.
    """

    @staticmethod
    def respond(view, memory):
        """Accept what is worth the claim; from the meeting on or last, what is worth the least gain."""
        return answer(view, claimed(view, memory[C]), view[MEETING] >= memory[C + 1])

    @staticmethod
    def propose(view, out, memory):
        """Offer the best package at the claim."""
        ends = view[MEETING] >= view[DEADLINE]
        share = memory[C + 2] if ends else memory[C]
        return offer(view, out, share, ends)


def listed() -> list[Script]:
    """Return the scripts that the rule was made to withstand, and those of the entry point group `ecopark.scripts`."""
    waiters = [Script(f"stonewaller, from meeting {m}", "script_waiter", (1.0, m, 1.0)) for m in (6, 8, 10, 12, 14)]
    last = [
        Script(f"stands, last offer {c:.0%}", "script_programme", (1.0, c, 0.01, 9.0))
        for c in (0.9, 0.8, 0.7, 0.6, 0.5)
    ]
    curves = [Script(f"curve e {e:g}", "script_programme", (1.0, 0.0, e, 9.0)) for e in (0.1, 0.2, 0.5, 1.0, 2.0, 5.0)]
    snipers = [
        Script(f"curve e {e:g}, takes all late", "script_programme", (1.0, 0.3, e, 0.8)) for e in (0.1, 0.5, 1.0)
    ]
    far = [Script(f"opens at {c:g} A, curve", "script_programme", (c, 0.3, 1.0, 0.9)) for c in (1.25, 1.5)]
    echoes = [Script(f"gives back {r:g}", "script_echo", (1.0, r, 0.0, 0.85)) for r in (0.25, 0.5, 0.75, 1.0)]
    pumps = [Script(f"steps to {c:g}, stands", "script_pump", (1.0, c, c, 0.9)) for c in (0.8, 0.7, 0.6)]
    return [*waiters, *last, *curves, *snipers, *far, *echoes, *pumps, *_installed()]


def _installed() -> list[Script]:
    """Return the scripts of installed packages: strategies named in the entry point group `ecopark.scripts`."""
    return [Script(one.name, one.value) for one in entry_points(group="ecopark.scripts")]


def unlisted(seed: int, count: int = 24) -> list[Script]:
    """Return scripts that nobody has listed: families with constants drawn by a seed; another release takes another seed."""
    rng = np.random.default_rng(seed)
    found = []
    for number in range(count):
        a, b, c, d = rng.random(4)
        family, constants = (
            ("script_programme", (0.8 + 0.7 * a, 0.9 * b, 10 ** (1.5 * c - 1.0), 0.5 + 0.6 * d)),
            ("script_echo", (0.8 + 0.6 * a, 1.2 * b, 0.05 * c, 0.5 + 0.6 * d)),
            ("script_pump", (0.8 + 0.6 * a, 0.4 + 0.5 * b, 0.3 + 0.6 * c, 0.5 + 0.6 * d)),
            ("script_waiter", (0.6 + 0.6 * a, 4 + int(12 * b), 0.3 + 0.6 * c)),
        )[number % 4]
        found.append(Script(f"drawn {number + 1}: {family.removeprefix('script_')}", family, constants))
    return found
