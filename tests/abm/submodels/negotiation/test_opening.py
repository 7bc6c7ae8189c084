"""Talks: who comes to the table, with what values, aims, reserves and patience."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecopark.abm.entities.state import BUYER, EV_TALKS, IDENTIFIED, IN, IN_TALKS, OPERATING, OUT, SCREENED, SELLER
from ecopark.abm.numerics.randomness import identity_of
from ecopark.abm.submodels.discovery import note_standing
from ecopark.abm.submodels.negotiation.opening import (
    are_free_to_talk,
    clear_offers,
    concession_exponent,
    deadline_of,
    expected_hold_up,
    is_wanted,
    open_talks,
    other_source,
    other_use,
    required_gain,
    rival_gain,
)
from tests.abm.submodels.tables import lever, one, params, rows, table

PLAIN = {
    "behaviour.planned_behaviour": False, "negotiation.error_none": 0, "contract.dependable": 1,
    "contract.monitoring_cost": 1000, "contract.transaction_cost": 60_000, "investment.fear": 0,
}  # fmt: skip
WAY = {
    "stage": SCREENED, "arriving": 1, "ratio": 0.8, "share": 1, "fit_supply": 1, "fit_demand": 1, "term": 4, "handling": 2,
    "treatment": 3, "load": 2, "capital_fixed": 40_000, "capital_flow": 5, "quantity": 1000, "identity": 7,
}  # fmt: skip


class Table:
    """A seller and three possible buyers; every buyer has an opportunity with the seller."""

    def __init__(self, *scores, **way):
        count = len(scores)
        self.companies = rows(
            "companies", count + 1, prospect=1, coming_capacity=100, payback=3, wacc=0.1, attitude=0.5
        )
        self.streams = rows(
            "streams", count + 1, company=range(count + 1), coming=1, direction=IN, material=1, permit=1
        )
        self.streams.opportunity_count, self.streams.opportunity_first = 1, np.arange(count + 1) - 1
        supply = self.streams[0]
        supply.direction, supply.material, supply.coming = OUT, 0, 1
        supply.opportunity_first, supply.opportunity_count = 0, count
        self.materials = table("materials", {"disposal_cost": 34}, {"cost": 33})
        columns = {**WAY, "score": list(scores), "demand": range(1, count + 1), "buyer": range(1, count + 1), **way}
        self.ways = rows("opportunities", count, **columns)
        self.ways.identity = [identity_of(f"way {number}") for number in range(count)]
        self.ways.there, self.ways.back = 2 * np.arange(count), 2 * np.arange(count) + 1
        self.needs = rows("needs", count, opportunity=range(count))
        self.pairs = rows("pairs", 2 * count, trust=0.5)
        self.talks, self.clock, self.events = rows("talks", 10), one("clock"), rows("events", 20)

    def open(self, t=0, values=None, levers=None):
        """Open talks; return the opportunities at the table in the order of the talks."""
        self.clock.month = t
        open_talks(
            t, params({**PLAIN, **(values or {})}), self.clock, levers or lever(),
            note_standing(self.companies, self.streams), self.companies, self.streams, self.materials, *[self.ways] * 5, self.needs, self.pairs, self.talks, self.events,
        )  # fmt: skip
        return self.talks.opportunity[: int(self.clock.talks)].tolist()


def test_best_opportunities_come_to_the_table_while_there_is_time():
    room = Table(5, 9, 7, 8)
    assert room.open(values={"screening.talks": 3}) == [1, 3, 2]
    assert room.ways.stage.tolist() == [SCREENED, IN_TALKS, IN_TALKS, IN_TALKS]
    assert room.companies.talks.tolist() == [3, 0, 1, 1, 1]
    assert room.events.kind[: int(room.clock.events)].tolist() == [EV_TALKS] * 3
    assert (room.clock.talks_held, room.talks.number[:3].tolist()) == (3, [0, 1, 2])
    assert room.open(values={"screening.talks": 4}) == [1, 3, 2, 0]


def test_ties_keep_their_order_and_what_is_not_screened_stays_away():
    room = Table(5, 99, 8, 5, -1, stage=[SCREENED, IDENTIFIED, SCREENED, SCREENED, SCREENED])
    assert room.open(values={"screening.talks": 9}) == [2, 0, 3, 4]


def test_only_screened_live_willing_pairs_with_something_left_talk():
    assert Table(5, stage=IDENTIFIED).open() == []
    assert Table(5, allowed=1).open() == []
    mistrusted = Table(5)
    mistrusted.pairs.trust[1] = 0.1
    assert mistrusted.open() == []
    sold = Table(5)
    sold.streams.contracted[0] = 1200
    assert sold.open() == []
    for left, talk in ((59, []), (61, [0])):
        nearly = Table(5)
        nearly.streams.contracted[0] = 1200 - left
        assert nearly.open(values={"contract.smallest": 0.05}) == talk


def test_planner_decides_who_talks():
    p = params({"governance.mode": "planned"})
    pairs, way = rows("pairs", 2, trust=0.0), one("opportunities", back=1)
    assert not are_free_to_talk(0, p, way, one("notes"), pairs)
    assert are_free_to_talk(0, p, way, one("notes", assigned=1), pairs)
    room = Table(5, assigned=1)
    room.open(values={"governance.mode": "planned"})
    assert (room.talks.planned[0], room.talks.reserve_seller[0], room.talks.reserve_buyer[0]) == (1, 0, 0)


def annuity(rate, years):
    return rate / (1 - (1 + rate) ** -years)


def test_a_talk_holds_what_both_sides_know_and_want():
    room = Table(5)
    room.open(
        values={"contract.interruption": 0.05, "contract.interruption_cost": 0.5}, levers=lever(capital_grant=0.2)
    )
    talk = room.talks[0]
    assert talk.quantity == pytest.approx(1200)
    assert (talk.capital, talk.grant) == (pytest.approx(0.8 * 46_000), pytest.approx(0.2 * 46_000))
    assert (talk.value_seller, talk.value_buyer) == (pytest.approx(32), pytest.approx(0.8 * 33 - 5))
    risk = 1200 * 0.8 * 33 * 0.05 * 0.5
    assert talk.running_seller == 1000
    assert talk.running_buyer == pytest.approx(1000 + risk * room.companies.risk_aversion[1] * 0.5)
    assert talk.arranging == 30_000
    assert talk.scale == pytest.approx(34 + 0.8 * 33)
    charge = 0.5 * (annuity(0.1, 3) + annuity(0.1, 4)) * 0.8 * 46_000
    aim = 1200 * (32 + 0.8 * 33 - 5) - charge - 2000
    assert (talk.aim_seller, talk.aim_buyer) == (pytest.approx(aim), pytest.approx(aim))
    reserve = 30_000 * annuity(0.1, 3)
    assert (talk.reserve_seller, talk.reserve_buyer) == (pytest.approx(reserve), pytest.approx(reserve))
    assert (talk.deadline_seller, talk.exponent_seller) == (18, 2)
    assert (talk.terms, talk.splits) == (3, 5)


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


def test_without_capital_there_is_nothing_to_split():
    room = Table(5, capital_fixed=0, capital_flow=0)
    room.open()
    assert room.talks.splits[0] == 1
    fixed = Table(5)
    fixed.open(values={"negotiation.terms": False, "negotiation.splits": 3})
    assert (fixed.talks.terms[0], fixed.talks.splits[0]) == (1, 3)


def test_either_side_speaks_first_with_even_odds():
    first = []
    for month in range(400):
        room = Table(5)
        room.open(month)
        first.append(int(room.talks.speaker[0]))
    assert set(first) == {SELLER, BUYER}
    assert np.mean(first) == pytest.approx(0.5, abs=0.1)


def test_offers_are_forgotten():
    talk = one("talks", price_seller=4, price_buyer=3, price=2, share=0.1, term=9, standard=5, gain_seller=1)
    clear_offers(talk)
    assert all(math.isnan(talk[name]) for name in ("price_seller", "price_buyer", "price", "gain_seller", "gain_buyer"))
    assert (talk.share, talk.term, talk.share_seller, talk.term_buyer) == (0.5, 5, 0.5, 5)


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
    use = other_use(p, room.companies, room.streams, *[room.ways] * 3, talk)
    room.ways.demand = 1
    room.streams.opportunity_first[1], room.streams.opportunity_count[1] = 0, 2
    return use, other_source(p, room.companies, room.streams, *[room.ways] * 3, room.needs, talk)


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
