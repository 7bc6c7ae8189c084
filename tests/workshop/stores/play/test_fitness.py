"""Whether a park is fit for a workshop: the harbour is, Kalundborg in 1961 is not."""

import pytest
from click.testing import CliRunner

from ecopark.abm.input.errors import InputError
from ecopark.abm.input.loading import load_scenario
from ecopark.abm.park import Park
from ecopark.experiments.commands.check import command
from ecopark.experiments.workshop.stores.play.fitness import check_fitness, mean_gains, measure_seats, open_by_round
from ecopark.experiments.workshop.stores.play.roster import in_roster, rosters_of


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
