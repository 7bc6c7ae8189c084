"""Minimal threshold without transfers: no price is paid; both join when each gains enough by itself."""

from __future__ import annotations

from ....entities.codes import ACCEPTED, WALKED
from ....numerics.compiled import compiled
from ..utility import put_on_table, tolerance_of


@compiled
def meet(p, s, talk, memory, view):
    """Accept at price zero and half the capital each when both gain at least their required gain; in place."""
    put_on_table(talk, 0.0, 0.5, talk.standard)
    nothing = tolerance_of(talk)
    enough = talk.gain_seller >= talk.reserve_seller - nothing and talk.gain_buyer >= talk.reserve_buyer - nothing
    return ACCEPTED if enough else WALKED
