"""A park in the making: cells that know where they come from, what was left out, what must be asked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import astuple, dataclass, field
from itertools import count
from typing import Any

from ecopark.abm.input.errors import Mistake

GIVEN, INFERRED, ASSUMED = "given", "inferred", "assumed"
RANK = {GIVEN: 0, INFERRED: 1, ASSUMED: 2}
# Own range of a number by how well it is known: factors on it (own_park.md 5); a rule may know better.
SPREAD = {"V": (1.0, 1.0), "C": (1.0, 1.0), "S": (1.0, 1.0), "G": (0.7, 1.4), "A": (0.5, 2.0)}


@dataclass(frozen=True)
class Cell:
    """A value with its origin.

    status: given, inferred or assumed. grade: V measured, C accounts or register, S permit, G estimate, A guess. low, high:
    where the true value is likely to lie. source: file, year, row or code. rule: how the value follows from it.
    """

    value: Any
    status: str = GIVEN
    grade: str = "C"
    source: str = ""
    rule: str = "as given"
    low: float | None = None
    high: float | None = None


def ranged(value: float, status: str, grade: str, source: str, rule: str) -> Cell:
    """Return a number with the range of its grade."""
    low, high = SPREAD[grade]
    return Cell(value, status, grade, source, rule, value * low, value * high)


@dataclass(frozen=True)
class Question:
    """What only somebody who knows the place can say. column: of companies.csv or streams.csv; material: of a stream."""

    company: str
    column: str
    asked: str
    proposed: str
    alternatives: str = ""
    material: str = ""

    @property
    def key(self) -> tuple[str, str, str]:
        """Return what names the question in questions.csv."""
        return self.company, self.column, self.material


@dataclass(frozen=True)
class Facts:
    """What a register says of a company, from which type, size and streams follow.

    kind: the type with its confidence. indicators: (name, amount, source) that a size may follow from, best first. reported:
    t of waste a year by class and treatment. size: what is better known than by any indicator.
    """

    kind: Any
    source: str
    indicators: tuple[tuple[str, float, str], ...] = ()
    reported: dict[str, dict[str, float]] = field(default_factory=dict)
    size: Cell | None = None


def _numbered(name: str, key: str, number: int) -> str:
    """Return a name with its key, and with a number where that is taken, too."""
    return f"{name} ({key})"[:110] + (f" {number}" if number > 1 else "")


@dataclass
class Draft:
    """Everything an import has found so far.

    tables: rows of each table by their key, a row being {column: Cell}. mass: reported tonnes by where they ended, which add
    up to `reported`. words: what a workbook calls a stream of a company -> material. aliases:
    what it calls a company, without case and signs -> its name here. sources: what import.json says of each
    file. header: of scenario.toml. scenario: the park as it loads, once it is whole. read: what was found before anything was
    inferred, from which a later import starts. stakes: EUR a year that change with the answer, by the key of a question.
    """

    tables: dict[str, dict[tuple, dict[str, Cell]]] = field(default_factory=dict)
    header: dict[str, Any] = field(default_factory=dict)
    left_out: list[tuple[str, str]] = field(default_factory=list)
    not_modelled: list[tuple[str, str, float, str]] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    mistakes: list[Mistake] = field(default_factory=list)
    sources: list[dict[str, Any]] = field(default_factory=list)
    mass: dict[str, float] = field(default_factory=dict)
    reported: float = 0.0
    unknown: list[tuple[str, str]] = field(default_factory=list)
    facts: dict[str, Facts] = field(default_factory=dict)
    words: dict[tuple[str, str], str] = field(default_factory=dict)
    aliases: dict[str, str] = field(default_factory=dict)
    choice: dict[str, Any] = field(default_factory=dict)
    scenario: Any = None
    read: dict[str, Any] = field(default_factory=dict)
    stakes: dict[tuple[str, str, str], float] = field(default_factory=dict)

    def row(self, table: str, *key: Any) -> dict[str, Cell]:
        """Return the row of a key, a new one when there is none."""
        return self.tables.setdefault(table, {}).setdefault(key, {})

    def rows(self, table: str) -> dict[tuple, dict[str, Cell]]:
        """Return the rows of a table by their keys."""
        return self.tables.get(table, {})

    def put(self, table: str, key: tuple, column: str, cell: Cell) -> None:
        """Write a cell unless a better one stands there: given beats inferred beats assumed; of two given the later."""
        row = self.row(table, *key)
        old = row.get(column)
        if old is None or RANK[cell.status] <= RANK[old.status]:
            row[column] = cell

    def end(self, where: str, tonnes: float) -> None:
        """Book reported tonnes under the one place where they ended."""
        self.mass[where] = self.mass.get(where, 0.0) + tonnes

    def unused_name(self, name: str, key: str) -> str:
        """Return a name for a company that no other has: with its key where two are called alike.

        Signs at its beginning that make a spreadsheet compute are left out, and that is said; nothing left, it is the key.
        """
        full = " ".join(name.split())[:100]
        short = full.lstrip("=+-@' ") or key.strip().lstrip("=+-@' ") or "no name"
        if short != full and full:
            self.said.append(f"the name {full!r} is written as {short!r}: a spreadsheet takes the other for a formula")
        taken = {other.casefold() for (other,) in self.rows("companies")}
        if short.casefold() not in taken:
            return short
        return next(other for number in count(1) if (other := _numbered(short, key, number)).casefold() not in taken)

    def companies(self) -> Iterator[tuple[str, dict[str, Cell]]]:
        """Yield the name and row of each company."""
        for (name,), row in self.rows("companies").items():
            yield name, row

    def remember(self) -> None:
        """Keep what was read, before anything is inferred from it."""
        self.sources.sort(key=lambda one: one["file"])
        self.read = {
            "left_out": [list(one) for one in self.left_out], "not_modelled": [list(one) for one in self.not_modelled],
            "said": list(dict.fromkeys(self.said)), "unknown": [list(one) for one in self.unknown], "mass": dict(self.mass),
            "reported": self.reported, "questions": [list(astuple(one)) for one in self.questions],
        }  # fmt: skip

    def wrong(self, place: str, value: object, allowed: str, nearest: str | None = None) -> None:
        """Add a mistake to the one list."""
        self.mistakes.append(Mistake(place, value, allowed, nearest))
