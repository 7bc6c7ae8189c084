"""Discovery: latent opportunities become known by own search, contacts, a platform, a broker or innovation."""

from __future__ import annotations

import math

import numpy as np

from ..entities.codes import (
    BY_BROKER,
    BY_CONTACT,
    BY_INNOVATION,
    BY_PLANNER,
    BY_PLATFORM,
    BY_SEARCH,
    EV_IDENTIFIED,
    IDENTIFIED,
    IN,
    LATENT,
    WAITING,
)
from ..numerics.compiled import compiled
from ..numerics.randomness import BROKER, DISCOVERY, INNOVATION, join, normal, uniform
from .event_log import write_opportunity
from .trust import find_pair

# What is known of a stream, see `note_standing`.
DEALS, PLANNED, WIDELY_KNOWN = 1, 2, 4


@compiled
def discover(t, p, clock, lever, standing, s):
    """Identify latent opportunities, in place: one draw each month for own search, contacts and the platform together.

    Most draws are above any chance there can be this month; only for the others is the chance worked out.
    """
    rows, draws = draw_latent(t, p, most_chance(p, clock, lever), s)
    for entry in range(len(rows)):
        row = rows[entry]
        draw = draws[entry]
        place = s.funnel[row]
        opportunity = s.opportunities[row]
        if not is_alive(t, standing, s.conversions, opportunity):
            continue
        if p.governance_mode == 2 and place.known <= t:
            identify(p, clock, s.events, opportunity, s.notes[row], place, row, BY_PLANNER)
            continue
        if place.known > t:
            innovate(t, p, s, opportunity)
            if place.known > t:
                continue
            identify(p, clock, s.events, opportunity, s.notes[row], place, row, BY_INNOVATION)
            continue
        search = search_chance(p, standing, opportunity)
        platform = platform_chance(p, lever, s.companies, opportunity)
        if draw >= chance_of_any(search, most_by_contact(p, clock), platform):
            continue
        contact = contact_chance(p, clock, s, opportunity)
        chance = chance_of_any(search, contact, platform)
        if draw < chance:
            part = draw / chance * (search + contact + platform)
            channel = BY_SEARCH if part < search else (BY_CONTACT if part < search + contact else BY_PLATFORM)
            identify(p, clock, s.events, opportunity, s.notes[row], place, row, channel)


@compiled
def draw_latent(t, p, most, s):
    """Return (rows, draws) of the latent opportunities that may be found this month: a draw below `most`, or not known yet.

    Under a planner all of them. They are listed first, so that the memory of one is fetched while another is judged.
    """
    rows = np.empty(len(s.funnel), dtype=np.int64)
    draws = np.empty(len(s.funnel), dtype=np.float64)
    count = 0
    for row in range(len(s.funnel)):
        place = s.funnel[row]
        if place.stage == LATENT:
            draw = uniform(p.seed, DISCOVERY, t, s.identities[row])
            if draw < most or place.known > t or p.governance_mode == 2:
                rows[count] = row
                draws[count] = draw
                count += 1
    return rows[:count], draws[:count]


@compiled
def most_chance(p, clock, lever):
    """Return what the monthly chance cannot exceed: next door, with any number of contacts, both on the platform."""
    search = min(1.0, p.discovery_project * p.discovery_search) if p.discovery_by_search == 1 else 0.0
    platform = p.discovery_platform if p.discovery_by_platform == 1 and lever.platform > 0.0 else 0.0
    return chance_of_any(search, most_by_contact(p, clock), platform)


@compiled
def most_by_contact(p, clock):
    """Return what the monthly chance by contacts cannot exceed, however many there are."""
    return min(1.0, p.discovery_contact * clock.contacts) if p.discovery_by_contact == 1 else 0.0


@compiled
def chance_of_any(search, contact, platform):
    """Return the chance that at least one of three ways leads to an opportunity."""
    return 1.0 - (1.0 - search) * (1.0 - contact) * (1.0 - platform)


@compiled
def note_standing(s):
    """Return what others can see of each stream from discovery to signing, as flags added up [stream].

    DEALS: its company is there or announced, it flows or is coming, and it may be handed on. PLANNED: its company waits
    to open, or it does not flow yet. WIDELY_KNOWN: as of a trader. None of it changes before the last deal of the month;
    it is asked so often that it is kept in a byte.
    """
    standing = np.zeros(len(s.streams), dtype=np.int8)
    for row in range(len(s.streams)):
        stream = s.streams[row]
        company = s.companies[stream.company]
        flags = 0
        if company.prospect == 1 and stream.coming > 0.0 and (stream.direction == IN or stream.permit == 1):
            flags += DEALS
        if company.status == WAITING or stream.coefficient <= 0.0:
            flags += PLANNED
        if company.widely_known == 1:
            flags += WIDELY_KNOWN
        standing[row] = flags
    return standing


