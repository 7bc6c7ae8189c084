"""Impasse: a talk ends without a deal, and what follows from it."""

from __future__ import annotations

from tests.references.absurdity import MOST_ABSURD
from tests.references.deals import Talk
from tests.references.event_log import tell_of
from tests.references.ledger import pay_leaving
from tests.references.norms import disappoint
from tests.references.outside_option import leaving_cost, running_gain
from tests.references.past_talks import write_past_talk
from tests.references.termination import end_exchange
from tests.references.things import Stage
from tests.references.utility import tolerance_of, zone_of

FAILED = ("deadline", "walked_out", "no_zone", "absurd")


def why_walked(talk: Talk) -> str:
    """No price suits both, or time ran out although one did."""
    if zone_of(talk) < 0.0:
        return "no_zone"
    if max(talk.seller.absurd, talk.buyer.absurd) >= MOST_ABSURD:
        return "absurd"
    late = talk.last is not None or talk.meeting > min(talk.seller.deadline, talk.buyer.deadline)
    return "deadline" if late else "walked_out"


def end_talk(model, talk: Talk, reason: str) -> None:
    """End a talk without a deal; what it means for the contract it was about follows."""
    p, opportunity = model.p, talk.opportunity
    talk.seller.company.talks -= 1
    talk.buyer.company.talks -= 1
    zone = zone_of(talk)
    write_past_talk(model, talk, reason)
    model.now.failed_talks += 1.0
    if zone >= 0.0 and reason in ("deadline", "walked_out"):
        model.now.failed_feasible += 1.0
    if reason in FAILED:
        opportunity.there.failed = opportunity.back.failed = True
        disappoint(p, talk.seller.company)
        disappoint(p, talk.buyer.company)
    tell_of(model, "no_deal", opportunity, zone, reason=reason)
    if talk.exchange is not None:
        talk.exchange.talking = False
    if talk.is_about_new:
        opportunity.stage = Stage.IDENTIFIED
        opportunity.look = float(model.month) + (p.screening_retry if reason in FAILED else p.screening_review)
        opportunity.failures += 1
    elif talk.exchange.stage is not Stage.ENDED:
        part_or_stay(model, talk)


def part_or_stay(model, talk: Talk) -> None:
    """Carry out what a failed talk about a running contract leads to."""
    exchange = talk.exchange
    if talk.kind == "renegotiation":
        by_seller = talk.asker.is_seller
        stay = running_gain(model, exchange, by_seller)
        if talk.asker.outside > stay + tolerance_of(talk):
            pay_leaving(model, exchange, by_seller, leaving_cost(model, exchange, by_seller))
            end_exchange(model, exchange, "unprofitable", stay)
    elif talk.kind == "smaller":
        reason = "supply_failed" if exchange.fails >= exchange.fails_buyer else "need_gone"
        end_exchange(model, exchange, reason, max(exchange.fails, exchange.fails_buyer))
