"""Better use and better input: what another partner promises, and what leaving costs."""

from __future__ import annotations

from tests.references.deals import Exchange, Opportunity
from tests.references.screening import room_at_buyer, room_at_seller
from tests.references.things import Stage

GOES_ON = ("", 0.0)


def find_better(model, exchange: Exchange, seller_gain: float, buyer_gain: float) -> tuple[str, float]:
    """Another use or source that beats this exchange by the incumbent's bonus and the cost of leaving."""
    left = years_left(model.month, exchange)
    leaving = leaving_cost(model.month, exchange) / max(1.0, min(5.0, left))
    bonus = 1.0 + model.p.review_incumbent
    use = best_use(model.p, exchange)
    if use > bonus * seller_gain + leaving:
        return "better_use", use
    source = best_input(model.p, exchange)
    if source > bonus * buyer_gain + leaving:
        return "better_input", source
    return GOES_ON


def years_left(month: int, exchange: Exchange) -> float:
    """Years left of the term."""
    return max(0.0, exchange.term - (month - exchange.term_start) / 12.0)


def leaving_cost(month: int, exchange: Exchange) -> float:
    """Penalty on one year's quantity, less when less than a year is left."""
    return exchange.penalty * abs(exchange.price) * exchange.quantity * min(1.0, years_left(month, exchange))


def promise(opportunity: Opportunity, quantity: float) -> float:
    """Half the joint gain an opportunity at hand promises for `quantity` units a year."""
    if opportunity.stage is not Stage.SCREENED or opportunity.quantity <= 0.0:
        return 0.0
    return 0.5 * opportunity.score * min(1.0, max(0.0, quantity) / opportunity.quantity)


def best_use(p, exchange: Exchange) -> float:
    """Best promise of another use for the by-product."""
    best = 0.0
    for other in exchange.supply.opportunities:
        if other is not exchange.opportunity:
            best = max(best, promise(other, min(exchange.quantity, room_at_buyer(p, other))))
    return best


def best_input(p, exchange: Exchange) -> float:
    """Best promise of another source for the need."""
    here = exchange.opportunity
    replaced = exchange.quantity * here.arriving * here.ratio
    best = 0.0
    for other in exchange.demand.opportunities:
        if other is not here:
            wanted = replaced / (other.arriving * other.ratio)
            best = max(best, promise(other, min(wanted, room_at_seller(p, other))))
    return best