@compiled
def is_alive(t, standing, conversions, opportunity):
    """Tell whether a deal could be made: both companies there or announced, both streams flowing or coming, allowed."""
    if conversions[opportunity.conversion].allowed > t:
        return False
    return can_deal(standing, opportunity.supply, opportunity.demand)


@compiled
def can_deal(standing, supply, demand):
    """Tell whether two streams can still have to do with each other: their companies there, both flowing or coming."""
    return standing[supply] & standing[demand] & DEALS != 0


@compiled
def identify(p, clock, events, opportunity, note, place, row, channel):
    """Make an opportunity known and begin its notes, in place; place: its row of the funnel."""
    place.stage = IDENTIFIED
    place.look = float(clock.month)
    note.identified = float(clock.month)
    note.screened = math.nan
    note.talks = math.nan
    note.signed = math.nan
    note.operating = math.nan
    note.channel = channel
    write_opportunity(p, clock, events, EV_IDENTIFIED, opportunity, row, channel, 0.0)


@compiled
def search_chance(p, standing, opportunity):
    """Return the monthly chance of own search: search x exp(-distance / range), a factor more where a side is planned.

    Distance is no matter for traders.
    """
    if p.discovery_by_search == 0:
        return 0.0
    chance = p.discovery_search
    either = standing[opportunity.supply] | standing[opportunity.demand]
    if either & PLANNED != 0:
        chance = min(1.0, p.discovery_project * chance)
    if either & WIDELY_KNOWN != 0:
        return chance
    return chance * math.exp(-opportunity.distance / p.discovery_search_range)


@compiled
def contact_chance(p, clock, s, opportunity):
    """Return the monthly chance by contacts: contact x (1 - 2^-n), n direct contacts and common acquaintances.

    A common acquaintance is a contact of the seller that has dealt with the buyer (partners of partners). Nobody has dealt
    with a buyer that never had an exchange.
    """
    if p.discovery_by_contact == 0:
        return 0.0
    count = 0.0
    first = s.companies[opportunity.seller].contact_first
    for row in range(first, first + s.companies[opportunity.seller].contact_count):
        contact = s.contacts[row]
        if contact.other == opportunity.buyer:
            count += 1.0
        elif s.companies[opportunity.buyer].had > 0.0:
            known = find_pair(s, contact.other, opportunity.buyer)
            if known < len(s.pairs) and s.pairs[known].experience > 0.0:
                count += 1.0
    return min(1.0, p.discovery_contact * clock.contacts * (1.0 - 0.5**count))


@compiled
def platform_chance(p, lever, companies, opportunity):
    """Return the monthly chance that two registered companies meet on the platform."""
    if p.discovery_by_platform == 0 or lever.platform <= 0.0:
        return 0.0
    both = max(companies[opportunity.seller].registration, companies[opportunity.buyer].registration)
    return p.discovery_platform if both < lever.platform else 0.0


@compiled
def innovate(t, p, s, opportunity):
    """Let the holder of an unused by-product find an unknown conversion, in place, for all its opportunities at once.

    chance = innovation x unused share of the by-product.
    """
    if p.discovery_by_innovation == 0:
        return
    supply = s.streams[opportunity.supply]
    yearly = supply.coming * s.companies[opportunity.seller].coming_capacity * 12.0
    unused = max(0.0, 1.0 - supply.contracted / yearly)
    holder = s.companies[opportunity.seller].identity
    draw = uniform(p.seed, INNOVATION, t, join(holder, s.conversions[opportunity.conversion].way))
    if draw < p.discovery_innovation * unused:
        for row in range(supply.opportunity_first, supply.opportunity_first + supply.opportunity_count):
            if s.opportunities[row].conversion == opportunity.conversion:
                s.funnel[row].known = float(t)


@compiled
def broker_matches(t, p, clock, lever, standing, s):
    """Let a broker bring together the best latent matches it sees, in place: capacity a month, judged with error.

    judged gain = score of the year (screening.scout_latent) x exp(error z); what is not used up is not saved for long.
    """
    capacity = lever.broker
    if p.discovery_by_broker == 0 or capacity <= 0.0:
        return
    clock.broker = min(clock.broker + capacity, capacity + 1.0)
    while clock.broker >= 1.0:
        best = best_match(t, p, standing, s)
        if best == len(s.opportunities):
            return
        clock.broker -= 1.0
        identify(p, clock, s.events, s.opportunities[best], s.notes[best], s.funnel[best], best, BY_BROKER)


@compiled
def best_match(t, p, standing, s):
    """Return the latent opportunity a broker thinks best, or `len(opportunities)`."""
    best = len(s.opportunities)
    highest = 0.0
    for row in range(len(s.funnel)):
        if s.funnel[row].stage != LATENT or s.funnel[row].known > t:
            continue
        opportunity = s.opportunities[row]
        if not is_alive(t, standing, s.conversions, opportunity):
            continue
        error = p.discovery_broker_error * normal(p.seed, BROKER, t // 12, opportunity.identity)
        judged = s.notes[row].score * math.exp(error)
        if judged > highest:
            highest = judged
            best = row
    return best
