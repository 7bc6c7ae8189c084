"""The tables of the benchmark: parks, companies, exchanges and what was not realised, as they stand in a folder."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from ecopark.abm.input.errors import InputError, Mistake, nearest

HERE = Path(__file__).parent
PARKS = HERE / "parks"
Row = Mapping[str, str]
# What is read of each table; the folder may hold more columns.
NEEDED = {
    "parks": ("park", "label", "country", "role", "mode", "window_start", "window_end", "lat", "lon", "extent_km"),
    "companies": (
        "park", "company", "kind", "nace", "type", "entry", "opens", "closes", "size", "unit", "lat", "lon", "basis", "linked",
    ),
    "exchanges": (
        "id", "park", "giver", "taker", "material", "input", "start_low", "start_high", "end_low", "end_high", "origin", "as_of",
    ),
    "not_realised": ("id", "park", "giver", "taker", "material", "input", "stage", "explored", "not_by", "later"),
    "counts": ("park", "year", "measure", "value", "low", "high", "unit"),
    "policies": ("parks", "from", "to", "lever", "size", "unit"),
}  # fmt: skip
# A folder without them has no outcomes: its parks can be predicted, not scored.
OUTCOMES = ("exchanges", "not_realised", "counts")


@dataclass(frozen=True)
class Parks:
    """All rows of a folder of parks, by table."""

    folder: Path
    parks: tuple[Row, ...]
    companies: tuple[Row, ...]
    exchanges: tuple[Row, ...]
    not_realised: tuple[Row, ...]
    counts: tuple[Row, ...]
    policies: tuple[Row, ...]

    def of(self, table: str, park: str) -> tuple[Row, ...]:
        """Return the rows of a table that belong to a park."""
        return tuple(row for row in getattr(self, table) if row["park"] == park)

    def role(self, *roles: str) -> tuple[Row, ...]:
        """Return the parks of some roles."""
        return tuple(row for row in self.parks if row["role"] in roles)


def read_parks(folder: Path = PARKS) -> Parks:
    """Return the tables of a folder in the layout of `parks/`; raises InputError with every mistake at once."""
    mistakes: list[Mistake] = []
    tables = {name: _read(Path(folder), name, mistakes) for name in NEEDED}
    known = [row.get("park", "") for row in tables["parks"]]
    for name in ("companies", *OUTCOMES):
        strange = sorted({row.get("park", "") for row in tables[name]} - set(known))
        mistakes += [Mistake(f"{name}.csv: park", one, "a park of parks.csv", nearest(one, known)) for one in strange]
    mistakes += _wrong_numbers(tables)
    if mistakes:
        raise InputError(mistakes)
    return Parks(Path(folder), **tables)


def _read(folder: Path, name: str, mistakes: list[Mistake]) -> tuple[Row, ...]:
    """Return the rows of one table, cells without blanks around them."""
    path = folder / f"{name}.csv"
    if not path.is_file():
        if name not in OUTCOMES:
            mistakes.append(Mistake(str(folder), f"no {name}.csv", "a folder in the layout of the shipped parks"))
        return ()
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        missing = [column for column in NEEDED[name] if column not in (reader.fieldnames or ())]
        mistakes += [
            Mistake(f"{name}.csv", f"no column {column}", f"the columns {', '.join(NEEDED[name])}")
            for column in missing
        ]
        rows = [{key: (value or "").strip() for key, value in row.items() if key} for row in reader]
    return () if missing else tuple(rows)


def _wrong_numbers(tables: Mapping[str, Iterable[Row]]) -> Iterable[Mistake]:
    """Yield a mistake for each year or number that is none."""
    columns = {
        "parks": ("window_start", "window_end", "lat", "lon", "extent_km"),
        "companies": ("size", "lat", "lon"),
        "exchanges": ("start_low", "start_high", "end_low", "end_high", "as_of"),
        "not_realised": ("explored", "not_by"),
        "counts": ("year", "value", "low", "high"),
    }
    for name, numbers in columns.items():
        for line, row in enumerate(tables[name], 2):
            for column in numbers:
                if row.get(column) and number(row[column]) is None:
                    yield Mistake(f"{name}.csv line {line}: {column}", row[column], "a number or nothing")


def number(text: str | None) -> float | None:
    """Return the number of a cell, None where it is empty or none."""
    try:
        return float(text) if text else None
    except ValueError:
        return None


def year(text: str | None) -> int | None:
    """Return the year of a cell, None where it is empty."""
    value = number(text)
    return None if value is None else int(value)


@lru_cache(maxsize=32)
def choice(name: str) -> tuple[Row, ...]:
    """Return the rows of a table of choices of this benchmark (choices/NAME.csv)."""
    with (HERE / "choices" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))
