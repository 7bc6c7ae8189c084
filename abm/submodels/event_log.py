"""The chronicle: every change is written down, nothing is lost.

Every kind of event has its writer, so that each of them is compiled once.
"""

from __future__ import annotations

import math

from ..entities.codes import LAST
from ..numerics.compiled import compiled

NOBODY = math.nan


@compiled
def write_company(p, clock, events, kind, company, reason, value):
    """Write what happens to one company (a row as a number; NOBODY if to none or all), in place."""
    write_event(p, clock, events, kind, company, NOBODY, NOBODY, NOBODY, reason, value)


@compiled
def write_opportunity(p, clock, events, kind, opportunity, row, reason, value):
    """Write what becomes of an opportunity, in place."""
    seller = float(opportunity.seller)
    buyer = float(opportunity.buyer)
    write_event(p, clock, events, kind, seller, buyer, float(row), NOBODY, reason, value)


@compiled
def write_exchange(p, clock, events, kind, exchange, row, reason, value):
    """Write what becomes of an exchange, in place."""
    seller = float(exchange.seller)
    buyer = float(exchange.buyer)
    write_event(p, clock, events, kind, seller, buyer, float(exchange.opportunity), float(row), reason, value)


@compiled
def write_event(p, clock, events, kind, company, partner, opportunity, exchange, reason, value):
    """Write one event of the present month, in place; rows are numbers, NaN where they do not apply."""
    if p.recording_events == 0:
        return
    event = events[clock.events]
    event.month = clock.month
    event.kind = kind
    event.company = company
    event.partner = partner
    event.opportunity = opportunity
    event.exchange = exchange
    event.reason = reason
    event.value = value
    clock.events += 1


@compiled
def write_meeting(p, clock, meetings, talk, speaker, answer):
    """Write what is on the table after a meeting, in place."""
    if p.recording_meetings == 0:
        return
    row = meetings[clock.meetings]
    row.talk = talk.number
    row.opportunity = talk.opportunity
    row.month = clock.month
    row.meeting = talk.meeting
    row.speaker = speaker
    row.price = talk.price
    row.share = talk.share
    row.term = talk.term
    row.gain_seller = talk.gain_seller
    row.gain_buyer = talk.gain_buyer
    row.answer = answer
    row.quantity = talk.quantity
    row.last = 1 if answer == LAST else 0
    clock.meetings += 1


@compiled
def has_room(p, clock, s):
    """Tell whether every growing table has room for whatever one month can bring."""
    entries = 2 * len(s.companies) + 3 * len(s.opportunities) + 3 * len(s.talks) + 6 * clock.exchanges + len(s.calendar)
    room_for_events = p.recording_events == 0 or clock.events + entries <= len(s.events)
    held = len(s.talks) * (p.negotiation_meetings + 1)  # one more for a demand that opens a talk
    room_for_meetings = p.recording_meetings == 0 or clock.meetings + held <= len(s.meetings)
    room_for_talks = p.recording_talks == 0 or clock.past_talks + len(s.talks) <= len(s.past_talks)
    contracts = clock.exchanges + len(s.talks)
    room_for_books = clock.deliveries + contracts <= len(s.deliveries) and (
        p.recording_accounts == 0 or clock.pages + len(s.streams) <= len(s.pages)
    )
    built = 2 * len(s.talks)
    room_for_assets = clock.connections + built <= len(s.connections) and clock.assets + built <= len(s.assets)
    room_for_logs = room_for_events and room_for_meetings and room_for_talks
    return room_for_logs and room_for_books and room_for_assets and contracts <= len(s.exchanges)
