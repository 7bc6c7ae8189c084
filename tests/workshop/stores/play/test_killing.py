"""A process that is killed while people play: every act that was acknowledged is in the journal, and the room goes on."""

from __future__ import annotations

import os
import random
import signal
import time

import pytest

from ecopark.abm.input.loading import load_scenario
from ecopark.abm.park import Park
from ecopark.experiments.workshop.stores.play.journal import read_journal
from ecopark.experiments.workshop.stores.play.registry import Registry

from .room import Room

LONGEST = 6.0  # seconds of play before the kill


@pytest.fixture(scope="module", autouse=True)
def loaded():
    """The model is compiled or loaded before the forks."""
    Park(load_scenario("harbour"), 1).run(1)


def play_and_acknowledge(folder, pipe):
    """Play, and write a byte for each act, of a person or of the clock, that was said to be done."""
    room = Room(folder, people=8)
    done = room.workshop.do

    def told(*given, **terms):
        acknowledged = done(*given, **terms)
        if acknowledged["ok"]:
            os.write(pipe, b".")
        return acknowledged

    room.workshop.do = told
    room.lead("next")
    room.play_through()


def killed_after(folder, seconds):
    """Play in a process of its own until it is killed; return how many acts were acknowledged after the joining."""
    read, write = os.pipe()
    child = os.fork()
    if not child:
        try:
            os.close(read)
            play_and_acknowledge(folder, write)
        finally:
            os._exit(0)
    os.close(write)
    acknowledged = os.read(read, 1)  # play has begun
    time.sleep(seconds)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    while more := os.read(read, 65_536):
        acknowledged += more
    os.close(read)
    return len(acknowledged)


def check_room(folder, acknowledged):
    """Open the journal: nothing acknowledged is lost, and the room plays on to its end."""
    (path,) = folder.glob("*.journal")
    found = read_journal(path)
    assert sum(entry["act"] != "join" for entry in found.entries) >= acknowledged
    room = Room.__new__(Room)
    room.ms = found.entries[-1]["time"]
    room.registry = Registry(load_scenario("harbour"), "harbour", folder, clock=lambda: room.ms)
    room.registry.restore_all()
    room.workshop = room.registry.open_ones[path.stem]
    assert room.workshop.count == len(found.entries)
    room.codes = sorted(room.play.people)
    room.kinds, room.answered = {code: "quick" for code in room.codes if len(code) == 8}, {}
    if room.play.pace.phase != "ended":
        before = room.play.pace.round
        room.pass_time(3000)
        assert room.play.pace.round >= before
    room.workshop.close()


@pytest.mark.parametrize("number", [*range(2), *(pytest.param(n, marks=pytest.mark.heavy) for n in range(2, 50))])
def test_room_that_is_killed_keeps_what_was_acknowledged(tmp_path, number):
    acknowledged = killed_after(tmp_path, LONGEST * random.Random(f"room {number}").random())
    assert acknowledged >= 1
    check_room(tmp_path, acknowledged)
