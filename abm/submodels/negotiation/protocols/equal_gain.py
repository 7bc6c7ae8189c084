"""Split the difference: both gain the same above their required gain (Nash 1950, doi:10.2307/1907266)."""

from __future__ import annotations

from ....entities.codes import ACCEPTED, SELLER, WALKED
from ....numerics.compiled import compiled
from ..utility import best_split, price_for, put_on_table, tolerance_of


@compiled
def meet(p, s, talk, memory, view):
    """Agree at once on the terms with equal gains above the reserves, or part when there is no joint gain; in place."""
    surplus = best_split(talk) - talk.reserve_seller - talk.reserve_buyer
    if surplus < -tolerance_of(talk):
        return WALKED
    price = price_for(talk, SELLER, talk.reserve_seller + 0.5 * surplus, talk.share, talk.term)
    put_on_table(talk, price, talk.share, talk.term)
    return ACCEPTED
