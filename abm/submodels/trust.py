"""Relations: trust, reputation, attitude and norms; they can fall as well as rise."""

from __future__ import annotations

import math

import numpy as np

from ..entities.state import OPEN, OPERATING
from ..numerics.compiled import compiled
from ..numerics.randomness import STYLE, TRUST_NOISE, join, normal, uniform


@compiled
def find_pair(companies, ties, owner, other):
    """Return the row of the directed pair, or `len(ties)` when the two have nothing to do with each other."""
    low = companies[owner].pair_first
    end = low + companies[owner].pair_count
    high = end
    while low < high:
        middle = (low + high) // 2
        if ties[middle].other < other:
            low = middle + 1
        else:
            high = middle
    if low < end and ties[low].other == other:
        return low
    return len(ties)


@compiled
def judge_deliveries(t, p, clock, pairs, opportunities, exchanges):
    """Move trust by the month's deliveries, in place.

    fulfilled: T += gain (1 - T); short by the partner's fault: T -= loss T severity, severity = missing / nominal. A small
    noise belongs to each side of the exchange, so that strangers' trust does not move.
    """
    for row in range(clock.exchanges):
        exchange = exchanges[row]
        if exchange.stage != OPERATING:
            continue
        opportunity = opportunities[exchange.opportunity]
        seller_noise = p.trust_noise * normal(p.seed, TRUST_NOISE, t, exchange.identity)
        buyer_noise = p.trust_noise * normal(p.seed, TRUST_NOISE, t, join(exchange.identity, exchange.identity))
        judge(p, pairs[opportunity.there], exchange.short_buyer, exchange.nominal, seller_noise)
        judge(p, pairs[opportunity.back], exchange.short_seller, exchange.nominal, buyer_noise)
        if exchange.nominal > 0.0:
            exchange.flow += (exchange.delivered_now / exchange.nominal - exchange.flow) / 6.0
            serious = p.review_short_share * exchange.nominal
            exchange.fails = count_fails(exchange.fails, exchange.short_seller > serious)
            exchange.fails_buyer = count_fails(exchange.fails_buyer, exchange.short_buyer > serious)


@compiled
def judge(p, pair, missing, nominal, noise):
    """Move one side's trust after a month of an operating exchange, in place."""
    if nominal <= 0.0:
        return
    pair.experience += 1.0
    if missing > 0.0:
        change = -p.trust_loss * pair.trust * min(1.0, missing / nominal)
    else:
        change = p.trust_gain * (1.0 - pair.trust)
    pair.trust = min(1.0, max(0.0, pair.trust + change + noise))


@compiled
def count_fails(fails, failed):
    """Return the weighted number of failed months among those in which something was due: twelve of them are remembered, exponentially forgotten."""
    return fails * (11.0 / 12.0) + (1.0 if failed else 0.0)


@compiled
def shake_trust(pair, share):
    """Let trust fall by a share of itself, in place."""
    pair.trust *= 1.0 - share


@compiled
def drift_to_culture(p, pairs):
    """Let every opinion drift to the site's culture, in place: T += drift (culture - T)."""
    for row in range(len(pairs)):
        pairs[row].trust += p.trust_drift * (p.trust_culture - pairs[row].trust)


@compiled
def spread_reputation(t, p, companies, ties, pairs):
    """Once a year draw trust towards the opinion of contacts and partners who know the other, in place.

    T_ij += reputation x sum_k(T_ik (T_kj - T_ij)) / sum_k T_ik over contacts and partners k of i that have dealt with j. All opinions
    are formed before any of them moves, so that no order of companies matters.
    """
    if t % 12 != 11 or p.trust_reputation == 0.0:
        return
    weight = np.zeros(len(companies), dtype=np.float64)
    total = np.zeros(len(companies), dtype=np.float64)
    opinions = np.zeros(len(pairs), dtype=np.float64)
    for row in range(len(companies)):
        form_opinions(companies, ties, pairs, companies[row], weight, total, opinions)
    for row in range(len(pairs)):
        pairs[row].trust += p.trust_reputation * (opinions[row] - pairs[row].trust)


@compiled
def form_opinions(companies, ties, pairs, company, weight, total, opinions):
    """Set what a company's contacts and partners think of each other company, `opinions` [pair] 0..1, in place.

    Its own trust stands where none of them has dealt with the other. weight, total: room for a sum per company.
    """
    first = company.pair_first
    end = first + company.pair_count
    for row in range(first, end):
        weight[ties[row].other] = 0.0
        total[ties[row].other] = 0.0
    for row in range(first, end):
        if ties[row].contact == 1 or pairs[row].experience > 0.0:
            hear_friend(companies[ties[row].other], ties, pairs, pairs[row].trust, weight, total)
    for row in range(first, end):
        other = ties[row].other
        opinions[row] = total[other] / weight[other] if weight[other] > 0.0 else pairs[row].trust


