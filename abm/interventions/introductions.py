"""What a broker in a seat does: see who has and who needs, and bring two companies together.

Wrong input raises InputError and changes nothing.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np

from ..entities.codes import BY_BROKER, IDENTIFIED, LATENT, SCREENED
from ..input.errors import InputError, Mistake
from ..park import Park, quiet
from ..submodels.capacity import free_quantity
from ..submodels.discovery import identify
from ..submodels.standing import is_alive, note_standing


@dataclass(frozen=True)
class Match:
    """Two companies that do not know of each other. quantity [unit/year of the by-product]: what is free; distance [km]."""

    opportunity: int
    seller: str
    buyer: str
    material: str
    unit: str
    quantity: float
    distance: float


def matches(park: Park, most: int = 12) -> list[Match]:
    """Return the opportunities that nobody has found and whose conversion is known, the largest quantity of a pair first."""
    state, rows = park.state, park.scenario.tables["materials"]
    standing, found = note_standing(state), []
    with quiet():
        for place in np.flatnonzero((state.funnel.stage == LATENT) & (state.funnel.known <= park.month)):
            here: Any = state.opportunities[place]
            free = float(free_quantity(state.params[0], state, int(place), -1))
            if free > 0.0 and is_alive(park.month, standing, state.conversions, here):
                material: Any = rows[int(state.streams.material[here.supply])]  # type: ignore[index]
                tonnes = free * float(state.materials.weight[state.streams.material[here.supply]])
                match = Match(
                    int(place), park.names[int(here.seller)], park.names[int(here.buyer)], material.label, material.unit,
                    free, float(here.distance),
                )  # fmt: skip
                found.append((-tonnes, int(place), match))
    return [match for *_, match in sorted(found)[:most]]


def introduce(park: Park, opportunity: Any) -> tuple[str, str]:
    """Bring the two companies of an opportunity together, in place: it is known and studied; return (seller, buyer)."""
    state = park.state
    if (
        isinstance(opportunity, bool)
        or not isinstance(opportunity, int)
        or not 0 <= opportunity < len(state.opportunities)
    ):
        raise InputError([Mistake("opportunity", opportunity, "the number of an opportunity")])
    here: Any = state.opportunities[opportunity]
    known = bool(state.funnel.known[opportunity] <= park.month)
    if state.funnel.stage[opportunity] not in (LATENT, IDENTIFIED) or not known:
        raise InputError([Mistake("opportunity", opportunity, "one that the two do not yet talk about")])
    if not is_alive(park.month, note_standing(state), state.conversions, here):
        raise InputError([Mistake("opportunity", opportunity, "two companies that are there")])
    park._extend(park.month + 1)
    park._make_room()
    if state.funnel.stage[opportunity] == LATENT:
        with quiet():
            clock: Any = state.clock[0]
            note, place = state.notes[opportunity], state.funnel[opportunity]
            identify(state.params[0], clock, state.events, here, note, place, opportunity, BY_BROKER)
    state.funnel.stage[opportunity] = SCREENED
    if math.isnan(state.notes.screened[opportunity]):
        state.notes.screened[opportunity] = park.month
    return park.names[int(here.seller)], park.names[int(here.buyer)]
