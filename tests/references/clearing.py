"""Clearing of a scarce stream: before it is signed away, rivals who hear name their best price; the best wins."""

from __future__ import annotations

from math import inf

from tests.references.agenda import refresh, set_quantity
from tests.references.capacity import free_quantity, possible_quantity
from tests.references.deals import Offer, Side, Talk
from tests.references.impasse import end_talk
from tests.references.last_bids import are_rivals, hears
from tests.references.outside_option import rivals
from tests.references.screening import capital_of
from tests.references.utility import are_served, best_split, price_for, put_on_table


def award(model, talk: Talk, is_open) -> Talk:
    """Return the talk that gets the stream which an accepted talk would sign away, with its terms on the table."""
    winner = call_rivals(model, talk, True, is_open)
    return call_rivals(model, talk, False, is_open) if winner is talk else winner


def call_rivals(model, talk: Talk, by_seller: bool, is_open) -> Talk:
    """Return who wins the stream of one side; it pays what the second best would, or what was accepted."""
    accepted = talk.gain_seller if by_seller else talk.gain_buyer
    best, second, winner = bid_of(talk, by_seller), -inf, talk
    for rival in rivals(model, talk, by_seller):
        if not is_open(rival) or not are_rivals(model, talk, rival, by_seller) or not hears(model, rival):
            continue
        bid = bid_of(rival, by_seller)
        if bid > best:
            second, best, winner = best, bid, rival
        elif bid > second:
            second = bid
    if winner is not talk or second > accepted:
        settle_price(winner, by_seller, max(accepted, second))
    return winner


def bid_of(talk: Talk, by_seller: bool) -> float:
    """What a talk could at most leave the side whose stream it is."""
    return best_split(talk)[0] - (talk.buyer if by_seller else talk.seller).reserve


def settle_price(talk: Talk, by_seller: bool, gain: float) -> None:
    """Put the best package on the table at the price that leaves the side whose stream it is a gain."""
    _, share, term = best_split(talk)
    side: Side = talk.seller if by_seller else talk.buyer
    put_on_table(talk, Offer(price_for(talk, side, gain, share, term), share, term))


def rescale(model, talk: Talk, state: dict, done: set) -> None:
    """A talk goes on over what is left, or ends outbid."""
    if id(talk) in done or state[id(talk)] in ("walk_out", "gone"):
        return
    if talk.is_about_new and not fits(model, talk):
        end_talk(model, talk, "outbid")
        state[id(talk)] = "walk_out"
        done.add(id(talk))
    elif state[id(talk)] == "accept" and not are_served(talk):
        state[id(talk)] = "offer"


def fits(model, talk: Talk) -> bool:
    """There is still room; takes a talk down to what is free and values it anew."""
    p, opportunity = model.p, talk.opportunity
    free = free_quantity(p, opportunity, talk.exchange.opportunity if talk.kind == "switch" else None)
    if free <= 0.0 or free < p.contract_smallest * possible_quantity(p, opportunity):
        return False
    quantity = min(free, talk.quantity)
    gross = capital_of(model, opportunity, quantity)
    if quantity < talk.quantity or gross != talk.capital + talk.grant:
        set_quantity(model, talk, quantity)
        refresh(model, talk)
        if talk.table is not None and talk.table.price == talk.table.price:
            put_on_table(talk, talk.table)
    return True


def keep_room(model, answers: list[str]) -> None:
    """End or take down talks for which outside causes left no room."""
    for place, talk in enumerate(model.talks):
        if talk.is_about_new and not fits(model, talk):
            end_talk(model, talk, "quantity_gone")
            answers[place] = "gone"
