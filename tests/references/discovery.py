"""Discovery: latent opportunities become known by own search, contacts, a platform, a broker or innovation."""

from __future__ import annotations

from math import exp

from ecopark.abm.entities.accounts import FEE
from tests.references.attention import chance_of_look, knows, weigh_others
from tests.references.deals import Opportunity
from tests.references.draws import join
from tests.references.event_log import tell_of
from tests.references.ledger import pay
from tests.references.things import Stage


def discover(model) -> None:
    """Identify latent opportunities: one draw a month for looks of both sides and the platform together."""
    weigh_others(model)
    read_listings(model)
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
    platform = platform_chance(model, opportunity)
    search, contact, look = look_chance(model, opportunity)
    draw = model.draws.uniform("discovery", model.month, opportunity.identity)
    chance = 1.0 - (1.0 - look) * (1.0 - platform)
    if draw >= chance:
        return ""
    if draw / chance * (look + platform) >= look:
        return "platform"
    return "search" if draw / chance * (look + platform) * (search + contact) < look * search else "contact"


def look_chance(model, opportunity: Opportunity) -> tuple[float, float, float]:
    """Return (weight of own search, of contacts, chance that a look of either side finds it)."""
    p, seller, buyer = model.p, opportunity.seller, opportunity.buyer
    base = exp(-opportunity.distance / p.discovery_search_range)
    if seller.widely_known or buyer.widely_known:
        base = 1.0
    if is_project(opportunity):
        base *= p.discovery_project
    search = base if p.discovery_by_search else 0.0
    factor = p.search_contact * model.social_contact * base if p.discovery_by_contact else 0.0
    there = factor if factor > 0.0 and knows(seller, buyer) else 0.0
    back = factor if factor > 0.0 and knows(buyer, seller) else 0.0
    by_seller = chance_of_look(p, seller, search + there)
    by_buyer = chance_of_look(p, buyer, search + back)
    return search, 0.5 * (there + back), 1.0 - (1.0 - by_seller) * (1.0 - by_buyer)


def identify(model, opportunity: Opportunity, channel: str) -> None:
    """Make an opportunity known."""
    opportunity.stage = Stage.IDENTIFIED
    opportunity.identified = opportunity.look = float(model.month)
    opportunity.channel = channel
    opportunity.studied = False
    tell_of(model, "identified", opportunity, 0.0, reason=channel)


def is_project(opportunity: Opportunity) -> bool:
    """A company has still to open, or a stream has still to flow."""
    waits = "waiting" in (opportunity.seller.status, opportunity.buyer.status)
    return waits or opportunity.supply.coefficient <= 0.0 or opportunity.demand.coefficient <= 0.0


def read_listings(model) -> None:
    """On a platform, let registered companies read each other's matching listings first: half an hour each."""
    for company in model.agents:
        company.listings = 0.0
    if not model.p.discovery_by_platform or model.lever.platform <= 0.0:
        return
    for company in model.agents:
        if company.is_open and company.registration < model.lever.platform and model.lever.platform_fee:
            pay(model, company, FEE, model.lever.platform_fee)
    for opportunity in model.opportunities:
        if opportunity.stage is Stage.LATENT and opportunity.known <= model.month and is_listed(model, opportunity):
            opportunity.seller.listings += 1.0
            opportunity.buyer.listings += 1.0
    for company in model.agents:
        needed = model.p.search_platform_look * company.listings
        company.read = 0.0
        if company.listings > 0.0:
            company.read = 1.0 if company.hours >= needed else company.hours / needed
        company.hours = max(0.0, company.hours - needed)


def is_listed(model, opportunity: Opportunity) -> bool:
    """Both are registered and a deal could be made."""
    later = max(opportunity.seller.registration, opportunity.buyer.registration)
    return later < model.lever.platform and opportunity.is_alive(model.month)


def platform_chance(model, opportunity: Opportunity) -> float:
    """Either side reads the other's listing."""
    if not model.p.discovery_by_platform or model.lever.platform <= 0.0 or not is_listed(model, opportunity):
        return 0.0
    return 1.0 - (1.0 - opportunity.seller.read) * (1.0 - opportunity.buyer.read)


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
        for company in (best.seller, best.buyer):
            if company.is_open and model.lever.broker_fee:
                pay(model, company, FEE, model.lever.broker_fee)


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
