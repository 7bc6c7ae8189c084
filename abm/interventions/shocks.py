"""Shocks: what a person does to a park from outside, as entries of its calendar.

An entry belongs to this park alone; a fork made before does not see it. Wrong input raises InputError.
"""

from __future__ import annotations

from math import nan
from typing import TYPE_CHECKING, Any

import numpy as np

from ..entities.codes import CAL_ANNOUNCE_SIZE, CAL_CLOSES, CAL_OPENS, CAL_PERMIT, CAL_PRICE, CAL_SIZE, OUT
from ..entities.tables import blank
from ..initialization.calendar import ENTRY
from ..input.errors import InputError, Mistake, nearest
from ..input.scenario import as_number
from .seats import row_of

if TYPE_CHECKING:
    from ..park import Park

LEAST_FACTOR, MOST_FACTOR = 0.05, 20.0


def close_company(park: Park, company: str, year: float | None = None) -> None:
    """Let a company close in the month to come, or at a decimal year."""
    _enter(park, year, CAL_CLOSES, company=row_of(park, company))


def open_company(park: Park, company: str, year: float | None = None) -> None:
    """Let a company open, or open again, in the month to come or at a decimal year."""
    _enter(park, year, CAL_OPENS, company=row_of(park, company))


def resize_company(park: Park, company: str, factor: float, year: float | None = None) -> None:
    """Multiply the capacity of a company; new deals count on the new one from the same month on."""
    row = row_of(park, company)
    size = float(park.state.companies.capacity[row]) * check_factor(factor)
    _enter(park, year, CAL_ANNOUNCE_SIZE, company=row, value=size)
    _enter(park, year, CAL_SIZE, company=row, value=size)


def shock_price(park: Park, material: str, factor: float, year: float | None = None) -> None:
    """Multiply the virgin price of a material, or of every material of a group (energy, water), for good."""
    rows: Any = park.scenario.tables["materials"]
    chosen = [place for place, row in enumerate(rows) if material in (row.material, row.group)]
    if not chosen:
        known = [*(row.material for row in rows), "material", "energy", "water"]
        raise InputError(
            [Mistake("material", material, "a material or a group of materials", nearest(material, known))]
        )
    for place in chosen:
        _enter(park, year, CAL_PRICE, material=place, value=check_factor(factor))


def withdraw_permit(park: Park, company: str, material: str, year: float | None = None) -> None:
    """Withdraw the permit to hand on a by-product of a company."""
    row = row_of(park, company)
    rows: Any = park.scenario.tables["materials"]
    here: Any = park.state.companies[row]
    streams = range(here.stream_first, here.stream_first + here.stream_count)
    given = {
        rows[park.state.streams.material[stream]].material: stream
        for stream in streams
        if park.state.streams.direction[stream] == OUT
    }
    if material not in given:
        raise InputError(
            [
                Mistake(
                    "material",
                    material,
                    f"a by-product of {company}: {', '.join(given) or 'it has none'}",
                    nearest(material, given),
                )
            ]
        )
    _enter(park, year, CAL_PERMIT, company=row, stream=given[material])


def check_factor(factor: Any) -> float:
    """Return a factor as a number."""
    number = as_number(factor)
    if number is None or not LEAST_FACTOR <= number <= MOST_FACTOR:
        raise InputError([Mistake("factor", factor, f"a number from {LEAST_FACTOR:g} to {MOST_FACTOR:g}")])
    return number


def _enter(
    park: Park,
    year: float | None,
    kind: int,
    company: float = nan,
    stream: float = nan,
    material: float = nan,
    value: float = nan,
) -> None:
    """Write an entry into the calendar of this park alone; what is past happens in the month to come."""
    number = None if year is None else as_number(year)
    if year is not None and number is None:
        raise InputError([Mistake("year", year, "a year")])
    due = park.month if number is None else max(park.month, round((number - park.scenario.start_year) * 12))
    old = park.state.calendar
    place = max(int(park.state.clock.calendar[0]), int(np.searchsorted(old.month, due, side="right")))
    new = blank("calendar", len(old) + 1)
    new[:place], new[place + 1 :] = old[:place], old[place:]
    for name, entry in zip((*ENTRY, "by_person"), (due, kind, company, stream, material, value, 1), strict=True):
        new[name][place] = entry
    park.state.calendar = new
