"""A study file that means two things is refused: two names for one lever, a start without a size, a cut that nobody asked for."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from ecopark.abm.input.errors import Mistake

from .designs import Design, Grid, LatinHypercube, Morris, OneAtATime, Saltelli, Sobol
from .factors import BOUNDED, Factor

MOST_POINTS, MOST_RUNS = 20_000_000, 100_000_000
TOLERATED_CUT = 1e-3  # share of a distribution outside the declared range that may be cut off without a word


def lever_of(name: str) -> str:
    """Return one name for what has two: the size of a policy is `policy.X` and `policy.X.size`."""
    return name.removesuffix(".size") if name.startswith("policy.") else name


def named_twice(places: Mapping[str, Iterable[str]]) -> Iterator[Mistake]:
    """Yield each name that two places of a study set, or one place sets by two names. places: place -> names set there.

    Policies of a study are alternatives: two of them may set the same name, but none that is fixed or a factor.
    """
    seen: dict[str, tuple[str, str]] = {}
    for place, names in places.items():
        own: dict[str, tuple[str, str]] = {}
        for name in names:
            lever = lever_of(name)
            there = own.get(lever) or seen.get(lever)
            if there is not None and there != (place, name):
                yield Mistake(f"{place}.{name}", name, f"one place for one value: {'.'.join(there)} sets it, too")
            own.setdefault(lever, (place, name))
        if not place.startswith("policies."):
            seen |= own


def sizes_missing(places: Mapping[str, Iterable[str]], in_force: Callable[[str], bool]) -> Iterator[Mistake]:
    """Yield each policy that gets a start or stop but no size anywhere. in_force: tells whether the scenario has it itself."""
    everywhere = {
        lever_of(name) for place, names in places.items() if not place.startswith("policies.") for name in names
    }
    for place, names in places.items():
        known = everywhere | {lever_of(name) for name in names}
        for name in names:
            policy, _, term = name.removeprefix("policy.").partition(".")
            if (
                name.startswith("policy.")
                and term in ("start", "stop")
                and f"policy.{policy}" not in known | set(filter(in_force, [f"policy.{policy}"]))
            ):
                yield Mistake(
                    f"{place}.{name}",
                    name,
                    f"its size as well, policy.{policy}: without it nobody says how large it is",
                )


def cut_unasked(name: str, written: Factor, filled: Factor) -> Iterator[Mistake]:
    """Yield what is wrong when the declared range cuts off much of an unbounded distribution without the study saying so.

    written: as in the file; filled: with the declared range.
    """
    if written.values is not None or written.distribution in BOUNDED:
        return
    if (written.low is None and filled.low is not None) or (written.high is None and filled.high is not None):
        outside, mean, sd = filled.cut()
        if outside > TOLERATED_CUT:
            ends = f"{_end(filled.low)} to {_end(filled.high)}"
            allowed = (
                f"low and high, where it is to be cut off: {outside:.0%} of it lies outside the declared range {ends};"
                f" cut off there, its mean is {mean:.3g} and its sd {sd:.3g}"
            )
            yield Mistake(f"factors.{name}", f"mean {written.mean:g}, sd {written.sd:g}", allowed)


def _end(value: float | None) -> str:
    return "without end" if value is None else f"{value:g}"


def points_of(design: Design, factors: Mapping[str, Factor]) -> int | None:
    """Return how many points a design has, without making one; None for a table, whose rows count."""
    if isinstance(design, Grid):
        return math.prod(_levels(factor) for factor in factors.values())
    if isinstance(design, OneAtATime):
        return 1 + sum(_levels(factor) for factor in factors.values())
    if isinstance(design, (LatinHypercube, Sobol)):
        return design.size
    if isinstance(design, Saltelli):
        return design.size * (len(factors) * (2 if design.second_order else 1) + 2)
    return design.trajectories * (len(factors) + 1) if isinstance(design, Morris) else None


def _levels(factor: Factor) -> int:
    return len(factor.values or ()) or factor.levels or 1


def too_many(design: Design, factors: Mapping[str, Factor], policies: int, replicates: int) -> Iterator[Mistake]:
    """Yield what is wrong with the size of a study, before anything of that size is made."""
    points = points_of(design, factors)
    if points is None:
        return
    if points > MOST_POINTS:
        yield Mistake("design", f"{points:,} points", f"at most {MOST_POINTS:,}; a sampled design needs far fewer")
    elif points * policies * replicates > MOST_RUNS:
        runs = f"{points:,} points x {policies} policies x {replicates:,} replicates = {points * policies * replicates:,} runs"
        yield Mistake("design", runs, f"at most {MOST_RUNS:,} runs")


def set_by(
    fixed: Mapping[str, Any], factors: Iterable[str], policies: Mapping[str, Mapping[str, Any]]
) -> dict[str, list[str]]:
    """Return place -> names that are set there, as `named_twice` and `sizes_missing` take them."""
    return {
        "set": list(fixed),
        "factors": list(factors),
        **{f"policies.{name}": list(v) for name, v in policies.items()},
    }
