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
from ecopark.abm.input.parameter_fields import PROTOCOLS, STRATEGIES
from ecopark.abm.submodels.negotiation.meetings import clear_table, decide_in_person, hold_meeting, hold_meetings
from ecopark.abm.submodels.negotiation.view import ROOM
from tests.abm.submodels.tables import one, params, rows, state, table

TALK = {
    "buyer": 1, "quantity": 1000, "standard": 4, "term": 4, "terms": 1, "splits": 1, "value_seller": 30, "value_buyer": 20,
    "wacc_seller": 0.1, "wacc_buyer": 0.1, "limit_seller": 5, "limit_buyer": 5, "aim_seller": 50_000, "aim_buyer": 50_000,
    "exponent_seller": 1, "exponent_buyer": 1, "longest": 30, "life": 30, "deadline_seller": 10, "deadline_buyer": 10, "scale": 50,
    "price_seller": math.nan, "price_buyer": math.nan, "price": math.nan,
}  # fmt: skip


def meet(talks, values=None, seats=(0, 0)):
    """Hold the meetings of a month; return the outcomes and the meetings."""
    s, p = park_of(talks, seats), params(values)
    outcomes = np.zeros(len(talks), dtype=np.int64)
    hold_meetings(p, s.clock, s, outcomes)
    return outcomes.tolist(), s.meetings[: int(s.clock.meetings)]


def park_of(talks, seats=(0, 0), strategy="agent_v1"):
    """Return the tables around some talks."""
    companies = rows(
        "companies",
        2,
        seat=list(seats),
        strategy_seller=STRATEGIES.index(strategy),
        strategy_buyer=STRATEGIES.index(strategy),
    )
    return state(
        companies=companies, streams=rows("streams", 1), talks=talks, meetings=rows("meetings", 50), memory=np.zeros((40, 16)),
        clock=one("clock", talks=len(talks)), pairs=rows("pairs", 2, trust=0.5), types=rows("types", 1, wacc=0.1, payback=5),
        ways=rows("opportunities", 1, buyer=1, back=1),
    )  # fmt: skip


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
    s = park_of(talks)
    s.streams = rows("streams", 1, posted=0.4)
    hold_meetings(params({"negotiation.protocol": "posted_price"}), s.clock, s, np.zeros(1, dtype=np.int64))
    assert talks.posted[0] == pytest.approx(0.4 * 50)


def seated(decision, speaker=SELLER, **columns):
    talks = table("talks", {**TALK, "speaker": speaker, "decision": decision, **columns})
    return talks[0], decide_in_person(params(), park_of(talks), talks[0])


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
    talks = table("talks", TALK)
    s, p, view = park_of(talks, (1, 0)), params(), np.zeros(ROOM + 2)
    talk = talks[0]
    talk.decision, talk.decision_price, talk.decision_share, talk.decision_term = COUNTER, -29.0, 0.5, 4.0
    assert hold_meeting(p, s.clock, s, 0, view) == OFFERED
    assert hold_meeting(p, s.clock, s, 0, view) == ACCEPTED
    assert (s.meetings.speaker[:2].tolist(), talk.price) == ([SELLER, BUYER], -29)


def test_a_talk_ends_when_a_person_is_silent_for_too_long():
    talks = table("talks", TALK)
    for _ in range(3):
        assert meet(talks, {"negotiation.patience": 3}, seats=(1, 0))[0] == [PAUSED]
    assert meet(talks, {"negotiation.patience": 3}, seats=(1, 0))[0] == [WALKED]


@pytest.mark.parametrize("protocol", [name for name in PROTOCOLS if name != "alternating_offers"])
def test_no_protocol_signs_for_a_person(protocol):
    """What a protocol proposes is put on the table of the person and waits."""
    talks = table("talks", {**TALK, "speaker": BUYER, "posted": 0})
    outcomes, _ = meet(talks, {"negotiation.protocol": protocol}, seats=(1, 0))
    assert outcomes == [OFFERED]
    assert meet(talks, {"negotiation.protocol": protocol}, seats=(1, 0))[0] == [PAUSED]
    talks.decision = ACCEPT
    assert meet(talks, {"negotiation.protocol": protocol}, seats=(1, 0))[0] == [ACCEPTED]


def test_after_a_last_offer_one_accepts_or_ends():
    talks = table("talks", {**TALK, "deadline_seller": 1, "meeting": 2, "exponent_buyer": 0.01, "deadline_buyer": 99})
    s, p, view = park_of(talks, strategy="guarded"), params(), np.zeros(ROOM + 2)
    assert hold_meeting(p, s.clock, s, 0, view) == OFFERED
    assert talks.last[0] == 1 + SELLER
    assert hold_meeting(p, s.clock, s, 0, view) in (ACCEPTED, WALKED)


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
    outcomes, memory = (
        np.array([WALKED, OFFERED, ACCEPTED, PAUSED, OFFERED]),
        np.arange(12.0).repeat(16).reshape(12, 16),
    )
    clear_table(clock, state(talks=talks, memory=memory), outcomes)
    assert clock.talks == 3
    assert talks.number[:3].tolist() == [1, 3, 4]
    assert memory[:6, 0].tolist() == [2, 3, 6, 7, 8, 9]
