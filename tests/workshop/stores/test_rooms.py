"""Rooms: people, seats, PIN, private numbers, save file, many at once."""

import json
import threading
import time

import pytest

from ecopark.abm.input.errors import InputError
from ecopark.experiments.workshop.stores.observable import Bell, Store, Waiter
from ecopark.experiments.workshop.stores.room_registry import MOST_ROOMS, Rooms
from ecopark.experiments.workshop.stores.rooms import TRIES, Room


@pytest.fixture
def room(scenario):
    room = Room(scenario, 1, "ABCDE", "kalundborg")
    for key, name in (("a", "Ann"), ("b", "Bob"), ("c", "Cem")):
        room.enter(key, name)
    room.leaders.add("a")
    return room


def test_names_are_unique_and_come_back_after_a_reload(room):
    with pytest.raises(InputError, match="nobody else"):
        room.enter("d", "Ann")
    with pytest.raises(InputError):
        room.enter("d", "  ")
    room.enter("a", "Ann")
    assert room.people == {"a": "Ann", "b": "Bob", "c": "Cem"}


def test_a_seat_has_one_holder(room):
    room.sit("a", "Asnaes")
    with pytest.raises(InputError, match="Ann sits there"):
        room.sit("b", "Asnaes")
    with pytest.raises(InputError):
        room.stand_up("b", "Asnaes")
    room.stand_up("a", "Asnaes")
    room.sit("b", "Asnaes")
    assert room.seats == {"Asnaes": "b"}


def test_only_who_sits_there_decides(room):
    room.sit("b", "Asnaes")
    while not room.pending():
        room.step()
    _, talk = room.pending()[0]
    with pytest.raises(InputError, match="in whose seat you are"):
        room.decide("c", "Asnaes", talk, "leave")
    room.decide("b", "Asnaes", talk, "leave")
    assert ("Asnaes", talk) not in room.pending()


def test_the_facilitator_may_set_an_autopilot_but_not_decide(room):
    room.sit("b", "Asnaes")
    room.set_autopilot("a", "Asnaes", True)
    room.step(240)
    assert room.pending() == []
    with pytest.raises(InputError):
        room.set_autopilot("c", "Asnaes", False)
    room.set_autopilot("b", "Asnaes", False)
    assert room.park.state.companies.seat.sum() == 1


def test_the_pin_guards_the_controls_and_cannot_be_guessed_by_trying(room):
    assert not room.may_lead("b")
    for number in range(TRIES):
        with pytest.raises(InputError, match="six digits"):
            room.unlock(f"b{number}", "x")
    with pytest.raises(InputError, match="too many"):
        room.unlock("c", room.pin)
    assert not room.may_lead("c")


def test_who_knows_the_pin_leads(room):
    room.unlock("c", f" {room.pin} ")
    assert room.may_lead("c")


def test_nobody_sees_anothers_numbers_until_the_debrief(room):
    room.sit("b", "Asnaes")
    assert room.sight("b").sees("Asnaes")
    assert not room.sight("b").sees("Gyproc")
    assert not room.sight("a").sees("Asnaes"), "the facilitator neither"
    room.end_round()
    assert room.sight("c").sees("Asnaes")


def test_alone_one_sees_everything_until_one_sits_down(scenario):
    room = Room(scenario, solo=True)
    assert room.sight("me").sees("Gyproc")
    room.sit("me", "Asnaes")
    assert not room.sight("me").sees("Gyproc")


def test_who_sits_stays_seated_after_rewind_restart_and_swap(room):
    room.step(120)
    room.sit("b", "Asnaes")
    room.sit("c", "Gyproc")
    room.set_autopilot("c", "Gyproc", True)
    for jump in (lambda: room.rewind(12), room.restart, room.fork, room.swap):
        jump()
        seated = [room.park.names[row] for row in range(len(room.park.names)) if room.park.state.companies.seat[row]]
        assert seated == ["Asnaes"]


