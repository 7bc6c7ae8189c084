"""Posted price: the seller names a price, others take it or leave it; it rises when all was sold and falls when not."""

from __future__ import annotations

from abm.compiled import compiled
from abm.rules.bargaining import put_on_table
from abm.state import ACCEPTED, OFFERED, WALKED


@compiled
def meet(p, talk):
    """Compare the posted price with both reserves; wait for another price until the buyer's deadline; in place."""
    put_on_table(talk, talk.posted, 0.5, talk.standard)
    if talk.gain_seller >= talk.reserve_seller and talk.gain_buyer >= talk.reserve_buyer:
        return ACCEPTED
    return WALKED if talk.meeting >= talk.deadline_buyer else OFFERED
