"""Properties of every protocol: nobody signs below its required gain, and money has no unit."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from ecopark.abm.entities.codes import ACCEPTED, ANSWERS, BUYER, OFFERED, SELLER
from ecopark.abm.input.parameter_fields import PROTOCOLS
from ecopark.abm.submodels.negotiation.utility import term_level
from tests.references.tables import agrees, bargain, joint_gain, meet, talk_of

# Columns of a talk that are money: EUR, EUR a year or EUR a unit.
MONEY = (
    "capital", "value_seller", "value_buyer", "running_seller", "running_buyer", "arranging", "reserve_seller",
    "reserve_buyer", "aim_seller", "aim_buyer", "scale",
)  # fmt: skip
PROTOCOL = st.sampled_from(PROTOCOLS)
MANY = settings(max_examples=300, deadline=None)


@st.composite
def talks(draw: st.DrawFn) -> dict[str, Any]:
    """Draw the columns of a talk over price, split and term between unlike sides."""
    values = {
        "quantity": draw(st.floats(1, 1e5)), "capital": draw(st.sampled_from([0.0, 1e3, 1e5, 1e6])),
        "value_seller": draw(st.floats(-50, 100)), "value_buyer": draw(st.floats(-50, 200)),
        "scale": draw(st.floats(1, 200)), "standard": draw(st.sampled_from([3.0, 5.0, 15.0])),
        "terms": draw(st.sampled_from([1, 3])), "splits": draw(st.sampled_from([1, 2, 5, 11])),
        "speaker": draw(st.sampled_from([SELLER, BUYER])), "posted": draw(st.floats(-100, 100)),
        "arranging": draw(st.floats(0, 1e5)),
    }  # fmt: skip
    for side in ("seller", "buyer"):
        values |= {
            f"wacc_{side}": draw(st.one_of(st.just(0.0), st.floats(1e-4, 0.3))), f"limit_{side}": draw(st.floats(0.5, 30)),
            f"hold_up_{side}": draw(st.floats(0, 0.5)), f"running_{side}": draw(st.floats(0, 2e4)),
            f"exponent_{side}": draw(st.floats(0.05, 20)), f"deadline_{side}": draw(st.integers(1, 30)),
            f"claim_{side}": draw(st.floats(0, 1)),
        }  # fmt: skip
    whole = joint_gain(talk_of(**values))
    for side in ("seller", "buyer"):
        values[f"reserve_{side}"] = draw(st.floats(0, 0.8)) * abs(whole)
        values[f"aim_{side}"] = values[f"reserve_{side}"] + draw(st.floats(0, 2)) * abs(whole)
    return values


def rounding(talk: Any) -> float:
    """Return what rounding may do to a gain [EUR/year]."""
    volume = talk.quantity * (abs(talk.value_seller) + abs(talk.value_buyer) + 200)
    return 1e-9 * float(
        volume + 10 * talk.capital + talk.running_seller + talk.running_buyer + talk.aim_seller + talk.aim_buyer
    )


@MANY
@given(talks(), PROTOCOL)
def test_nobody_ever_agrees_below_its_required_gain(values, protocol):
    talk = talk_of(**values)
    if agrees(talk, protocol):
        assert talk.gain_seller >= talk.reserve_seller - rounding(talk)
        assert talk.gain_buyer >= talk.reserve_buyer - rounding(talk)


@MANY
@given(talks(), PROTOCOL)
def test_no_deal_where_the_two_require_more_than_there_is(values, protocol):
    talk = talk_of(**values)
    levels = [term_level(talk, level) for level in range(3)]  # hold-up grows with the term, so the best may lie between
    best = max(joint_gain(talk, share, term) for share in (0.0, 0.5, 1.0) for term in (1.0, *levels, 30.0))
    talk.reserve_seller = max(0.0, best) + 1 + 2 * rounding(talk)
    talk.aim_seller = max(talk.aim_seller, talk.reserve_seller)
    assert not agrees(talk, protocol)


@MANY
@given(talks())
def test_every_offer_gives_its_maker_what_it_aims_at_and_offers_only_fall(values):
    talk = talk_of(**values)
    aims = {SELLER: float("inf"), BUYER: float("inf")}
    answer = OFFERED
    while answer == OFFERED:
        speaker = int(talk.speaker)
        answer = meet(talk, "alternating_offers")
        if answer == OFFERED:
            gain = float(talk.gain_seller if speaker == SELLER else talk.gain_buyer)
            assert gain <= aims[speaker] + rounding(talk)
            assert gain >= float(talk.reserve_seller if speaker == SELLER else talk.reserve_buyer) - rounding(talk)
            aims[speaker] = gain
    assert ANSWERS[answer] in ("accept", "walk_out")
    assert talk.meeting <= max(values["deadline_seller"], values["deadline_buyer"]) + 2


@MANY
@given(talks(), PROTOCOL, st.integers(-20, 20))
def test_scaling_all_money_scales_all_prices(values, protocol, power):
    """With a power of two no bit is rounded, so the same talk happens to the last bit."""
    assume(protocol != "posted_price")  # compares with a tolerance in EUR
    factor = 2.0**power
    talk = talk_of(**values)
    other = talk_of(**values | {name: factor * value for name, value in values.items() if name in (*MONEY, "posted")})
    answers = bargain(talk, protocol), bargain(other, protocol)
    assert answers[0] == answers[1]
    assert talk.meeting == other.meeting
    if answers[0] == ANSWERS[ACCEPTED]:
        assert float(other.price) == factor * float(talk.price)
        assert (float(other.share), float(other.term)) == (float(talk.share), float(talk.term))
        assert float(other.gain_seller) == factor * float(talk.gain_seller)


@MANY
@given(talks(), st.sampled_from(["alternating_offers", "equal_gain", "fair_sharing"]))
def test_who_bears_a_cost_by_law_does_not_matter(values, protocol):
    """A cost of 8 a unit that is moved from the seller to the buyer moves the price by 8 and nobody's gain."""
    talk = talk_of(**values)
    other = talk_of(**values | {"value_seller": values["value_seller"] + 8, "value_buyer": values["value_buyer"] - 8})
    talk.aim_seller = other.aim_seller = values["aim_seller"]
    answers = bargain(talk, protocol), bargain(other, protocol)
    if answers == ("accept", "accept") and talk.meeting == other.meeting and talk.share == other.share:
        assert float(talk.price) - float(other.price) == pytest.approx(8, abs=rounding(talk) / talk.quantity + 1e-9)
