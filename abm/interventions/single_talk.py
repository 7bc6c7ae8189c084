"""One negotiation on its own: two companies of a park bargain, and every offer is seen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from ..entities.codes import ACCEPTED, ANSWERS, BUYER, OFFERED, SELLER
from ..input.errors import InputError, Mistake, nearest
from ..park import Park, quiet
from ..submodels.capacity import free_quantity, is_promised, possible_quantity
from ..submodels.negotiation.meetings import hold_meetings
from ..submodels.negotiation.utility import best_level, gain_of, price_for, share_level, term_level, zone_of
from .table import put_talk


@dataclass(frozen=True)
class Offer:
    """One offer: who spoke, the terms, what they are worth to each side [EUR/year], and the answer to what came before."""

    meeting: int
    speaker: str
    price: float
    seller_share: float
    term_years: float
    seller_gain: float
    buyer_gain: float
    answer: str


@dataclass(frozen=True)
class Worth:
    """A package: seller's share of the capital, term, and what it is worth to each side at price zero [EUR/year]."""

    share: float
    term: float
    seller: float
    buyer: float


@dataclass(frozen=True)
class Talk:
    """A whole negotiation. Money in EUR, quantity in the by-product's unit a year; zone: joint gain above both reserves.

    best_share, best_term: of the package with the largest joint gain; nash_price: at which it is shared evenly, which is the
    Nash point and the Kalai-Smorodinsky point at once, as the frontier is a straight line. packages: all of them.

    set_aside: whether the by-product or the need was promised by then, and was taken as free for the sake of this talk.
    """

    seller: str
    buyer: str
    material: str
    input: str
    unit: str
    quantity: float
    capital: float
    seller_reserve: float
    buyer_reserve: float
    seller_deadline: int
    buyer_deadline: int
    seller_exponent: float
    buyer_exponent: float
    zone: float
    agreed: bool
    set_aside: bool
    best_share: float
    best_term: float
    nash_price: float
    packages: tuple[Worth, ...]
    offers: tuple[Offer, ...]


def hold_talk(park: Park, seller: str, buyer: str, material: str | None = None) -> Talk:
    """Let two companies bargain in the park's present month, without changing the park.

    material: the by-product, where the two could exchange several. What is promised already, to each other or to third
    companies, is set aside for the talk. Raises InputError when there is nothing to talk about.
    """
    twin = park.fork()
    if twin.month == 0:
        twin.advance(1)
    row = _find(twin, seller, buyer, material)
    state = twin.state
    state.params = state.params.copy()  # forks share them
    p, clock = state.params[0], state.clock[0]
    opportunity = state.opportunities[row]
    quantity = free_quantity(p, state, row, -1)
    set_aside = quantity <= 0 or is_promised(state.funnel.stage[row])
    if set_aside:
        state.streams.contracted[[opportunity.supply, opportunity.demand]] = 0  # what is promised counts as free
        quantity = free_quantity(p, state, row, -1)
    if quantity <= 0:
        allowed = "two companies that are open and have the by-product and the need in that year"
        raise InputError([Mistake("talk", f"{seller} and {buyer}", allowed)])
    state.notes.quantity[row] = possible_quantity(p, state, opportunity)
    p.recording_meetings = 0
    clock.talks = 0
    with quiet():
        put_talk(state, twin.month - 1, row, float(quantity))
        offers = _bargain(twin, p, clock)
        zone = zone_of(state.talks[0])
    return _told(twin, row, offers, zone, set_aside)


