"""Whether a park is fit for a workshop: the harbour is, Kalundborg in 1961 is not; and people in it have decisions."""

from collections import defaultdict

import numpy as np
import pytest
from click.testing import CliRunner

from ecopark.abm.input.errors import InputError
from ecopark.abm.input.loading import load_scenario
from ecopark.abm.park import Park
from ecopark.experiments.commands.check import command
from ecopark.experiments.workshop.stores.play.fitness import check_fitness, mean_gains, measure_seats, open_by_round
from ecopark.experiments.workshop.stores.play.roster import in_roster, rosters_of
from ecopark.experiments.workshop.stores.play.tables import waiting

from .room import Room

WINDOW = 150_000


def test_every_seat_of_the_harbour_has_enough_to_decide():
    done = CliRunner().invoke(command, ["harbour", "--workshop"])
    assert done.exit_code == 0, done.output
    assert "roster of 14" in done.output
    assert "roster of 26" in done.output


def test_a_park_that_leaves_seats_idle_is_refused_with_every_seat_named():
    scenario = load_scenario("kalundborg")
    park, gains = Park(scenario, 0), mean_gains(scenario)
    with pytest.raises(InputError) as error:
        check_fitness(measure_seats(park, gains), open_by_round(park, gains, 8))
    places = [mistake.place for mistake in error.value.mistakes]
    assert any(place.startswith("seat ") for place in places)


def test_rosters_are_nested_and_play_without_the_others():
    scenario = load_scenario("harbour")
    rosters = rosters_of(scenario, "harbour")
    assert set(rosters[14]) < set(rosters[26])
    assert sorted(Park(in_roster(scenario, rosters[14]), 1).names) == sorted(rosters[14])


def windows_with_a_decision(room):
    """Return (share of the windows of 150 s in which something waits for a seat, longest time without [s])."""
    seen, longest = defaultdict(list), 0
    room.lead("next")
    while room.play.pace.phase != "debrief":
        room.pass_time(1000)
        for code, person in room.play.people.items():
            if person.role == "company":
                open_question = room.play.pace.phase in ("predict", "vote")
                seen[code].append((room.ms, open_question or waiting(room.play, person) > 0))
    good = []
    for moments in seen.values():
        times, waits = np.array(moments).T
        last = times[0]
        for time in times[waits > 0]:
            longest, last = max(longest, time - last), time
        good += [
            bool(waits[(times >= start) & (times < start + WINDOW)].any())
            for start in range(times[0], times[-1] - WINDOW, 10_000)
        ]
    return float(np.mean(good)), longest / 1000


def test_people_have_a_decision_in_nearly_every_window():
    """W8 in small: twelve people, one seed, thirty minutes."""
    room = Room(None, people=12, kinds=("quick", "slow"), practice=60)
    share, _ = windows_with_a_decision(room)
    assert share >= 0.95


@pytest.mark.heavy
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("people", [12, 24, 60])
def test_people_have_a_decision_in_nearly_every_window_over_seeds(people):
    """W8: 20 seeds of an hour each."""
    found = [
        windows_with_a_decision(Room(None, people=people, minutes=60, seed=seed, kinds=("quick", "slow"), practice=60))
        for seed in range(20)
    ]
    shares, gaps = zip(*found, strict=True)
    print(f"{people} people: {np.mean(shares):.3f} of the windows, longest without {max(gaps):.0f} s")
    assert np.mean(shares) >= 0.95
