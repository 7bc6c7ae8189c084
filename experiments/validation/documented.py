"""What is documented of a park, laid on what is possible in the model: rows that scores compare with forecasts."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from ecopark.abm.input.errors import InputError, Mistake
from ecopark.abm.input.loading import scenario_folder

from .runs import Chances
from .scenarios import KALUNDBORG, Ground
from .tables import Parks, Row, choice, number, year

LINKS = ("id", "seller", "buyer", "material", "start")


@dataclass(frozen=True)
class Fact:
    """A documented exchange, or one that was explored and not realised.

    places: opportunities of the model that may be it; none: the model cannot draw it. start: years (low, high) of a
    bracket, low None: it ran by high. end: years (low, high), None while it runs. by: year of the snapshot. by_type: a
    giver and a taker of these types could have it, at whatever distance (G0).
    """

    id: str
    realised: bool
    places: tuple[int, ...]
    by: int
    start: tuple[int | None, int | None] = (None, None)
    end: tuple[int, int] | None = None
    by_type: bool = False

    @property
    def possible(self) -> bool:
        """Tell whether the model can draw it."""
        return bool(self.places)


def facts_of(parks: Parks, ground: Ground, chances: Chances) -> list[Fact]:
    """Return what is documented of a park; rows that were realised later are left out of what was not."""
    if ground.name == KALUNDBORG:
        return list(_kalundborg(ground, chances))
    corrected = {row["id"]: row for row in choice("labels")}
    place, near = _places(chances), Types(ground)
    found = []
    for row in parks.of("exchanges", ground.name):
        by = year(row["as_of"]) or year(row["start_high"]) or ground.last
        span = (year(row["start_low"]), year(row["start_high"]) or by)
        ends = [year(row["end_low"]), year(row["end_high"])]
        known = [one for one in ends if one is not None]
        end = (min(known), max(known)) if known else None
        places = places_of(row, corrected, ground.stands, place)
        drawn = bool(places) or near.possible(row, corrected)
        found.append(Fact(row["id"], True, places, min(by, ground.last), span, end, by_type=drawn))
    for row in parks.of("not_realised", ground.name):
        if row["later"].startswith("realised"):
            continue
        by = year(row["not_by"]) or ground.last
        places = places_of(row, corrected, ground.stands, place)
        drawn = bool(places) or near.possible(row, corrected)
        found.append(Fact(row["id"], False, places, min(by, ground.last), by_type=drawn))
    return found


class Types:
    """What companies of a park could hand on to each other by their types alone."""

    def __init__(self, ground: Ground):
        """Take the streams of every type and the conversions of the library."""
        tables: Any = ground.scenario.tables
        self._stands = ground.stands
        self._type = {plant.name: plant.type for plant in ground.plants}
        self._streams: dict[tuple[str, str], set[str]] = {}
        for row in tables["processes"]:
            self._streams.setdefault((row.type, row.direction), set()).add(row.material)
        self._ways = {(row.by_product, row.input) for row in tables["conversions"]}

    def possible(self, row: Row, corrected: Mapping[str, Row]) -> bool:
        """Tell whether the giver's type emits the by-product or one of its family, and the taker's wants what it replaces."""
        named = materials_of(row, corrected)
        given, needs = family("by_product", row["material"]), family("input", row["input"])
        return any(
            one in self._of(giver, "out") and need in self._of(taker, "in")
            for giver in self._stands.get(row["giver"], ())
            for taker in self._stands.get(row["taker"], ())
            for one, need in self._ways
            if one in named or (one in given and need in needs)
        )

    def _of(self, name: str, direction: str) -> set[str]:
        return self._streams.get((self._type[name], direction), set())


def _places(chances: Chances) -> dict[tuple[str, str], list[tuple[str, str, int]]]:
    """Return what is possible between two companies: by-product, input, row."""
    found: dict[tuple[str, str], list[tuple[str, str, int]]] = {}
    for row, (giver, taker, by_product, need) in enumerate(chances.keys):
        found.setdefault((giver, taker), []).append((by_product, need, row))
    return found


def places_of(
    row: Row, corrected: Mapping[str, Row], stands: Mapping[str, tuple[str, ...]],
    place: Mapping[tuple[str, str], list[tuple[str, str, int]]],
) -> tuple[int, ...]:  # fmt: skip
    """Return the opportunities that may be a row: its own by-product, else by-product and input of the families of the record's.

    Sources name a stream in words; labels.csv says which by-products of the library express it, families.csv which others
    the words may mean.
    """
    pairs = [
        found
        for giver in stands.get(row["giver"], ())
        for taker in stands.get(row["taker"], ())
        for found in place.get((giver, taker), ())
    ]
    named = materials_of(row, corrected)
    exact = tuple(one for given, _, one in pairs if given in named)
    if exact:
        return exact
    given, needs = family("by_product", row["material"]), family("input", row["input"])
    return tuple(one for by_product, need, one in pairs if by_product in given and need in needs)


def materials_of(row: Row, corrected: Mapping[str, Row]) -> frozenset[str]:
    """Return the by-products of the library that a row means: those that were chosen for it, else that of the record."""
    chosen = corrected.get(row["id"])
    return frozenset(chosen["materials"].split(";")) if chosen else frozenset({row["material"]})


@lru_cache(maxsize=512)
def family(side: str, name: str) -> frozenset[str]:
    """Return the names that a source may mean by one of them."""
    rows = [set(row["members"].split()) for row in choice("families") if row["side"] == side]
    return frozenset().union({name}, *(members for members in rows if name in members))


def _kalundborg(ground: Ground, chances: Chances) -> Iterable[Fact]:
    """Yield the links of Kalundborg that began in the years it is fitted on."""
    folder = scenario_folder(KALUNDBORG)
    assert folder is not None
    return facts_of_links(folder, ground.first, ground.last, chances)


def facts_of_links(folder: Path, first: int, last: int, chances: Chances) -> Iterable[Fact]:
    """Yield the links of a links.csv that began from `first` to `last`; names joined by ; are alternatives.

    Raises InputError for a table that cannot be read.
    """
    rows = read_links(folder)
    for row in rows:
        begun = year(row["start"])
        if begun is None or begun > last:
            continue
        sides = [{part.strip() for part in row[name].split(";")} for name in ("seller", "buyer", "material")]
        places = tuple(
            one
            for one, key in enumerate(chances.keys)
            if key[0] in sides[0] and key[1] in sides[1] and key[2] in sides[2]
        )
        known = [int(float(row[name])) for name in ("end_low", "end", "end_high") if row.get(name)]
        span = (min(known), max(known)) if known else None
        over = span is not None and span[1] <= last
        by = max(begun, first, span[0] - 1) if over and span is not None else last
        start = (begun, begun) if begun >= first else (None, first)
        yield Fact(row["id"], True, places, by, start, span if over else None)


def read_links(folder: Path) -> list[dict[str, str]]:
    """Return the rows of the links.csv of a scenario folder; raises InputError with every mistake."""
    path, mistakes = folder / "links.csv", []
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        rows = [{key: (value or "").strip() for key, value in row.items() if key} for row in reader]
        lacking = [name for name in LINKS if name not in (reader.fieldnames or ())]
    mistakes += [Mistake("links.csv", f"no column {name}", f"the columns {', '.join(LINKS)}") for name in lacking]
    for line, row in enumerate(rows, 2):
        for name in ("start", "end_low", "end", "end_high"):
            if row.get(name) and number(row[name]) is None:
                mistakes.append(Mistake(f"links.csv line {line}: {name}", row[name], "a year or nothing"))
    if mistakes:
        raise InputError(mistakes)
    return rows


def coverage(facts: Mapping[str, list[Fact]]) -> dict[str, tuple[int, int]]:
    """Return for `exchanges` and `planned` how many rows of the parks are possible, and how many there are (G0)."""
    rows = [fact for park, some in facts.items() if park != KALUNDBORG for fact in some]
    found = {}
    for name, realised in (("exchanges", True), ("planned", False)):
        mine = [fact for fact in rows if fact.realised == realised]
        found[name] = (sum(fact.by_type for fact in mine), len(mine))
    return found
