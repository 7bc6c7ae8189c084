"""What a measure says: its number in the specification of bargaining, what was measured, the target, and whether it is reached."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Row:
    """One measured number. low, high: the target, None where there is none on that side; both None: told without a target."""

    number: str
    what: str
    value: float
    low: float | None = None
    high: float | None = None
    form: str = ".3f"
    detail: dict[str, Any] = field(default_factory=dict)

    @property
    def holds(self) -> bool | None:
        """Whether the target is reached; None without a target."""
        if self.low is None and self.high is None:
            return None
        return bool((self.low is None or self.value >= self.low) and (self.high is None or self.value <= self.high))

    @property
    def target(self) -> str:
        """The target in words."""
        low, high = (None if bound is None else format(bound, self.form) for bound in (self.low, self.high))
        if low is not None and high is not None:
            return f"{low} to {high}"
        return f">= {low}" if low is not None else f"<= {high}" if high is not None else ""

    def plain(self) -> dict[str, Any]:
        """Return the row for programs."""
        return {
            "number": self.number, "what": self.what, "value": float(self.value), "low": self.low, "high": self.high,
            "holds": self.holds, **self.detail,
        }  # fmt: skip


def table_of(rows: list[Row]) -> str:
    """Return the rows as a table for a terminal."""
    cells = [("", "measure", "measured", "target", "")]
    for row in rows:
        said = {True: "", False: "missed", None: ""}[row.holds]
        cells.append((row.number, row.what, format(row.value, row.form), row.target, said))
    widths = [max(len(line[column]) for line in cells) for column in range(5)]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() for line in cells
    )
