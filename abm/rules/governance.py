"""Governance: what is on the calendar happens (process changes, sizes, openings, closures, shocks, permits)."""

from __future__ import annotations

from abm.compiled import compiled
from abm.rules.chronicle import NOBODY, write_event
from abm.state import (
    CAL_CLOSES,
    CAL_CONTACTS,
    CAL_OPENS,
    CAL_PERMIT,
    CAL_PRICE,
    CAL_PROCESS,
    CAL_SIZE,
    CLOSED,
    EV_CLOSED,
    EV_OPENED,
    EV_PROCESS,
    EV_SHOCK,
    OPEN,
)


@compiled
def keep_calendar(t, p, clock, now, calendar, companies, streams, materials, events):
    """Carry out every calendar entry of month `t`, in place; entries are ordered by month."""
    while clock.calendar < len(calendar) and calendar[clock.calendar].month <= t:
        entry = calendar[clock.calendar]
        clock.calendar += 1
        if entry.kind == CAL_OPENS:
            open_company(p, clock, now, events, companies, int(entry.company))
        elif entry.kind == CAL_CLOSES:
            close_company(p, clock, now, events, companies, int(entry.company), EV_CLOSED)
        elif entry.kind == CAL_PROCESS:
            change_process(p, clock, events, companies, streams, entry)
        else:
            change_condition(p, clock, events, companies, streams, materials, entry)


@compiled
def change_process(p, clock, events, companies, streams, entry):
    """Give one stream its coefficient under the new process, in place; an entry without a stream sets the new type."""
    if entry.stream == entry.stream:
        streams[int(entry.stream)].coefficient = entry.value
    else:
        companies[int(entry.company)].type = int(entry.value)
        companies[int(entry.company)].rebase = 1
        write_event(p, clock, events, EV_PROCESS, entry.company, NOBODY, NOBODY, NOBODY, 0, entry.value)


@compiled
def change_condition(p, clock, events, companies, streams, materials, entry):
    """Change a size, a price, the contacts or a permit, in place."""
    if entry.kind == CAL_SIZE:
        company = companies[int(entry.company)]
        scale = entry.value / company.capacity
        company.capacity = entry.value
        company.fixed_cost *= scale
        company.jobs *= scale
        write_event(p, clock, events, EV_PROCESS, entry.company, NOBODY, NOBODY, NOBODY, 0, entry.value)
    elif entry.kind == CAL_CONTACTS:
        clock.contacts = entry.value
        write_event(p, clock, events, EV_SHOCK, NOBODY, NOBODY, NOBODY, NOBODY, 0, entry.value)
    elif entry.kind == CAL_PRICE:
        materials[int(entry.material)].shock_factor *= entry.value
        write_event(p, clock, events, EV_SHOCK, NOBODY, NOBODY, NOBODY, NOBODY, 0, entry.value)
    elif entry.kind == CAL_PERMIT:
        streams[int(entry.stream)].permit = 0
        write_event(p, clock, events, EV_SHOCK, entry.company, NOBODY, NOBODY, NOBODY, 0, 0.0)


@compiled
def open_company(p, clock, now, events, companies, row):
    """Open a company that has waited, in place."""
    if companies[row].status != OPEN:
        companies[row].status = OPEN
        companies[row].rebase = 1
        now.openings += 1.0
        write_event(p, clock, events, EV_OPENED, row, NOBODY, NOBODY, NOBODY, 0, companies[row].capacity)


@compiled
def close_company(p, clock, now, events, companies, row, kind):
    """Close an open company, in place; `kind` says whether it was due or insolvent."""
    if companies[row].status == OPEN:
        companies[row].status = CLOSED
        now.closures += 1.0
        write_event(p, clock, events, kind, row, NOBODY, NOBODY, NOBODY, 0, companies[row].cash)
