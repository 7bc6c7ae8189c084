"""Signing: largest joint gain first, checked against what is free; why talks fail."""

import math

import numpy as np
import pytest

from ecopark.abm.entities.codes import (
    ACCEPTED,
    AGREED,
    DEADLINE,
    EV_AGREED,
    EV_NO_DEAL,
    IDENTIFIED,
    IN,
    IN_TALKS,
    NO_DEALS,
    NO_ZONE,
    OFFERED,
    OUT,
    PARTNER_GONE,
    PAUSED,
    QUANTITY_GONE,
    WALKED,
    WALKED_OUT,
)
from ecopark.abm.numerics.randomness import identity_of, join
from ecopark.abm.submodels.discovery import note_standing
from ecopark.abm.submodels.negotiation.signing import (
    end_talk,
    set_terms,
    sign_deals,
    still_possible,
    why_walked,
    zone_of,
)
from tests.abm.submodels.tables import Tables, month, one, params, rows, table

TALK = {
    "buyer": 1, "quantity": 600, "standard": 4, "term": 4, "terms": 1, "splits": 1, "value_seller": 30, "value_buyer": 20,
    "wacc_seller": 0, "wacc_buyer": 0, "limit_seller": 4, "limit_buyer": 4, "price": -5, "share": 0.5, "arranging": 3000,
    "capital": 30_000, "grant": 10_000, "deadline_seller": 10, "deadline_buyer": 12, "meeting": 5,
    "running_seller": 100, "running_buyer": 200,
}  # fmt: skip


def gains(talk):
    """Return what is on the table to both sides [EUR/year], by arithmetic."""
    capital = 0.5 * talk["capital"] / 4
    seller = talk["quantity"] * (talk["price"] + 30) - capital - talk["running_seller"]
    return seller, talk["quantity"] * (20 - talk["price"]) - capital - talk["running_buyer"]


class Table(Tables):
    """One seller of 1,200 units a year and a buyer for each talk."""

    def __init__(self, *talks):
        self.talks = table(
            "talks",
            *(
                {**TALK, "opportunity": row, "buyer": row + 1, "demand": row + 1, **talk}
                for row, talk in enumerate(talks)
            ),
        )
        for talk in self.talks:
            talk.gain_seller, talk.gain_buyer = gains(talk)
        count = len(talks)
        self.companies = rows("companies", count + 1, prospect=1, coming_capacity=100, attitude=0.5)
        self.companies.talks = [count, *[1] * count]
        self.streams = rows("streams", count + 1, company=range(count + 1), direction=IN, coming=1, permit=1)
        self.streams.direction[0] = OUT
        self.materials = rows("materials", 1, cost=33)
        self.ways = rows(
            "opportunities", count, demand=range(1, count + 1), buyer=range(1, count + 1), stage=IN_TALKS, arriving=1,
            ratio=1, share=1, fit_supply=1, fit_demand=1, capital_fixed=10_000, capital_flow=50, om_share=0.02,
        )  # fmt: skip
        self.ways.identity = [identity_of(f"way {row}") for row in range(count)]
        self.exchanges, self.events = rows("exchanges", count), rows("events", 20)
        self.clock, self.now = one("clock", talks=count, month=9), month()

    def sign(self, *outcomes, values=None):
        """Sign the month's deals; return (event kind, opportunity, reason) in their order."""
        self.outcomes = np.array(outcomes)
        standing = note_standing(self)
        sign_deals(
            9, params({"contract.dependable": 1, **(values or {})}), self.clock, self.now, standing, self, self.outcomes
        )
        events = self.events[: int(self.clock.events)]
        return [(int(event.kind), int(event.opportunity), NO_DEALS[event.reason]) for event in events]


def test_deals_are_signed_by_joint_gain_and_the_last_finds_the_quantity_gone():
    room = Table({"running_seller": 3000}, {}, {"running_seller": 1000})
    assert room.sign(ACCEPTED, ACCEPTED, ACCEPTED) == [
        (EV_AGREED, 1, ""),
        (EV_AGREED, 2, ""),
        (EV_NO_DEAL, 0, "quantity_gone"),
    ]
    assert room.exchanges.opportunity[:2].tolist() == [1, 2]
    assert room.streams.contracted.tolist() == [1200, 0, 600, 600]
    assert room.companies.talks.tolist() == [0, 0, 0, 0]
    assert (room.now.deals, room.now.failed_talks, room.now.failed_feasible) == (2, 1, 0)


def test_signing_books_promise_arranging_cost_and_stage():
    room = Table({})
    room.ways.contracts[0] = 3
    room.sign(ACCEPTED)
    contract = room.exchanges[0]
    assert (contract.stage, room.ways.stage[0], room.ways.signed[0], room.ways.contracts[0]) == (AGREED, AGREED, 9, 4)
    assert contract.identity == join(room.ways.identity[0], np.uint64(3))
    assert room.companies.net.tolist() == [-3000, -3000]
    assert (room.deliveries.arranging_seller[0], room.deliveries.arranging_buyer[0]) == (3000, 3000)
    assert (contract.link_capital, contract.equipment_capital) == (0, 10_000 + 50 * 600)
    assert contract.upkeep == pytest.approx(0.02 * 40_000)
    assert room.clock.exchanges == 1


