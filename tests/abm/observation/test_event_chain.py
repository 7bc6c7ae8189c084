"""Every chain of events ends at a lever, a date, a draw or a person."""

import numpy as np
import pytest

from ecopark import Park, load_scenario
from ecopark.abm.interventions.seats import leave_exchange, take_seat
from ecopark.abm.interventions.shocks import shock_price
from ecopark.abm.observation.event_chain import ORIGINS
from tests.parks import trio

KINDS_AT_PLANT = {
    "partner_closed": ("closed", "insolvent", "left"), "by_product_gone": ("process",), "need_gone": ("process",),
}  # fmt: skip


@pytest.mark.parametrize(("name", "years"), [("kalundborg", 65), ("reshoring", 25), ("mistrust", 20)])
def test_every_chain_ends_at_an_origin(name, years):
    events = Park(load_scenario(name, {"policy.broker": 1}), 3).run(years).results.events
    assert events.event.tolist() == list(range(len(events)))
    caused = events.cause.notna()
    assert (events.cause[caused] < events.event[caused]).all()
    assert events.origin[caused].isna().all()
    assert set(events.origin[~caused]) <= set(ORIGINS)
    assert {"lever", "date", "draw"} - {"date"} <= set(events.origin[~caused])
    for row in events[events.reason.isin(KINDS_AT_PLANT)].itertuples():
        before = events.loc[int(row.cause)]
        assert before.kind in KINDS_AT_PLANT[row.reason] or before.opportunity == row.opportunity


def test_an_end_by_closure_points_at_the_closure_and_that_at_its_date():
    events = Park(trio(companies=[{"name": "Builder", "closes": "2003"}]), 2).run(4).results.events
    ended = events[events.reason == "partner_closed"].iloc[0]
    closed = events.loc[int(ended.cause)]
    assert (closed.kind, closed.company, closed.origin) == ("closed", "Builder", "date")


def test_what_a_person_does_begins_with_a_person():
    park = Park(trio(), 2).advance(14)
    shock_price(park, "gravel", 2.0)
    take_seat(park, "Builder")
    leave_exchange(park, 0, "Builder")
    events = park.advance(2).results.events
    assert events[events.kind == "shock"].origin.tolist() == ["person"]
    assert events[events.kind == "ended"].origin.tolist() == ["person"]


def test_events_that_were_written_away_stay_the_causes_of_later_ones():
    whole = Park(load_scenario("kalundborg"), 3).run(30).results.events
    park, parts = Park(load_scenario("kalundborg"), 3), []
    for _ in range(3):
        park.advance(120)
        parts.append(park.results.events)
        park.forget()
    for column in ("event", "cause", "origin"):
        joined = np.concatenate([part[column].to_numpy(object) for part in parts])
        assert [one if one == one else None for one in joined] == [
            one if one == one else None for one in whole[column].to_numpy(object)
        ]
