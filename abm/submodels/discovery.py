"""Discovery: latent opportunities become known by looks at others, contacts, a platform, a broker or innovation."""

from __future__ import annotations

import math

import numpy as np

from ..entities.codes import (
    BY_CONTACT,
    BY_INNOVATION,
    BY_PLANNER,
    BY_PLATFORM,
    BY_SEARCH,
    EV_IDENTIFIED,
    IDENTIFIED,
    LATENT,
)
from ..numerics.compiled import compiled
from ..numerics.randomness import DISCOVERY, INNOVATION, join, key_of_month, uniform, uniform_of
from .attention import chance_of_look, knows, look_rates, most_looks, weigh_others
from .event_log import write_opportunity
from .fees import charge_members
from .platform import has_platform, is_listed, read_listings
from .standing import is_alive, weight_of

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
