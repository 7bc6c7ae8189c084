"""Fair against opportunistic sharing (Yazan, Yazdanpanah and Fraccascia 2020).

A fair company claims half of the joint gain, an opportunistic one more; claims that exceed the whole end the talk.
Companies copy the style of better-off contacts (rules/relations.py).
"""

from __future__ import annotations

from ....entities.codes import ACCEPTED, SELLER, WALKED
from ....numerics.compiled import compiled
from ..utility import best_split, price_for, put_on_table, tolerance_of


@compiled
def meet(p, s, talk, memory, view):
    """Serve both claims out of the joint gain above the reserves, what is left over by halves; in place."""
    surplus = best_split(talk) - talk.reserve_seller - talk.reserve_buyer
    claims = talk.claim_seller + talk.claim_buyer
    if surplus < -tolerance_of(talk) or claims > 1.0 + 1e-12:
        return WALKED
    to_seller = talk.reserve_seller + surplus * (talk.claim_seller + 0.5 * (1.0 - claims))
    price = price_for(talk, SELLER, to_seller, talk.share, talk.term)
    put_on_table(talk, price, talk.share, talk.term)
    return ACCEPTED
