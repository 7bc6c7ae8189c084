"""Discovery: latent opportunities become known by own search, contacts, a platform, a broker or innovation."""

from __future__ import annotations

import math

from abm.compiled import compiled
from abm.randomness import BROKER, DISCOVERY, INNOVATION, join, normal, uniform
from abm.rules.chronicle import write_opportunity
from abm.rules.relations import find_pair
from abm.state import (
    BY_BROKER,
    BY_CONTACT,
    BY_INNOVATION,
    BY_PLANNER,
    BY_PLATFORM,
    BY_SEARCH,
    EV_IDENTIFIED,
    IDENTIFIED,
    LATENT,
    WAITING,
)


@compiled
def discover(t, p, clock, lever, companies, streams, opportunities, pairs, contacts, events):
    """Identify latent opportunities, in place: one draw each month for own search, contacts and the platform together.

    Most draws are above any chance there can be this month; only for the others is the chance worked out.
    """
    most = most_chance(p, clock, lever)
    for row in range(len(opportunities)):
        opportunity = opportunities[row]
        if opportunity.stage != LATENT:
            continue
        draw = uniform(p.seed, DISCOVERY, t, opportunity.identity)
        if draw >= most and opportunity.known <= t and p.governance_mode != 2:
            continue
        if not is_alive(t, companies, streams, opportunity):
            continue
        if p.governance_mode == 2 and opportunity.known <= t:
            identify(p, clock, events, opportunity, row, BY_PLANNER)
            continue
        if opportunity.known > t:
            innovate(t, p, companies, streams, opportunities, opportunity)
            if opportunity.known > t:
                continue
            identify(p, clock, events, opportunity, row, BY_INNOVATION)
            continue
        search = search_chance(p, companies, streams, opportunity)
        platform = platform_chance(p, lever, companies, opportunity)
        if draw >= chance_of_any(search, most_by_contact(p, clock), platform):
            continue
        contact = contact_chance(p, clock, companies, pairs, contacts, opportunity)
        chance = chance_of_any(search, contact, platform)
        if draw < chance:
            part = draw / chance * (search + contact + platform)
            channel = BY_SEARCH if part < search else (BY_CONTACT if part < search + contact else BY_PLATFORM)
            identify(p, clock, events, opportunity, row, channel)


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
def is_alive(t, companies, streams, opportunity):
    """Tell whether a deal could be made: both companies there or announced, both streams flowing or coming, allowed."""
    if companies[opportunity.seller].prospect == 0 or companies[opportunity.buyer].prospect == 0:
        return False
    supply = streams[opportunity.supply]
    if opportunity.allowed > t or supply.permit == 0:
        return False
    return supply.coming > 0.0 and streams[opportunity.demand].coming > 0.0


@compiled
def identify(p, clock, events, opportunity, row, channel):
    """Make an opportunity known, in place."""
    opportunity.stage = IDENTIFIED
    opportunity.identified = float(clock.month)
    opportunity.look = float(clock.month)
    opportunity.channel = channel
    write_opportunity(p, clock, events, EV_IDENTIFIED, opportunity, row, channel, 0.0)


@compiled
def search_chance(p, companies, streams, opportunity):
    """Return the monthly chance of own search: search x exp(-distance / range), a factor more where a side is planned.

    Distance is no matter for traders.
    """
    if p.discovery_by_search == 0:
        return 0.0
    chance = p.discovery_search
    if is_project(companies, streams, opportunity):
        chance = min(1.0, p.discovery_project * chance)
    if companies[opportunity.seller].widely_known == 1 or companies[opportunity.buyer].widely_known == 1:
        return chance
    return chance * math.exp(-opportunity.distance / p.discovery_search_range)


@compiled
def is_project(companies, streams, opportunity):
    """Tell whether one side is planned: a company that waits to open, a stream that does not flow yet."""
    if companies[opportunity.seller].status == WAITING or companies[opportunity.buyer].status == WAITING:
        return True
    return streams[opportunity.supply].coefficient <= 0.0 or streams[opportunity.demand].coefficient <= 0.0


@compiled
def contact_chance(p, clock, companies, pairs, contacts, opportunity):
    """Return the monthly chance by contacts: contact x (1 - 2^-n), n direct contacts and common acquaintances.

    A common acquaintance is a contact of the seller that has dealt with the buyer (partners of partners). Nobody has dealt
    with a buyer that never had an exchange.
    """
    if p.discovery_by_contact == 0:
        return 0.0
    count = 0.0
    first = companies[opportunity.seller].contact_first
    for row in range(first, first + companies[opportunity.seller].contact_count):
        contact = contacts[row]
        if contact.other == opportunity.buyer:
            count += 1.0
        elif companies[opportunity.buyer].had > 0.0:
            known = find_pair(companies, pairs, contact.other, opportunity.buyer)
            if known < len(pairs) and pairs[known].experience > 0.0:
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
def innovate(t, p, companies, streams, opportunities, opportunity):
    """Let the holder of an unused by-product find an unknown conversion, in place, for all its opportunities at once.

    chance = innovation x unused share of the by-product.
    """
    if p.discovery_by_innovation == 0:
        return
    supply = streams[opportunity.supply]
    yearly = supply.coming * companies[opportunity.seller].coming_capacity * 12.0
    unused = max(0.0, 1.0 - supply.contracted / yearly)
    holder = companies[opportunity.seller].identity
    draw = uniform(p.seed, INNOVATION, t, join(holder, opportunity.way))
    if draw < p.discovery_innovation * unused:
        for row in range(supply.opportunity_first, supply.opportunity_first + supply.opportunity_count):
            if opportunities[row].conversion == opportunity.conversion:
                opportunities[row].known = float(t)


@compiled
def broker_matches(t, p, clock, lever, companies, streams, opportunities, events):
    """Let a broker bring together the best latent matches it sees, in place: capacity a month, judged with error.

    judged gain = score of the year (screening.scout_latent) x exp(error z); what is not used up is not saved for long.
    """
    capacity = lever.broker
    if p.discovery_by_broker == 0 or capacity <= 0.0:
        return
    clock.broker = min(clock.broker + capacity, capacity + 1.0)
    while clock.broker >= 1.0:
        best = best_match(t, p, companies, streams, opportunities)
        if best == len(opportunities):
            return
        clock.broker -= 1.0
        identify(p, clock, events, opportunities[best], best, BY_BROKER)


@compiled
def best_match(t, p, companies, streams, opportunities):
    """Return the latent opportunity a broker thinks best, or `len(opportunities)`."""
    best = len(opportunities)
    highest = 0.0
    for row in range(len(opportunities)):
        opportunity = opportunities[row]
        if opportunity.stage != LATENT or opportunity.known > t or not is_alive(t, companies, streams, opportunity):
            continue
        error = p.discovery_broker_error * normal(p.seed, BROKER, t // 12, opportunity.identity)
        judged = opportunity.score * math.exp(error)
        if judged > highest:
            highest = judged
            best = row
    return best