@pytest.mark.parametrize("outcome", [OFFERED, PAUSED])
def test_talks_go_on_while_both_sides_can(outcome):
    room = Table({})
    assert room.sign(outcome) == []
    assert room.outcomes.tolist() == [outcome]
    room.companies.prospect[1] = 0
    assert room.sign(outcome) == [(EV_NO_DEAL, 0, "partner_gone")]
    assert room.outcomes.tolist() == [WALKED]


def test_accepted_deal_fails_when_a_partner_is_gone():
    room = Table({})
    room.streams.permit[0] = 0
    assert room.sign(ACCEPTED) == [(EV_NO_DEAL, 0, "partner_gone")]


def test_quantity_shrinks_to_what_is_free_but_not_below_half():
    p = params({"contract.dependable": 1})
    for promised, kept in ((600, 600), (800, 400), (900, 300)):
        room = Table({})
        room.streams.contracted[0] = promised
        assert still_possible(p, room, room.ways[0], room.talks[0])
        talk = room.talks[0]
        assert talk.quantity == pytest.approx(kept)
        capital = (10_000 + 50 * kept) * (0.75 if kept < 600 else 1)
        assert talk.capital == pytest.approx(capital if kept < 600 else 30_000)
        assert talk.gain_seller == pytest.approx(kept * 25 - 0.5 * talk.capital / 4 - 100)
    room = Table({})
    room.streams.contracted[0] = 901
    assert not still_possible(p, room, room.ways[0], room.talks[0])


@pytest.mark.parametrize("side", ["reserve_seller", "reserve_buyer"])
def test_nobody_signs_below_the_required_gain(side):
    p, room = params({"contract.dependable": 1}), Table({})
    talk = room.talks[0]
    talk[side] = talk[side.replace("reserve", "gain")]
    assert still_possible(p, room, room.ways[0], talk)
    talk[side] += 1
    assert not still_possible(p, room, room.ways[0], talk)


def test_zone_is_the_best_joint_gain_above_both_reserves():
    talk = one("talks", **{**TALK, "reserve_seller": 4000, "reserve_buyer": 5000})
    assert zone_of(talk) == pytest.approx(600 * 50 - 300 - 30_000 / 4 - 9000)
    patient = one("talks", **{**TALK, "terms": 3, "splits": 3, "limit_seller": 2, "limit_buyer": 20})
    # Eight years are twice the standard; the buyer carries all of the capital over them.
    assert zone_of(patient) == pytest.approx(600 * 50 - 300 - 30_000 / 8)


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"reserve_seller": 99_000}, NO_ZONE),
        ({"meeting": 10}, WALKED_OUT),
        ({"meeting": 11}, DEADLINE),
    ],
)
def test_talks_fail_for_want_of_a_zone_or_of_time_or_of_patience(change, why):
    assert why_walked(one("talks", **{**TALK, **change})) == why


@pytest.mark.parametrize(
    ("reason", "reserve", "feasible"),
    [(DEADLINE, 0, 1), (WALKED_OUT, 0, 1), (QUANTITY_GONE, 0, 0), (PARTNER_GONE, 0, 0), (DEADLINE, 99_000, 0)],
)
def test_failed_talk_disappoints_both_and_rests(reason, reserve, feasible):
    room = Table({"reserve_seller": reserve})
    p = params({"screening.retry": 36, "behaviour.disappointment": 0.1})
    way = room.ways[0]
    end_talk(p, room.clock, room.now, room, way, way, way, room.talks[0], reason)
    assert (room.ways.stage[0], room.ways.look[0], room.ways.failures[0]) == (IDENTIFIED, 9 + 36, 1)
    assert room.companies.attitude.tolist() == pytest.approx([0.45, 0.45])
    assert (room.now.failed_talks, room.now.failed_feasible) == (1, feasible)
    assert room.companies.talks.tolist() == [0, 0]


def test_terms_are_written_into_the_contract():
    contract, talk = one("exchanges"), one("talks", **{**TALK, "share": 0.25, "wacc_seller": 0.1})
    p = params({"contract.band": 0.2, "contract.penalty": 2, "contract.indexation": 0.4})
    set_terms(9, p, 33.0, talk, contract)
    assert (contract.price, contract.quantity, contract.term, contract.share) == (-5, 600, 4, 0.25)
    assert (contract.band, contract.penalty, contract.indexation, contract.reference) == (0.2, 2, 0.4, 33)
    assert (contract.signed, contract.term_start, contract.ready, contract.meetings) == (9, 9, math.inf, 5)
    assert math.isnan(contract.start)
    assert math.isnan(contract.end)
    assert contract.expected_seller == pytest.approx(600 * 25 - 100)
    assert contract.expected_buyer == pytest.approx(600 * 25 - 200)
