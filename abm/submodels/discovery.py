"""Discovery: latent opportunities become known by looks at others, contacts, a platform, a broker or innovation."""

from __future__ import annotations

import math

import numpy as np

from ..entities.accounts import FEE
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
    OPEN,
    WAITING,
)
from ..numerics.compiled import compiled
from ..numerics.randomness import BROKER, DISCOVERY, INNOVATION, join, key_of_month, normal, uniform, uniform_of
from .attention import chance_of_look, knows, look_rates, most_looks, weigh_others
from .event_log import write_opportunity
from .ledger import pay

# What is known of a stream, see `note_standing`.
DEALS, PLANNED, WIDELY_KNOWN = 1, 2, 4
ROUNDING = 1.0 + 1e-9  # what a bound is raised by, so that rounding never hides a chance


@compiled
def discover(t, p, clock, lever, standing, s):
    """Identify latent opportunities, in place: one draw each month for the looks of both sides and the platform together.

    Most draws are above any chance there can be this month; only for the others is the chance worked out. The law of a
    single opportunity is that of looks drawn one by one; that one look shows several at once is left out.
    """
    weigh_others(t, p, clock, s)
    charge_members(p, clock, lever, s)
    read = read_listings(t, p, lever, standing, s)
    most = 1.0 if has_platform(p, lever) else most_looks(p, clock, s.companies)
    rates = look_rates(p, s.companies)
    rows, draws = draw_latent(t, p, most, s)
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
        channel = find_channel(p, clock, lever, standing, s, opportunity, read, rates, draw)
        if channel > 0:
            identify(p, clock, s.events, opportunity, s.notes[row], place, row, channel)


@compiled
def draw_latent(t, p, most, s):
    """Return (rows, draws) of the latent opportunities that may be found this month: a draw below `most`, or not known yet.

    Under a planner all of them. They are listed first, so that the memory of one is fetched while another is judged.
    """
    rows = np.empty(len(s.funnel), dtype=np.int64)
    draws = np.empty(len(s.funnel), dtype=np.float64)
    count = 0
    key = key_of_month(p.seed, DISCOVERY, t)
    for row in range(len(s.funnel)):
        place = s.funnel[row]
        if place.stage == LATENT:
            draw = uniform_of(key, s.identities[row])
            if draw < most or place.known > t or p.governance_mode == 2:
                rows[count] = row
                draws[count] = draw
                count += 1
    return rows[:count], draws[:count]


@compiled
def find_channel(p, clock, lever, standing, s, opportunity, read, rates, draw):
    """Return the channel by which an opportunity is found this month, 0 for none.

    weight of the other side = exp(-distance / range), 1 for the widely known, more where it is planned, and
    `search.contact` times more for those whom one's contacts lead to. rates: see `look_rates`; 1 - (1 - x)^n <= n x spares
    most powers and distances.
    """
    platform = 0.0
    if is_listed(p, lever, s.companies, opportunity):
        platform = 1.0 - (1.0 - read[opportunity.seller]) * (1.0 - read[opportunity.buyer])
    rate = rates[opportunity.seller] + rates[opportunity.buyer]
    widest = p.discovery_by_search + p.search_contact * clock.contacts * p.discovery_by_contact
    if draw >= (rate * max(1.0, p.discovery_project) * widest + platform) * ROUNDING:
        return 0
    base = weight_of(p, standing, opportunity)
    if draw >= (rate * base * widest + platform) * ROUNDING:
        return 0
    search = base if p.discovery_by_search == 1 else 0.0
    factor = p.search_contact * clock.contacts * base if p.discovery_by_contact == 1 else 0.0
    there = factor if factor > 0.0 and knows(s, opportunity.seller, opportunity.buyer) else 0.0
    back = factor if factor > 0.0 and knows(s, opportunity.buyer, opportunity.seller) else 0.0
    by_seller = chance_of_look(p, s.companies[opportunity.seller], search + there)
    by_buyer = chance_of_look(p, s.companies[opportunity.buyer], search + back)
    look = chance_of_any(by_seller, by_buyer)
    chance = chance_of_any(look, platform)
    if draw >= chance:
        return 0
    part = draw / chance * (look + platform)
    if part >= look:
        return BY_PLATFORM
    return BY_SEARCH if part * (search + 0.5 * (there + back)) < look * search else BY_CONTACT


@compiled
def chance_of_any(one, other):
    """Return the chance that at least one of two ways leads to an opportunity."""
    return 1.0 - (1.0 - one) * (1.0 - other)


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
    note.studied = 0
    write_opportunity(p, clock, events, EV_IDENTIFIED, opportunity, row, channel, 0.0)


@compiled
def weight_of(p, standing, opportunity):
    """Return the weight with which one side of an opportunity is looked at by the other, contacts aside."""
    either = standing[opportunity.supply] | standing[opportunity.demand]
    weight = 1.0 if either & WIDELY_KNOWN != 0 else math.exp(-opportunity.distance / p.discovery_search_range)
    return weight * p.discovery_project if either & PLANNED != 0 else weight


@compiled
def has_platform(p, lever):
    """Tell whether there is a platform."""
    return p.discovery_by_platform == 1 and lever.platform > 0.0


@compiled
def is_listed(p, lever, companies, opportunity):
    """Tell whether both sides of an opportunity are registered on a platform."""
    if not has_platform(p, lever):
        return False
    return max(companies[opportunity.seller].registration, companies[opportunity.buyer].registration) < lever.platform


@compiled
def read_listings(t, p, lever, standing, s):
    """Return the share of the listings that match its streams which each company reads on a platform this month.

    A listing takes `search.platform_look` hours and shows all there is; it comes before looks at others.
    """
    read = np.zeros(len(s.companies) if has_platform(p, lever) else 0, dtype=np.float64)
    if len(read) == 0:
        return read
    for row in range(len(s.funnel)):
        if s.funnel[row].stage != LATENT or s.funnel[row].known > t:
            continue
        opportunity = s.opportunities[row]
        if is_listed(p, lever, s.companies, opportunity) and is_alive(t, standing, s.conversions, opportunity):
            read[opportunity.seller] += 1.0
            read[opportunity.buyer] += 1.0
    for row in range(len(read)):
        needed = p.search_platform_look * read[row]
        company = s.companies[row]
        if read[row] > 0.0:
            read[row] = 1.0 if company.hours >= needed else company.hours / needed
            company.hours = max(0.0, company.hours - needed)
    return read


@compiled
def charge_members(p, clock, lever, s):
    """Let every open company that is registered on a platform pay its fee, in place."""
    if not has_platform(p, lever) or lever.platform_fee <= 0.0:
        return
    for row in range(len(s.companies)):
        if s.companies[row].registration < lever.platform:
            charge(p, clock, s, row, lever.platform_fee)


@compiled
def charge(p, clock, s, row, fee):
    """Let a company pay a fee [EUR] of a programme, in place, when it is open."""
    if s.companies[row].status == OPEN:
        pay(p, clock, s, row, FEE, fee)


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
        if lever.broker_fee > 0.0:
            charge(p, clock, s, s.opportunities[best].seller, lever.broker_fee)
            charge(p, clock, s, s.opportunities[best].buyer, lever.broker_fee)


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
