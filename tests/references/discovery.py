"""Discovery: latent opportunities become known by own search, contacts, a platform, a broker or innovation."""

from __future__ import annotations

from tests.references.attention import chance_of_look, knows, weigh_others
from tests.references.deals import Opportunity
from tests.references.draws import join
from tests.references.event_log import tell_of
from tests.references.fees import charge_members
from tests.references.platform import platform_chance, read_listings
from tests.references.standing import weight_of
from tests.references.things import Stage


def discover(model) -> None:
    """Identify latent opportunities: one draw a month for looks of both sides and the platform together."""
    weigh_others(model)
    charge_members(model)
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
    base = weight_of(p, opportunity)
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
