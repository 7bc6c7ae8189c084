"""What is accepted but must be said: likely slips in a park of one's own, before anybody trusts its numbers.

Each function looks at a whole scenario and yields sentences; `check` and `run` print them. A sentence names what it is
about, the number found and what would be usual.
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterator
from typing import Any

from .places import ACROSS
from .scenario import Scenario

UNUSUAL = 20.0  # times the usual size, above or below: most often a unit or a thousand
MOST = 12  # sentences of one kind; the rest is counted


def notices_of(scenario: Scenario) -> list[str]:
    """Return the sentences, in the order of the tables; at most `MOST` of a kind."""
    said = []
    for function in NOTICES:
        sentences = list(function(scenario))
        more = len(sentences) - MOST
        said.extend(sentences[:MOST] + ([f"... and {more} more of that kind"] if more > 0 else []))
    return said


def plain(name: str) -> str:
    """Return a name without case, accents, signs and double blanks, so that two spellings of one are equal."""
    letters = unicodedata.normalize("NFKD", name.casefold())
    kept = "".join(letter if letter.isalnum() else " " for letter in letters if not unicodedata.combining(letter))
    return " ".join(kept.split())


def _same_place(scenario: Scenario) -> Iterator[str]:
    """Companies that stand on one another: what joins them by pipe costs nothing for the way."""
    rows: Any = scenario.tables["companies"]
    at: dict[tuple[float, float], list[str]] = {}
    for row in rows:
        at.setdefault((row.x_km or 0.0, row.y_km or 0.0), []).append(row.name)
    if len(rows) > 1 and len(at) == 1 and (0.0, 0.0) in at:
        yield (
            f"places: no company has a place (columns x_km and y_km, or lat and lon), so all {len(rows)} stand at the same "
            "place, 0 km apart, and pipes between them cost nothing"
        )
        return
    for (x, y), names in at.items():
        if len(names) > 1:
            yield f"places: {_list(names)} stand at the same place ({x:g}, {y:g}), 0 km apart"


def _on_a_line(scenario: Scenario) -> Iterator[str]:
    rows: Any = scenario.tables["companies"]
    if len(rows) > 2 and len({row.x_km for row in rows}) > 1 and all(row.y_km == 0 and row.lat is None for row in rows):
        yield "places: y_km is missing or 0 for every company, so all stand on a line"


def _far_apart(scenario: Scenario) -> Iterator[str]:
    rows: Any = scenario.tables["companies"]
    if not rows:
        return
    spans = [[getattr(row, axis) or 0.0 for row in rows] for axis in ("x_km", "y_km")]
    across = math.hypot(*(max(span) - min(span) for span in spans))
    if across > ACROSS:
        metres = " (metres instead of km?)" if across > 3000 else ""
        yield f"places: the companies stand {across:,.0f} km across{metres}; by-products travel at most some hundred km"


def _alike(scenario: Scenario) -> Iterator[str]:
    """Names that differ by accents or signs alone are most often one plant twice; by case alone is refused."""
    names: dict[str, str] = {}
    for row in scenario.tables["companies"]:
        name: Any = row
        other = names.setdefault(plain(name.name), name.name)
        if other != name.name:
            yield f"names: {other!r} and {name.name!r} are alike; if that is one plant twice, its streams count twice"


def _sizes(scenario: Scenario) -> Iterator[str]:
    """Sizes far from the typical one of the type."""
    tables: Any = scenario.tables
    types = {row.type: row for row in tables["types"]}
    for row in tables["companies"]:
        kind = types.get(row.type)
        if row.size is None or kind is None:
            continue
        yield from _size(f"{row.name}: size", row.size, kind)
    for event in tables["events"]:
        kind = next((types.get(row.type) for row in tables["companies"] if row.name == event.company), None)
        if event.kind == "size" and kind is not None:
            yield from _size(f"{event.company}: size of the event in {_year(event.date)}", float(event.value), kind)


def _size(what: str, size: float, kind: Any) -> Iterator[str]:
    times = size / kind.typical_size
    if not 1 / UNUSUAL <= times <= UNUSUAL:
        yield (
            f"{what} {size:,.10g} {kind.product_unit} is {_ratio(times)} the typical size of {kind.type} "
            f"({kind.typical_size:,.10g} {kind.product_unit} of {kind.product} a year)"
        )


def _quantities(scenario: Scenario) -> Iterator[str]:
    """Quantities of streams far from what type and size say."""
    tables: Any = scenario.tables
    types, units = {row.type: row for row in tables["types"]}, {row.material: row.unit for row in tables["materials"]}
    companies = {row.name: row for row in tables["companies"]}
    processes = {(row.type, row.material, row.direction): row.coefficient for row in tables["processes"]}
    for row in tables["streams"]:
        company = companies[row.company]
        size = company.size or types[company.type].typical_size
        usual = processes.get((company.type, row.material, row.direction), 0.0) * size
        times = row.per_year / usual if usual and row.per_year else 1.0
        if not 1 / UNUSUAL <= times <= UNUSUAL:
            yield (
                f"{row.company}: {row.per_year:,.10g} {units[row.material]} of {row.material} a year is {_ratio(times)} what "
                f"its type and size give ({usual:,.3g})"
            )


def _ratio(times: float) -> str:
    if times < 1e-12:
        return "next to nothing of"
    return f"{_three_digits(times)} times" if times >= 1 else f"1/{_three_digits(1 / times)} of"


def _three_digits(number: float) -> str:
    return f"{float(f'{number:.3g}'):,.10g}"


def _dates(scenario: Scenario) -> Iterator[str]:
    """Companies that are never open in the years of the run, and what happens outside them."""
    tables: Any = scenario.tables
    first, end = scenario.start_year, scenario.start_year + scenario.years
    years = f"{first} to {end - 1}"
    for row in tables["companies"]:
        if row.closes is not None and row.closes <= first:
            yield f"{row.name} closes in {_year(row.closes)}, before the first year: it is never open in this run ({years})"
        elif row.opens is not None and row.opens >= end:
            yield f"{row.name} opens in {_year(row.opens)}, after the last year: it never opens in this run ({years})"
        elif row.closes is not None and row.closes >= end:
            yield f"{row.name} closes in {_year(row.closes)}, after the last year: not in this run ({years})"
    for row in tables["events"]:
        if row.date >= end or (row.date < first and row.kind not in ("owner", "contacts", "process", "size")):
            yield f"events.csv: {row.kind} {row.company} in {_year(row.date)} is outside the years of the run ({years}) and never happens"
    for row in tables["levers"]:
        if row.date >= end:
            yield f"levers.csv: the rules of {_year(row.date)} come after the last year of the run ({years}) and never act"


def _contracts(scenario: Scenario) -> Iterator[str]:
    """Contracts that begin after the run has ended."""
    tables: Any = scenario.tables
    end = scenario.start_year + scenario.years
    for row in tables.get("exchanges", ()):
        if row.since >= end:
            yield f"exchanges.csv: {row.giver} -> {row.taker} begins in {_year(row.since)}, after the last year of the run ({end - 1})"


def _found_while_loading(scenario: Scenario) -> Iterator[str]:
    yield from scenario.notices


def _turnover(scenario: Scenario) -> Iterator[str]:
    """Whether companies close by chance: it is what a small park depends on most."""
    hazard = scenario["turnover.hazard"]
    if scenario.tables["companies"] and hazard > 0:
        yield f"companies close by chance, at {hazard:g} times the usual rate of their type (turnover.hazard = {hazard:g})"


def _year(date: float) -> str:
    year, month = divmod(round(date * 12), 12)
    return f"{year}-{month + 1:02d}" if month else str(year)


def _list(names: list[str]) -> str:
    some = names if len(names) <= 6 else [*names[:5], f"{len(names) - 5} more"]
    return f"{', '.join(some[:-1])} and {some[-1]}"


NOTICES = (
    _same_place,
    _on_a_line,
    _far_apart,
    _alike,
    _sizes,
    _quantities,
    _dates,
    _contracts,
    _turnover,
    _found_while_loading,
)
