"""Discovery: latent opportunities become known by own search, contacts, a platform, a broker or innovation."""

from __future__ import annotations

from math import exp

from tests.references.deals import Opportunity
from tests.references.draws import join
from tests.references.event_log import tell_of
from tests.references.things import Stage


def discover(model) -> None:
    """Identify latent opportunities: one draw a month for search, contacts and platform together."""
    for opportunity in model.opportunities:
        if opportunity.stage is Stage.LATENT and opportunity.is_alive(model.month):
            if model.is_planned and opportunity.known <= model.month:
                identify(model, opportunity, "planner")
            elif opportunity.known > model.month:
                innovate(model, opportunity)
                if opportunity.known <= model.month:
                    identify(model, opportunity, "innovation")
            else:
                channel = channel_of(model, opportunity)
                if channel:
                    identify(model, opportunity, channel)


def channel_of(model, opportunity: Opportunity) -> str:
    """Return the channel by which an opportunity is found this month, or none."""
    search = search_chance(model.p, opportunity)
    contact = contact_chance(model, opportunity)
    platform = platform_chance(model, opportunity)
    draw = model.draws.uniform("discovery", model.month, opportunity.identity)
    chance = 1.0 - (1.0 - search) * (1.0 - contact) * (1.0 - platform)
    if draw >= chance:
        return ""
    part = draw / chance * (search + contact + platform)
    if part < search:
        return "search"
    return "contact" if part < search + contact else "platform"


def identify(model, opportunity: Opportunity, channel: str) -> None:
    """Make an opportunity known."""
    opportunity.stage = Stage.IDENTIFIED
    opportunity.identified = opportunity.look = float(model.month)
    opportunity.channel = channel
    tell_of(model, "identified", opportunity, 0.0, reason=channel)


def search_chance(p, opportunity: Opportunity) -> float:
    """Search x exp(-distance / range), more for projects; distance is no matter for those who are known everywhere."""
    if not p.discovery_by_search:
        return 0.0
    chance = min(1.0, p.discovery_project * p.discovery_search) if is_project(opportunity) else p.discovery_search
    if opportunity.seller.widely_known or opportunity.buyer.widely_known:
        return chance
    return chance * exp(-opportunity.distance / p.discovery_search_range)


def is_project(opportunity: Opportunity) -> bool:
    """A company has still to open, or a stream has still to flow."""
    waits = "waiting" in (opportunity.seller.status, opportunity.buyer.status)
    return waits or opportunity.supply.coefficient <= 0.0 or opportunity.demand.coefficient <= 0.0


def contact_chance(model, opportunity: Opportunity) -> float:
    """Contact x (1 - 2^-n), n counting the buyer as a contact and contacts who have dealt with the buyer."""
    if not model.p.discovery_by_contact:
        return 0.0
    buyer = opportunity.buyer
    count = 0.0
    for contact in opportunity.seller.contacts:
        if contact.other is buyer:
            count += 1.0
        else:
            theirs = contact.other.relations.get(buyer)
            if theirs is not None and theirs.experience > 0.0:
                count += 1.0
    return min(1.0, model.p.discovery_contact * model.social_contact * (1.0 - 0.5**count))


def platform_chance(model, opportunity: Opportunity) -> float:
    """A constant where both sides are registered."""
    rate = model.lever.platform
    if not model.p.discovery_by_platform or rate <= 0.0:
        return 0.0
    later = max(opportunity.seller.registration, opportunity.buyer.registration)
    return model.p.discovery_platform if later < rate else 0.0


def innovate(model, opportunity: Opportunity) -> None:
    """Let the holder of an unused by-product find the conversion, for all its opportunities at once."""
    if not model.p.discovery_by_innovation:
        return
    supply = opportunity.supply
    yearly = supply.coming * supply.company.coming_capacity * 12.0
    unused = max(0.0, 1.0 - supply.contracted / yearly)
    draw = model.draws.uniform("innovation", model.month, join(supply.company.identity, opportunity.way))
    if draw < model.p.discovery_innovation * unused:
        for other in supply.opportunities:
            if other.conversion == opportunity.conversion:
                other.known = float(model.month)


def broker_matches(model) -> None:
    """Let a broker bring together the best latent matches it sees, as far as its capacity goes."""
    capacity = model.lever.broker
    if not model.p.discovery_by_broker or capacity <= 0.0:
        return
    model.matches_saved = min(model.matches_saved + capacity, capacity + 1.0)
    while model.matches_saved >= 1.0:
        best = best_match(model)
        if best is None:
            return
        model.matches_saved -= 1.0
        identify(model, best, "broker")


def best_match(model) -> Opportunity | None:
    """Return the latent opportunity a broker thinks best: score x exp(error z)."""
    best = None
    highest = 0.0
    for opportunity in model.opportunities:
        if opportunity.stage is Stage.LATENT and opportunity.known <= model.month and opportunity.is_alive(model.month):
            shock = model.draws.normal("broker", model.month // 12, opportunity.identity)
            judged = opportunity.score * exp(model.p.discovery_broker_error * shock)
            if judged > highest:
                highest, best = judged, opportunity
    return best
