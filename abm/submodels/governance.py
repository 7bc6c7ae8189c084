"""Governance: what is on the calendar happens (announcements, process changes, sizes, owners, openings, closures, shocks, permits)."""

from __future__ import annotations

import math

from ..entities.codes import (
    CAL_ANNOUNCE,
    CAL_ANNOUNCE_SIZE,
    CAL_CLOSES,
    CAL_CONTACTS,
    CAL_OPENS,
    CAL_OWNER,
    CAL_PERMIT,
    CAL_PRICE,
    CAL_PROCESS,
    CAL_SIZE,
    CAL_WAVE,
    CLOSED,
    EV_CLOSED,
    EV_INSOLVENT,
    EV_OPENED,
    EV_POLICY,
    EV_PROCESS,
    EV_SHOCK,
    OPEN,
)
from ..numerics.compiled import compiled
from .event_log import NOBODY, write_company
from .trust import find_pair


@compiled
def keep_calendar(t, p, clock, now, s):
    """Carry out every calendar entry of month `t`, in place; entries are ordered by month."""
    while clock.calendar < len(s.calendar) and s.calendar[clock.calendar].month <= t:
        entry = s.calendar[clock.calendar]
        clock.calendar += 1
        if entry.kind == CAL_OPENS:
            open_company(p, clock, now, s, int(entry.company))
            join_owner(p, s, int(entry.company))
        elif entry.kind == CAL_CLOSES:
            close_company(p, clock, now, s, int(entry.company), EV_CLOSED)
        elif entry.kind == CAL_PROCESS:
            change_process(p, clock, s, entry)
        elif entry.kind == CAL_ANNOUNCE:
            announce(s, entry)
        elif entry.kind == CAL_ANNOUNCE_SIZE:
            s.companies[int(entry.company)].coming_capacity = entry.value
        elif entry.kind == CAL_OWNER:
            s.companies[int(entry.company)].owner = int(entry.value)
            join_owner(p, s, int(entry.company))
        else:
            change_condition(p, clock, s, entry)


@compiled
def note_policies(t, p, clock, s):
    """Write an event for every policy that starts (1) or stops (0) this month; the reason is its number."""
    now = int(s.levers[t].policies)
    before = int(s.levers[t - 1].policies) if t > 0 else 0
    number = 1
    while now != before:
        if now % 2 != before % 2:
            write_company(p, clock, s.events, EV_POLICY, NOBODY, number, float(now % 2))
        now //= 2
        before //= 2
        number += 1


@compiled
def announce(s, entry):
    """Let others count on what is due, in place: a stream's coming coefficient, or that a company opens or closes."""
    if math.isnan(entry.stream):
        s.companies[int(entry.company)].prospect = int(entry.value)
    else:
        s.streams[int(entry.stream)].coming = entry.value


@compiled
def change_process(p, clock, s, entry):
    """Give one stream its coefficient under the new process, in place; an entry without a stream sets the new type."""
    if math.isnan(entry.stream):
        company = s.companies[int(entry.company)]
        company.type = int(entry.value)
        company.rebase = 1
        become(company, s.types[company.type])
        write_company(p, clock, s.events, EV_PROCESS, entry.company, 0, entry.value)
    else:
        s.streams[int(entry.stream)].coefficient = entry.value


@compiled
def become(company, kind):
    """Give a company the costs, jobs, risks and outages of its new type at its present size, in place."""
    company.sector = kind.sector
    company.margin = kind.margin
    company.fixed_cost = kind.fixed_cost * company.capacity
    company.jobs = kind.jobs * company.capacity
    company.hazard = kind.hazard
    company.outage_start = kind.outage_start
    company.outage_end = kind.outage_end
    company.outage_loss = kind.outage_loss
    company.maintenance_month = kind.maintenance_month
    company.maintenance_share = kind.maintenance_share
    company.widely_known = kind.widely_known
    company.symbiosis_staff = kind.symbiosis_staff


@compiled
def join_owner(p, s, row):
    """Raise trust between a company and others of its owner to that within one house, in place."""
    company = s.companies[row]
    if company.owner == 0:
        return
    for place in range(company.pair_first, company.pair_first + company.pair_count):
        other = s.ties[place].other
        if s.companies[other].owner == company.owner:
            back = find_pair(s, other, row)
            s.pairs[place].trust = max(s.pairs[place].trust, p.trust_same_owner)
            s.pairs[back].trust = max(s.pairs[back].trust, p.trust_same_owner)


@compiled
def change_condition(p, clock, s, entry):
    """Change a size, a price, the contacts, a permit or, for this month, the pull of sites abroad, in place."""
    if entry.kind == CAL_SIZE:
        company = s.companies[int(entry.company)]
        scale = entry.value / company.capacity
        company.capacity = entry.value
        company.fixed_cost *= scale
        company.jobs *= scale
        company.cash_limit *= scale
        write_company(p, clock, s.events, EV_PROCESS, entry.company, 0, entry.value)
    elif entry.kind == CAL_CONTACTS:
        clock.contacts = entry.value
        write_company(p, clock, s.events, EV_SHOCK, NOBODY, 0, entry.value)
    elif entry.kind == CAL_PRICE:
        s.materials[int(entry.material)].shock_factor *= entry.value
        write_company(p, clock, s.events, EV_SHOCK, NOBODY, 0, entry.value)
    elif entry.kind == CAL_WAVE:
        clock.wave = entry.value
        write_company(p, clock, s.events, EV_SHOCK, NOBODY, 0, entry.value)
    elif entry.kind == CAL_PERMIT:
        s.streams[int(entry.stream)].permit = 0
        write_company(p, clock, s.events, EV_SHOCK, entry.company, 0, 0.0)


@compiled
def open_company(p, clock, now, s, row):
    """Open a company that has waited, in place."""
    if s.companies[row].status != OPEN:
        s.companies[row].status = OPEN
        if s.companies[row].candidate == 1 or s.companies[row].closes > 1e300:
            s.companies[row].prospect = 1
        s.companies[row].rebase = 1
        now.openings += 1.0
        write_company(p, clock, s.events, EV_OPENED, float(row), 0, s.companies[row].capacity)


@compiled
def close_company(p, clock, now, s, row, kind):
    """Close an open company, in place; `kind` says whether it was due or insolvent."""
    if s.companies[row].status == OPEN:
        s.companies[row].status = CLOSED
        s.companies[row].prospect = 0
        s.companies[row].insolvent = 1 if kind == EV_INSOLVENT else 0
        now.closures += 1.0
        write_company(p, clock, s.events, kind, float(row), 0, s.companies[row].cash)
