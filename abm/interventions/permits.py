"""What a council may grant: a permit for a connection that is waited for, or one that had been withdrawn.

Wrong input raises InputError and changes nothing.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np

from ..entities.codes import BUILDING
from ..input.errors import InputError, Mistake
from ..park import Park


@dataclass(frozen=True)
class Wanted:
    """A permit that could be granted. months: that it saves; 0 for one that had been withdrawn."""

    opportunity: int
    seller: str
    buyer: str
    material: str
    months: int


def permits_wanted(park: Park) -> list[Wanted]:
    """Return the permits that could be granted now: withdrawn ones first, then those that save most months."""
    found = [*_withdrawn(park), *_waiting(park)]
    return sorted(found, key=lambda one: (one.months > 0, -one.months, one.opportunity))


def permit(park: Park, opportunity: Any) -> Wanted:
    """Grant a permit that is wanted, in place; return it."""
    wanted = {one.opportunity: one for one in permits_wanted(park)}
    if isinstance(opportunity, bool) or not isinstance(opportunity, int) or opportunity not in wanted:
        raise InputError([Mistake("permit", opportunity, "one that is waited for or was withdrawn")])
    granted, state = wanted[opportunity], park.state
    if granted.months:
        for place in _contracts(park, opportunity):
            state.exchanges.ready[place] = max(float(park.month), float(state.exchanges.ready[place]) - granted.months)
    else:
        state.streams.permit[int(state.opportunities.supply[opportunity])] = 1
    return granted


def _waiting(park: Park) -> list[Wanted]:
    """Return the connections that are being built and wait for their permit."""
    state = park.state
    table = state.exchanges[: int(state.clock.exchanges[0])]
    found = []
    for place in np.flatnonzero((table.stage == BUILDING) & (table.ready > park.month + 1)):
        chance = int(table.opportunity[place])
        conversion: Any = state.conversions[int(state.opportunities.conversion[chance])]
        longest = math.ceil(float(conversion.permit) * float(state.params.investment_permit_months[0]))
        months = min(longest, math.floor(float(table.ready[place])) - park.month)
        if months > 0:
            found.append(_name(park, chance, months))
    return found


def _withdrawn(park: Park) -> list[Wanted]:
    """Return one opportunity for every by-product whose permit was withdrawn."""
    state = park.state
    gone = np.flatnonzero(state.streams.permit == 0)
    chances = [np.flatnonzero(state.opportunities.supply == stream) for stream in gone]
    return [_name(park, int(rows[0]), 0) for rows in chances if len(rows)]


def _contracts(park: Park, opportunity: int) -> list[int]:
    table = park.state.exchanges[: int(park.state.clock.exchanges[0])]
    return [int(place) for place in np.flatnonzero((table.opportunity == opportunity) & (table.stage == BUILDING))]


def _name(park: Park, opportunity: int, months: int) -> Wanted:
    chance: Any = park.state.opportunities[opportunity]
    material: Any = park.scenario.tables["materials"][int(park.state.streams.material[int(chance.supply)])]
    return Wanted(
        opportunity, str(park.names[int(chance.seller)]), str(park.names[int(chance.buyer)]), material.label, months
    )
