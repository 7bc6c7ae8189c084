"""A sentence of a story: a template with named places, in which phrases of their own may stand; a date as people say it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ..run_folder.tables import RunTables


def mark(template: str) -> str:
    """Return a template; by this word the catalogues of other languages find it."""
    return template


MONTHS = (
    mark("January"), mark("February"), mark("March"), mark("April"), mark("May"), mark("June"), mark("July"), mark("August"),
    mark("September"), mark("October"), mark("November"), mark("December"),
)  # fmt: skip


@dataclass(frozen=True)
class Phrase:
    """A part of a sentence: a template and its places; in English where it is simply printed."""

    template: str
    places: dict[str, Any]

    def __str__(self) -> str:
        """Return the phrase in English."""
        return self.template.format(**self.places)


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


def phrase(template: str, **places: Any) -> Phrase:
    """Return a phrase."""
    return Phrase(template, places)


def listed(phrases: list[Phrase]) -> Phrase:
    """Return phrases with commas between them."""
    names = {f"part{place}": one for place, one in enumerate(phrases)}
    return Phrase(", ".join(f"{{{name}}}" for name in names), names)


def date(run: RunTables, month: float) -> Phrase:
    """Return a month as people say it."""
    return phrase("{month} {year}", month=MONTHS[int(month) % 12], year=run.start_year + int(month) // 12)
