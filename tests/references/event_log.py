"""The chronicle: what happened, in order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tests.references.company import Company
from tests.references.deals import Exchange, Opportunity


@dataclass(slots=True)
class Event:
    """Something that happened; what does not apply is None."""

    month: int
    kind: str
    company: Company | None
    partner: Company | None
    opportunity: Opportunity | None
    exchange: Exchange | None
    reason: str
    value: float


@dataclass(slots=True)
class Meeting:
    """One offer of a talk."""

    talk: int
    opportunity: Opportunity
    month: int
    meeting: int
    speaker: str
    price: float
    share: float
    term: float
    gain_seller: float
    gain_buyer: float
    answer: str


def tell(
    model, kind: str, value: float = 0.0, company=None, partner=None, opportunity=None, exchange=None, reason: str = ""
):
    """Write one event of this month."""
    if model.p.recording_events:
        model.events.append(Event(model.month, kind, company, partner, opportunity, exchange, reason, value))


def tell_of(model, kind: str, opportunity: Any, value: float, exchange: Any = None, reason: str = "") -> None:
    """Write one event about an opportunity or its exchange."""
    if model.p.recording_events:
        model.events.append(
            Event(model.month, kind, opportunity.seller, opportunity.buyer, opportunity, exchange, reason, value)
        )


def note_meeting(model, talk, speaker, answer: str) -> None:
    """Write what is on the table after a meeting."""
    if model.p.recording_meetings:
        offer = talk.table
        model.meetings.append(Meeting(
            talk.number, talk.opportunity, model.month, talk.meeting, "seller" if speaker is talk.seller else "buyer",
            offer.price, offer.share, offer.term, talk.gain_seller, talk.gain_buyer, answer,
        ))  # fmt: skip
