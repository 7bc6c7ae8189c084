"""Partner selection: which screened opportunities could be talked about, and the running contract each would take the place of."""

from __future__ import annotations

import numpy as np

from ...entities.codes import BUYER, OPERATING, SCREENED, SELLER
from ...numerics.compiled import compiled
from ...numerics.sorting import stable_order
from ..capacity import free_quantity, possible_quantity
from ..screening import EVEN_SPLIT
from ..standing import is_alive
from ..trust import is_refused
from .outside_option import running_gain, yearly_leaving


@compiled
def queue_for_talks(t, p, lever, standing, s):
    """Return (rows, quantities [unit/year], contracts) of the screened opportunities that could come to the table, best first.

    contracts: the row of the running contract whose place a deal would take, -1 where there is room beside all. None of what
    is asked here changes while talks are opened, but for the time that the two have left. Stable order.
    """
    rows = np.empty(len(s.funnel), dtype=np.int64)
    quantities = np.empty(len(s.funnel), dtype=np.float64)
    contracts = np.empty(len(s.funnel), dtype=np.int64)
    scores = np.empty(len(s.funnel), dtype=np.float64)
    count = 0
    for row in range(len(s.funnel)):
        if s.funnel[row].stage != SCREENED:
            continue
        opportunity = s.opportunities[row]
        if not is_alive(t, standing, s.conversions, opportunity):
            continue
        if not are_free_to_talk(t, p, opportunity, s.notes[row], s.pairs):
            continue
        quantity, contract = quantity_to_talk_about(t, p, lever, s, row)
        if quantity > 0.0:
            rows[count] = row
            quantities[count] = quantity
            contracts[count] = contract
            scores[count] = -s.notes[row].score
            count += 1
    order = stable_order(scores[:count])
    return rows[order], quantities[order], contracts[order]


@compiled
def quantity_to_talk_about(t, p, lever, s, row):
    """Return (quantity [unit/year], contract whose place it takes or -1); no quantity when there is nothing to talk about.

    Under a planner what it assigned. A contract to leave is looked for in the month in which the opportunity was looked at.
    """
    quantity = free_quantity(p, s, row, -1)
    if p.governance_mode == 2:
        return min(quantity, s.notes[row].assigned), -1
    least = p.contract_smallest * possible_quantity(p, s, s.opportunities[row])
    if quantity >= least and quantity > 0.0:
        return quantity, -1
    if s.funnel[row].look != t + float(p.screening_review):
        return 0.0, -1
    return better_than_running(t, p, lever, s, row, least)


@compiled
def better_than_running(t, p, lever, s, row, least):
    """Return (quantity, contract) of the running contract that this opportunity promises most to improve on, (0, -1) if none.

    A side counts what is under contract with somebody else as free; it is worth a talk when an even split of the new gain
    exceeds the old gain and the annuity of what leaving costs.
    """
    opportunity = s.opportunities[row]
    supply = s.streams[opportunity.supply]
    demand = s.streams[opportunity.demand]
    best = 0.0
    quantity = 0.0
    contract = -1
    for place in range(supply.opportunity_count + demand.opportunity_count):
        if place < supply.opportunity_count:
            rival = supply.opportunity_first + place
        else:
            rival = int(s.needs[demand.opportunity_first + place - supply.opportunity_count].opportunity)
        if rival == row or s.funnel[rival].stage != OPERATING:
            continue
        old = s.notes[rival].exchange
        if s.exchanges[old].successor >= 0.0 or s.exchanges[old].talking == 1:
            continue
        free = free_quantity(p, s, row, rival)
        if free <= 0.0 or free < least:
            continue
        side = SELLER if place < supply.opportunity_count else BUYER
        stay = running_gain(p, lever, s, s.exchanges[old], side)
        stay += yearly_leaving(t, p, lever, s, s.exchanges[old], side)
        better = EVEN_SPLIT * s.notes[row].score * min(1.0, free / s.notes[row].quantity) - max(0.0, stay)
        if better > best:
            best = better
            quantity = free
            contract = old
    return quantity, contract


@compiled
def are_free_to_talk(t, p, opportunity, note, pairs):
    """Tell whether the two may talk: neither refuses the other; under a planner, whether it wants this exchange."""
    if p.governance_mode == 2:
        return note.assigned > 0.0
    return not is_refused(t, p, pairs[opportunity.there]) and not is_refused(t, p, pairs[opportunity.back])
