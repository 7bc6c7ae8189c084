"""Memberships of one company for some months: a listing on a platform, a place in a maintenance pool; paid at once.

The price of a membership is what running the programme at its usual size costs in that time, divided among all companies.
Wrong input raises InputError and changes nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from ..entities.codes import BY_PLATFORM, LATENT, OPEN
from ..input.errors import InputError, Mistake, nearest
from ..park import Park, quiet
from ..policies import POLICIES
from ..submodels.discovery import identify
from ..submodels.fees import charge
from ..submodels.standing import is_alive, note_standing
from .seats import row_of

MEMBERSHIPS = ("platform", "maintenance")


@dataclass(frozen=True)
class Membership:
    """What a company is offered. fee [EUR]: for all the months. companies: whose listings it reads.

    gain: what it saves by the own estimate [EUR], NaN where nobody can say.
    """

    name: str
    fee: float
    gain: float
    companies: int


def membership(park: Park, company: str, name: str, months: int) -> Membership:
    """Return what a membership of so many months costs a company and brings it."""
    row = row_of(park, company)
    if name not in MEMBERSHIPS:
        raise InputError([Mistake("membership", name, f"one of {', '.join(MEMBERSHIPS)}", nearest(name, MEMBERSHIPS))])
    kind = POLICIES[name]
    size = float(kind.default) if name == "maintenance" else 1.0
    fee = float(kind.usual_cost) * size * months / len(park.names)
    if name == "platform":
        return Membership(name, fee, float("nan"), len(_listed(park, row)))
    return Membership(name, fee, float(kind.default) * _lost_by_outages(park, row) * months / 12.0, 0)


def _listed(park: Park, row: int) -> np.ndarray:
    """Return the rows of the companies that would be registered on a platform of the usual size, without the own."""
    companies = park.state.companies
    listed = (companies.registration < float(POLICIES["platform"].default)) & (companies.status == OPEN)
    return np.flatnonzero(listed & (np.arange(len(companies)) != row))


def _lost_by_outages(park: Park, row: int) -> float:
    """Return the margin that a company loses by outages in a year [EUR], in the mean."""
    company: Any = park.state.companies[row]
    start = float(company.outage_start * park.state.params.production_outages[0])
    down = start / (start + float(company.outage_end)) if start > 0.0 else 0.0
    return 12.0 * float(company.capacity) * max(float(company.margin), 0.0) * down * float(company.outage_loss)


def join(park: Park, company: str, name: str, months: int) -> dict[str, float]:
    """Take a membership, in place: the fee is paid, listings are read at once, outages begin more seldom.

    Return fee and how many exchanges were found, or what `leave_pool` needs.
    """
    offered = membership(park, company, name, months)
    row, state = row_of(park, company), park.state
    if state.companies.status[row] != OPEN:
        raise InputError([Mistake("company", company, "a company that is open")])
    park._extend(park.month + 1)
    park._make_room()
    with quiet():
        charge(state.params[0], state.clock[0], state, row, offered.fee)
    if name == "platform":
        return {"fee": offered.fee, "found": float(_read_listings(park, row))}
    before = float(state.companies.outage_start[row])
    after = before * (1.0 - float(POLICIES[name].default))
    state.companies.outage_start[row] = after
    return {"fee": offered.fee, "before": before, "after": after}


def _read_listings(park: Park, row: int) -> int:
    """Find every latent opportunity with a listed company whose conversion is known, in place; return how many."""
    state, listed, found = park.state, _listed(park, row), 0
    table = state.opportunities
    between = ((table.seller == row) & np.isin(table.buyer, listed)) | (
        (table.buyer == row) & np.isin(table.seller, listed)
    )
    with quiet():
        standing = note_standing(state)
        for place in np.flatnonzero(between & (state.funnel.stage == LATENT) & (state.funnel.known <= park.month)):
            chance, here = int(place), state.opportunities[int(place)]
            if is_alive(park.month, standing, state.conversions, here):
                clock: Any = state.clock[0]
                note, funnel = state.notes[chance], state.funnel[chance]
                identify(state.params[0], clock, state.events, here, note, funnel, chance, BY_PLATFORM)
                found += 1
    return found


def leave_pool(park: Park, company: str, before: float, after: float) -> None:
    """End a membership of the maintenance pool, in place, unless the company has become another plant meanwhile."""
    row = row_of(park, company)
    if float(park.state.companies.outage_start[row]) == after:
        park.state.companies.outage_start[row] = before
