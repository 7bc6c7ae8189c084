"""What a strategy of one's own sees of a talk: an object made of the numbers of its own view alone."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import cached_property
from typing import Any

from ..view import FIRST_WORTH, PLACES
from .acts import Line, Package

SHORTER, LONGER = 0.5, 2.0  # the levels of the term, relative to the standard


class View:
    """One side's view of one talk at one meeting. Every place of `ecopark.abm.strategies.PLACES` is an attribute.

    memory: 16 numbers that the side may write and finds again at its next turn in this talk. It holds copies of numbers, no
    table of the park.
    """

    def __init__(self, numbers: Sequence[float], memory: list[float]):
        self._numbers = dict(zip(PLACES, numbers, strict=False))
        self._worth = tuple(numbers[FIRST_WORTH:])
        self.memory = memory

    def __getattr__(self, name: str) -> Any:
        """Return a named number."""
        if name.startswith("_") or name not in self._numbers:
            raise AttributeError(f"a view has no {name}; it has {', '.join(PLACES)}, packages, ranked, heard, memory")
        return self._numbers[name]

    @property
    def sells(self) -> bool:
        """Whether the own side is the seller."""
        return self._numbers["slope"] > 0.0

    @cached_property
    def packages(self) -> tuple[Package, ...]:
        """All packages of the talk."""
        count, splits = int(self._numbers["packages"]), int(self._numbers["splits"])
        return tuple(
            Package(
                number,
                0.5 if splits == 1 else (number % splits) / (splits - 1),
                self._years(number // splits),
                self._worth[number],
                self._worth[count + number],
            )
            for number in range(count)
        )

    def _years(self, level: int) -> float:
        standard = self._numbers["standard"]
        years = (standard, max(1.0, float(int(SHORTER * standard))), LONGER * standard)[level]
        return min(self._numbers["longest"], years)

    @cached_property
    def ranked(self) -> tuple[Package, ...]:
        """All packages, the one that is worth most to both by reference first."""
        return tuple(sorted(self.packages, key=lambda one: -(one.own + one.other)))

    @cached_property
    def heard(self) -> Line | None:
        """The other's last offer with its own worth; None before the first."""
        numbers = self._numbers
        if math.isnan(numbers["heard_worth"]):
            return None
        package = self.packages[int(numbers["heard_package"])]
        return Line(numbers["heard_price"], package, numbers["heard_last"] == 1.0, numbers["heard_worth"])

    def worth(self, price: float, package: Package) -> float:
        """Return what an offer is worth to the own side [EUR/year]."""
        return self._numbers["slope"] * price + package.own

    def price_for(self, gain: float, package: Package) -> float:
        """Return the price at which a package gives the own side exactly `gain` [EUR/year]."""
        return (gain - package.own) / self._numbers["slope"]

    def claim(self, share: float) -> float:
        """Return the gain [EUR/year] that takes `share` of what there is to share by the own guess: R + share (A - R)."""
        least = self._numbers["least"]
        return least + share * (self._numbers["aim"] - least)
