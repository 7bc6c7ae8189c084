"""The calendar of a scenario: openings, closures, process changes, sizes, shocks, permits, ordered by month."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np

from ..entities.codes import (
    CAL_ANNOUNCE,
    CAL_ANNOUNCE_SIZE,
    CAL_CLOSES,
    CAL_CONTACTS,
    CAL_OPENS,
    CAL_OWNER,
    CAL_PERMIT,
    CAL_PRICE,
    CAL_PROCESS,
    CAL_SIZE,
    CAL_WAVE,
    IN,
    OUT,
)
from ..entities.tables import Table, blank
from ..input.scenario import Scenario
from .companies import Roster, month_of

Entry = tuple[int, int, float, float, float, float]


def stage_types(scenario: Scenario) -> dict[str, set[int]]:
    """Return, for each company that changes its process, the rows of the types it will have."""
    tables: Any = scenario.tables
    types = {row.type: place for place, row in enumerate(tables["types"])}
    stages: dict[str, set[int]] = {}
    for event in tables["events"]:
        if event.kind == "process":
            stages.setdefault(event.company, set()).add(types[event.value])
    return stages


def owner_names(scenario: Scenario) -> list[str]:
    """Return the names of all owners in their numbers; number 0 stands for none."""
    tables: Any = scenario.tables
    named = {row.owner for row in tables["companies"]} | {row.value for row in tables["events"] if row.kind == "owner"}
    return ["", *sorted(named - {""})]


ENTRY = ("month", "kind", "company", "stream", "material", "value")


def build_calendar(scenario: Scenario, roster: Roster, companies: Table, streams: Table) -> Table:
    """Return the calendar; what happens before the start happens in the first month."""
    rows = {name: place for place, name in enumerate(roster.names)} if roster.rows is not None else {}
    lag = scenario["discovery.announcement"]
    entries = [*_dates(companies, lag), *_events(scenario, rows, companies, streams, lag)]
    entries.sort(key=lambda entry: (entry[0], entry[1] not in (CAL_ANNOUNCE, CAL_ANNOUNCE_SIZE)))
    table = blank("calendar", len(entries))
    for place, entry in enumerate(entries):
        for name, value in zip(ENTRY, entry, strict=True):
            table[name][place] = value
    return table


def _dates(companies: Table, lag: int) -> Iterable[Entry]:
    """Yield openings and closures, each announced `lag` months before; candidates decide for themselves."""
    nothing = np.nan
    for row in np.flatnonzero((companies.opens > 0) & (companies.candidate == 0)):
        month = int(companies.opens[row])
        yield max(0, month - lag), CAL_ANNOUNCE, float(row), nothing, nothing, 1.0
        yield month, CAL_OPENS, float(row), nothing, nothing, nothing
    for row in np.flatnonzero(np.isfinite(companies.closes) & (companies.closes > 0)):
        month = int(companies.closes[row])
        yield max(0, month - lag), CAL_ANNOUNCE, float(row), nothing, nothing, 0.0
        yield month, CAL_CLOSES, float(row), nothing, nothing, nothing


def _events(scenario: Scenario, rows: dict[str, int], companies: Table, streams: Table, lag: int) -> Iterable[Entry]:
    tables: Any = scenario.tables
    materials = {row.material: place for place, row in enumerate(tables["materials"])}
    owners = owner_names(scenario)
    nothing = np.nan
    for event in sorted(tables["events"], key=lambda line: (line.date, line.kind, line.company, line.value)):
        month = int(month_of(event.date, scenario.start_year, 0.0))
        company = rows.get(event.company, nothing)
        if event.kind == "owner":
            yield month, CAL_OWNER, company, nothing, nothing, float(owners.index(event.value))
        elif event.kind == "process":
            yield from _process(scenario, month, int(company), event.value, companies, streams, lag)
        elif event.kind == "size":
            size = float(event.value) / 12
            yield max(0, month - lag), CAL_ANNOUNCE_SIZE, company, nothing, nothing, size
            yield month, CAL_SIZE, company, nothing, nothing, size
        elif event.kind == "contacts":
            yield month, CAL_CONTACTS, nothing, nothing, nothing, float(event.value)
        elif event.kind == "relocation":
            yield month, CAL_WAVE, nothing, nothing, nothing, float(event.value)
        elif event.kind == "price":
            name, _, factor = event.value.partition(":")
            yield month, CAL_PRICE, nothing, nothing, float(materials[name.strip()]), float(factor)
        elif event.kind == "permit_withdrawn":
            for stream in _find_streams(companies, streams, int(company), materials[event.value], OUT):
                yield month, CAL_PERMIT, company, float(stream), nothing, nothing


def _process(
    scenario: Scenario, month: int, company: int, kind: str, companies: Table, streams: Table, lag: int
) -> Iterable[Entry]:
    """Yield a process change: the new type, then the new coefficient of every stream, each announced before."""
    tables: Any = scenario.tables
    materials = {row.material: place for place, row in enumerate(tables["materials"])}
    types = [row.type for row in tables["types"]]
    fresh = {
        (materials[row.material], OUT if row.direction == "out" else IN): row.coefficient
        for row in tables["processes"]
        if row.type == kind
    }
    yield month, CAL_PROCESS, float(company), np.nan, np.nan, float(types.index(kind))
    first = companies.stream_first[company]
    for stream in range(first, first + companies.stream_count[company]):
        coefficient = fresh.get((int(streams.material[stream]), int(streams.direction[stream])), 0.0)
        yield max(0, month - lag), CAL_ANNOUNCE, float(company), float(stream), np.nan, coefficient
        yield month, CAL_PROCESS, float(company), float(stream), np.nan, coefficient


def _find_streams(companies: Table, streams: Table, company: int, material: int, direction: int) -> list[int]:
    first = companies.stream_first[company]
    rows = range(first, first + companies.stream_count[company])
    return [row for row in rows if streams.material[row] == material and streams.direction[row] == direction]
