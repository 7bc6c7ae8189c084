"""A sentence of a story, and a date as people say it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ..run_folder.tables import RunTables


@dataclass(frozen=True)
class Line:
    """A sentence of a story: the month it belongs to (NaN: none), a template and its places; depth: of a chain."""

    month: float
    template: str
    places: dict[str, Any]
    depth: int = 0

    @property
    def text(self) -> str:
        """Return the sentence in English."""
        return self.template.format(**self.places)


def date(run: RunTables, month: float) -> str:
    """Return a month as people say it."""
    names = (
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    )
    return f"{names[int(month) % 12]} {run.start_year + int(month) // 12}"
