"""Which seats there are, and who gets which: companies, council, broker; the rest is played by agents."""

from __future__ import annotations

import numpy as np

from ecopark.abm.entities.codes import OPEN

from .state import Play

LEAST_AGENTS = 2


def parks_for(people: int) -> int:
    """Return into how many twin parks so many people are divided."""
    return 1 if people <= 30 else (2 if people <= 42 else 3)


def companies_of(play: Play, park: int) -> list[str]:
    """Return the companies whose seats people take, those with most opportunities first; agents keep at least two."""
    here = play.parks[park].state
    count = np.zeros(len(here.companies), dtype=int)
    np.add.at(count, np.asarray(here.opportunities.seller), 1)
    np.add.at(count, np.asarray(here.opportunities.buyer), 1)
    rows = np.flatnonzero((here.companies.status == OPEN) & (count > 0))
    rows = rows[: play.roster] if play.roster else rows
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
