"""Governance: the calendar, announcements, owners, policies as events."""

import math

import numpy as np
import pytest

from ecopark.abm.entities.codes import (
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
    WAITING,
)
from ecopark.abm.submodels.governance import (
    announce,
    become,
    change_condition,
    change_process,
    close_company,
    join_owner,
    keep_calendar,
    note_policies,
    open_company,
)
from tests.abm.submodels.tables import Tables, lever, month, one, params, rows, state, table

NONE = {"company": math.nan, "stream": math.nan, "material": math.nan, "value": math.nan}


def entry(kind, **columns):
    return {"kind": kind, **NONE, **columns}


class World(Tables):
    """All that the calendar can change."""

    def __init__(self, *entries, **companies):
        self.calendar = table("calendar", *entries)
        self.companies = rows(
            "companies", 2, **{"status": OPEN, "prospect": 1, "capacity": 100, "coming_capacity": 100, **companies}
        )
        self.types = table("types", {"margin": 1}, {"margin": 9, "fixed_cost": 2, "jobs": 0.5, "sector": 3})
        self.streams = table(
            "streams", {"coefficient": 0.5, "coming": 0.5, "permit": 1}, {"coefficient": 2, "permit": 1}
        )
        self.materials = table("materials", {"shock_factor": 1}, {"shock_factor": 1})
        self.pairs = table("pairs", {"owner": 0, "other": 1}, {"owner": 1, "other": 0}, trust=0.5)
        self.companies.pair_first, self.companies.pair_count = [0, 1], [1, 1]
        self.clock, self.now, self.events = one("clock", contacts=1), month(), rows("events", 50)

    def keep(self, t, p=None):
        """Run the calendar of a month; return the kinds of events so far."""
        self.clock.month = t
        keep_calendar(t, p or params(), self.clock, self.now, self)
        return self.events.kind[: int(self.clock.events)].tolist()


def test_entries_happen_in_their_month_and_late_ones_at_once():
    entries = [{**entry(CAL_CONTACTS, value=value), "month": when} for when, value in ((2, 0.5), (4, 0.3), (5, 0.9))]
    world = World(*entries)
    assert world.keep(1) == []
    world.keep(2)
    assert (world.clock.contacts, world.clock.calendar) == (0.5, 1)
    world.keep(5)
    assert (world.clock.contacts, world.clock.calendar) == (0.9, 3)
    assert world.keep(6) == [EV_SHOCK] * 3


def test_companies_open_and_close_on_their_dates():
    dates = [entry(CAL_OPENS, company=0), {**entry(CAL_CLOSES, company=0), "month": 3}]
    world = World(*dates, status=WAITING, prospect=0, closes=math.inf)
    assert world.keep(0) == [EV_OPENED]
    assert (world.companies.status[0], world.companies.prospect[0], world.companies.rebase[0]) == (OPEN, 1, 1)
    assert world.keep(3) == [EV_OPENED, EV_CLOSED]
    assert (world.companies.status[0], world.companies.prospect[0]) == (CLOSED, 0)
    assert (world.now.openings, world.now.closures) == (1, 1)
    assert world.companies.status[1] == WAITING


def test_company_that_is_about_to_close_opens_without_prospect():
    companies = rows("companies", 2, status=WAITING, closes=[9, 9], candidate=[0, 1])
    for row in range(2):
        open_company(params(), one("clock"), month(), state(events=rows("events", 1), companies=companies), row)
    assert companies.prospect.tolist() == [0, 1]


def test_what_is_open_does_not_open_and_what_is_not_does_not_close():
    companies, now, events = rows("companies", 2, status=[OPEN, CLOSED], cash=-5.0), month(), rows("events", 9)
    open_company(params(), one("clock"), now, state(events=events, companies=companies), 0)
    close_company(params(), one("clock"), now, state(events=events, companies=companies), 1, EV_INSOLVENT)
    assert (now.openings, now.closures) == (0, 0)
    clock = one("clock")
    close_company(params(), clock, now, state(events=events, companies=companies), 0, EV_INSOLVENT)
    assert (events.kind[0], events.value[0]) == (EV_INSOLVENT, -5)


def test_others_count_on_what_is_announced_before_it_happens():
    world = World()
    announce(world, table("calendar", entry(CAL_ANNOUNCE, company=1, value=0))[0])
    announce(world, table("calendar", entry(CAL_ANNOUNCE, company=0, stream=0, value=0.9))[0])
    assert (world.companies.prospect[1], world.companies.status[1]) == (0, OPEN)
    assert (world.streams.coming[0], world.streams.coefficient[0]) == (0.9, 0.5)
    world = World(entry(CAL_ANNOUNCE, company=1, value=0))
    assert world.keep(0) == []
    assert world.companies.prospect.tolist() == [1, 0]


