"""The platform: members read each other's listings first."""

from __future__ import annotations

from tests.references.deals import Opportunity
from tests.references.things import Stage


def has_platform(model) -> bool:
    """There is a platform, and it is not switched off."""
    return bool(model.p.discovery_by_platform) and model.lever.platform > 0.0


def read_listings(model) -> None:
    """On a platform, let registered companies read each other's matching listings first: half an hour each."""
    for company in model.agents:
        company.listings = 0.0
    if not has_platform(model):
        return
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
    if not has_platform(model) or not is_listed(model, opportunity):
        return 0.0
    return 1.0 - (1.0 - opportunity.seller.read) * (1.0 - opportunity.buyer.read)
