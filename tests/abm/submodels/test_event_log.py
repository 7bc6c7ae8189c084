import math

import numpy as np
import pytest

from ecopark.abm.entities.codes import EV_CLOSED, EV_ENDED, EV_IDENTIFIED, OFFERED
from ecopark.abm.submodels.event_log import NOBODY, write_company, write_exchange, write_meeting, write_opportunity
from tests.abm.submodels.tables import one, params, rows

PARTIES = {"seller": 3, "buyer": 5}


def writers(events, clock, p):
    write_company(p, clock, events, EV_CLOSED, 4.0, 0, 7.5)
    write_opportunity(p, clock, events, EV_IDENTIFIED, one("opportunities", **PARTIES), 8, 2, 0.0)
    write_exchange(p, clock, events, EV_ENDED, one("exchanges", **PARTIES, opportunity=8), 1, 6, -2.0)


def test_each_writer_fills_its_columns_and_the_next_row():
    events, clock = rows("events", 4), one("clock", month=17)
    writers(events, clock, params())
    assert clock.events == 3
    assert events.month[:3].tolist() == [17, 17, 17]
    assert events.kind[:3].tolist() == [EV_CLOSED, EV_IDENTIFIED, EV_ENDED]
    np.testing.assert_array_equal(events.company[:3], [4, 3, 3])
    np.testing.assert_array_equal(events.partner[:3], [NOBODY, 5, 5])
    np.testing.assert_array_equal(events.opportunity[:3], [NOBODY, 8, 8])
    np.testing.assert_array_equal(events.exchange[:3], [NOBODY, NOBODY, 1])
    assert events.reason[:3].tolist() == [0, 2, 6]
    assert events.value[:3].tolist() == [7.5, 0, -2]


def test_nothing_is_written_when_events_are_not_recorded():
    events, clock = rows("events", 4), one("clock")
    writers(events, clock, params({"recording.events": False}))
    assert clock.events == 0
    assert not events.tobytes().strip(b"\0")


def test_an_event_about_nobody_has_no_company():
    events = rows("events", 1)
    write_company(params(), one("clock"), events, EV_CLOSED, NOBODY, 0, 1.0)
    assert math.isnan(events.company[0])


@pytest.mark.parametrize("recorded", [True, False])
def test_a_meeting_holds_what_is_on_the_table(recorded):
    talk = one(
        "talks",
        number=9,
        opportunity=2,
        meeting=4,
        price=-6.5,
        share=0.25,
        term=8,
        gain_seller=1,
        gain_buyer=2,
        quantity=70,
    )
    meetings, clock = rows("meetings", 2), one("clock", month=30)
    write_meeting(params({"recording.meetings": recorded}), clock, meetings, talk, 1, OFFERED)
    assert clock.meetings == int(recorded)
    expected = (9, 2, 30, 4, 1, -6.5, 0.25, 8, 1, 2, OFFERED, 70, 0)
    assert tuple(meetings[0].item()) == (expected if recorded else (0,) * 13)
