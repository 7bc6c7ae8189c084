"""What an offer is worth, and the deals that theory gives in closed form."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecopark.abm.entities.codes import BUYER, SELLER
from ecopark.abm.park import Park, quiet
from ecopark.abm.submodels.negotiation.opening import open_talk
from ecopark.abm.submodels.negotiation.utility import annuity, burden_of, gain_of, price_for
from ecopark.analysis.value.cooperative_game import shapley_exact
from tests.parks import economics_of
from tests.references import parks
from tests.references.tables import agrees, bargain, joint_gain, talk_of

MONEY = st.floats(0, 1e6)
SAVING = st.floats(0.01, 1e6)


@given(st.floats(0.001, 0.5), st.floats(0.5, 40))
def test_annuity_pays_back_the_capital(rate, years):
    discounted = (1 - (1 + rate) ** -years) / rate
    assert annuity(rate, years) * discounted == pytest.approx(1, rel=1e-12)


def test_annuity_without_interest_spreads_evenly():
    assert annuity(0.0, 8.0) == 1 / 8
    assert annuity(1e-9, 8.0) == pytest.approx(1 / 8, rel=1e-6)


@given(st.sampled_from([SELLER, BUYER]), MONEY, st.floats(0, 1), st.sampled_from([2.0, 5.0, 10.0]), MONEY)
def test_the_price_for_a_gain_gives_that_gain(side, gain, share, term, capital):
    talk = talk_of(quantity=1000.0, capital=capital, running_seller=3000.0, running_buyer=5000.0)
    price = price_for(talk, side, gain, share, term)
    assert gain_of(talk, side, price, share, term) == pytest.approx(gain, abs=1e-9 * (capital + gain + 1e5))


@given(st.floats(-100, 100), st.floats(-100, 100), st.floats(0, 1), MONEY)
def test_the_price_moves_gain_from_one_side_to_the_other_and_no_more(price, other, share, capital):
    talk = talk_of(quantity=250.0, capital=capital)
    gains = [[gain_of(talk, side, one, share, 5.0) for side in (SELLER, BUYER)] for one in (price, other)]
    assert sum(gains[0]) == pytest.approx(sum(gains[1]), abs=1e-9 * (capital + 1e5))
    assert gains[0][0] - gains[1][0] == pytest.approx(250 * (price - other), abs=1e-9 * (capital + 1e5))


@given(SAVING, SAVING, SAVING, st.floats(1, 1e5))
def test_equal_gain_share_of_the_cost(cost, saving_i, saving_j, quantity):
    """Seller i saves S_i of disposal, buyer j saves S_j of virgin input, the exchange costs A, paid by the buyer.

    The seller's share of A for equal gains is (A + S_i - S_j) / 2A, handed over as a price of either sign.
    """
    talk = talk_of(quantity=quantity, value_seller=saving_i / quantity, value_buyer=(saving_j - cost) / quantity)
    deal = agrees(talk, "equal_gain")
    size = cost + saving_i + saving_j
    if abs(saving_i + saving_j - cost) > 1e-9 * size:
        assert deal == (saving_i + saving_j > cost)
    if not deal:
        return
    share = (cost + saving_i - saving_j) / (2 * cost)
    assert -float(talk.price) * quantity == pytest.approx(share * cost, abs=1e-9 * size)
    assert saving_i - share * cost == pytest.approx(saving_j - (1 - share) * cost, abs=1e-9 * size)
    assert float(talk.gain_seller) == pytest.approx(float(talk.gain_buyer), abs=1e-9 * size)


@pytest.mark.parametrize(
    ("saving_i", "saving_j", "share"),
    [(10.0, 190.0, -0.4), (100.0, 100.0, 0.5), (190.0, 10.0, 1.4), (0.0, 101.0, -0.005)],
)
def test_the_share_may_leave_zero_to_one_so_prices_need_a_sign(saving_i, saving_j, share):
    cost = 100.0
    talk = talk_of(value_seller=saving_i, value_buyer=saving_j - cost)
    assert agrees(talk, "equal_gain")
    assert -float(talk.price) / cost == pytest.approx(share)
    assert (float(talk.price) > 0) == (saving_j - saving_i > cost)


@given(MONEY, MONEY, MONEY, st.booleans())
def test_a_bilateral_equal_split_is_the_shapley_value(alone_seller, alone_buyer, together, with_capital):
    """Two players with their required gains as what each has alone: the equal split above them is the Shapley value."""
    talk = talk_of(
        value_seller=together, value_buyer=0.0, reserve_seller=alone_seller, reserve_buyer=alone_buyer,
        capital=1000.0 if with_capital else 0.0, splits=5 if with_capital else 1, wacc_seller=0.03,
    )  # fmt: skip
    worth = max(joint_gain(talk, share) for share in (0.0, 0.25, 0.5, 0.75, 1.0))
    if not agrees(talk, "equal_gain"):
        assert worth < alone_seller + alone_buyer
        return
    table = np.array([0.0, alone_seller, alone_buyer, worth])
    shares = shapley_exact(lambda rows: table[rows[:, 0] + 2 * rows[:, 1]], 2)
    size = alone_seller + alone_buyer + together + 1000
    assert [float(talk.gain_seller), float(talk.gain_buyer)] == pytest.approx(shares.tolist(), abs=1e-9 * size)


@given(MONEY, MONEY, MONEY, st.floats(0, 1), st.floats(0, 1))
def test_fair_sharing_serves_both_claims(alone_seller, alone_buyer, together, claim_seller, claim_buyer):
    talk = talk_of(
        value_seller=0.0, value_buyer=together, reserve_seller=alone_seller, reserve_buyer=alone_buyer,
        claim_seller=claim_seller, claim_buyer=claim_buyer,
    )  # fmt: skip
    surplus = joint_gain(talk) - alone_seller - alone_buyer
    deal = agrees(talk, "fair_sharing")
    if abs(claim_seller + claim_buyer - 1) > 1e-9:
        assert deal == (surplus >= 0 and claim_seller + claim_buyer < 1)
    if deal:
        size = 1e-9 * (alone_seller + alone_buyer + together + 1)
        assert float(talk.gain_seller) - alone_seller >= claim_seller * surplus - size
        assert float(talk.gain_buyer) - alone_buyer >= claim_buyer * surplus - size


# A talk in a whole park where nothing but money decides: no belief, no risk, no required gain.
BARE = {
    "contract.monitoring_cost": 8_000, "contract.transaction_cost": 0, "contract.interruption": 0, "investment.fear": 0,
    "behaviour.required_gain": 0, "negotiation.outside": 0, "negotiation.splits": 1, "negotiation.terms": False,
    "negotiation.protocol": "equal_gain", "policy.landfill_tax.size": 30, "policy.exchange_subsidy.size": 0.1,
}  # fmt: skip


def talk_in(park: Park, opportunity: int, quantity: float):
    """Return the talk that the rules open about an opportunity of a park, with `quantity` units a year."""
    state = park.state
    with quiet():
        open_talk(
            park.month - 1,
            state.params[0],
            state.clock[0],
            state.levers[park.month - 1],
            state,
            state.talks[0],
            opportunity,
            quantity,
        )
    return state.talks[0]


@pytest.mark.parametrize("opportunity", [0, 1])
def test_break_even_quantity(opportunity):
    """Q* = K / (d + tax + subsidy + p s - transport - treatment): below nobody can gain, above both can.

    K holds monitoring and the annuity of the capital; capital per unit counts with the treatment.
    """
    park = Park(parks.three(BARE), 1).advance(1)
    table = park.state.opportunities[opportunity]
    kind = economics_of(park.state, table)
    given = park.state.materials[park.state.streams.material[table.supply]]
    saved = park.state.materials[park.state.streams.material[table.demand]]
    talk = talk_in(park, opportunity, 1.0)
    charge = 0.5 * (burden_of(talk, SELLER, kind.term) + burden_of(talk, BUYER, kind.term))
    fixed = 2 * 8_000 + charge * kind.capital_fixed
    replaces = table.arriving * table.ratio
    per_unit = (
        given.fee + 30 * given.tax_base  # disposal and its tax
        + 0.1 * replaces * saved.price + replaces * saved.price  # subsidy and virgin cost
        - kind.transport - kind.treatment - kind.handling - charge * kind.capital_flow
    )  # fmt: skip
    enough = fixed / per_unit
    assert per_unit > 0
    assert bargain(talk_in(park, opportunity, enough * (1 - 1e-9)), "equal_gain") == "walk_out"
    assert bargain(talk_in(park, opportunity, enough * (1 + 1e-9)), "equal_gain") == "accept"
    assert joint_gain(talk_in(park, opportunity, 2 * enough)) == pytest.approx(fixed, rel=1e-9)