def _find(park: Park, seller: str, buyer: str, material: str | None) -> int:
    """Return the row of the opportunity meant, or raise InputError with what would be possible."""
    names = list(park.names)
    wrong = [
        Mistake(place, name, "a company of the scenario", nearest(name, names))
        for place, name in (("--seller", seller), ("--buyer", buyer))
        if name not in names
    ]
    if wrong:
        raise InputError(wrong)
    table = park.results.columns("opportunities")
    fits = (table["seller"] == seller) & (table["buyer"] == buyer)
    if material is not None and fits.any():
        known = sorted(set(table["material"][fits]))
        fits &= table["material"] == material
        if not fits.any():
            raise InputError([Mistake("--material", material, f"one of {', '.join(known)}", nearest(material, known))])
    if not fits.any():
        partners = sorted(set(table["buyer"][table["seller"] == seller]))
        raise InputError(
            [
                Mistake(
                    "talk",
                    f"{seller} to {buyer}",
                    f"two companies that could exchange; {seller} could sell to {', '.join(partners) or 'nobody'}",
                )
            ]
        )
    rows = np.flatnonzero(fits)
    state = park.state
    alive = [row for row in rows if free_quantity(state.params[0], state, int(row), -1) > 0]
    return int((alive or list(rows))[0])


def _bargain(park: Park, p: Any, clock: Any) -> tuple[Offer, ...]:
    """Hold meetings until the talk ends; return every offer."""
    state = park.state
    state.companies.seat = 0
    talk = state.talks[0]
    outcome = np.zeros(1, dtype=np.int64)
    offers: list[Offer] = []
    p.negotiation_meetings = 1
    while outcome[0] == OFFERED and len(offers) < 1000:
        speaker = "seller" if talk.speaker == SELLER else "buyer"
        hold_meetings(p, clock, state, outcome)
        offers.append(
            Offer(
                int(talk.meeting) - 1,
                speaker,
                float(talk.price),
                float(talk.share),
                float(talk.term),
                float(talk.gain_seller),
                float(talk.gain_buyer),
                ANSWERS[outcome[0]],
            )
        )
    return tuple(offers)


def _told(park: Park, row: int, offers: tuple[Offer, ...], zone: float, set_aside: bool) -> Talk:
    talk = park.state.talks[0]
    table = park.results.columns("opportunities")
    material = table["material"][row]
    unit = next(line.unit for line in park.scenario.tables["materials"] if line.material == material)
    return Talk(
        seller=table["seller"][row], buyer=table["buyer"][row], material=material, input=table["input"][row], unit=unit,
        quantity=float(talk.quantity), capital=float(talk.capital), seller_reserve=float(talk.reserve_seller),
        buyer_reserve=float(talk.reserve_buyer), seller_deadline=int(talk.deadline_seller),
        buyer_deadline=int(talk.deadline_buyer), seller_exponent=float(talk.exponent_seller),
        buyer_exponent=float(talk.exponent_buyer), zone=zone, agreed=offers[-1].answer == ANSWERS[ACCEPTED],
        set_aside=set_aside, offers=offers, **_best(talk), packages=_packages(talk),
    )  # fmt: skip


def _best(talk: Any) -> dict[str, float]:
    """Return the best package and the price at which it is shared evenly."""
    level = int(best_level(talk))
    share, term = (float(part) for part in _terms(talk, level))
    joint = float(gain_of(talk, SELLER, 0.0, share, term) + gain_of(talk, BUYER, 0.0, share, term))
    half = 0.5 * (joint - float(talk.reserve_seller) - float(talk.reserve_buyer))
    price = float(price_for(talk, SELLER, float(talk.reserve_seller) + half, share, term))
    return {"best_share": share, "best_term": term, "nash_price": price}


def _packages(talk: Any) -> tuple[Worth, ...]:
    levels = [_terms(talk, level) for level in range(int(talk.terms * talk.splits))]
    return tuple(
        Worth(float(share), float(term), *(float(gain_of(talk, side, 0.0, share, term)) for side in (SELLER, BUYER)))
        for share, term in levels
    )


def _terms(talk: Any, level: int) -> tuple[float, float]:
    """Return split and term of a package."""
    splits = int(talk.splits)
    return share_level(talk, level % splits), term_level(talk, level // splits)
