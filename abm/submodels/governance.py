"""Governance: what is on the calendar happens (announcements, process changes, sizes, owners, openings, closures, shocks, permits)."""

from __future__ import annotations

import math

from ..entities.state import (
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
def keep_calendar(t, p, clock, now, calendar, companies, types, streams, materials, ties, pairs, events):
    """Carry out every calendar entry of month `t`, in place; entries are ordered by month."""
    while clock.calendar < len(calendar) and calendar[clock.calendar].month <= t:
        entry = calendar[clock.calendar]
        clock.calendar += 1
        if entry.kind == CAL_OPENS:
            open_company(p, clock, now, events, companies, int(entry.company))
            join_owner(p, companies, ties, pairs, int(entry.company))
        elif entry.kind == CAL_CLOSES:
            close_company(p, clock, now, events, companies, int(entry.company), EV_CLOSED)
        elif entry.kind == CAL_PROCESS:
            change_process(p, clock, events, companies, types, streams, entry)
        elif entry.kind == CAL_ANNOUNCE:
            announce(companies, streams, entry)
        elif entry.kind == CAL_ANNOUNCE_SIZE:
            companies[int(entry.company)].coming_capacity = entry.value
        elif entry.kind == CAL_OWNER:
            companies[int(entry.company)].owner = int(entry.value)
            join_owner(p, companies, ties, pairs, int(entry.company))
        else:
            change_condition(p, clock, events, companies, streams, materials, entry)


@compiled
def note_policies(t, p, clock, levers, events):
    """Write an event for every policy that starts (1) or stops (0) this month; the reason is its number."""
    now = int(levers[t].policies)
    before = int(levers[t - 1].policies) if t > 0 else 0
    number = 1
    while now != before:
        if now % 2 != before % 2:
            write_company(p, clock, events, EV_POLICY, NOBODY, number, float(now % 2))
        now //= 2
        before //= 2
        number += 1


@compiled
def announce(companies, streams, entry):
    """Let others count on what is due, in place: a stream's coming coefficient, or that a company opens or closes."""
    if math.isnan(entry.stream):
        companies[int(entry.company)].prospect = int(entry.value)
    else:
        streams[int(entry.stream)].coming = entry.value


@compiled
def change_process(p, clock, events, companies, types, streams, entry):
    """Give one stream its coefficient under the new process, in place; an entry without a stream sets the new type."""
    if math.isnan(entry.stream):
        company = companies[int(entry.company)]
        company.type = int(entry.value)
        company.rebase = 1
        become(company, types[company.type])
        write_company(p, clock, events, EV_PROCESS, entry.company, 0, entry.value)
    else:
        streams[int(entry.stream)].coefficient = entry.value


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


@compiled
def join_owner(p, companies, ties, pairs, row):
    """Raise trust between a company and others of its owner to that within one house, in place."""
    company = companies[row]
    if company.owner == 0:
        return
    for place in range(company.pair_first, company.pair_first + company.pair_count):
        other = ties[place].other
        if companies[other].owner == company.owner:
            back = find_pair(companies, ties, other, row)
            pairs[place].trust = max(pairs[place].trust, p.trust_same_owner)
            pairs[back].trust = max(pairs[back].trust, p.trust_same_owner)


@compiled
def change_condition(p, clock, events, companies, streams, materials, entry):
    """Change a size, a price, the contacts, a permit or, for this month, the pull of sites abroad, in place."""
    if entry.kind == CAL_SIZE:
        company = companies[int(entry.company)]
        scale = entry.value / company.capacity
        company.capacity = entry.value
        company.fixed_cost *= scale
        company.jobs *= scale
        company.cash_limit *= scale
        write_company(p, clock, events, EV_PROCESS, entry.company, 0, entry.value)
    elif entry.kind == CAL_CONTACTS:
        clock.contacts = entry.value
        write_company(p, clock, events, EV_SHOCK, NOBODY, 0, entry.value)
    elif entry.kind == CAL_PRICE:
        materials[int(entry.material)].shock_factor *= entry.value
        write_company(p, clock, events, EV_SHOCK, NOBODY, 0, entry.value)
    elif entry.kind == CAL_WAVE:
        clock.wave = entry.value
        write_company(p, clock, events, EV_SHOCK, NOBODY, 0, entry.value)
    elif entry.kind == CAL_PERMIT:
        streams[int(entry.stream)].permit = 0
        write_company(p, clock, events, EV_SHOCK, entry.company, 0, 0.0)


@compiled
def open_company(p, clock, now, events, companies, row):
    """Open a company that has waited, in place."""
    if companies[row].status != OPEN:
        companies[row].status = OPEN
        if companies[row].candidate == 1 or companies[row].closes > 1e300:
            companies[row].prospect = 1
        companies[row].rebase = 1
        now.openings += 1.0
        write_company(p, clock, events, EV_OPENED, float(row), 0, companies[row].capacity)


@compiled
def close_company(p, clock, now, events, companies, row, kind):
    """Close an open company, in place; `kind` says whether it was due or insolvent."""
    if companies[row].status == OPEN:
        companies[row].status = CLOSED
        companies[row].prospect = 0
        now.closures += 1.0
        write_company(p, clock, events, kind, float(row), 0, companies[row].cash)
