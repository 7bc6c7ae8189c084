"""A talk that is put on the table by hand: for talks on their own, between the months, and for what could be."""

from __future__ import annotations

from typing import Any

from ..entities.codes import NEW
from ..entities.state import State
from ..submodels.negotiation.agenda import refresh, set_quantity
from ..submodels.negotiation.opening import begin_talk
from ..submodels.negotiation.outside_option import link_talks


def put_talk(state: State, t: int, opportunity: int, quantity: float) -> Any:
    """Open a talk on an opportunity about a yearly quantity at the values of a month, in place; return its record."""
    p, clock, lever = state.params[0], state.clock[0], state.levers[t]
    place = int(clock.talks)
    begin_talk(t, p, clock, state, opportunity, NEW, -1)
    talk: Any = state.talks[place]
    set_quantity(p, lever, state, talk, quantity)
    talk.arranging = 0.5 * p.contract_transaction_cost
    first, after = link_talks(state, clock.talks)
    refresh(t, p, lever, state, place, first, after)
    return talk
