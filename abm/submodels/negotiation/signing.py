"""Signing: the month's deals, largest joint gain first, cleared against rivals and what is still free; talks that failed end."""

from __future__ import annotations

import math

import numpy as np

from ...entities.accounts import ARRANGING
from ...entities.codes import (
    ABSURD,
    ACCEPTED,
    AGREED,
    BUYER,
    CLOSED_TALK,
    DEADLINE,
    ENDED,
    EV_AGREED,
    EV_NO_DEAL,
    EV_RENEGOTIATED,
    EV_RENEWED,
    IDENTIFIED,
    NEED_GONE,
    NEW,
    NO_ZONE,
    OFFERED,
    OUTBID,
    PARTNER_GONE,
    QUANTITY_GONE,
    RENEGOTIATION,
    RENEWAL,
    RUNNING,
    SELLER,
    SILENCE,
    SMALLER,
    SUPPLY_FAILED,
    SWITCH,
    UNPROFITABLE,
    WALKED,
    WALKED_OUT,
)
from ...numerics.compiled import compiled
from ...numerics.randomness import join
from ...numerics.sorting import stable_order
from ..assets import build_assets, capital_as_new, missing_equipment, missing_link, take
from ..capacity import free_quantity, possible_quantity
from ..contract_settlement import current_price
from ..discovery import can_deal
from ..event_log import write_exchange, write_opportunity
from ..ledger import pay, pay_leaving, row_of
from ..lending import finance
from ..norms import disappoint
from ..screening import capital_of
from ..termination import end_exchange, promise
from .absurdity import MOST_ABSURD
from .clearing import award
from .opening import refresh, set_quantity
from .outside_option import leaving_cost, link_talks, running_gain
from .past_talks import SIGNED, write_past_talk
from .utility import best_level, gain_of, put_on_table, share_level, term_level, tolerance_of

NEVER = -999  # month of a talk that has not been


@compiled
def sign_deals(t, p, clock, lever, now, standing, s, outcomes):
    """Close the month's talks, in place: what was accepted is signed, largest joint gain first, what failed ends.

    A deal on a scarce stream goes to the best price among those who hear; who is crowded out talks on over what is left, or
    ends outbid. Nothing is signed below either least gain: the talk goes on.
    """
    first, after = link_talks(s, clock.talks)
    gains = np.zeros(clock.talks, dtype=np.float64)
    for row in range(clock.talks):
        if outcomes[row] == ACCEPTED:
            gains[row] = -(s.talks[row].gain_seller + s.talks[row].gain_buyer)
    order = stable_order(gains)
    done = np.zeros(clock.talks, dtype=np.int64)
    for rank in range(clock.talks):
        row = order[rank]
        if done[row] == 1 or outcomes[row] == CLOSED_TALK:
            continue
        if is_gone(standing, s, s.talks[row]):
            end_talk(t, p, clock, lever, now, s, row, PARTNER_GONE)
            outcomes[row] = WALKED
        elif outcomes[row] == WALKED:
            end_talk(t, p, clock, lever, now, s, row, why_walked(p, s, row))
        elif outcomes[row] == ACCEPTED:
            note_acceptance(t, s.talks[row])
            # again when a rival was signed instead and there is room for both
            while done[row] == 0 and outcomes[row] == ACCEPTED:
                close_deal(t, p, clock, lever, now, standing, s, row, outcomes, done, first, after)
        done[row] = 1


@compiled
def is_gone(standing, s, talk):
    """Tell whether a talk has lost its ground: a partner or stream is gone, or the contract it is about has ended."""
    if talk.kind == SWITCH and s.exchanges[talk.exchange].stage == ENDED:
        talk.kind = NEW
        talk.exchange = -1
    if talk.kind != NEW and talk.kind != SWITCH and s.exchanges[talk.exchange].stage == ENDED:
        return True
    return not can_deal(standing, talk.supply, talk.demand)


@compiled
def close_deal(t, p, clock, lever, now, standing, s, row, outcomes, done, first, after):
    """Sign an accepted talk or the rival that outbids it, in place; tell the others on the same streams at once."""
    winner = row
    if s.talks[row].kind == NEW or s.talks[row].kind == SWITCH:
        winner = award(p, s, row, outcomes, done, first, after)
    if winner != row and is_gone(standing, s, s.talks[winner]):
        winner = row
    talk = s.talks[winner]
    if not are_served(talk):
        outcomes[row] = OFFERED
        return
    if talk.kind == NEW or talk.kind == SWITCH:
        sign(t, p, clock, now, s, talk)
    else:
        amend(t, p, clock, now, s, talk)
    outcomes[winner] = ACCEPTED
    done[winner] = 1
    rescale_chain(t, p, clock, lever, now, s, talk.supply, 0, outcomes, done, first, after)
    rescale_chain(t, p, clock, lever, now, s, talk.demand, 1, outcomes, done, first, after)


