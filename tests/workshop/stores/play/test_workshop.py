"""A workshop as a whole: phases end on time whoever is missing, and the journal repeats it to the bit."""

import itertools
import json
import time

import pytest
from click.testing import CliRunner

from ecopark.abm.input.errors import InputError
from ecopark.abm.input.loading import load_scenario
from ecopark.experiments.commands.workshop import command
from ecopark.experiments.workshop.stores.play.digest import digest_of
from ecopark.experiments.workshop.stores.play.due import next_due
from ecopark.experiments.workshop.stores.play.registry import IDLE_FOR, MOST_OPEN, Registry

from .room import SHORT, Room

PHASES = ["practice", *["predict", "decide", "run", "reveal"] * 3, "debrief", "ended"]


def entries(room):
    return [json.loads(line) for line in room.workshop.journal.path.read_text().splitlines()][1:]


def again(room):
    other = Registry(room.registry.scenario, room.registry.source, room.registry.folder, clock=lambda: 0)
    other.restore_all()
    return other


@pytest.fixture(scope="module")
def played(tmp_path_factory):
    room = Room(tmp_path_factory.mktemp("saves"), kinds=("quick", "slow", "away"))
    assert room.lead("next")["phase"] == "practice"
    room.play_through()
    return room


def test_every_phase_ends_on_time_whoever_is_missing(played):
    """Three of twelve are away: no phase is longer, and nothing was refused that the clock did."""
    lines = entries(played)
    ends = [(line["ack"]["phase"], line["time"]) for line in lines if line["act"] in ("phase", "next")]
    assert [phase for phase, _ in ends] == PHASES
    lengths = [later - sooner for (_, sooner), (_, later) in itertools.pairwise(ends)]
    wanted = [1000 * SHORT[phase] for phase in PHASES[:-1]]
    assert max(abs(length - want) for length, want in zip(lengths, wanted, strict=True)) <= 500
    assert [line for line in lines if line["who"] == "" and not line["ack"]["ok"]] == []


def test_who_is_away_is_played_by_the_agent_and_can_take_over(played):
    lines = entries(played)
    away = {line["who"] for line in lines if line["act"] == "away"}
    assert away == {code for code, kind in played.kinds.items() if kind == "away"}
    assert all(line["default"] for line in lines if line["act"] in ("away", "missed"))


def test_the_journal_repeats_the_workshop_to_the_bit(played):
    other = again(played)
    assert other.damaged == []
    twin = other.open_ones[played.workshop.code]
    assert twin.play.digests == played.play.digests != {}
    assert twin.play.pace == played.play.pace
    assert twin.play.history == played.play.history
    assert abs(twin.now() - played.workshop.now()) <= 1000


def test_restored_in_the_middle_everything_stands_as_it_did(tmp_path):
    """The same month, phase and time left, the open talks, and the offer that is sent but not delivered."""
    room = Room(tmp_path)
    room.lead("next")
    while not any(table.draft for table in room.play.tables.values()):
        room.pass_time(1000)
        assert room.play.pace.round < 3, "nobody ever made an offer"
    room.workshop.journal.force(room.workshop.now())
    twin = again(room).open_ones[room.workshop.code]
    assert twin.play.parks[0].month == room.play.parks[0].month
    assert twin.play.pace == room.play.pace
    assert twin.play.tables == room.play.tables
    assert abs(twin.now() - room.workshop.now()) <= 1000


def test_an_act_sent_twice_counts_once(played):
    room = Room(None, people=8)
    ack = room.workshop.do("language", room.codes[0], "abc", language="da")
    count = room.workshop.count
    assert room.workshop.do("language", room.codes[0], "abc", language="de") == ack
    assert room.workshop.count == count
    assert room.play.people[room.codes[0]].language == "da"


def test_a_pause_moves_everything_that_is_due():
    room = Room(None, people=8)
    room.lead("next")
    room.pass_time(4000)
    left = room.play.pace.left_at(room.workshop.now())
    room.lead("pause")
    room.pass_time(60_000)
    assert room.play.pace.left_at(room.workshop.now()) == left
    assert next_due(room.play, room.workshop.presence, room.workshop.now()) is None
    room.lead("resume")
    assert room.play.pace.left_at(room.workshop.now()) == left
    room.lead("add_time", seconds=30)
    assert room.play.pace.left_at(room.workshop.now()) == left + 30_000


def test_nobody_does_what_is_the_facilitators(tmp_path):
    room = Room(None, people=8)
    for act in ("next", "pause", "shock", "set", "phase", "month", "agent"):
        assert not room.workshop.do(act, room.codes[0])["ok"]
    assert room.play.pace.phase == "lobby"
    assert not room.workshop.do("hint", room.codes[0], text="hello")["ok"]


