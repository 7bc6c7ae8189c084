"""Impasse: why talks fail, and what that leads to."""

import pytest

from ecopark.abm.entities.codes import (
    DEADLINE,
    ENDED,
    IDENTIFIED,
    NEED_GONE,
    NEW,
    NO_ZONE,
    OUTBID,
    PARTNER_GONE,
    RENEGOTIATION,
    RUNNING,
    SILENCE,
    SMALLER,
    SUPPLY_FAILED,
    UNPROFITABLE,
    WALKED_OUT,
)
from ecopark.abm.submodels.negotiation.impasse import why_walked
from tests.abm.submodels.negotiation.room_of_talk import Room


@pytest.mark.parametrize(
    ("change", "why"),
    [({"reserve_seller": 99_000}, NO_ZONE), ({"meeting": 10}, WALKED_OUT), ({"meeting": 11}, DEADLINE), ({"last": 1}, DEADLINE),
     ({"silent": 9}, SILENCE)],
)  # fmt: skip
def test_talks_fail_for_want_of_a_zone_or_of_time_or_of_patience(change, why):
    room = Room(change)
    assert why_walked(room.p, room, 0) == why


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
