"""Attitude, norms and willingness."""

from __future__ import annotations


def form_norm(company) -> None:
    """Share of open contacts that exchange, weighted by trust in them."""
    weight = 0.0
    active = 0.0
    for contact in company.contacts:
        other = contact.other
        if other.is_open:
            weight += contact.trust
            if other.sells + other.buys > 0:
                active += contact.trust
    company.norm = active / weight if weight > 0.0 else 0.0


def book_experience(exchange) -> None:
    """Add the month's realised and expected gains to both companies' year."""
    exchange.seller.realised += exchange.gain_seller_now
    exchange.seller.expected += exchange.expected_seller / 12.0
    exchange.buyer.realised += exchange.gain_buyer_now
    exchange.buyer.expected += exchange.expected_buyer / 12.0


def learn_attitude(company, p) -> None:
    """Move attitude to the year's experience, or back to where it started without any."""
    experience = company.attitude_start
    if company.expected > 0.0:
        experience = min(1.0, max(0.0, company.realised / company.expected))
    company.attitude += p.behaviour_learning * (experience - company.attitude)
    company.realised = 0.0
    company.expected = 0.0


def copy_styles(model) -> None:
    """Let companies copy how their best-off contact shares; all look before anybody moves."""
    for company in model.agents:
        company.fair_next = company.fair
        if model.draws.uniform("style", model.month, company.identity) > model.p.behaviour_learning:
            continue
        best = company.year_result - company.year_alone
        for contact in company.contacts:
            gain = contact.other.year_result - contact.other.year_alone
            if contact.other.is_open and gain > best:
                best = gain
                company.fair_next = contact.other.fair
    for company in model.agents:
        company.fair = company.fair_next


def disappoint(p, company) -> None:
    """Lose a share of attitude."""
    company.attitude *= 1.0 - p.behaviour_disappointment


def willingness(model, company) -> float:
    """(1 - w) attitude + w norm, w the weight of what contacts do."""
    if not model.p.behaviour_planned_behaviour:
        return 1.0
    weight = model.p.behaviour_weight_norm
    return min(1.0, max(0.0, (1.0 - weight) * company.attitude + weight * company.norm))


def is_willing(model, company) -> bool:
    """Willingness reaches the company's own threshold."""
    return not model.p.behaviour_planned_behaviour or willingness(model, company) >= company.threshold