@compiled
def hear_friend(friend, ties, pairs, trust, weight, total):
    """Add what a friend thinks of those it has dealt with, weighted by the trust in the friend, in place."""
    for row in range(friend.pair_first, friend.pair_first + friend.pair_count):
        if pairs[row].experience > 0.0:
            weight[ties[row].other] += trust
            total[ties[row].other] += trust * pairs[row].trust


@compiled
def form_norms(companies, pairs, contacts):
    """Set each company's subjective norm, in place: the share of its contacts that exchange, weighted by trust in them."""
    there = np.zeros(len(companies), dtype=np.int8)  # open; read far more often than it is set, so kept close together
    exchanging = np.zeros(len(companies), dtype=np.int8)
    for row in range(len(companies)):
        there[row] = companies[row].status == OPEN
        exchanging[row] = companies[row].sells + companies[row].buys > 0
    for row in range(len(companies)):
        company = companies[row]
        weight = 0.0
        active = 0.0
        for entry in range(company.contact_first, company.contact_first + company.contact_count):
            contact = contacts[entry]
            if there[contact.other]:
                weight += pairs[contact.pair].trust
                if exchanging[contact.other]:
                    active += pairs[contact.pair].trust
        company.norm = active / weight if weight > 0.0 else 0.0


@compiled
def book_experience(clock, companies, exchanges):
    """Add the month's realised and expected gains to each company's year [EUR] and remember what it operates, in place.

    Experience is the number of exchanges operated, forgotten over about ten years.
    """
    for row in range(len(companies)):
        company = companies[row]
        company.had += (company.sells + company.buys - company.had) / 120.0
    for row in range(clock.exchanges):
        exchange = exchanges[row]
        if exchange.stage == OPERATING:
            seller = companies[exchange.seller]
            buyer = companies[exchange.buyer]
            seller.realised += exchange.gain_seller_now
            seller.expected += exchange.expected_seller / 12.0
            buyer.realised += exchange.gain_buyer_now
            buyer.expected += exchange.expected_buyer / 12.0


@compiled
def learn_attitudes(t, p, companies):
    """Once a year move attitude to the year's experience, in place.

    experience = realised / expected gain, held in [0, 1]: as promised or better is full satisfaction; without exchanges
    attitude returns to where it started, at the same speed.
    """
    if t % 12 != 11:
        return
    for row in range(len(companies)):
        company = companies[row]
        experience = company.attitude_start
        if company.expected > 0.0:
            experience = min(1.0, max(0.0, company.realised / company.expected))
        company.attitude += p.behaviour_learning * (experience - company.attitude)
        company.realised = 0.0
        company.expected = 0.0


@compiled
def copy_styles(t, p, companies, contacts):
    """Once a year let each company copy how its best-off contact shares, if that one gained more, in place.

    Only where gains are shared by style (protocol fair_sharing); imitation happens with chance `behaviour.learning`. All
    look before any of them moves (Yazan, Yazdanpanah and Fraccascia 2020).
    """
    if t % 12 != 11 or p.by_style == 0:
        return
    for row in range(len(companies)):
        company = companies[row]
        company.fair_next = company.fair
        best = company.year_result - company.year_alone
        if uniform(p.seed, STYLE, t, company.identity) > p.behaviour_learning:
            continue
        for entry in range(company.contact_first, company.contact_first + company.contact_count):
            other = companies[contacts[entry].other]
            if other.status == OPEN and other.year_result - other.year_alone > best:
                best = other.year_result - other.year_alone
                company.fair_next = other.fair
    for row in range(len(companies)):
        companies[row].fair = companies[row].fair_next


@compiled
def disappoint(p, company):
    """Let attitude fall by a share of itself after a failed talk or a bad end, in place."""
    company.attitude *= 1.0 - p.behaviour_disappointment


@compiled
def willingness(p, lever, company, own_payback, distance):
    """Return the willingness to cooperate I in [0, 1]: weighted attitude, norm and perceived control.

    control = 0.5 min(1, limit / payback) + 0.3 (1 - exp(-had / 2)) + 0.2 exp(-distance / search range); a shared vision
    closes part of the gap to 1. Ajzen 1991, doi:10.1016/0749-5978(91)90020-T; Lange and others 2021, JASSS 24(3) 8.
    """
    if p.behaviour_planned_behaviour == 0:
        return 1.0
    ease = 1.0 if own_payback <= company.payback else company.payback / own_payback
    experience = 1.0 - math.exp(-company.had / 2.0)
    nearness = math.exp(-distance / p.discovery_search_range)
    control = 0.5 * ease + 0.3 * experience + 0.2 * nearness
    weights = p.behaviour_weight_attitude + p.behaviour_weight_norm + p.behaviour_weight_control
    weighed = p.behaviour_weight_attitude * company.attitude + p.behaviour_weight_norm * company.norm
    weighed += p.behaviour_weight_control * control
    intention = weighed / weights if weights > 0.0 else 0.0
    intention += lever.vision * (1.0 - intention)
    return min(1.0, max(0.0, intention))


@compiled
def is_refused(t, p, pair):
    """Tell whether the owner of a directed pair will not deal with the other: blacklisted or without trust."""
    return t < pair.refuses or pair.trust < p.trust_breaking
