"""Negotiation: one meeting of every open talk at a time, by the protocol in force."""

from __future__ import annotations

from tests.references.event_log import note_meeting
from tests.references.protocols import PROTOCOLS

GONE = "gone"  # ended before its meeting


def hold_meetings(model, answers: list[str]) -> None:
    """Hold the month's meetings of every talk that is still open; `answers` takes the last answer of each."""
    meet = PROTOCOLS["equal_gain" if model.is_planned else model.p.negotiation_protocol]
    for place, talk in enumerate(model.talks):
        if model.p.negotiation_protocol == "posted_price":
            talk.posted = talk.opportunity.supply.posted * talk.scale
        for _ in range(model.p.negotiation_meetings):
            if answers[place] == "offer":
                answers[place] = hold_meeting(model, talk, meet)


def hold_meeting(model, talk, meet) -> str:
    """Hold one meeting; a last offer is answered at the next."""
    answer = meet(model, talk)
    note_meeting(model, talk, talk.speaker, answer)
    talk.meeting += 1
    talk.speaker = talk.other(talk.speaker)
    return "offer" if answer in ("last", "absurd") else answer