def test_process_change_brings_costs_of_the_new_type_and_its_coefficients():
    world = World(entry(CAL_PROCESS, company=1, value=1), entry(CAL_PROCESS, company=1, stream=1, value=7))
    assert world.keep(0) == [EV_PROCESS]
    changed = world.companies[1]
    assert (changed.type, changed.margin, changed.sector, changed.rebase) == (1, 9, 3, 1)
    assert (changed.fixed_cost, changed.jobs) == (200, 50)
    assert world.streams[1].coefficient == 7
    assert world.companies[0].margin == 0


def test_change_of_type_alone_leaves_streams_and_of_streams_alone_leaves_type():
    world = World()
    change_process(params(), world.clock, world, table("calendar", entry(CAL_PROCESS, company=0, stream=0, value=3))[0])
    assert (world.companies[0].type, world.streams[0].coefficient) == (0, 3)


def test_a_type_brings_risks_outages_and_stops():
    kind = one(
        "types", hazard=0.1, outage_start=0.2, outage_end=0.3, outage_loss=0.4, maintenance_month=6,
        maintenance_share=0.5, widely_known=1,
    )  # fmt: skip
    company = one("companies", capacity=10)
    become(company, kind)
    for column in kind.dtype.names:
        scale = 10 if column in ("fixed_cost", "jobs") else 1
        assert company[column] == kind[column] * scale, column


def test_a_size_is_counted_on_before_it_is_there():
    size = {"company": 1, "value": 20.0}
    world = World({**entry(CAL_ANNOUNCE_SIZE, **size), "month": 3}, {**entry(CAL_SIZE, **size), "month": 5})
    assert world.keep(3) == []
    assert (world.companies.capacity[1], world.companies.coming_capacity[1]) == (100, 20)
    assert world.keep(5) == [EV_PROCESS]
    assert (world.companies.capacity[1], world.companies.coming_capacity[1]) == (20, 20)


def test_a_wave_is_noted_for_the_month():
    world = condition(CAL_WAVE, value=0.8)
    assert (world.clock.wave, world.events.kind[0]) == (0.8, EV_SHOCK)


def condition(kind, **columns):
    """Carry out one change of conditions; return the world."""
    world = World(fixed_cost=40.0, jobs=8.0, cash_limit=90.0)
    change = table("calendar", entry(kind, **columns))[0]
    change_condition(params(), world.clock, world, change)
    return world


def test_size_scales_what_belongs_to_it():
    company = condition(CAL_SIZE, company=1, value=25.0).companies[1]
    assert (company.capacity, company.fixed_cost, company.jobs, company.cash_limit) == (25, 10, 2, 22.5)


def test_price_shocks_last_and_multiply():
    world = condition(CAL_PRICE, material=1, value=1.5)
    assert world.materials.shock_factor.tolist() == [1, 1.5]
    again = table("calendar", entry(CAL_PRICE, material=1, value=2))[0]
    change_condition(params(), world.clock, world, again)
    assert world.materials.shock_factor[1] == 3


def test_contacts_and_permits_change():
    assert condition(CAL_CONTACTS, value=0.4).clock.contacts == 0.4
    world = condition(CAL_PERMIT, company=0, stream=0)
    assert world.streams.permit.tolist() == [0, 1]
    assert (world.events.kind[0], world.events.company[0]) == (EV_SHOCK, 0)


@pytest.mark.parametrize(("owners", "expected"), [([4, 4], 0.9), ([4, 5], 0.5), ([0, 0], 0.5)])
def test_plants_of_one_owner_trust_each_other(owners, expected):
    world = World(owner=owners)
    join_owner(params({"trust.same_owner": 0.9}), world, 0)
    assert world.pairs.trust.tolist() == [expected, expected]
    world.pairs.trust = 0.95
    join_owner(params({"trust.same_owner": 0.9}), world, 0)
    assert world.pairs.trust.tolist() == [0.95, 0.95]


def test_new_owner_on_the_calendar():
    world = World(entry(CAL_OWNER, company=0, value=4), owner=[2, 4])
    world.keep(0)
    assert world.companies.owner.tolist() == [4, 4]
    assert world.pairs.trust.tolist() == pytest.approx([0.9, 0.9])


def test_start_and_stop_of_every_policy_is_an_event():
    levers = rows("levers", 5, policies=[1 + 4, 1 + 4, 4 + 8, 0, 2.0**15])
    clock, events = one("clock"), rows("events", 20)
    for t in range(5):
        clock.month = t
        note_policies(t, params(), clock, state(levers=levers, events=events))
    seen = [(int(e.month), int(e.reason), e.value) for e in events[: int(clock.events)]]
    assert seen == [(0, 1, 1), (0, 3, 1), (2, 1, 0), (2, 4, 1), (3, 3, 0), (3, 4, 0), (4, 16, 1)]
    assert (events.kind[: int(clock.events)] == EV_POLICY).all()
    assert np.isnan(events.company[: int(clock.events)]).all()
    assert lever().policies == 0
