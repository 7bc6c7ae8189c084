"""The broker: the best latent matches that it sees are brought together."""

from __future__ import annotations

from math import exp

from tests.references.deals import Opportunity
from tests.references.discovery import identify
from tests.references.fees import charge
from tests.references.things import Stage


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
            if model.lever.broker_fee:
                charge(model, company, model.lever.broker_fee)


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
