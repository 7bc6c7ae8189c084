"""Signing: the month's accepted deals, largest joint gain first."""

from __future__ import annotations

from tests.references.amendment import amend
from tests.references.clearing import award, rescale
from tests.references.contract import sign
from tests.references.deals import Talk
from tests.references.impasse import end_talk, why_walked
from tests.references.standing import can_deal
from tests.references.things import Stage
from tests.references.utility import are_served


def sign_deals(model, answers: list[str]) -> None:
    """Close the month's talks; keep those that go on."""
    talks = list(model.talks)
    state = dict(zip(map(id, talks), answers, strict=True))
    done: set[int] = set()

    def rank(talk: Talk) -> float:
        return -(talk.gain_seller + talk.gain_buyer) if state[id(talk)] == "accept" else 0.0

    for talk in sorted(talks, key=rank):
        if id(talk) in done or state[id(talk)] == "gone":
            continue
        if is_gone(model, talk):
            end_talk(model, talk, "partner_gone")
            state[id(talk)] = "walk_out"
        elif state[id(talk)] == "walk_out":
            end_talk(model, talk, why_walked(talk))
        elif state[id(talk)] == "accept":
            while id(talk) not in done and state[id(talk)] == "accept":
                close_deal(model, talk, state, done)
        done.add(id(talk))
    model.talks = [talk for talk in talks if state[id(talk)] == "offer"]


def is_gone(model, talk: Talk) -> bool:
    """A partner or stream is gone, or the contract it is about has ended."""
    if talk.kind == "switch" and talk.exchange.stage is Stage.ENDED:
        talk.kind, talk.exchange = "new", None
    if not talk.is_about_new and talk.exchange.stage is Stage.ENDED:
        return True
    return not can_deal(talk.opportunity)


def close_deal(model, talk: Talk, state: dict, done: set) -> None:
    """Sign an accepted talk or the rival that outbids it; tell the others on the same streams at once."""

    def is_open(rival: Talk) -> bool:
        return id(rival) not in done and state[id(rival)] in ("offer", "accept")

    winner = award(model, talk, is_open) if talk.is_about_new else talk
    if winner is not talk and is_gone(model, winner):
        winner = talk
    if not are_served(winner):
        state[id(talk)] = "offer"
        return
    if winner.is_about_new:
        sign(model, winner)
    else:
        amend(model, winner)
    state[id(winner)] = "accept"
    done.add(id(winner))
    opportunity = winner.opportunity
    for others in (
        [other for other in model.talks if other.opportunity.supply is opportunity.supply],
        [other for other in model.talks if other.opportunity.demand is opportunity.demand],
    ):
        for other in others:
            rescale(model, other, state, done)
