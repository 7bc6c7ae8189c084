"""Attention: a company has some hours a month; contracts, meetings and studies come first, the rest buys looks at others."""

from __future__ import annotations

import math

import numpy as np

from ..entities.codes import WAITING
from ..numerics.compiled import compiled
from ..numerics.randomness import uniform
from .trust import find_pair

RANGES = 5.0  # search ranges within which others are looked at
UNBOUNDED = 1e100
LARGE = 3000  # companies from which weights are added up by cells instead of one by one


@compiled
def give_hours(p, lever, companies):
    """Give every company its hours of the month, in place, less the care of contracts and the meetings of open talks.

    hours = search.hours (jobs / 100)^0.5 x staff of the type x (1 + vision). Simon 1971; Ocasio 1997.
    """
    for row in range(len(companies)):
        company = companies[row]
        hours = p.search_hours * math.sqrt(max(1.0, company.jobs) / 100.0) * company.symbiosis_staff
        hours *= 1.0 + p.search_vision * lever.vision
        hours -= p.contract_care * (company.sells + company.buys)
        hours -= p.negotiation_hours * p.negotiation_meetings * company.talks
        company.hours = max(0.0, hours) if company.prospect == 1 else 0.0


def most_talks(p, companies):
    """Return a number of open talks that nobody's hours exceed, infinite where meetings cost none.

    Both sides spend hours on every meeting, so half as many would do; the rest is for plants that grow.
    """
    cost = p.negotiation_hours * p.negotiation_meetings
    if cost <= 0.0:
        return math.inf
    jobs = np.maximum(1.0, companies.jobs)
    hours = p.search_hours * np.sqrt(jobs / 100.0) * companies.symbiosis_staff * (1.0 + p.search_vision)
    return float(np.sum(np.ceil(hours / cost) + 2.0))


@compiled
def spend(t, p, process, opportunity, companies, hours):
    """Take hours from both sides, in place; tell whether they had them.

    Who has only a part of them goes ahead with that chance, so that small companies come to it in some months. Under a
    planner nothing is asked.
    """
    if p.governance_mode == 2:
        return True
    seller = companies[opportunity.seller]
    buyer = companies[opportunity.buyer]
    have = min(seller.hours, buyer.hours)
    if have < hours and uniform(p.seed, process, t, opportunity.identity) * hours >= have:
        return False
    seller.hours = max(0.0, seller.hours - hours)
    buyer.hours = max(0.0, buyer.hours - hours)
    return True


@compiled
def weigh_others(t, p, clock, s):
    """Each January add up for every company the weights of all it could look at, in place.

    weight = exp(-distance / range) within five ranges, 1 for the widely known, `discovery.project` times for a plant that
    waits to open; `search.contact` times more for contacts and those whom a contact has dealt with.
    """
    if t % 12 != 0:
        return
    if p.discovery_by_search == 0:
        for row in range(len(s.companies)):
            s.companies[row].reach = 0.0
    elif len(s.companies) > LARGE:
        weigh_by_cells(p, s.companies)
    else:
        weigh_one_by_one(p, s.companies)
    if p.discovery_by_contact == 1:
        weigh_acquaintances(p, clock, s)


@compiled
def weigh_one_by_one(p, companies):
    """Add up the weights of all others for every company, in place; each distance is looked at once, for both."""
    count = len(companies)
    reach = np.zeros(count, dtype=np.float64)
    there = np.zeros(count, dtype=np.float64)
    for row in range(count):
        there[row] = presence(p, companies[row])
    for row in range(count):
        company = companies[row]
        for other in range(row + 1, count):
            if there[row] == 0.0 and there[other] == 0.0:
                continue
            weight = closeness(p, company, companies[other])
            reach[row] += weight * there[other]
            reach[other] += weight * there[row]
    for row in range(count):
        companies[row].reach = reach[row]


@compiled
def nearness(p, companies, row, other):
    """Return the weight of another company by its distance alone; 0 when it is not there or out of reach."""
    if other == row or companies[other].prospect == 0:
        return 0.0
    return closeness(p, companies[row], companies[other]) * presence(p, companies[other])


@compiled
def closeness(p, company, there):
    """Return exp(-distance / range), 1 when one of the two is widely known, 0 out of reach."""
    east, north = there.x - company.x, there.y - company.y
    distance = math.sqrt(east * east + north * north)
    if distance > RANGES * p.discovery_search_range:
        return 0.0
    known = company.widely_known == 1 or there.widely_known == 1
    return 1.0 if known else math.exp(-distance / p.discovery_search_range)


@compiled
def presence(p, company):
    """Return how a company draws looks: 0 when it is not there, `discovery.project` times while it waits to open, else 1."""
    if company.prospect == 0:
        return 0.0
    return p.discovery_project if company.status == WAITING else 1.0


