"""What a company in a seat asks of a partner: new terms for a contract that runs, and what the contract is worth to it now.

Wrong input raises InputError and changes nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from ..entities.codes import AGREED, BUYER, ENDED, OPERATING, RENEGOTIATION, SELLER
from ..input.errors import InputError, Mistake
from ..park import Park, quiet
from ..submodels.negotiation.agenda import refresh
from ..submodels.negotiation.opening import open_contract_talk
from ..submodels.negotiation.outside_option import link_talks, running_gain
from ..submodels.trust import shake_trust
from .seats import row_of


@dataclass(frozen=True)
class Fallen:
    """A contract that is worth less to a side than when it was signed [EUR/year]."""

    exchange: int
    partner: str
    signed: float
    now: float


def fallen_gains(park: Park, company: str, share: float = 0.9) -> list[Fallen]:
    """Return the running contracts that are worth less than a share of what was expected at signing, the largest loss first.

    Those that are talked about or about to be replaced are left out.
    """
    row, state = row_of(park, company), park.state
    table = state.exchanges[: int(state.clock.exchanges[0])]
    own = np.flatnonzero(
        ((table.seller == row) | (table.buyer == row)) & (table.stage == OPERATING) & (table.talking == 0)
    )
    park._extend(park.month + 1)
    found = []
    for place in own:
        contract: Any = state.exchanges[int(place)]
        side = SELLER if int(contract.seller) == row else BUYER
        signed = float(contract.expected_seller if side == SELLER else contract.expected_buyer)
        with quiet():
            now = float(running_gain(state.params[0], state.levers[park.month], state, contract, side))
        if signed > 0.0 and now < share * signed and not contract.successor >= 0.0:
            partner = park.names[int(contract.buyer if side == SELLER else contract.seller)]
            found.append(Fallen(int(place), str(partner), signed, now))
    return sorted(found, key=lambda one: (one.now - one.signed, one.exchange))


def ask_terms(park: Park, exchange: Any, company: str) -> int:
    """Open a talk about the price of a contract of the company that has not ended, in place; return its number.

    Who asks speaks first, and the other trusts it less, as with any demand for new terms.
    """
    row, state = row_of(park, company), park.state
    contract = _contract(park, exchange, row)
    if contract.talking == 1 or contract.successor >= 0.0:
        raise InputError([Mistake("exchange", exchange, "a contract that is not yet talked about")])
    if int(state.clock.talks[0]) >= len(state.talks):
        raise InputError([Mistake("talk", int(state.clock.talks[0]), "fewer talks that are open at once")])
    park._extend(park.month + 1)
    park._make_room()
    p, clock, t = state.params[0], state.clock[0], park.month
    side, contract = SELLER if int(contract.seller) == row else BUYER, state.exchanges[exchange]
    chance: Any = state.opportunities[int(contract.opportunity)]
    with quiet():
        place = int(clock.talks)
        open_contract_talk(t, p, clock, state, exchange, RENEGOTIATION, side, float(contract.quantity))
        first, after = link_talks(state, clock.talks)
        refresh(t, p, state.levers[t], state, place, first, after)
        shake_trust(state.pairs[int(chance.back if side == SELLER else chance.there)], p.trust_loss_demand)
    return int(state.talks.number[place])


def _contract(park: Park, exchange: Any, row: int) -> Any:
    state = park.state
    if isinstance(exchange, bool) or not isinstance(exchange, int) or not 0 <= exchange < int(state.clock.exchanges[0]):
        raise InputError([Mistake("exchange", exchange, "the number of an exchange")])
    contract: Any = state.exchanges[exchange]
    if row not in (int(contract.seller), int(contract.buyer)):
        raise InputError([Mistake("exchange", exchange, "one of the own company")])
    if not AGREED <= contract.stage < ENDED:
        raise InputError([Mistake("exchange", exchange, "an exchange that has not ended")])
    return contract
