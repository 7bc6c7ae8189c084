"""Who gets how much of a price: patience, outside options, who speaks first.

Talks here are about price alone (strategy agent_v1), of two sides that aim at t_i(k) at meeting k and never raise their aim (time-dependent
concession). Let J be the joint gain. The side i that speaks at k accepts the other's offer of k - 1 when
J - t_j(k - 1) >= t_i(k). Two statements follow, whatever the curves, and are tested as such:

1. If one side aims at no less at every meeting (longer deadline, smaller exponent, larger required gain, larger opening
   aim), it gets no less, as long as there still is a deal. Were the deal to come later, the side has refused
   J - t_j(k) before, or has been refused what it gets now; both were at least what it got with the lower aims.
2. Whoever speaks first, the deal comes at the first meeting k with t_i(k) + t_j(k) <= J or at the next one, so that
   changing the first speaker moves a side's gain by no more than what both concede between k - 1 and k.

In which direction it moves is not a matter of being first. In Rubinstein's (1982, doi:10.2307/1912531) game with
impatient players the first speaker gets 1 / (1 + delta) > 1/2. Under time-dependent concession the side whose
offer is accepted gets what it aims at, and the parity of the deadline decides which side that is: with equal straight
lines to a deadline n the first speaker gets 1/2 + 1/(2n) for n = 1, 5, 9, ..., 1/2 - 1/(2n) for n = 3, 7, 11, ... and
1/2 for even n; the advantage vanishes as meetings get many, as Rubinstein's does when offers follow each other fast.
"""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import assume, event, given, settings
from hypothesis import strategies as st

from ecopark.abm.entities.codes import BUYER, SELLER
from tests.references.tables import agrees, joint_gain, talk_of

MANY = settings(max_examples=300)
SIDES = ("seller", "buyer")
SIDE = st.sampled_from(SIDES)
CLOSE = 1e-6  # of the joint gain, which is 100 per unit in the talks here


@st.composite
def talks(draw: st.DrawFn) -> dict[str, Any]:
    """Draw the columns of a talk about price in which a deal is possible."""
    values: dict[str, Any] = {
        "speaker": draw(st.sampled_from([SELLER, BUYER])),
        "value_seller": draw(st.floats(-50, 150)),
    }
    values["value_buyer"] = 100.0 - values["value_seller"]
    shares = draw(st.floats(0, 1)), draw(st.floats(0, 1))
    for side, share in zip(SIDES, shares, strict=True):
        reserve = 100.0 * share / max(1.0, 1.1 * sum(shares))
        values |= {
            f"reserve_{side}": reserve, f"aim_{side}": reserve + draw(st.floats(0, 1.5)) * (100.0 - reserve),
            f"exponent_{side}": draw(st.floats(0.1, 10)), f"deadline_{side}": draw(st.integers(2, 40)),
        }  # fmt: skip
    return values


def gain(values: dict[str, Any], side: str, protocol: str = "alternating_offers") -> float | None:
    """Return what a side gains, None without a deal."""
    talk = talk_of(**values)
    return float(talk[f"gain_{side}"]) if agrees(talk, protocol) else None


def assert_no_less(before: float | None, after: float | None) -> None:
    """Assert that a side does not gain less, where both talks end with a deal."""
    event("both agree" if before is not None and after is not None else "no deal")
    if before is not None and after is not None:
        assert after >= before - CLOSE


@MANY
@given(talks(), SIDE, st.integers(1, 30))
def test_a_longer_deadline_gives_no_less(values, side, longer):
    more = {f"deadline_{side}": values[f"deadline_{side}"] + longer}
    assert_no_less(gain(values, side), gain(values | more, side))


@MANY
@given(talks(), SIDE, st.floats(0.05, 1))
def test_conceding_later_gives_no_less(values, side, factor):
    more = {f"exponent_{side}": values[f"exponent_{side}"] * factor}
    assert_no_less(gain(values, side), gain(values | more, side))


@MANY
@given(talks(), SIDE, st.floats(0, 1))
def test_a_better_outside_option_gives_no_less(values, side, better):
    more = {f"reserve_{side}": values[f"reserve_{side}"] + better * (values[f"aim_{side}"] - values[f"reserve_{side}"])}
    assert_no_less(gain(values, side), gain(values | more, side))


@MANY
@given(talks(), SIDE, st.floats(0, 100))
def test_opening_higher_gives_no_less(values, side, higher):
    more = {f"aim_{side}": values[f"aim_{side}"] + higher}
    assert_no_less(gain(values, side), gain(values | more, side))


@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize("first", [SELLER, BUYER])
def test_patience_pays_by_a_size_one_can_see(side, first):
    """Straight lines to a deadline of 10: with twice the deadline one gets two thirds, with a late concession three quarters."""
    equal = {"speaker": first}
    patient = equal | {f"deadline_{side}": 20}
    boulware = equal | {f"exponent_{side}": 0.2}
    assert gain(equal, side) == pytest.approx(50, abs=5)
    assert gain(patient, side) == pytest.approx(100 * 2 / 3, abs=5)
    assert gain(boulware, side) == pytest.approx(75, abs=5 + CLOSE)


