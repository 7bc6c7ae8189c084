"""What the hours of a company buy between the months: a look at another company, a study of what is known.

Wrong input raises InputError and changes nothing.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from ..entities.codes import BY_SEARCH, IDENTIFIED, LATENT, SCREENED
from ..input.errors import InputError, Mistake
from ..park import Park, quiet
from ..submodels.discovery import identify
from ..submodels.standing import is_alive, note_standing
from .seats import row_of


def look_at(park: Park, company: str, partner: str) -> list[int]:
    """Find every latent opportunity between two companies whose conversion is known, in place; return them."""
    own, other, state = row_of(park, company), row_of(park, partner), park.state
    table = state.opportunities
    between = ((table.seller == own) & (table.buyer == other)) | ((table.seller == other) & (table.buyer == own))
    park._extend(park.month + 1)
    park._make_room()
    found = []
    with quiet():
        standing = note_standing(state)
        for place in np.flatnonzero(between & (state.funnel.stage == LATENT) & (state.funnel.known <= park.month)):
            row, here = int(place), state.opportunities[int(place)]
            if is_alive(park.month, standing, state.conversions, here):
                clock: Any = state.clock[0]
                identify(
                    state.params[0], clock, state.events, here, state.notes[row], state.funnel[row], row, BY_SEARCH
                )
                found.append(row)
    return found


def nearest_companies(park: Park, company: str, count: int) -> list[str]:
    """Return the companies that stand nearest to a company, the nearest first; ties in the order of the table."""
    row, table = row_of(park, company), park.state.companies
    distance = np.hypot(table.x - table.x[row], table.y - table.y[row])
    order = [int(place) for place in np.argsort(distance, kind="stable") if place != row]
    return [str(park.names[place]) for place in order[:count]]


def study(park: Park, company: str, opportunity: Any) -> int:
    """Make an opportunity that a company knows ready for talks, in place; return it."""
    row, state = row_of(park, company), park.state
    if (
        isinstance(opportunity, bool)
        or not isinstance(opportunity, int)
        or not 0 <= opportunity < len(state.opportunities)
    ):
        raise InputError([Mistake("opportunity", opportunity, "the number of an opportunity")])
    here: Any = state.opportunities[opportunity]
    if row not in (int(here.seller), int(here.buyer)) or state.funnel.stage[opportunity] != IDENTIFIED:
        raise InputError([Mistake("opportunity", opportunity, "one that the own company knows and has not studied")])
    state.funnel.stage[opportunity] = SCREENED
    if math.isnan(state.notes.screened[opportunity]):
        state.notes.screened[opportunity] = park.month
    return opportunity


def hasten(park: Park, rounds: int, stages: int, months: int) -> None:
    """Let what becomes known in so many stages of so many months become known within fewer rounds of that length, in place.

    Stage s of `stages` (0, 1, ...) comes with round floor(s rounds / stages); what is never known stays so.
    """
    known = park.state.funnel.known
    stage = np.floor(known / months)
    sooner = np.isfinite(known) & (known > 0.0) & (stage < stages)
    park.state.funnel.known[sooner] = months * np.floor(stage[sooner] * rounds / stages)