@compiled
def note_acceptance(t, talk):
    """Note the month of the first acceptance, in place: what is accepted is signed in that month or talked about further."""
    if math.isnan(talk.accepted):
        talk.accepted = float(t)


@compiled
def are_served(talk):
    """Tell whether what is on the table is worth the least gain to both."""
    nothing = tolerance_of(talk)
    return talk.gain_seller >= talk.reserve_seller - nothing and talk.gain_buyer >= talk.reserve_buyer - nothing


@compiled
def rescale_chain(t, p, clock, lever, now, s, stream, chain, outcomes, done, first, after):
    """Tell the other talks on a stream what is left, in place: they go on over less, or end outbid."""
    row = first[stream]
    while row >= 0:
        if done[row] == 0 and outcomes[row] != WALKED and outcomes[row] != CLOSED_TALK:
            kind = s.talks[row].kind
            if (kind == NEW or kind == SWITCH) and not fits(t, p, lever, s, row, first, after):
                end_talk(t, p, clock, lever, now, s, row, OUTBID)
                outcomes[row] = WALKED
                done[row] = 1
            elif outcomes[row] == ACCEPTED and not are_served(s.talks[row]):
                outcomes[row] = OFFERED
        row = after[row, chain]


@compiled
def fits(t, p, lever, s, row, first, after):
    """Tell whether there is still room for a talk; takes it down to what is free, its capital to what is missing, in place."""
    talk = s.talks[row]
    spared = s.exchanges[talk.exchange].opportunity if talk.kind == SWITCH else -1
    free = free_quantity(p, s, talk.opportunity, spared)
    if free <= 0.0 or free < p.contract_smallest * possible_quantity(p, s, s.opportunities[talk.opportunity]):
        return False
    quantity = min(free, talk.quantity)
    gross = capital_of(s, s.opportunities[talk.opportunity], quantity)
    if quantity < talk.quantity or gross != talk.capital + talk.grant:
        set_quantity(p, lever, s, talk, quantity)
        refresh(t, p, lever, s, row, first, after)
        if not math.isnan(talk.price):
            put_on_table(talk, talk.price, talk.share, talk.term)
    return True


@compiled
def keep_room(t, p, clock, lever, now, s, outcomes):
    """End or take down talks for which outside causes left no room, in place: a smaller plant, a change of process."""
    first, after = link_talks(s, clock.talks)
    for row in range(clock.talks):
        kind = s.talks[row].kind
        if (kind == NEW or kind == SWITCH) and not fits(t, p, lever, s, row, first, after):
            end_talk(t, p, clock, lever, now, s, row, QUANTITY_GONE)
            outcomes[row] = CLOSED_TALK


