"""Minimal threshold without transfers: no price is paid; both join when each gains enough by itself."""

from __future__ import annotations

from ....entities.codes import ACCEPTED, WALKED
from ....numerics.compiled import compiled
from ..utility import put_on_table


@compiled
def meet(p, talk):
    """Accept at price zero and half the capital each when both gain at least their required gain; in place."""
    put_on_table(talk, 0.0, 0.5, talk.standard)
    enough = talk.gain_seller >= talk.reserve_seller and talk.gain_buyer >= talk.reserve_buyer
    return ACCEPTED if enough else WALKED
