"""Which seats there are, and who gets which: companies, council, broker; the rest is played by agents."""

from __future__ import annotations

import csv
from importlib import resources
from pathlib import Path

import numpy as np

from ecopark.abm.entities.codes import OPEN
from ecopark.abm.input.loading import scenario_names
from ecopark.abm.input.scenario import Scenario

from .state import Play

LEAST_AGENTS = 2


def parks_for(people: int) -> int:
    """Return into how many twin parks so many people are divided."""
    return 1 if people <= 30 else (2 if people <= 42 else 3)


def seat_file(source: str) -> list[dict[str, str]]:
    """Return the lines of a scenario's seats.csv (company, roster, secret); none where it has no such table."""
    shipped = resources.files("ecopark.abm") / "scenarios" / source / "seats.csv"
    place = shipped if source in scenario_names() else Path(source) / "seats.csv"
    if not place.is_file():
        return []
    with place.open(encoding="utf-8-sig", newline="") as file:
        return [dict(line) for line in csv.DictReader(file)]


def rosters_of(scenario: Scenario, source: str) -> dict[int, list[str]]:
    """Return the rosters of a scenario by their size, small ones first; a scenario without seats.csv has one of all."""
    lines = seat_file(source)
    if not lines:
        names = [str(row.name) for row in scenario.tables.get("companies") or ()]
        return {len(names): names}
    sizes = sorted({int(line["roster"]) for line in lines})
    return {size: [line["company"] for line in lines if int(line["roster"]) <= size] for size in sizes}


def roster_for(scenario: Scenario, source: str, people: int) -> int:
    """Return the size of the roster for so many people in a park, 0 for all companies of the scenario."""
    sizes = list(rosters_of(scenario, source)) if seat_file(source) else []
    return next((size for size in sizes if people <= size), 0) if sizes else 0


def in_roster(scenario: Scenario, names: list[str]) -> Scenario:
    """Return a scenario with these companies alone."""
    plain = scenario.describe()
    plain["tables"]["companies"] = [row for row in plain["tables"]["companies"] if row["name"] in names]
    return Scenario.restore(plain)


def companies_of(play: Play, park: int) -> list[str]:
    """Return the companies whose seats people take, those with most opportunities first; agents keep at least two."""
    here = play.parks[park].state
    count = np.zeros(len(here.companies), dtype=int)
    np.add.at(count, np.asarray(here.opportunities.seller), 1)
    np.add.at(count, np.asarray(here.opportunities.buyer), 1)
    rows = np.flatnonzero((here.companies.status == OPEN) & (count > 0))
    order = sorted(rows, key=lambda row: (-count[row], row))
    names = play.parks[park].names
    return [str(names[row]) for row in order][: max(1, len(rows) - LEAST_AGENTS)]


def seats_of(play: Play, park: int) -> list[tuple[str, str]]:
    """Return the seats of a park as (role, company) in the order in which they are given out.

    Council and broker come among the first, so that they are filled however many people come.
    """
    expected = -(-play.expected // len(play.parks))
    companies = companies_of(play, park)
    council, broker = (0, 0) if expected < 8 else ((2, 0) if expected < 15 else (max(2, expected // 8), 1))
    council = min(council, 4)
    seats = [("company", name) for name in companies]
    for place in range(council):
        seats.insert(min(len(seats), 4 + 5 * place), ("council", ""))
    if broker:
        seats.insert(min(len(seats), 7), ("broker", ""))
    return seats


def next_seat(play: Play) -> tuple[int, str, str]:
    """Return (park, role, company) of the seat that somebody who comes now gets; an observer when none is free."""
    count = [
        sum(person.park == park and not person.gone for person in play.people.values())
        for park in range(len(play.parks))
    ]
    for park in sorted(range(len(play.parks)), key=lambda place: (count[place], place)):
        for role, company in free_seats(play, park):
            return park, role, company
    return int(np.argmin(count)), "observer", ""


def free_seats(play: Play, park: int) -> list[tuple[str, str]]:
    """Return the seats of a park that nobody has, in their order."""
    seats = seats_of(play, park)
    for person in play.people.values():
        if person.park == park and not person.gone and (person.role, person.company) in seats:
            seats.remove((person.role, person.company))
    return seats
