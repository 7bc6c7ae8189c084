"""Alternating offers with time-dependent concession (Faratin, Sierra and Jennings 1998)."""

from __future__ import annotations

from math import inf

from tests.references.deals import Offer, Side, Talk
from tests.references.utility import gain_of, price_for, put_on_table


def meet(p, talk: Talk) -> str:
    """The speaker accepts the offer in hand, walks out or makes its next offer."""
    speaker = talk.speaker
    if talk.meeting > speaker.deadline:
        if talk.table is None:
            put_on_table(talk, Offer(float("nan"), 0.5, talk.standard))
        return "walk_out"
    target = concede(talk, speaker)
    in_hand = talk.other(speaker).offer
    if in_hand is not None and gain_of(talk, speaker, in_hand) >= target:
        put_on_table(talk, in_hand)
        return "accept"
    speaker.offer = propose(p, talk, speaker, target, in_hand)
    put_on_table(talk, speaker.offer)
    return "offer"


def concede(talk: Talk, side: Side) -> float:
    """Gain aimed at: reserve + (aim - reserve) (1 - (k/n)^(1/e)) at meeting k of deadline n."""
    passed = min(1.0, talk.meeting / side.deadline)
    return side.reserve + (side.aim - side.reserve) * (1.0 - passed ** (1.0 / side.exponent))


def propose(p, talk: Talk, side: Side, target: float, in_hand: Offer | None) -> Offer:
    """Return the offer that gives the target and lies nearest to the other's last one."""
    nearest, best = inf, None
    share_wanted = 0.5 if in_hand is None else in_hand.share
    term_wanted = talk.standard if in_hand is None else in_hand.term
    for term in talk.terms:
        for share in talk.splits:
            price = price_for(talk, side, target, share, term)
            in_price = 0.0 if in_hand is None else (price - in_hand.price) / talk.scale
            in_share = share - share_wanted
            in_term = p.negotiation_weight_term * (term - term_wanted) / talk.standard
            apart = in_price * in_price + in_share * in_share + in_term * in_term
            if apart < nearest:
                nearest, best = apart, Offer(price, share, term)
    return best
