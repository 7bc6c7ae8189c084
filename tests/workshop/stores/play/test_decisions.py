"""W8: how often people have something real to decide, in a room of scripted people at the pace of a real plan."""

import pytest

from ecopark.experiments.workshop.stores.play.tables import waiting

from .room import Room

WINDOW, STEP = 150, 10
PLAY = ("predict", "decide", "vote", "run", "reveal")


def decision_windows(people, seed, minutes=30):
    """Return (share of all windows of 150 s with something to decide, longest time without [s]) over all seats."""
    room = Room(None, people=people, minutes=minutes, seed=seed, kinds=("quick", "slow"), debrief=1)
    room.lead("next")
    course = {person.code: [] for person in room.play.seated()}
    while room.play.pace.phase not in ("debrief", "ended"):
        room.pass_time(1000)
        if room.play.pace.phase in PLAY:
            for person in room.play.seated():
                course[person.code].append(waiting(room.play, person) > 0)
    shares = [windows(seconds) for seconds in course.values()]
    gaps = [longest_gap(seconds) for seconds in course.values()]
    return sum(map(sum, shares)) / sum(map(len, shares)), max(gaps)


def windows(seconds):
    return [any(seconds[begin : begin + WINDOW]) for begin in range(0, max(1, len(seconds) - WINDOW + 1), STEP)]


def longest_gap(seconds):
    longest = run = 0
    for one in seconds:
        run = 0 if one else run + 1
        longest = max(longest, run)
    return longest


def test_the_measure_finds_gaps():
    assert longest_gap([True, False, False, True, False]) == 2
    assert windows([False] * 150) == [False]
    assert windows([False] * 149 + [True]) == [True]


@pytest.mark.heavy
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("people", [12, 24, 60])
@pytest.mark.parametrize("seed", range(20))
def test_people_have_a_decision_in_nearly_every_window(people, seed):
    share, gap = decision_windows(people, seed)
    assert share >= 0.95
    assert gap <= 180
