"""Outside options: the best offer in hand in another talk, and what staying in or leaving a running contract is worth."""

from __future__ import annotations

from tests.references.capacity import need_of, supply_of
from tests.references.deals import Exchange, Side, Talk
from tests.references.screening import value_buyer, value_seller
from tests.references.utility import annuity, gain_of


def set_outside(model, talk: Talk) -> None:
    """Set what both sides have elsewhere."""
    for side in (talk.seller, talk.buyer):
        side.outside = best_offer(model, talk, side)
    if talk.kind == "renegotiation":
        asker, other = talk.asker, talk.other(talk.asker)
        paid = yearly_leaving(model, talk.exchange, asker.is_seller)
        asker.outside = max(running_gain(model, talk.exchange, asker.is_seller), asker.outside - paid)
        other.outside += paid
    elif talk.kind == "switch":
        leaver = talk.asker.is_seller
        stay = running_gain(model, talk.exchange, leaver) + yearly_leaving(model, talk.exchange, leaver)
        talk.asker.outside = max(talk.asker.outside, stay)


def rivals(model, talk: Talk, by_seller: bool) -> list[Talk]:
    """The other talks about the same supply or need."""
    here = talk.opportunity
    return [
        other for other in model.talks
        if other is not talk
        and (other.opportunity.supply is here.supply if by_seller else other.opportunity.demand is here.demand)
    ]  # fmt: skip


def best_offer(model, talk: Talk, side: Side) -> float:
    """Best offer in hand in another talk about the stream, for the part crowded out here."""
    best = 0.0
    for rival in rivals(model, talk, side.is_seller):
        offer = (rival.buyer if side.is_seller else rival.seller).offer
        if offer is not None:
            mine = rival.seller if side.is_seller else rival.buyer
            best = max(best, crowded_out(model.p, talk, rival, side.is_seller) * gain_of(rival, mine, offer))
    return best


def crowded_out(p, talk: Talk, rival: Talk, by_seller: bool) -> float:
    """Part of a rival's quantity that finds no room beside this deal on the shared stream."""
    here, there = talk.opportunity, rival.opportunity
    if by_seller:
        room = p.contract_dependable * supply_of(here) - here.supply.contracted - talk.quantity
        asked = rival.quantity
    else:
        room = p.contract_dependable * need_of(here) - here.demand.contracted
        room -= talk.quantity * here.arriving * here.ratio
        asked = rival.quantity * there.arriving * there.ratio
    return min(1.0, max(0.0, (asked - max(0.0, room)) / asked))


def running_gain(model, exchange: Exchange, of_seller: bool) -> float:
    """What a running contract is worth to a side at its present price; capital is sunk."""
    opportunity = exchange.opportunity
    replaces = opportunity.arriving * opportunity.ratio
    step = exchange.demand.material.expected - exchange.reference
    price = exchange.price + exchange.indexation * replaces * step
    borne = exchange.share if of_seller else 1.0 - exchange.share
    costs = model.p.contract_monitoring_cost + borne * exchange.upkeep
    if of_seller:
        return exchange.quantity * (price + value_seller(model, opportunity)) - costs
    return exchange.quantity * (value_buyer(model, opportunity) - price) - costs


def years_left(month: int, exchange: Exchange) -> float:
    """Years left of the term."""
    return max(0.0, exchange.term - (month - exchange.term_start) / 12.0)


def leaving_cost(model, exchange: Exchange, by_seller: bool) -> float:
    """What leaving early costs: the partner's lost gain of a year, or of the time left."""
    lost = running_gain(model, exchange, not by_seller)
    return max(0.0, lost) * min(1.0, years_left(model.month, exchange))


def yearly_leaving(model, exchange: Exchange, by_seller: bool) -> float:
    """The same as an annuity over the time left."""
    company = exchange.seller if by_seller else exchange.buyer
    years = max(1.0, years_left(model.month, exchange))
    return leaving_cost(model, exchange, by_seller) * annuity(company.wacc, years)