@compiled
def zone_of(talk):
    """Return the best joint gain above both least gains [EUR/year]; negative when no terms suit both."""
    level = best_level(talk)
    share = share_level(talk, level % talk.splits)
    term = term_level(talk, level // talk.splits)
    joint = gain_of(talk, SELLER, 0.0, share, term) + gain_of(talk, BUYER, 0.0, share, term)
    return joint - talk.reserve_seller - talk.reserve_buyer


@compiled
def why_walked(p, s, row):
    """Return why a talk ended without a deal: silence, no price suits both, absurd offers, or time ran out."""
    talk = s.talks[row]
    if talk.silent > p.negotiation_patience:
        return SILENCE
    if zone_of(talk) < 0.0:
        return NO_ZONE
    if talk.absurd_seller >= MOST_ABSURD or talk.absurd_buyer >= MOST_ABSURD:
        return ABSURD
    return DEADLINE if talk.last > 0 or talk.meeting > min(talk.deadline_seller, talk.deadline_buyer) else WALKED_OUT


@compiled
def end_talk(t, p, clock, lever, now, s, row, reason):
    """End a talk without a deal, in place; what it means for the contract it was about follows."""
    talk = s.talks[row]
    opportunity = s.opportunities[talk.opportunity]
    s.companies[talk.seller].talks -= 1
    s.companies[talk.buyer].talks -= 1
    zone = zone_of(talk)
    write_past_talk(p, clock, s, talk, reason, talk.exchange)
    failed = reason == DEADLINE or reason == WALKED_OUT or reason == NO_ZONE or reason == ABSURD
    now.failed_talks += 1.0
    if zone >= 0.0 and (reason == DEADLINE or reason == WALKED_OUT):
        now.failed_feasible += 1.0
    if failed:
        s.pairs[opportunity.there].failed = 1
        s.pairs[opportunity.back].failed = 1
        disappoint(p, s.companies[talk.seller])
        disappoint(p, s.companies[talk.buyer])
    write_opportunity(p, clock, s.events, EV_NO_DEAL, opportunity, talk.opportunity, reason, zone)
    if talk.exchange >= 0:
        s.exchanges[talk.exchange].talking = 0
    if talk.kind == NEW or talk.kind == SWITCH:
        note = s.notes[talk.opportunity]
        place = s.funnel[talk.opportunity]
        place.stage = IDENTIFIED
        wait = p.screening_retry if failed else p.screening_review
        place.look = float(clock.month) + wait
        note.failures += 1
    elif s.exchanges[talk.exchange].stage != ENDED:
        part_or_stay(t, p, clock, lever, now, s, talk)


@compiled
def part_or_stay(t, p, clock, lever, now, s, talk):
    """Carry out what a failed talk about a running contract leads to, in place.

    New terms: the asker leaves when that is better for it and pays, else stays. A smaller contract: the side that was let
    down leaves. Renewal: the contract runs to the end of its term.
    """
    row = talk.exchange
    exchange = s.exchanges[row]
    opportunity = s.opportunities[exchange.opportunity]
    if talk.kind == RENEGOTIATION:
        stay = running_gain(p, lever, s, exchange, talk.asker)
        outside = talk.outside_seller if talk.asker == SELLER else talk.outside_buyer
        if outside > stay + tolerance_of(talk):
            paid = leaving_cost(t, p, lever, s, exchange, talk.asker)
            pay_leaving(p, clock, s, exchange, row, talk.asker == SELLER, paid)
            end_exchange(p, clock, now, s, opportunity, exchange, row, UNPROFITABLE, stay)
    elif talk.kind == SMALLER:
        fails = max(exchange.fails, exchange.fails_buyer)
        reason = SUPPLY_FAILED if exchange.fails >= exchange.fails_buyer else NEED_GONE
        end_exchange(p, clock, now, s, opportunity, exchange, row, reason, fails)


@compiled
def sign(t, p, clock, now, s, talk):
    """Sign the deal on the table, in place: a new exchange with all its terms; both sides' books promise the quantity.

    The contract whose place it takes leaves the books at once and goes on until the new one starts.
    """
    opportunity = s.opportunities[talk.opportunity]
    note = s.notes[talk.opportunity]
    row = clock.exchanges
    exchange = s.exchanges[row]
    clock.exchanges += 1
    exchange.identity = join(opportunity.identity, np.uint64(note.contracts))
    note.contracts += 1
    note.exchange = row
    exchange.opportunity = talk.opportunity
    exchange.seller = talk.seller
    exchange.buyer = talk.buyer
    exchange.supply = opportunity.supply
    exchange.demand = opportunity.demand
    exchange.stage = AGREED
    exchange.reason = RUNNING
    exchange.predecessor = -1
    exchange.asked = NEVER
    exchange.quantity = talk.quantity
    set_terms(t, p, s.materials[s.streams[opportunity.demand].material].cost, talk, exchange)
    set_capital(talk, exchange)
    plan_assets(p, clock, s, opportunity, exchange)
    exchange.channel = note.channel
    if talk.kind == SWITCH:
        give_notice(s, row, talk)
    promise(s, exchange, opportunity, talk.quantity)
    close_talk(p, clock, s, talk, exchange, row)
    s.funnel[talk.opportunity].stage = AGREED
    note.signed = float(t)
    now.deals += 1.0
    write_exchange(p, clock, s.events, EV_AGREED, exchange, row, 0, talk.price)


@compiled
def give_notice(s, row, talk):
    """Let a contract leave the books for the one that takes its place, in place: what it promised is booked once."""
    old = s.exchanges[talk.exchange]
    here = s.opportunities[old.opportunity]
    old.successor = float(row)
    s.exchanges[row].predecessor = talk.exchange
    promise(s, old, here, -old.quantity)


@compiled
def close_talk(p, clock, s, talk, exchange, number):
    """Let both sides pay for arranging contract `number` and free their time, in place."""
    s.companies[talk.seller].talks -= 1
    s.companies[talk.buyer].talks -= 1
    write_past_talk(p, clock, s, talk, SIGNED, number)
    row = row_of(clock, s, exchange, number)
    row.arranging_seller += talk.arranging
    pay(p, clock, s, exchange.seller, ARRANGING, talk.arranging)
    row.arranging_buyer += talk.arranging
    pay(p, clock, s, exchange.buyer, ARRANGING, talk.arranging)
    if talk.exchange >= 0:
        s.exchanges[talk.exchange].talking = 0


@compiled
def amend(t, p, clock, now, s, talk):
    """Write what was agreed about a running contract into it, in place: price and term anew, a smaller quantity."""
    row = talk.exchange
    exchange = s.exchanges[row]
    opportunity = s.opportunities[exchange.opportunity]
    cost = s.materials[s.streams[exchange.demand].material].cost
    step = talk.price - current_price(exchange, opportunity, cost)
    more = talk.quantity - exchange.quantity
    start = exchange.term_start
    left = exchange.term
    exchange.quantity = talk.quantity
    if not exchange.successor >= 0.0:
        promise(s, exchange, opportunity, more)
    take(clock, s, opportunity, exchange, more)
    share = exchange.share
    signed = exchange.signed
    set_terms(t, p, cost, talk, exchange)
    exchange.signed = signed
    if talk.capital + talk.grant > 0.0:
        rebuild(t, p, clock, now, s, talk, exchange, row)
    else:
        exchange.share = share
    if talk.kind == RENEWAL:
        exchange.term_start = float(t) if talk.capital + talk.grant > 0.0 else start + 12.0 * left
        write_exchange(p, clock, s.events, EV_RENEWED, exchange, row, 0, step)
    else:
        exchange.term_start = start
        exchange.term = left
        exchange.renegotiations += 1
        small = talk.kind == SMALLER
        write_exchange(p, clock, s.events, EV_RENEGOTIATED, exchange, row, 1 if small else 0, more if small else step)
    if talk.kind == SMALLER:
        exchange.fails = 0.0
        exchange.fails_buyer = 0.0
        exchange.flow = 1.0
    close_talk(p, clock, s, talk, exchange, row)


@compiled
def rebuild(t, p, clock, now, s, talk, exchange, row):
    """Build anew what is worn or too small for a renewed contract, ready from the next month on, in place; both sides pay their share."""
    opportunity = s.opportunities[exchange.opportunity]
    conversion = s.conversions[opportunity.conversion]
    exchange.capital = talk.capital
    exchange.grant = talk.grant
    exchange.link_capital = missing_link(p, s, opportunity, exchange.quantity, exchange.quantity)
    exchange.equipment_capital = missing_equipment(p, s, opportunity, exchange.quantity, exchange.quantity)
    exchange.upkeep = talk.upkeep
    now.capex += exchange.capital + exchange.grant
    now.grants += exchange.grant
    build_assets(clock, s, opportunity, exchange, row, t + 1.0)
    finance(p, clock, s, conversion, exchange, row)


@compiled
def set_terms(t, p, cost, talk, exchange):
    """Write the agreed terms into the contract, in place; what both expect of it is without capital, at average risk."""
    exchange.price = talk.price
    exchange.band = p.contract_band
    exchange.term = talk.term
    exchange.share = talk.share
    exchange.penalty = p.contract_penalty
    exchange.indexation = p.contract_indexation
    exchange.reference = cost
    exchange.signed = float(t)
    exchange.term_start = float(t)
    exchange.expected_seller = talk.quantity * (talk.price + talk.value_seller) - talk.running_seller
    exchange.expected_buyer = talk.quantity * (talk.value_buyer - talk.price) - talk.running_buyer


@compiled
def set_capital(talk, exchange):
    """Write capital and dates of a new exchange, in place."""
    exchange.capital = talk.capital
    exchange.grant = talk.grant
    exchange.ready = math.inf
    exchange.start = math.nan
    exchange.end = math.nan
    exchange.meetings = talk.meeting
    exchange.flow = 1.0


@compiled
def plan_assets(p, clock, s, opportunity, exchange):
    """Note what of link and equipment is missing for a new contract and what its upkeep is, and take its part of both, in place."""
    quantity = exchange.quantity
    exchange.link_capital = missing_link(p, s, opportunity, quantity, 0.0)
    exchange.equipment_capital = missing_equipment(p, s, opportunity, quantity, 0.0)
    conversion = s.conversions[opportunity.conversion]
    exchange.upkeep = conversion.om_share * capital_as_new(conversion, opportunity, quantity)
    exchange.asset = -1
    exchange.wears = math.inf
    exchange.successor = math.nan
    take(clock, s, opportunity, exchange, quantity)
