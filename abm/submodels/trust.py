"""Relations: trust, reputation, attitude and norms; they can fall as well as rise."""

from __future__ import annotations

import numpy as np

from ..entities.codes import OPERATING
from ..numerics.compiled import compiled
from ..numerics.randomness import EXIT, TRUST_NOISE, join, normal, uniform


@compiled
def find_pair(s, owner, other):
    """Return the row of the directed pair, or `len(ties)` when the two have nothing to do with each other."""
    low = s.companies[owner].pair_first
    end = low + s.companies[owner].pair_count
    high = end
    while low < high:
        middle = (low + high) // 2
        if s.ties[middle].other < other:
            low = middle + 1
        else:
            high = middle
    if low < end and s.ties[low].other == other:
        return low
    return len(s.ties)


@compiled
def judge_deliveries(t, p, clock, s):
    """Move trust by the month's deliveries, in place.

    fulfilled: T += gain (1 - T); short by the partner's fault: T -= loss T severity, severity = missing / nominal. A small
    noise belongs to each side of the exchange, so that strangers' trust does not move.
    """
    for row in range(clock.exchanges):
        exchange = s.exchanges[row]
        if exchange.stage != OPERATING:
            continue
        opportunity = s.opportunities[exchange.opportunity]
        seller_noise = p.trust_noise * normal(p.seed, TRUST_NOISE, t, exchange.identity)
        buyer_noise = p.trust_noise * normal(p.seed, TRUST_NOISE, t, join(exchange.identity, exchange.identity))
        judge(p, s.pairs[opportunity.there], exchange.short_buyer, exchange.nominal, seller_noise)
        judge(p, s.pairs[opportunity.back], exchange.short_seller, exchange.nominal, buyer_noise)
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
    pair.missed += min(1.0, missing / nominal)
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
def spread_reputation(t, p, s):
    """Once a year draw trust towards the opinion of contacts and partners who know the other, in place.

    T_ij += reputation x sum_k(T_ik (T_kj - T_ij)) / sum_k T_ik over contacts and partners k of i that have dealt with j. All opinions
    are formed before any of them moves, so that no order of companies matters.
    """
    if t % 12 != 11 or p.trust_reputation == 0.0:
        return
    weight = np.zeros(len(s.companies), dtype=np.float64)
    total = np.zeros(len(s.companies), dtype=np.float64)
    opinions = np.zeros(len(s.pairs), dtype=np.float64)
    for row in range(len(s.companies)):
        form_opinions(s, s.companies[row], weight, total, opinions)
    for row in range(len(s.pairs)):
        s.pairs[row].trust += p.trust_reputation * (opinions[row] - s.pairs[row].trust)


@compiled
def form_opinions(s, company, weight, total, opinions):
    """Set what a company's contacts and partners think of each other company, `opinions` [pair] 0..1, in place.

    Its own trust stands where none of them has dealt with the other. weight, total: room for a sum per company.
    """
    first = company.pair_first
    end = first + company.pair_count
    for row in range(first, end):
        weight[s.ties[row].other] = 0.0
        total[s.ties[row].other] = 0.0
    for row in range(first, end):
        if s.ties[row].contact == 1 or s.pairs[row].experience > 0.0:
            hear_friend(s.companies[s.ties[row].other], s, s.pairs[row].trust, weight, total)
    for row in range(first, end):
        other = s.ties[row].other
        opinions[row] = total[other] / weight[other] if weight[other] > 0.0 else s.pairs[row].trust


@compiled
def hear_friend(friend, s, trust, weight, total):
    """Add what a friend thinks of those it has dealt with, weighted by the trust in the friend, in place."""
    for row in range(friend.pair_first, friend.pair_first + friend.pair_count):
        if s.pairs[row].experience > 0.0:
            weight[s.ties[row].other] += trust
            total[s.ties[row].other] += trust * s.pairs[row].trust


@compiled
def is_refused(t, p, pair):
    """Tell whether the owner of a directed pair will not deal with the other: blacklisted or without trust."""
    return t < pair.refuses or pair.trust < p.trust_breaking


@compiled
def leaves_by_distrust(t, p, trust, identity):
    """Tell whether a side of a running exchange leaves it this month for lack of trust.

    chance = 1 - (1 - q)^(1/12), q = exit x max(0, 1 - T / comfort)^2: a hazard that grows with distrust, no cliff.
    """
    if trust >= p.trust_comfort:
        return False
    lacking = 1.0 - trust / p.trust_comfort
    chance = 1.0 - (1.0 - p.trust_exit * lacking * lacking) ** (1.0 / 12.0)
    return uniform(p.seed, EXIT, t, identity) < chance