def test_the_save_file_brings_back_the_same_park(room, scenario):
    room.sit("b", "Asnaes")
    room.act("policy", name="broker", size=1)
    room.step(300)
    room.act("price", material="energy", factor=2)
    room.step(30)
    saved = json.loads(json.dumps(room.save()))
    other = Room(scenario, 0, "OTHER", "kalundborg")
    other.restore(saved)
    assert other.park.month == room.park.month
    assert other.park.state.exchanges.tobytes() == room.park.state.exchanges.tobytes()
    assert other.park.state.companies.tobytes() == room.park.state.companies.tobytes()
    assert (other.seats, other.people) == (room.seats, room.people)
    assert room.pin not in {text for text in saved.values() if isinstance(text, str)}


@pytest.mark.parametrize(
    "saved", [{}, [], "x", {"format": "else"}, {"format": "ecopark room 1", "log": 3, "seed": 1, "month": 2}]
)
def test_what_is_no_save_file_is_refused(scenario, saved):
    with pytest.raises(InputError, match="save file"):
        Room(scenario).restore(saved)


def test_rooms_are_found_by_their_code_and_kept_on_disk(scenario, tmp_path):
    rooms = Rooms(scenario, "kalundborg", tmp_path)
    room = rooms.open("a", 7)
    room.enter("a", "Ann")
    room.step(40)
    assert rooms.find(f" {room.code.lower()} ") is room
    with pytest.raises(InputError, match="code of a room"):
        rooms.find("ZZZZZ")
    path = tmp_path / f"room-{room.code}.json"
    limit = time.monotonic() + 10
    while not (path.exists() and json.loads(path.read_text())["month"] == 40) and time.monotonic() < limit:
        time.sleep(0.1)
    others = Rooms(scenario, "kalundborg", tmp_path)
    again = others.find(room.code)
    assert (again.park.month, again.seed, again.people) == (40, 7, {"a": "Ann"})
    assert (others.code_of("a"), others.code_of("b")) == (room.code, "")
    others.close(again)
    rooms.close(room)
    assert not path.exists()


def test_seeds_are_drawn(scenario):
    rooms = Rooms(scenario, "kalundborg")
    assert len({rooms.open("a").seed for _ in range(5)}) == 5


def test_there_is_a_limit_of_rooms(scenario):
    rooms = Rooms(scenario, "kalundborg")
    for _ in range(MOST_ROOMS):
        rooms.open("a")
    with pytest.raises(InputError, match="at most"):
        rooms.open("a")


def test_twenty_people_act_at_once_and_the_log_still_replays(room):
    names = list(room.park.names)
    room.set_waits(False)
    failures = []

    def person(number):
        try:
            key = f"p{number}"
            room.enter(key, f"Person {number}")
            for turn in range(15):
                company = names[number % len(names)]
                if room.seats.get(company) in (None, key):
                    (room.sit if turn % 2 == 0 else room.stand_up)(key, company)
                room.step(1)
        except InputError:
            pass  # somebody else was faster
        except Exception as error:
            failures.append(error)

    threads = [threading.Thread(target=person, args=(number,)) for number in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert failures == []
    twin = Room(room.scenario)
    twin.restore(room.save())
    assert twin.park.state.companies.tobytes() == room.park.state.companies.tobytes()


def test_changes_are_drawn_at_once_and_at_most_ten_times_a_second():
    store, drawn = Store(), []
    waiter = Waiter([store], lambda: drawn.append(time.monotonic()))
    began = time.monotonic()
    while time.monotonic() - began < 1.0:
        store.ring()
        time.sleep(0.002)
    waiter.close()
    assert 5 <= len(drawn) <= 11
    assert drawn[0] - began < 0.1


def test_a_tab_that_cannot_be_drawn_does_not_stop_the_others():
    store, drawn = Store(), threading.Event()
    broken = Waiter([store], lambda: 1 / 0)
    well = Waiter([store], drawn.set)
    store.ring()
    assert drawn.wait(2)
    broken.close()
    well.close()


def test_a_bell_nobody_holds_is_forgotten():
    store = Store()
    store.listen(Bell())
    assert len(list(store._bells)) == 0
