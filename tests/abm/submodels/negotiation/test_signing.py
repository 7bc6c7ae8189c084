"""Signing: nothing below a least gain, quantity booked once, contracts changed by agreement, why talks fail."""

import math

import numpy as np
import pytest

from ecopark.abm.entities.codes import (
    AGREED,
    DEADLINE,
    ENDED,
    IDENTIFIED,
    NEED_GONE,
    NEW,
    NO_ZONE,
    OUTBID,
    PARTNER_GONE,
    RENEGOTIATION,
    RENEWAL,
    RUNNING,
    SILENCE,
    SMALLER,
    SUPPLY_FAILED,
    SWITCH,
    UNPROFITABLE,
    WALKED_OUT,
)
from ecopark.abm.submodels.negotiation.signing import (
    amend,
    are_served,
    end_talk,
    set_capital,
    set_terms,
    sign,
    why_walked,
    zone_of,
)
from tests.abm.submodels.contracts import Site
from tests.abm.submodels.tables import lever, one, params, rows

TALK = {
    "buyer": 1, "quantity": 600, "standard": 4, "term": 4, "terms": 1, "splits": 1, "value_seller": 30, "value_buyer": 20,
    "wacc_seller": 0, "wacc_buyer": 0, "limit_seller": 4, "limit_buyer": 4, "price": -5, "share": 0.5, "arranging": 3000,
    "capital": 30_000, "grant": 10_000, "deadline_seller": 10, "deadline_buyer": 12, "meeting": 5, "longest": 30, "life": 30,
    "running_seller": 100, "running_buyer": 200, "exchange": -1, "demand": 1, "scale": 50,
}  # fmt: skip


class Room(Site):
    """The running contract of `Site` with one talk."""

    def __init__(self, talk=None, **exchange):
        super().__init__({"contract.dependable": 1, "screening.retry": 36, "behaviour.disappointment": 0.1}, **exchange)
        self.clock.month = 9
        self.clock.talks = 1
        self.companies.talks = 1
        self.exchanges = np.concatenate([self.exchanges, rows("exchanges", 3)]).view(np.recarray)
        for name, value in {**TALK, **(talk or {})}.items():
            self.talks[name][0] = value

    @property
    def talk(self):
        return self.talks[0]

    def end(self, reason):
        end_talk(9, self.p, self.clock, lever(), self.now, self, 0, reason)


def test_zone_is_the_best_joint_gain_above_both_least_gains():
    talk = one("talks", **{**TALK, "arranging": 0, "reserve_seller": 4000, "reserve_buyer": 5000})
    assert zone_of(talk) == pytest.approx(600 * 50 - 300 - 30_000 / 4 - 9000)
    patient = one("talks", **{**TALK, "arranging": 0, "terms": 3, "splits": 3, "limit_seller": 2, "limit_buyer": 20})
    # Eight years are twice the standard; the buyer carries all of the capital over them.
    assert zone_of(patient) == pytest.approx(600 * 50 - 300 - 30_000 / 8)


@pytest.mark.parametrize(
    ("change", "why"),
    [({"reserve_seller": 99_000}, NO_ZONE), ({"meeting": 10}, WALKED_OUT), ({"meeting": 11}, DEADLINE), ({"last": 1}, DEADLINE),
     ({"silent": 9}, SILENCE)],
)  # fmt: skip
def test_talks_fail_for_want_of_a_zone_or_of_time_or_of_patience(change, why):
    room = Room(change)
    assert why_walked(room.p, room, 0) == why


def test_nobody_signs_below_the_least_gain():
    talk = one("talks", **{**TALK, "gain_seller": 100, "gain_buyer": 50, "reserve_seller": 100, "reserve_buyer": 50})
    assert are_served(talk)
    talk.reserve_buyer = 50.1
    assert not are_served(talk)


def test_signing_books_promise_arranging_cost_and_stage():
    room = Room({"kind": NEW, "opportunity": 1, "buyer": 2, "demand": 2})
    room.ways.contracts[1] = 3
    sign(9, room.p, room.clock, room.now, room, room.talk)
    contract = room.exchanges[1]
    assert (contract.stage, room.ways.stage[1], room.ways.signed[1], room.ways.contracts[1]) == (AGREED, AGREED, 9, 4)
    assert (room.ways.exchange[1], contract.predecessor) == (1, -1)
    assert math.isnan(contract.successor)
    assert room.streams.contracted.tolist() == [1600, 720, 300, 0]
    assert room.companies.net[[0, 2]].tolist() == [-3000, -3000]
    assert room.now.deals == 1


