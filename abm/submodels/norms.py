"""Attitude, norms and willingness: what companies learn from exchanges and from each other; they can fall as well as rise."""

from __future__ import annotations

import numpy as np

from ..entities.codes import OPEN, OPERATING
from ..numerics.compiled import compiled
from ..numerics.randomness import STYLE, uniform


@compiled
def form_norms(s):
    """Set each company's subjective norm, in place: the share of its contacts that exchange, weighted by trust in them."""
    there = np.zeros(
        len(s.companies), dtype=np.int8
    )  # open; read far more often than it is set, so kept close together
    exchanging = np.zeros(len(s.companies), dtype=np.int8)
    for row in range(len(s.companies)):
        there[row] = s.companies[row].status == OPEN
        exchanging[row] = s.companies[row].sells + s.companies[row].buys > 0
    for row in range(len(s.companies)):
        company = s.companies[row]
        weight = 0.0
        active = 0.0
        for entry in range(company.contact_first, company.contact_first + company.contact_count):
            contact = s.contacts[entry]
            if there[contact.other]:
                weight += s.pairs[contact.pair].trust
                if exchanging[contact.other]:
                    active += s.pairs[contact.pair].trust
        company.norm = active / weight if weight > 0.0 else 0.0


@compiled
def book_experience(clock, s):
    """Add the month's realised and expected gains to each company's year [EUR], in place."""
    for row in range(clock.exchanges):
        exchange = s.exchanges[row]
        if exchange.stage == OPERATING:
            seller = s.companies[exchange.seller]
            buyer = s.companies[exchange.buyer]
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
def copy_styles(t, p, s):
    """Once a year let each company copy how its best-off contact shares, if that one gained more, in place.

    Only where gains are shared by style (protocol fair_sharing); imitation happens with chance `behaviour.learning`. All
    look before any of them moves (Yazan, Yazdanpanah and Fraccascia 2020).
    """
    if t % 12 != 11 or p.by_style == 0:
        return
    for row in range(len(s.companies)):
        company = s.companies[row]
        company.fair_next = company.fair
        best = company.year_result - company.year_alone
        if uniform(p.seed, STYLE, t, company.identity) > p.behaviour_learning:
            continue
        for entry in range(company.contact_first, company.contact_first + company.contact_count):
            other = s.companies[s.contacts[entry].other]
            if other.status == OPEN and other.year_result - other.year_alone > best:
                best = other.year_result - other.year_alone
                company.fair_next = other.fair
    for row in range(len(s.companies)):
        s.companies[row].fair = s.companies[row].fair_next


@compiled
def disappoint(p, company):
    """Let attitude fall by a share of itself after a failed talk or a bad end, in place."""
    company.attitude *= 1.0 - p.behaviour_disappointment


@compiled
def willingness(p, company):
    """Return the willingness to cooperate I in [0, 1]: (1 - w) attitude + w norm, w the weight of what contacts do.

    Ajzen 1991, doi:10.1016/0749-5978(91)90020-T, without perceived control: payback and distance act where offers are
    valued and others looked at.
    """
    if p.behaviour_planned_behaviour == 0:
        return 1.0
    weight = p.behaviour_weight_norm
    return min(1.0, max(0.0, (1.0 - weight) * company.attitude + weight * company.norm))


@compiled
def is_willing(p, company):
    """Tell whether a company opens talks and renews: its willingness reaches its own threshold (Granovetter 1978)."""
    return p.behaviour_planned_behaviour == 0 or willingness(p, company) >= company.threshold