def test_wrong_answers_change_nothing_and_say_why():
    room = Room(None, people=8)
    code = room.codes[0]
    for act, terms in (
        ("answer", {"talk": 1, "decision": "accept"}),
        ("predict", {"values": {"running": 1}}),
        ("vote", {"packages": [0]}),
        ("spend", {"what": "look"}),
        ("open", {"opportunity": 0}),
    ):
        ack = room.workshop.do(act, code, **terms)
        assert not ack["ok"]
        assert ack["why"], act
    assert room.workshop.do("answer", code, what="nonsense")["why"]


def test_skipping_the_years_runs_them_all_the_same():
    room = Room(None, people=8)
    while room.play.pace.phase != "run":
        room.lead("next")
    assert room.lead("next")["sha256"]
    assert room.play.parks[0].month == 1 + 24


def test_latecomers_watch_when_no_seat_is_free_and_get_one_that_is_left():
    room = Room(None, people=16, scenario="kalundborg")
    observers = [person for person in room.play.people.values() if person.role == "observer"]
    assert observers
    freed = next(person for person in room.play.people.values() if person.role == "company")
    assert room.workshop.do("leave", freed.code)["ok"]
    late = room.workshop.do("join", "ffffffff")
    assert (late["role"], late["company"]) == ("company", freed.company)


def test_the_command_plays_a_journal_again_and_names_the_act_that_differs(played, tmp_path):
    path = played.workshop.journal.path
    done = CliRunner().invoke(command, ["replay", str(path)])
    assert done.exit_code == 0, done.output
    assert f"round 3: {played.play.digests[3]}" in done.output
    lines = path.read_text().splitlines(keepends=True)
    place = next(place for place, line in enumerate(lines) if '"act":"floor"' in line)
    spoilt = tmp_path / path.name
    spoilt.write_text("".join([*lines[:place], lines[place].replace('"kind":', '"other":'), *lines[place + 1 :]]))
    done = CliRunner().invoke(command, ["replay", str(spoilt)])
    assert done.exit_code == 1
    assert f"act {place} (floor" in done.output
    spoilt.write_text("nothing")
    assert CliRunner().invoke(command, ["replay", str(spoilt)]).exit_code == 1


def test_a_clock_on_the_wall_that_is_set_closes_no_workshop(monkeypatch):
    """The computer learns the right date in the middle of an hour: nobody has been idle for a day by that."""
    registry = Registry(load_scenario("harbour"), "harbour")
    first, _ = registry.open(8, 30, 1)
    wall = time.time()
    monkeypatch.setattr(time, "time", lambda: wall + 40 * 86_400)
    second, _ = registry.open(8, 30, 1)
    assert {first.code, second.code} == set(registry.open_ones)
    first.last_act -= IDLE_FOR + 1
    third, _ = registry.open(8, 30, 1)
    assert {second.code, third.code} == set(registry.open_ones), "who was idle for a day is closed"
    assert first.closed
    for one in (second, third):
        one.close()


def test_the_forty_first_workshop_is_refused_with_the_one_that_is_idle_longest():
    """W23: nobody is locked out: the message names which one to close, and closing it makes room."""
    registry = Registry(load_scenario("harbour"), "harbour")
    opened = [registry.open(8, 30, 1)[0] for _ in range(MOST_OPEN)]
    opened[7].last_act -= 60
    with pytest.raises(InputError, match=opened[7].code):
        registry.open(8, 30, 1)
    registry.close(opened[7].code)
    assert registry.open(8, 30, 1)[0].code in registry.open_ones
    for one in list(registry.open_ones.values()):
        one.close()


def test_a_closed_workshop_is_opened_again_at_the_place_where_it_was_left(tmp_path):
    room = Room(tmp_path, people=8)
    room.lead("next")
    room.pass_time(3000)
    digest, file, code = digest_of(room.play.parks), room.workshop.journal.path, room.workshop.code
    assert CliRunner().invoke(command, ["reopen", str(file)]).exit_code == 1, "it is not closed"
    room.registry.close(code)
    assert again(room).open_ones == {}
    told = CliRunner().invoke(command, ["reopen", str(file)])
    assert told.exit_code == 0, told.output
    assert code in told.output
    opened = again(room).open_ones[code]
    assert digest_of(opened.play.parks) == digest
    assert opened.play.pace.phase == room.play.pace.phase
    (tmp_path / "letter.journal").write_text("Dear all")
    assert CliRunner().invoke(command, ["reopen", str(tmp_path / "letter.journal")]).exception is not None