def test_a_switch_books_the_quantity_once_and_the_old_contract_goes_on():
    room = Room({"kind": SWITCH, "opportunity": 1, "buyer": 2, "demand": 2, "exchange": 0})
    room.exchange.talking = 1
    sign(9, room.p, room.clock, room.now, room, room.talk)
    old, new = room.exchanges[0], room.exchanges[1]
    assert (old.successor, new.predecessor, old.stage, old.talking) == (1, 0, room.ways.stage[0], 0)
    assert room.streams.contracted.tolist() == [600, 0, 300, 0]


@pytest.mark.parametrize(
    ("reason", "failed"),
    [(DEADLINE, True), (WALKED_OUT, True), (NO_ZONE, True), (OUTBID, False), (PARTNER_GONE, False)],
)
def test_failed_talk_disappoints_both_rests_and_is_remembered_and_who_is_outbid_is_not(reason, failed):
    room = Room({"kind": NEW})
    room.ways.stage[0] = IDENTIFIED
    room.end(reason)
    assert room.ways.failures[0] == 1
    assert room.ways.look[0] == 9 + (36 if failed else 12)
    assert room.companies.attitude[:2].tolist() == pytest.approx([0.45 if failed else 0.5] * 2)
    assert room.pairs.failed.tolist() == [failed, failed]
    assert (room.now.failed_talks, room.now.failed_feasible) == (1, float(failed and reason != NO_ZONE))
    assert room.companies.talks[:2].tolist() == [0, 0]


def test_without_new_terms_the_asker_leaves_when_that_is_better_and_pays():
    for outside, ended in ((-1e6, False), (1e6, True)):
        room = Room({"kind": RENEGOTIATION, "exchange": 0, "asker": 0, "outside_seller": outside}, term_start=0)
        room.exchange.talking = 1
        room.end(DEADLINE)
        assert (room.exchange.stage == ENDED) == ended
        assert room.exchange.talking == 0
        assert room.exchange.reason == (UNPROFITABLE if ended else RUNNING)
        assert (room.companies.net[0] < 0) == ended


@pytest.mark.parametrize(("side", "reason"), [("fails", SUPPLY_FAILED), ("fails_buyer", NEED_GONE)])
def test_without_a_smaller_contract_the_side_that_was_let_down_leaves(side, reason):
    room = Room({"kind": SMALLER, "exchange": 0}, **{side: 6})
    room.end(DEADLINE)
    assert (room.exchange.stage, room.exchange.reason, room.exchange.trigger) == (ENDED, reason, 6)


def test_a_renewal_holds_at_once_and_its_term_counts_from_the_end_of_the_old():
    terms = {"kind": RENEWAL, "exchange": 0, "quantity": 800, "price": 7, "term": 8, "capital": 0, "grant": 0}
    room = Room(terms, term_start=0, share=0.25)
    amend(54, room.p, room.clock, room.now, room, room.talk)
    contract = room.exchange
    assert (contract.price, contract.quantity, contract.term, contract.term_start) == (7, 800, 8, 60)
    assert (contract.share, contract.reference) == (0.25, 33)
    assert room.streams.contracted[:2].tolist() == pytest.approx([800, 720 - 200 * 0.72])


def test_a_smaller_contract_keeps_its_term_and_forgets_the_failures():
    room = Room(
        {"kind": SMALLER, "exchange": 0, "quantity": 500, "price": 3, "term": 4}, term_start=0, fails=6, flow=0.5
    )
    amend(9, room.p, room.clock, room.now, room, room.talk)
    contract = room.exchange
    assert (contract.price, contract.quantity, contract.term, contract.term_start) == (3, 500, 5, 0)
    assert (contract.fails, contract.flow, contract.renegotiations) == (0, 1, 1)


def test_terms_are_written_into_the_contract():
    contract, talk = one("exchanges"), one("talks", **{**TALK, "share": 0.25, "wacc_seller": 0.1})
    p = params({"contract.band": 0.2, "contract.penalty": 2, "contract.indexation": 0.4})
    set_terms(9, p, 33.0, talk, contract)
    set_capital(talk, contract)
    assert (contract.price, contract.term, contract.share) == (-5, 4, 0.25)
    assert (contract.band, contract.penalty, contract.indexation, contract.reference) == (0.2, 2, 0.4, 33)
    assert (contract.signed, contract.term_start, contract.ready, contract.meetings) == (9, 9, math.inf, 5)
    assert contract.expected_seller == pytest.approx(600 * 25 - 100)
    assert contract.expected_buyer == pytest.approx(600 * 25 - 200)
