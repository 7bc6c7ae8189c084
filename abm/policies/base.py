"""What every policy has: a period, a size with unit and range, and one method that writes levers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from ..entities.tables import Table


@dataclass(frozen=True)
class Policy:
    """A policy in force from `start` to before `stop`, with a size.

    start, stop: decimal years, None for the whole run; an empty period (stop <= start) equals the baseline bit by bit.
    size: in `unit`, between `low` and `high`.
    """

    size: float
    start: float | None = None
    stop: float | None = None

    label: ClassVar[str]
    unit: ClassVar[str]
    low: ClassVar[float]
    high: ClassVar[float]
    default: ClassVar[float]
    lag: ClassVar[float] = 0.0

    def months(self, start_year: int, count: int) -> slice:
        """Return the rows of the monthly levers in which the policy is in force."""
        begin = start_year if self.start is None else self.start
        first = round((begin + self.lag - start_year) * 12)
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
        raise NotImplementedError
