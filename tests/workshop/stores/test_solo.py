"""One person at a park: seats, autopilot, what may be seen, and staying seated."""

import pytest

from ecopark.abm.input.errors import InputError
from ecopark.experiments.workshop.stores.actions import replay
from ecopark.experiments.workshop.stores.play.digest import digest_of
from ecopark.experiments.workshop.stores.solo import Solo
from ecopark.experiments.workshop.view_models.seat import seat_talks
from tests.abm.interventions.test_last_bids import scenario as called_scenario


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


def test_a_person_is_asked_for_a_best_price_and_the_log_repeats_it():
    """Live: the clock holds, the card asks for one price at the own limit, and a month later the better price is signed."""
    scenario = called_scenario()
    solo = Solo(scenario, 1)
    solo.sit("T1")
    while not solo.asked():
        assert solo.step() == 1
        assert solo.park.month < 60
    (company, number), before = solo.asked()[0], solo.park.month
    (card,) = [card for card in seat_talks(solo.park, company) if card["call"]]
    assert (card["number"], card["turn"], card["last"]) == (number, True, False)
    solo.decide(company, number, "counter", **card["suggested"])
    assert solo.asked() == []
    solo.step()
    assert solo.park.names[int(solo.park.state.exchanges.buyer[0])] == "T1"
    assert solo.park.month == before + 1
    twin = replay(scenario, 1, solo.main.log, solo.park.month)
    assert digest_of([twin]) == digest_of([solo.park])
    solo.rewind(before)
    assert solo.asked() == [(company, number)], "rewound, it is asked again"
    solo.decide(company, number, "leave")
    solo.step()
    assert solo.park.names[int(solo.park.state.exchanges.buyer[0])] == "T0"
