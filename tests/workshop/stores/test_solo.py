"""One person at a park: seats, autopilot, what may be seen, and staying seated."""

import pytest

from ecopark.abm.input.errors import InputError
from ecopark.experiments.workshop.stores.actions import replay
from ecopark.experiments.workshop.stores.solo import Solo


@pytest.fixture
def solo(scenario):
    return Solo(scenario, 1)


def test_only_who_sits_there_decides(solo):
    solo.sit("Asnaes")
    while not solo.pending():
        solo.step()
    _, talk = solo.pending()[0]
    with pytest.raises(InputError, match="in whose seat you are"):
        solo.decide("Gyproc", talk, "leave")
    solo.decide("Asnaes", talk, "leave")
    assert ("Asnaes", talk) not in solo.pending()
    solo.stand_up("Asnaes")
    with pytest.raises(InputError, match="in whose seat you are"):
        solo.stand_up("Asnaes")
    with pytest.raises(InputError):
        solo.sit("Asnes")
    assert solo.seats == set()


def test_an_agent_plays_a_seat_on_autopilot(solo):
    solo.sit("Asnaes")
    solo.set_autopilot("Asnaes", True)
    solo.step(240)
    assert solo.pending() == []
    with pytest.raises(InputError):
        solo.set_autopilot("Gyproc", True)
    solo.set_autopilot("Asnaes", False)
    assert solo.park.state.companies.seat.sum() == 1


def test_one_sees_everything_until_one_sits_down(solo):
    assert solo.sight.sees("Gyproc")
    solo.sit("Asnaes")
    assert solo.sight.sees("Asnaes")
    assert not solo.sight.sees("Gyproc")
    solo.stand_up("Asnaes")
    assert solo.sight.sees("Gyproc")


def test_who_sits_stays_seated_after_rewind_restart_and_swap(solo):
    solo.step(120)
    solo.sit("Asnaes")
    solo.sit("Gyproc")
    solo.set_autopilot("Gyproc", True)
    for jump in (lambda: solo.rewind(12), solo.restart, solo.fork, solo.swap):
        jump()
        seated = [name for row, name in enumerate(solo.park.names) if solo.park.state.companies.seat[row]]
        assert seated == ["Asnaes"]
    twin = replay(solo.scenario, solo.seed, solo.main.log, solo.park.month)
    assert twin.state.companies.tobytes() == solo.park.state.companies.tobytes()
