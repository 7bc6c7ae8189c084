"""Talks: screened opportunities come to the table, with what both sides know and want."""

from __future__ import annotations

import math

import numpy as np

from ...entities.codes import BUYER, EV_TALKS, IN_TALKS, SCREENED, SELLER, UNDECIDED
from ...numerics.compiled import compiled
from ...numerics.randomness import FIRST_SPEAKER, TALK_TIME, uniform
from ...numerics.sorting import stable_order
from ..attention import spend
from ..discovery import is_alive
from ..event_log import write_opportunity
from ..screening import (
    capital_of,
    free_quantity,
    possible_quantity,
    public_value,
)
from ..trust import is_refused
from .preferences import prepare_sides, value_talk


@compiled
def open_talks(t, p, clock, lever, standing, s):
    """Open talks on screened opportunities, best first, in place, while both companies have time for them."""
    rows, quantities = queue_for_talks(t, p, standing, s)
    for rank in range(len(rows)):
        row = rows[rank]
        quantity = quantities[rank]
        opportunity = s.opportunities[row]
        seller = s.companies[opportunity.seller]
        buyer = s.companies[opportunity.buyer]
        if not have_time(p, seller, buyer) or clock.talks >= len(s.talks):
            continue
        if not spend(t, p, TALK_TIME, opportunity, s.companies, p.negotiation_hours * p.negotiation_meetings):
            continue
        talk = s.talks[clock.talks]
        open_talk(t, p, clock, lever, s, talk, row, quantity)
        s.funnel[row].stage = IN_TALKS
        s.notes[row].talks = float(t)
        seller.talks += 1
        buyer.talks += 1
        clock.talks += 1
        clock.talks_held += 1
        write_opportunity(p, clock, s.events, EV_TALKS, opportunity, row, 0, quantity)


@compiled
def queue_for_talks(t, p, standing, s):
    """Return (rows, quantities [unit/year]) of the screened opportunities that could come to the table, best first.

    None of what is asked here changes while talks are opened, but for the time that the two have left. Stable order.
    """
    rows = np.empty(len(s.funnel), dtype=np.int64)
    quantities = np.empty(len(s.funnel), dtype=np.float64)
    scores = np.empty(len(s.funnel), dtype=np.float64)
    count = 0
    for row in range(len(s.funnel)):
        if s.funnel[row].stage != SCREENED:
            continue
        opportunity = s.opportunities[row]
        if not is_alive(t, standing, s.conversions, opportunity):
            continue
        if not have_time(p, s.companies[opportunity.seller], s.companies[opportunity.buyer]):
            continue
        quantity = free_quantity(p, s, opportunity)
        possible = possible_quantity(p, s, opportunity)
        if quantity < p.contract_smallest * possible or quantity <= 0.0:
            continue
        if are_free_to_talk(t, p, opportunity, s.notes[row], s.pairs):
            rows[count] = row
            quantities[count] = quantity
            scores[count] = -s.notes[row].score
            count += 1
    order = stable_order(scores[:count])
    return rows[order], quantities[order]


@compiled
def have_time(p, seller, buyer):
    """Tell whether both companies have time for one more talk."""
    return seller.talks < p.screening_talks and buyer.talks < p.screening_talks


@compiled
def are_free_to_talk(t, p, opportunity, note, pairs):
    """Tell whether the two may talk: neither refuses the other; under a planner, whether it wants this exchange."""
    if p.governance_mode == 2:
        return note.assigned == 1
    return not is_refused(t, p, pairs[opportunity.there]) and not is_refused(t, p, pairs[opportunity.back])


@compiled
def open_talk(t, p, clock, lever, s, talk, row, quantity):
    """Fill a talk record with what both sides know and want, in place."""
    opportunity = s.opportunities[row]
    talk.opportunity = row
    talk.seller = opportunity.seller
    talk.buyer = opportunity.buyer
    talk.supply = opportunity.supply
    talk.demand = opportunity.demand
    talk.number = clock.talks_held
    talk.opened = t
    talk.meeting = 0
    talk.speaker = SELLER if uniform(p.seed, FIRST_SPEAKER, t, opportunity.identity) < 0.5 else BUYER
    talk.quantity = quantity
    gross = capital_of(s, opportunity, quantity)
    talk.grant = lever.capital_grant * gross
    talk.capital = gross - talk.grant
    talk.standard = s.conversions[opportunity.conversion].term
    talk.terms = 3 if p.negotiation_terms == 1 else 1
    talk.splits = p.negotiation_splits if talk.capital > 0.0 else 1
    talk.scale = max(1e-9, public_value(s, opportunity))
    talk.arranging = 0.5 * p.contract_transaction_cost
    talk.posted = s.streams[opportunity.supply].posted * talk.scale
    talk.decision = UNDECIDED
    talk.planned = 1 if p.governance_mode == 2 else 0
    clear_offers(talk)
    value_talk(p, lever, s, opportunity, talk)
    prepare_sides(t, p, lever, s, talk)


@compiled
def clear_offers(talk):
    """Forget all offers, in place."""
    talk.price_seller = math.nan
    talk.share_seller = 0.5
    talk.term_seller = talk.standard
    talk.price_buyer = math.nan
    talk.share_buyer = 0.5
    talk.term_buyer = talk.standard
    talk.price = math.nan
    talk.share = 0.5
    talk.term = talk.standard
    talk.gain_seller = math.nan
    talk.gain_buyer = math.nan