@compiled
def weigh_acquaintances(p, clock, s):
    """Add the weight of contacts and of those whom a contact has dealt with, each once, in place."""
    seen = np.full(len(s.companies), -1, dtype=np.int64)
    factor = p.search_contact * clock.contacts
    for row in range(len(s.companies)):
        company = s.companies[row]
        seen[row] = row
        for entry in range(company.contact_first, company.contact_first + company.contact_count):
            friend = s.contacts[entry].other
            if seen[friend] != row:
                seen[friend] = row
                company.reach += factor * nearness(p, s.companies, row, friend)
            other = s.companies[friend]
            for pair in range(other.pair_first, other.pair_first + other.pair_count):
                third = s.ties[pair].other
                if s.pairs[pair].experience > 0.0 and seen[third] != row:
                    seen[third] = row
                    company.reach += factor * nearness(p, s.companies, row, third)


@compiled
def weigh_by_cells(p, companies):
    """Add up weights by cells of half a search range, in place: regions have too many companies for one by one."""
    side = 0.5 * p.discovery_search_range
    left, low, right, high = companies[0].x, companies[0].y, companies[0].x, companies[0].y
    for row in range(len(companies)):
        left, right = min(left, companies[row].x), max(right, companies[row].x)
        low, high = min(low, companies[row].y), max(high, companies[row].y)
    wide, tall = int((right - left) / side) + 1, int((high - low) / side) + 1
    inside = np.zeros((wide, tall), dtype=np.float64)
    for row in range(len(companies)):
        company = companies[row]
        if company.prospect == 1:
            weight = p.discovery_project if company.status == WAITING else 1.0
            inside[int((company.x - left) / side), int((company.y - low) / side)] += weight
    around = spread_cells(inside, int(RANGES / 0.5))
    for row in range(len(companies)):
        company = companies[row]
        company.reach = around[int((company.x - left) / side), int((company.y - low) / side)]


@compiled
def spread_cells(inside, cells):
    """Return for each cell of half a range the sum over cells around it of their weights x exp(-distance / range)."""
    wide, tall = inside.shape
    around = np.zeros((wide, tall), dtype=np.float64)
    for across in range(-cells, cells + 1):
        for up in range(-cells, cells + 1):
            distance = 0.5 * math.hypot(float(across), float(up))
            if distance > RANGES:
                continue
            # within its own cell a company is some 0.52 sides away from another one (Santalo 1976)
            share = math.exp(-(distance if distance > 0.0 else 0.26))
            for column in range(max(0, -across), min(wide, wide - across)):
                for line in range(max(0, -up), min(tall, tall - up)):
                    around[column, line] += share * inside[column + across, line + up]
    return around


@compiled
def knows(s, row, other):
    """Tell whether another company is a contact, or one whom a contact has dealt with."""
    company = s.companies[row]
    for entry in range(company.contact_first, company.contact_first + company.contact_count):
        friend = s.contacts[entry].other
        if friend == other:
            return True
        pair = find_pair(s, friend, other)
        if pair < len(s.pairs) and s.pairs[pair].experience > 0.0:
            return True
    return False


@compiled
def chance_of_look(p, company, weight):
    """Return the chance that this month's looks of a company find an opportunity with one whose weight is given.

    1 - (1 - see q)^n (1 - see q rest): n whole looks and a part of one, each at one other company, drawn by weight: q =
    weight / sum of weights (never less than the weight itself).
    """
    whole = weight if weight > company.reach else company.reach
    if whole <= 0.0:
        return 0.0
    seen = p.search_see * weight / whole
    looks = company.hours / p.search_look
    full = float(int(looks))
    return 1.0 - (1.0 - seen) ** full * (1.0 - seen * (looks - full))


@compiled
def most_looks(p, clock, companies):
    """Return what the chance by looks of both sides cannot exceed this month, for any opportunity."""
    most = p.discovery_project * (1.0 + p.search_contact * clock.contacts)
    highest = 0.0
    for row in range(len(companies)):
        if companies[row].hours > 0.0:
            highest = max(highest, chance_of_look(p, companies[row], most))
    return 1.0 - (1.0 - highest) * (1.0 - highest)


@compiled
def look_rates(p, companies):
    """Return what a company's chance by looks cannot exceed this month per unit of weight [company]: see x looks / reach.

    Where nobody is in reach there is no bound: a number that is above any draw.
    """
    rates = np.zeros(len(companies), dtype=np.float64)
    for row in range(len(companies)):
        company = companies[row]
        if company.hours > 0.0:
            reach = company.reach
            rates[row] = p.search_see * (company.hours / p.search_look) / reach if reach > 0.0 else UNBOUNDED
    return rates
