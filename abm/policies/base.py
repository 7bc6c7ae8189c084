"""What every policy has: a period, what it makes of its lever, what its programme costs, and one method that writes levers."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any, ClassVar

import numpy as np

from ..entities.tables import Table


@dataclass(frozen=True)
class Policy:
    """A policy in force from `start` to before `stop`: level = (size, else history x scale) + add.

    size: stands in place of what history (levers.csv) has, 0 takes it away; in `unit`, between `low` and `high`. scale: a
    factor on history. add: on top of what there is. start, stop: decimal years, None for the whole run; an empty period
    (stop <= start) equals the baseline bit by bit. lag: years from start to force. cost: of the programme [EUR/month per
    unit of what the policy brings], None for `usual_cost`.
    """

    size: float | None = None
    start: float | None = None
    stop: float | None = None
    scale: float | None = None
    add: float | None = None
    lag: float | None = None
    cost: float | None = None

    lever: ClassVar[str]
    label: ClassVar[str]
    unit: ClassVar[str]
    low: ClassVar[float]
    high: ClassVar[float]
    default: ClassVar[float]
    most: ClassVar[float] = np.inf
    usual_lag: ClassVar[float] = 0.0
    usual_cost: ClassVar[float] = 0.0

    @property
    def terms(self) -> dict[str, float]:
        """Return what is not left open, by name."""
        return {part.name: value for part in fields(self) if (value := getattr(self, part.name)) is not None}

    def months(self, start_year: int, count: int) -> slice:
        """Return the rows of the monthly levers in which the policy is in force."""
        begin = start_year if self.start is None else self.start
        lag = self.usual_lag if self.lag is None else self.lag
        first = round((begin + lag - start_year) * 12)
        last = count if self.stop is None else round((self.stop - start_year) * 12)
        first = min(max(first, 0), count)
        return slice(first, max(first, min(last, count)))

    def apply(self, levers: Table, start_year: int) -> None:
        """Write the policy into the levers of the months in which it is in force, in place."""
        months = self.months(start_year, len(levers))
        if months.stop > months.start:
            self.write(levers[months])

    def write(self, levers: Table) -> None:
        """Write into the levers of the months in force, in place."""
        history = levers[self.lever]
        level = self.level(history)
        levers.programme_cost += self.programme(self.brought(level, history))
        levers[self.lever] = level

    def level(self, history: np.ndarray) -> np.ndarray:
        """Return the level of the lever [month], given what it would be without the policy."""
        kept = history if self.scale is None else history * self.scale
        base = kept if self.size is None else np.full_like(history, self.size)
        return np.clip(base + (self.add or 0.0), 0.0, self.most)

    def brought(self, level: np.ndarray, history: np.ndarray) -> np.ndarray:
        """Return what the policy brings [month]: the level, or what is added where history stays, as far as there is room for it."""
        if self.add is None or self.size is not None or self.scale is not None:
            return level
        return np.minimum(self.add, self.most - history)

    def programme(self, brought: np.ndarray) -> np.ndarray:
        """Return what the programme costs [EUR/month], in proportion to what it brings."""
        return self.price * brought

    @property
    def price(self) -> float:
        """Return what a unit of the programme costs [EUR/month]."""
        return self.usual_cost if self.cost is None else self.cost


TERMS: dict[str, tuple[float, float, Any]] = {
    "scale": (0.0, 100.0, "a factor on what history has"),
    "lag": (0.0, 20.0, "years from the start to force"),
    "cost": (0.0, 1e6, "EUR/month per unit of size"),
    "fee": (0.0, 1e6, "EUR that members pay"),
}  # ranges of the terms that mean the same for every policy
