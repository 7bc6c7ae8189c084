"""Posted price: the seller names a price, others take it or leave it; it rises when all was sold and falls when not."""

from __future__ import annotations

from ....entities.codes import ACCEPTED, OFFERED, SELLER, WALKED
from ....numerics.compiled import compiled
from ..utility import price_for, put_on_table, tolerance_of


@compiled
def meet(p, s, talk, memory, view):
    """Compare the posted price with both reserves; wait for another price until the buyer's deadline; in place.

    The seller asks at least what gives it its required gain.
    """
    asked = max(talk.posted, price_for(talk, SELLER, talk.reserve_seller, 0.5, talk.standard))
    put_on_table(talk, asked, 0.5, talk.standard)
    nothing = tolerance_of(talk)
    if talk.gain_seller >= talk.reserve_seller - nothing and talk.gain_buyer >= talk.reserve_buyer - nothing:
        return ACCEPTED
    return WALKED if talk.meeting >= talk.deadline_buyer else OFFERED
