"""Strategies on their own: two sides at a table of numbers, by what each may see alone."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ecopark.abm.strategies import NAMES, agent_v1, default, guarded
from ecopark.abm.strategies import open as openly
from ecopark.abm.strategies.view import (
    ACCEPT,
    AIM,
    DEADLINE,
    END,
    EXPONENT,
    FIRST_WORTH,
    HEARD_LAST,
    HEARD_PACKAGE,
    HEARD_PRICE,
    HEARD_WORTH,
    LAST_OFFER,
    LEAST,
    LEAVE,
    MANNER,
    MEETING,
    MEMORY,
    OPENNESS,
    PACKAGE,
    PACKAGES,
    PLACES,
    PRICE,
    SCALE,
    SLOPE,
    SPLITS,
    STAKE,
    STANDARD,
    TERMS,
)

STRATEGIES = {"agent_v1": agent_v1, "default": default, "guarded": guarded, "open": openly}


@dataclass
class Player:
    """One side: the worth of each package at price zero, least gain, guess of the whole, patience."""

    strategy: str
    own: list[float]
    reference: list[float]
    least: float = 0.0
    aim: float = 100.0
    deadline: int = 10
    exponent: float = 1.0
    sign: float = 1.0
    openness: float = 0.5
    manner: float = 0.9
    memory: np.ndarray = field(default_factory=lambda: np.zeros(MEMORY))
    offer: tuple[float, int] | None = None
    claims: list[float] = field(default_factory=list)

    def worth(self, price: float, package: int) -> float:
        return self.sign * price + self.own[package]


def view_of(player: Player, other: Player, meeting: int, last: bool) -> np.ndarray:
    count = len(player.own)
    view = np.full(FIRST_WORTH + 2 * count, np.nan)
    for place, value in {
        MEETING: meeting, DEADLINE: player.deadline, EXPONENT: player.exponent, LEAST: player.least, AIM: player.aim,
        SLOPE: player.sign, STAKE: 100.0, SCALE: 100.0, OPENNESS: player.openness, MANNER: player.manner,
        HEARD_LAST: float(last), SPLITS: count, TERMS: 1, STANDARD: 5.0, PACKAGES: count,
    }.items():  # fmt: skip
        view[place] = value
    if other.offer is not None:
        view[HEARD_PRICE], view[HEARD_PACKAGE] = other.offer
        view[HEARD_WORTH] = player.worth(*other.offer)
    view[FIRST_WORTH : FIRST_WORTH + count] = player.own
    view[FIRST_WORTH + count :] = player.reference
    return view


def play(first: Player, second: Player) -> tuple[float, float] | None:
    """Return the gains of first and second, None without a deal."""
    speaker, other, last = first, second, False
    for meeting in range(1000):
        view = view_of(speaker, other, meeting, last)
        strategy = STRATEGIES[speaker.strategy]
        if other.offer is not None:
            answer = strategy.respond(view, speaker.memory)
            if answer == ACCEPT:
                return first.worth(*other.offer), second.worth(*other.offer)
            if answer == END or last:
                return None
        out = np.zeros(2)
        act = strategy.propose(view, out, speaker.memory)
        if act == LEAVE:
            return None
        speaker.offer = (float(out[PRICE]), int(out[PACKAGE]))
        speaker.claims.append(speaker.worth(*speaker.offer))
        last = act == LAST_OFFER
        speaker, other = other, speaker
    raise AssertionError("the talk never ended")


def two(strategy: str, zone: float, reserves=(0.0, 0.0), **both) -> tuple[Player, Player]:
    """A seller and a buyer with joint gain zone + reserves on one package, each guessing it right."""
    whole = zone + sum(reserves)
    seller = Player(strategy, [0.0], [whole], least=reserves[0], aim=max(whole, reserves[0]), **both)
    buyer = Player(strategy, [whole], [0.0], least=reserves[1], aim=max(whole, reserves[1]), sign=-1.0, **both)
    return seller, buyer


def test_every_file_is_a_strategy():
    assert tuple(sorted(STRATEGIES)) == NAMES
    assert len(set(PLACES)) == len(PLACES) == FIRST_WORTH


@settings(max_examples=300, deadline=None)
@given(
    st.floats(0, 100), st.floats(0, 50), st.floats(0, 50), st.integers(2, 60), st.integers(2, 60), st.floats(0.1, 10),
    st.floats(0.1, 10), st.floats(0, 2), st.floats(0, 2), st.booleans(),
)  # fmt: skip
def test_two_open_sides_agree_whenever_there_is_a_zone(zone, r1, r2, n1, n2, e1, e2, a1, a2, turn):
    seller, buyer = two("open", zone, (r1, r2))
    seller.deadline, buyer.deadline, seller.exponent, buyer.exponent = n1, n2, e1, e2
    seller.aim, buyer.aim = r1 + a1 * (zone + r2), r2 + a2 * (zone + r1)
    deal = play(buyer, seller) if turn else play(seller, buyer)
    assert deal is not None
    one, other = reversed(deal) if turn else deal
    assert one >= r1 - 1e-6
    assert other >= r2 - 1e-6


@settings(max_examples=300, deadline=None)
@given(
    st.sampled_from(["guarded", "default", "open"]), st.floats(1, 100), st.integers(2, 40), st.integers(2, 40), st.floats(0.1, 5),
    st.floats(0.1, 5), st.floats(0.5, 1.5), st.floats(0.5, 1.5),
)  # fmt: skip
def test_nobody_takes_less_than_its_least_gain_or_claims_more_than_its_guess(name, zone, n1, n2, e1, e2, a1, a2):
    seller, buyer = two(name, zone, (10.0, 20.0))
    seller.deadline, buyer.deadline, seller.exponent, buyer.exponent = n1, n2, e1, e2
    seller.aim, buyer.aim = 10 + a1 * (zone + 20), 20 + a2 * (zone + 10)
    deal = play(seller, buyer)
    for player in (seller, buyer):
        claims = np.array(player.claims)
        assert np.all(claims <= player.aim + 1e-6)
        assert np.all(claims >= player.least - 1e-6)
        assert np.all(np.diff(claims) <= 1e-6)
    if deal is not None:
        assert deal[0] >= 10 - 1e-6
        assert deal[1] >= 20 - 1e-6
        assert sum(deal) == pytest.approx(zone + 30)


def test_a_guarded_side_gives_little_to_one_that_gives_nothing():
    seller, buyer = two("guarded", 100.0, deadline=20)
    buyer.memory[:] = 0
    stubborn = Player("agent_v1", [100.0], [0.0], aim=100.0, deadline=1000, exponent=1e-3, sign=-1.0)
    assert play(seller, stubborn) is None
    steps = -np.diff(seller.claims)
    assert steps == pytest.approx(0.05 * 100, abs=1e-9)


def test_in_one_turn_a_guarded_side_comes_down_by_at_most_its_even_pace():
    """One that opens far off and comes back fast unlocks no more than that."""
    seller, _ = two("guarded", 100.0, deadline=10)
    fast = Player("open", [100.0], [0.0], aim=190.0, deadline=10, exponent=1.0, sign=-1.0)
    play(seller, fast)
    assert max(-np.diff(seller.claims)) == pytest.approx(2 * 0.75 / 10 * 100)


def test_a_guarded_side_keeps_its_pace_while_the_other_leaves_as_much_as_it_has_left():
    seller, _ = two("guarded", 100.0, deadline=15)
    stands = Player("agent_v1", [100.0], [0.0], aim=60.0, deadline=1000, exponent=1e-3, sign=-1.0)
    deal = play(seller, stands)
    assert -np.diff(seller.claims)[:4] == pytest.approx(10.0)
    assert deal == pytest.approx((40.0, 60.0))


@pytest.mark.parametrize(("kept", "agreed"), [(29.0, True), (31.0, False), (99.0, False)])
def test_a_last_offer_is_measured_by_the_claim_that_stands(kept, agreed):
    """Who has heard nothing yet claims all of it, and takes 70 % of it as a last offer."""
    seller, _ = two("guarded", 100.0)
    view = view_of(seller, Player("open", [100.0], [0.0], sign=-1.0, offer=(100.0 - kept, 0)), 1, last=True)
    assert (guarded.respond(view, seller.memory) == ACCEPT) is agreed


def test_the_second_absurd_offer_ends_the_talk():
    seller, _ = two("guarded", 100.0)
    absurd = Player("open", [100.0], [0.0], sign=-1.0, offer=(-101.0, 0))
    answers = [guarded.respond(view_of(seller, absurd, turn, last=False), seller.memory) for turn in (1, 3)]
    assert answers[0] != END
    assert answers[1] == END


def test_the_package_is_the_one_that_is_best_for_both():
    seller = Player("guarded", [0.0, -10.0, 5.0], [50.0, 80.0, 30.0])
    out = np.zeros(2)
    guarded.propose(view_of(seller, Player("open", [0, 0, 0], [0, 0, 0], sign=-1.0), 0, last=False), out, seller.memory)
    assert out[PACKAGE] == 1
    assert seller.worth(out[PRICE], 1) == pytest.approx(seller.aim)


@pytest.mark.parametrize(("manner", "like"), [(0.1, "open"), (0.9, "guarded")])
def test_the_mixture_is_open_or_guarded_for_the_whole_talk(manner, like):
    deals = []
    for name in ("default", like):
        seller, buyer = two(name, 100.0, deadline=8, manner=manner)
        buyer.strategy, buyer.exponent = "open", 2.0
        deals.append((play(seller, buyer), seller.claims))
    assert deals[0] == deals[1]


@settings(max_examples=100, deadline=None)
@given(st.integers(4, 30), st.floats(0.2, 3), st.integers(1, 10))
def test_patience_pays_between_open_sides(deadline, exponent, more):
    """A longer deadline or a later concession of the seller gives it no less."""
    gains = []
    for longer, later in ((0, 1.0), (more, 1.0), (0, 0.7)):
        seller, buyer = two("open", 100.0, deadline=deadline, exponent=exponent)
        seller.deadline += 2 * longer
        seller.exponent *= later
        gains.append(play(buyer, seller)[1])
    assert min(gains[1:]) >= gains[0] - 100 / deadline ** min(1.0, 1 / exponent) - 1e-6


@settings(max_examples=100, deadline=None)
@given(st.floats(1e-3, 1e6), st.floats(20, 100), st.sampled_from(["guarded", "open", "agent_v1"]))
def test_money_has_no_unit(factor, zone, name):
    plain = play(*two(name, zone, (5.0, 10.0), exponent=0.8))
    seller, buyer = two(name, zone * factor, (5.0 * factor, 10.0 * factor), exponent=0.8)
    scaled = play(seller, buyer)
    assert (plain is None) == (scaled is None)
    if plain is not None:
        assert scaled == pytest.approx([factor * gain for gain in plain], rel=1e-6)