@given(talks(), SIDE, st.floats(0, 20))
def test_under_equal_gain_an_outside_option_brings_half_of_itself(values, side, better):
    assume(values["reserve_seller"] + values["reserve_buyer"] + better < 100)
    more = {f"reserve_{side}": values[f"reserve_{side}"] + better}
    assert gain(values | more, side, "equal_gain") == pytest.approx(gain(values, side, "equal_gain") + better / 2)


@given(talks(), SIDE, st.floats(0, 20), st.floats(0, 0.5), st.floats(0, 0.5))
def test_under_fair_sharing_it_brings_what_is_not_claimed(values, side, better, claim_seller, claim_buyer):
    assume(values["reserve_seller"] + values["reserve_buyer"] + better < 100)
    values |= {"claim_seller": claim_seller, "claim_buyer": claim_buyer}
    share = values[f"claim_{side}"] + 0.5 * (1 - claim_seller - claim_buyer)
    more = {f"reserve_{side}": values[f"reserve_{side}"] + better}
    before = gain(values, side, "fair_sharing")
    assert gain(values | more, side, "fair_sharing") == pytest.approx(before + better * (1 - share))


@MANY
@given(
    talks(),
    SIDE,
    st.sampled_from(["alternating_offers", "equal_gain"]),
    st.floats(0.01, 0.3),
    st.sampled_from([0.0, 0.1, 0.5, 0.9]),
)
def test_cheaper_capital_leaves_neither_side_with_less(values, side, protocol, wacc, factor):
    """Curves as they are: what a side saves on its own capital is shared; by halves under equal gain."""
    dear = values | {"capital": 60.0, "limit_seller": 4.0, "limit_buyer": 4.0, f"wacc_{side}": wacc}
    cheap = dear | {f"wacc_{side}": wacc * factor}
    for one in SIDES:
        assert_no_less(gain(dear, one, protocol), gain(cheap, one, protocol))
    before, after = gain(dear, side, "equal_gain"), gain(cheap, side, "equal_gain")
    if before is not None:
        saved = joint_gain(talk_of(**cheap)) - joint_gain(talk_of(**dear))
        assert after == pytest.approx(before + saved / 2)


def concede(talk: Any, side: int) -> float:
    """Return what a side aims at on its curve."""
    end = "seller" if side == SELLER else "buyer"
    passed = min(1.0, talk.meeting / talk[f"deadline_{end}"])
    least, aim = float(talk[f"reserve_{end}"]), float(talk[f"aim_{end}"])
    return least + (aim - least) * (1.0 - passed ** (1.0 / talk[f"exponent_{end}"]))


def crossing(values: dict[str, Any]) -> tuple[int, list[tuple[float, float]]]:
    """Return the first meeting at which both aims fit into the joint gain, and both aims at every meeting up to it."""
    talk = talk_of(**values)
    aims: list[tuple[float, float]] = []
    for meeting in range(min(values["deadline_seller"], values["deadline_buyer"]) + 1):
        talk.meeting = meeting
        aims.append((float(concede(talk, SELLER)), float(concede(talk, BUYER))))
        if sum(aims[-1]) <= joint_gain(talk):
            return meeting, aims
    return -1, aims


@MANY
@given(talks())
def test_the_first_speaker_moves_the_split_by_no_more_than_one_concession(values):
    meeting, aims = crossing(values)
    gains = [gain(values | {"speaker": first}, "seller") for first in (SELLER, BUYER)]
    assume(meeting > 0 and None not in gains)
    event("moved" if abs(gains[0] - gains[1]) > CLOSE else "not moved")
    conceded = sum(aims[meeting - 1]) - sum(aims[meeting])
    assert abs(gains[0] - gains[1]) <= conceded + CLOSE


@MANY
@given(talks())
def test_equal_sides_who_change_places_change_gains(values):
    """Mirror the whole talk, the first speaker too: the two gains change places."""
    other = {SELLER: BUYER, BUYER: SELLER}
    mirrored = values | {"speaker": other[values["speaker"]]}
    for name in ("value", "reserve", "aim", "exponent", "deadline"):
        mirrored |= {f"{name}_seller": values[f"{name}_buyer"], f"{name}_buyer": values[f"{name}_seller"]}
    here, there = gain(values, "seller"), gain(mirrored, "buyer")
    assert (here is None) == (there is None)
    if here is not None:
        assert there == pytest.approx(here, abs=CLOSE)


@pytest.mark.parametrize("deadline", range(2, 60))
def test_the_advantage_of_the_first_speaker_in_closed_form(deadline):
    """Equal straight lines; both open at 99.9 of 100 so that no two numbers meet by rounding alone."""
    values = {"deadline_seller": deadline, "deadline_buyer": deadline, "aim_seller": 99.9, "aim_buyer": 99.9}
    maker = -(-(deadline - 1) // 2)  # the meeting whose offer is accepted
    to_maker = 99.9 * (1 - maker / deadline)
    expected = to_maker if maker % 2 == 0 else 100 - to_maker
    assert gain(values | {"speaker": SELLER}, "seller") == pytest.approx(expected)
    assert gain(values | {"speaker": BUYER}, "buyer") == pytest.approx(expected)
    advantage = {0: 0, 1: 1, 2: 0, 3: -1}[deadline % 4] / (2 * deadline)
    assert expected / 100 == pytest.approx(0.5 + advantage, abs=0.001)
