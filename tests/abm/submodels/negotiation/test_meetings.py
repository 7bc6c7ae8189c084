"""Negotiation: meetings of a month, persons in seats, the table cleared."""

import math

import numpy as np
import pytest

from ecopark.abm.entities.codes import (
    ACCEPT,
    ACCEPTED,
    BUYER,
    COUNTER,
    LEAVE,
    OFFERED,
    PAUSED,
    SELLER,
    UNDECIDED,
    WALKED,
)
from ecopark.abm.input.parameters import PROTOCOLS
from ecopark.abm.submodels.negotiation.meetings import clear_table, decide_in_person, hold_meeting, hold_meetings
from tests.abm.submodels.tables import one, params, rows, state, table

TALK = {
    "buyer": 1, "quantity": 1000, "standard": 4, "term": 4, "terms": 1, "splits": 1, "value_seller": 30, "value_buyer": 20,
    "wacc_seller": 0.1, "wacc_buyer": 0.1, "limit_seller": 5, "limit_buyer": 5, "aim_seller": 50_000, "aim_buyer": 50_000,
    "exponent_seller": 1, "exponent_buyer": 1, "deadline_seller": 10, "deadline_buyer": 10, "scale": 50,
    "price_seller": math.nan, "price_buyer": math.nan, "price": math.nan,
}  # fmt: skip


def meet(talks, values=None, seats=(0, 0)):
    """Hold the meetings of a month; return the outcomes and the meetings."""
    p, clock, meetings = params(values), one("clock", talks=len(talks)), rows("meetings", 50)
    companies, outcomes = rows("companies", 2, seat=list(seats)), np.zeros(len(talks), dtype=np.int64)
    hold_meetings(
        p, clock, state(companies=companies, streams=rows("streams", 1), talks=talks, meetings=meetings), outcomes
    )
    return outcomes.tolist(), meetings[: int(clock.meetings)]


def test_sides_take_turns_one_meeting_a_month():
    talks = table("talks", TALK)
    for month in range(4):
        outcomes, meetings = meet(talks)
        assert outcomes == [OFFERED]
        assert meetings.speaker.tolist() == [SELLER if month % 2 == 0 else BUYER]
    assert talks.meeting[0] == 4


def test_several_meetings_a_month_stop_at_the_first_answer():
    assert len(meet(table("talks", TALK), {"negotiation.meetings": 3})[1]) == 3
    outcomes, meetings = meet(table("talks", TALK), {"negotiation.meetings": 10})
    assert outcomes == [ACCEPTED]
    assert len(meetings) == 7  # linear concession on both sides meets half way


def test_talk_past_its_deadline_is_left():
    outcomes, meetings = meet(table("talks", {**TALK, "meeting": 11}))
    assert (outcomes, meetings.answer.tolist()) == ([WALKED], [WALKED])


def test_posted_price_follows_the_stream():
    talks = table("talks", TALK)
    p, streams = params({"negotiation.protocol": "posted_price"}), rows("streams", 1, posted=0.4)
    outcomes = np.zeros(1, dtype=np.int64)
    hold_meetings(
        p,
        one("clock", talks=1),
        state(companies=rows("companies", 2), streams=streams, talks=talks, meetings=rows("meetings", 5)),
        outcomes,
    )
    assert talks.posted[0] == pytest.approx(0.4 * 50)


def seated(decision, speaker=SELLER, **columns):
    talk = one("talks", **{**TALK, "speaker": speaker, "decision": decision, **columns})
    return talk, decide_in_person(talk)


@pytest.mark.parametrize("decision", [UNDECIDED, ACCEPT])
def test_talk_waits_for_a_person_who_has_not_decided_or_has_nothing_to_accept(decision):
    talk, answer = seated(decision)
    assert (answer, talk.decision) == (PAUSED, UNDECIDED)


@pytest.mark.parametrize(("speaker", "other"), [(SELLER, "buyer"), (BUYER, "seller")])
def test_person_accepts_the_offer_in_hand(speaker, other):
    offer = {f"price_{other}": 3, f"share_{other}": 0.25, f"term_{other}": 2}
    talk, answer = seated(ACCEPT, speaker, **offer)
    assert answer == ACCEPTED
    assert (talk.price, talk.share, talk.term) == (3, 0.25, 2)
    assert (talk.gain_seller, talk.gain_buyer) == (pytest.approx(33_000), pytest.approx(17_000))


@pytest.mark.parametrize(("speaker", "own"), [(SELLER, "seller"), (BUYER, "buyer")])
def test_person_counters_or_leaves(speaker, own):
    talk, answer = seated(COUNTER, speaker, decision_price=6, decision_share=0.75, decision_term=8)
    assert (answer, talk.price) == (OFFERED, 6)
    assert (talk[f"price_{own}"], talk[f"share_{own}"], talk[f"term_{own}"]) == (6, 0.75, 8)
    assert seated(LEAVE, speaker)[1] == WALKED


def test_a_seat_pauses_its_own_turns_only():
    talks = table("talks", TALK, {**TALK, "speaker": BUYER})
    outcomes, meetings = meet(talks, seats=(1, 0))
    assert outcomes == [PAUSED, OFFERED]
    assert meetings.speaker.tolist() == [BUYER]
    assert talks.meeting.tolist() == [0, 1]


def test_person_and_agent_can_come_to_terms():
    talk, clock = one("talks", **TALK), one("clock")
    companies, meetings, p = rows("companies", 2, seat=[1, 0]), rows("meetings", 9), params()
    talk.decision, talk.decision_price, talk.decision_share, talk.decision_term = COUNTER, -29.0, 0.5, 4.0
    assert hold_meeting(p, clock, state(companies=companies, meetings=meetings), talk) == OFFERED
    assert hold_meeting(p, clock, state(companies=companies, meetings=meetings), talk) == ACCEPTED
    assert (meetings.speaker[:2].tolist(), talk.price) == ([SELLER, BUYER], -29)


@pytest.mark.parametrize("protocol", PROTOCOLS)
def test_every_protocol_gives_an_answer(protocol):
    outcomes, meetings = meet(table("talks", TALK), {"negotiation.protocol": protocol})
    assert outcomes[0] in (OFFERED, ACCEPTED, WALKED)
    assert len(meetings) == 1


def test_planned_talks_end_at_once_whatever_the_protocol():
    outcomes, _ = meet(table("talks", {**TALK, "planned": 1}), {"negotiation.protocol": "alternating_offers"})
    assert outcomes == [ACCEPTED]


def test_only_talks_that_go_on_stay_on_the_table_in_their_order():
    talks, clock = rows("talks", 6, number=range(6)), one("clock", talks=5)
    outcomes = np.array([WALKED, OFFERED, ACCEPTED, PAUSED, OFFERED])
    clear_table(clock, talks, outcomes)
    assert clock.talks == 3
    assert talks.number[:3].tolist() == [1, 3, 4]
