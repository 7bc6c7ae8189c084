"""Preferences: aims, required gains, outside options, patience and concession of both sides of a talk."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecopark.abm.entities.codes import BUYER, IDENTIFIED, IN_TALKS, OPERATING, SCREENED, SELLER
from ecopark.abm.submodels.negotiation.preferences import (
    concession_exponent,
    deadline_of,
    expected_hold_up,
    is_wanted,
    other_source,
    other_use,
    required_gain,
    rival_gain,
)
from tests.abm.submodels.negotiation.table_of_talks import PLAIN, Table, annuity
from tests.abm.submodels.tables import lever, one, params


def test_risk_rises_with_aversion_and_falls_with_trust_and_back_up():
    def running(levers=None, trust=0.5, aversion=1.0):
        room = Table(5)
        room.pairs.trust[1], room.companies.risk_aversion[1] = trust, aversion
        room.open(levers=levers)
        return room.talks.running_buyer[0] - 1000

    base = running()
    assert base > 0
    assert running(aversion=2.0) == pytest.approx(2 * base)
    assert running(trust=1.0) == 0
    assert running(trust=0.75) == pytest.approx(base / 2)
    assert running(lever(backup=0.4)) == pytest.approx(0.6 * base)


@pytest.mark.parametrize(
    ("values", "trust", "years", "share"),
    [
        ({"investment.enforcement": 1}, 0.0, 5.0, 0),
        ({"investment.enforcement": 0.5}, 1.0, 5.0, 0),
        ({"investment.enforcement": 0.5}, 0.2, 3.0, 0.5 * 0.8 * 0.4 * (1 - 0.9**3) * 2),
    ],
)
def test_investor_expects_hold_up_without_law_and_trust(values, trust, years, share):
    p = params({"investment.hold_up": 0.1, "investment.demand": 0.4, "investment.fear": 2, **values})
    assert expected_hold_up(p, lever(), trust, years) == pytest.approx(share)
    assert expected_hold_up(p, lever(enforcement=1.0), trust, years) == 0


def test_required_gain_covers_arranging_and_what_willingness_lacks():
    talk = one("talks", arranging=30_000, standard=4, wacc_seller=0.1, limit_seller=2, wacc_buyer=0.05, limit_buyer=9)
    p = params({"behaviour.required_gain": 0.1})
    assert required_gain(p, talk, SELLER, 50_000.0, 1.0) == pytest.approx(30_000 * annuity(0.1, 2))
    assert required_gain(p, talk, BUYER, 50_000.0, 0.4) == pytest.approx(30_000 * annuity(0.05, 4) + 0.06 * 50_000)


@pytest.mark.parametrize(
    ("quantity", "room", "share"),
    [(1000, 0, 0.5), (1000, 2000, 0), (1000, 1500, 0.25), (5000, 0, 1), (1000, -300, 0.5)],
)
def test_a_rival_counts_as_far_as_this_deal_crowds_it_out(quantity, room, share):
    rival = one("notes", quantity=2000, score=8000)
    p = params({"negotiation.outside": 0.5})
    assert rival_gain(p, rival, float(quantity), float(room)) == pytest.approx(0.5 * 0.5 * 8000 * share)


def test_only_rivals_that_are_wanted_too_count():
    assert [stage for stage in range(8) if is_wanted(stage)] == [SCREENED, IN_TALKS]
    assert rival_gain(params(), one("notes", quantity=2000, score=-5), 1000.0, 0.0) == 0
    assert outside(stage=[SCREENED, IDENTIFIED]) == (0, 0)


def outside(values=None, **way):
    """Return the outside options of both sides in a talk about way 0, with way 1 as the rival."""
    room = Table(5, 8000, **way)
    talk = one("talks", opportunity=0, buyer=1, quantity=1200)
    p = params({**PLAIN, **(values or {})})
    use = other_use(p, room, talk)
    room.ways.demand = 1
    room.streams.opportunity_first[1], room.streams.opportunity_count[1] = 0, 2
    return use, other_source(p, room, talk)


def test_outside_options_are_half_the_best_rivals_gain_by_its_chance():
    use, source = outside({"negotiation.outside": 0.5})
    assert use == pytest.approx(0.5 * 0.5 * 8000)
    # A need of 1,200 less 960 units leaves room for 300 units of the rival's by-product.
    assert source == pytest.approx(0.5 * 0.5 * 8000 * (1000 - 300) / 1000)
    assert outside({"negotiation.outside": 0}) == (0, 0)
    assert outside(stage=OPERATING) == (0, 0)


@given(st.floats(0, 1), st.floats(0, 1))
def test_willing_companies_concede_sooner_and_wait_longer(less, more):
    less, more = min(less, more), max(less, more)
    p = params()
    assert 0.2 <= concession_exponent(p, less) <= concession_exponent(p, more) <= 2 * (1 + 1e-12)
    assert 6 <= deadline_of(p, less) <= deadline_of(p, more) <= 18


def test_concession_runs_from_boulware_to_conceder_on_a_log_scale():
    p = params({"negotiation.exponent_low": 0.2, "negotiation.exponent_high": 2})
    assert [concession_exponent(p, will) for will in (0.0, 0.5, 1.0)] == pytest.approx([0.2, math.sqrt(0.4), 2])
    assert [deadline_of(p, will) for will in (0.0, 0.5, 1.0)] == [6, 12, 18]
