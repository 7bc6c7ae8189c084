"""Attention: a company has some hours a month; contracts, meetings and studies come first, the rest buys looks at others."""

from __future__ import annotations

from math import exp, sqrt

from tests.references.deals import Opportunity


def give_hours(model) -> None:
    """Give every company its hours of the month, less the care of contracts and the meetings of open talks."""
    p = model.p
    for company in model.agents:
        hours = p.search_hours * sqrt(max(1.0, company.jobs) / 100.0) * company.symbiosis_staff
        hours *= 1.0 + p.search_vision * model.lever.vision
        hours -= p.contract_care * (company.sells + company.buys)
        hours -= p.negotiation_hours * p.negotiation_meetings * company.talks
        company.hours = max(0.0, hours) if company.prospect else 0.0


def spend(model, process: str, opportunity: Opportunity, hours: float) -> bool:
    """Take hours from both sides; who has a part of them goes ahead with that chance. Nothing is asked under a planner."""
    if model.is_planned:
        return True
    seller, buyer = opportunity.seller, opportunity.buyer
    have = min(seller.hours, buyer.hours)
    if have < hours and model.draws.uniform(process, model.month, opportunity.identity) * hours >= have:
        return False
    seller.hours = max(0.0, seller.hours - hours)
    buyer.hours = max(0.0, buyer.hours - hours)
    return True


def weigh_others(model) -> None:
    """Each January add up for every company the weights of all it could meet."""
    if model.month % 12 != 0:
        return
    for company in model.agents:
        company.reach = 0.0
        if model.p.discovery_by_search:
            for other in model.agents:
                company.reach += nearness(model.p, company, other)
        if model.p.discovery_by_contact:
            factor = model.p.search_contact * model.social_contact
            for other in acquaintances(company):
                company.reach += factor * nearness(model.p, company, other)


def nearness(p, company, other) -> float:
    """exp(-distance / range) within five ranges, 1 for the widely known, more for a plant that waits to open."""
    if other is company or not other.prospect:
        return 0.0
    east, north = other.x - company.x, other.y - company.y
    distance = sqrt(east * east + north * north)
    if distance > 5.0 * p.discovery_search_range:
        return 0.0
    known = company.widely_known or other.widely_known
    weight = 1.0 if known else exp(-distance / p.discovery_search_range)
    return weight * p.discovery_project if other.status == "waiting" else weight


def acquaintances(company) -> list:
    """Contacts, and those a contact has dealt with; each once, in the order of the contacts."""
    found: dict = {}
    for contact in company.contacts:
        found.setdefault(contact.other)
        for theirs in contact.other.relations.values():
            if theirs.experience > 0.0 and theirs.other is not company:
                found.setdefault(theirs.other)
    return list(found)


def knows(company, other) -> bool:
    """The other is a contact, or a contact has dealt with it."""
    for contact in company.contacts:
        if contact.other is other:
            return True
        theirs = contact.other.relations.get(other)
        if theirs is not None and theirs.experience > 0.0:
            return True
    return False


def chance_of_look(p, company, weight: float) -> float:
    """Chance that this month's looks of a company find an opportunity whose other side has a weight.

    1 - (1 - see q)^n (1 - see q rest), n whole looks and a part of one, q = weight / sum of weights.
    """
    whole = weight if weight > company.reach else company.reach
    if whole <= 0.0:
        return 0.0
    seen = p.search_see * weight / whole
    looks = company.hours / p.search_look
    full = float(int(looks))
    return 1.0 - (1.0 - seen) ** full * (1.0 - seen * (looks - full))
