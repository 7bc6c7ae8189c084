"""Negotiation: one meeting of every open talk at a time, by the protocol in force."""

from __future__ import annotations

from tests.references.event_log import note_meeting
from tests.references.protocols import PROTOCOLS


def hold_meetings(model) -> list[str]:
    """Hold the month's meetings of every open talk; return the last answer of each."""
    meet = PROTOCOLS["equal_gain" if model.is_planned else model.p.negotiation_protocol]
    answers = []
    for talk in model.talks:
        answer = "offer"
        talk.posted = talk.opportunity.supply.posted * talk.scale
        for _ in range(model.p.negotiation_meetings):
            if answer == "offer":
                answer = meet(model.p, talk)
                note_meeting(model, talk, talk.speaker, answer)
                talk.meeting += 1
                talk.speaker = talk.other(talk.speaker)
        answers.append(answer)
    return answers
