"""Talks about price alone against NegMAS's stacked alternating offers with aspiration negotiators on the same curves.

What has to be aligned, and how (negmas 0.16: mechanisms.py `_relative_time_for`, gb/negotiators/utilbased.py `respond`):

- NegMAS's curve is 1 - t^x, ours 1 - t^(1/e): x = 1/e. The curve itself is NegMAS's PolyAspiration.
- NegMAS's clock runs from 1/(n + 1) to n/(n + 1) and is one for both sides; ours is k/n with k = 0, 1, ... and each side
  has its own n. `OwnClock` translates the one into the other and leaves the curve to NegMAS.
- One offer a step, whoever is added first speaks first. In NegMAS nobody walks out: the mechanism ends after `n_steps`,
  which is set to the first meeting at which our speaker's own deadline has passed.
- Both accept what is worth at least their present aspiration; NegMAS's tolerance for that is set to rounding error.
- NegMAS bargains over 101 prices and rounds an offer to its own advantage, ours are not rounded. So a price may differ by
  one step, and in rare cases (two or three in a thousand) the rounding of the very last offer decides between deal and no deal;
  the heavy test shows that these cases agree on a finer grid.
"""

from __future__ import annotations

import random
from dataclasses import dataclass

import pytest
from negmas.negotiators.helpers import PolyAspiration
from negmas.outcomes import make_issue
from negmas.preferences import MappingUtilityFunction
from negmas.sao import SAOMechanism, TimeBasedConcedingNegotiator

from ecopark.abm.entities.codes import BUYER, SELLER
from ecopark.abm.submodels.negotiation.utility import gain_of
from tests.references.tables import agrees, talk_of

CASES = 200
LEVELS = 101


class OwnClock(PolyAspiration):
    """NegMAS's polynomial curve on a side's own clock of meetings."""

    def __init__(self, exponent: float, deadline: int, steps: int):
        super().__init__(1.0, 1.0 / exponent)
        self.deadline = deadline
        self.steps = steps

    def utility_at(self, t: float) -> float:
        meeting = round(t * (self.steps + 1)) - 1
        return super().utility_at(min(1.0, meeting / self.deadline))


@dataclass(frozen=True)
class Case:
    """A talk about price: quantity [unit/year], values [EUR/unit], prices between which it is opened, required prices.

    low, high: prices at which buyer and seller open. least: the seller's required price, most: the buyer's, both as
    a number of hundredths of the way from low to high.
    """

    quantity: float
    values: tuple[float, float]
    low: float
    high: float
    least: int
    most: int
    exponents: tuple[float, float]
    deadlines: tuple[int, int]
    first: int

    def price(self, hundredths: float) -> float:
        return self.low + (self.high - self.low) * hundredths / 100

    def can_agree(self) -> bool:
        return self.least <= self.most


def draw(rng: random.Random) -> Case:
    low = rng.uniform(-100, 50)
    return Case(
        quantity=10 ** rng.uniform(2, 5), values=(rng.uniform(-50, 50), rng.uniform(0, 200)), low=low,
        high=low + rng.uniform(20, 200), least=rng.randrange(0, 100), most=rng.randrange(1, 101),
        exponents=(10 ** rng.uniform(-0.7, 0.3), 10 ** rng.uniform(-0.7, 0.3)),
        deadlines=(rng.randint(6, 18), rng.randint(6, 18)), first=rng.choice([SELLER, BUYER]),
    )  # fmt: skip


def our_price(case: Case) -> float | None:
    """Return the price of the compiled protocol [hundredths], None without a deal."""
    plain = {
        "quantity": case.quantity,
        "value_seller": case.values[0],
        "value_buyer": case.values[1],
        "speaker": case.first,
    }
    ruler = talk_of(**plain)
    talk = talk_of(
        **plain,
        reserve_seller=gain_of(ruler, SELLER, case.price(case.least), 0.5, 5.0),
        reserve_buyer=gain_of(ruler, BUYER, case.price(case.most), 0.5, 5.0),
        aim_seller=gain_of(ruler, SELLER, case.high, 0.5, 5.0),
        aim_buyer=gain_of(ruler, BUYER, case.low, 0.5, 5.0),
        exponent_seller=case.exponents[0], exponent_buyer=case.exponents[1],
        deadline_seller=case.deadlines[0], deadline_buyer=case.deadlines[1],
    )  # fmt: skip
    return 100 * (float(talk.price) - case.low) / (case.high - case.low) if agrees(talk) else None


def meetings_of(case: Case) -> int:
    """Return the number of meetings before a speaker's deadline has passed."""
    meeting = 0
    while meeting <= case.deadlines[(case.first + meeting) % 2]:
        meeting += 1
    return meeting


def negmas_price(case: Case, levels: int = LEVELS) -> float | None:
    """Return the price of NegMAS's mechanism [hundredths], None without a deal."""
    steps = meetings_of(case)
    issue = make_issue(values=levels, name="price")
    mechanism = SAOMechanism(issues=[issue], n_steps=steps, one_offer_per_step=True)
    scale = 100 / (levels - 1)
    gains = (
        {(level,): (level * scale - case.least) / (100 - case.least) for level in range(levels)},
        {(level,): (case.most - level * scale) / case.most for level in range(levels)},
    )
    sides = [
        TimeBasedConcedingNegotiator(
            ufun=MappingUtilityFunction(gain, reserved_value=0.0, outcome_space=mechanism.outcome_space),
            offering_curve=OwnClock(exponent, deadline, steps), eps=1e-9,
        )
        for gain, exponent, deadline in zip(gains, case.exponents, case.deadlines, strict=True)
    ]  # fmt: skip
    for side in (SELLER, BUYER) if case.first == SELLER else (BUYER, SELLER):
        mechanism.add(sides[side])
    agreement = mechanism.run().agreement
    return None if agreement is None else agreement[0] * scale


def test_two_hundred_cases_end_alike():
    rng = random.Random(2026)
    cases = [draw(rng) for _ in range(CASES)]
    deals = 0
    for case in cases:
        ours, theirs = our_price(case), negmas_price(case)
        assert (ours is None) == (theirs is None), case
        if ours is not None:
            deals += 1
            assert abs(ours - theirs) <= 1 + 1e-9, case
            assert case.least - 1e-9 <= ours <= case.most + 1e-9
            assert case.can_agree()
    assert sum(not case.can_agree() for case in cases) > 50
    assert deals > 40


@pytest.mark.heavy
def test_what_a_grid_of_101_prices_decides_differently_a_finer_grid_does_not():
    rng = random.Random(1)
    cases = [draw(rng) for _ in range(3000)]
    unlike = [case for case in cases if (our_price(case) is None) != (negmas_price(case) is None)]
    assert len(unlike) <= 0.005 * len(cases)
    for case in unlike:
        ours, theirs = our_price(case), negmas_price(case, 100 * (LEVELS - 1) + 1)
        assert (ours is None) == (theirs is None), case
