"""W8: how often people have something real to decide, in a room of scripted people at the pace of a real plan."""

import pytest

from ecopark.experiments.workshop.stores.play.plan import PLANS
from ecopark.experiments.workshop.stores.play.state import BALLOT_TIME, FLOOR_GROUPS, FLOOR_SPREAD, FLOOR_TIME
from ecopark.experiments.workshop.view_models.faces.stakes import stake_of

from .decisions import course_of, longest_gap, windows
from .room import Room


def test_the_measure_finds_gaps():
    assert longest_gap([True, False, False, True, False]) == 2
    assert windows([False] * 150) == [False]
    assert windows([False] * 149 + [True]) == [True]


def test_a_choice_counts_by_what_its_answers_differ_by():
    offer = {
        "kind": "offer",
        "turn": True,
        "draft": None,
        "auto": False,
        "theirs": {"gain": 30.0},
        "suggested": {"gain": 50.0},
    }
    assert stake_of(offer) == 100.0  # two years of the better answer against walking away
    assert stake_of(offer | {"turn": False}) == 0.0
    assert stake_of({"kind": "membership", "fee": 40.0, "expected": None}) == 40.0
    assert stake_of({"kind": "membership", "fee": 40.0, "expected": 100.0}) == 60.0


def played(people, minutes, seed, scenario="harbour"):
    return course_of(Room(None, people, minutes, seed, scenario, kinds=("quick", "slow"), debrief=1))


def test_twelve_people_have_a_decision_in_nearly_every_window():
    """W8 in small: one seed, thirty minutes."""
    course = played(12, 30, 0)
    assert course.share() >= 0.95
    assert course.longest_gap <= 180


@pytest.mark.parametrize("minutes", PLANS)
def test_the_longest_wait_is_three_minutes_by_construction(minutes):
    """W8: whatever people do, a look of the floor, a prediction or a ballot comes within 180 s of the one before."""
    plan = PLANS[minutes]
    ballot, every, rest = BALLOT_TIME / 1000, FLOOR_TIME / 1000, plan.run + plan.reveal
    for early in (FLOOR_SPREAD / 1000 * group for group in range(FLOOR_GROUPS)):
        last = max(look for look in (every * count - early for count in range(1, 10)) if look <= plan.decide)
        assert plan.predict + every - early <= 180, "predicted at once, then the first look"
        assert plan.decide - last + rest <= 180, "the last look, then the next prediction"
        if plan.policy:
            assert plan.decide - last + plan.vote - ballot <= 180, "the last look, then the ballot"
            assert ballot + rest <= 180, "voted at once, then the next prediction"


@pytest.mark.heavy
@pytest.mark.timeout(7200)
@pytest.mark.parametrize("minutes", [30, 60])
@pytest.mark.parametrize("people", [12, 24, 60])
def test_people_have_a_decision_in_nearly_every_window_over_seeds(people, minutes):
    """W8: 20 seeds; what was measured is printed."""
    courses = [played(people, minutes, seed) for seed in range(20)]
    share, in_three_minutes = (sum(course.share(window) for course in courses) / len(courses) for window in (150, 180))
    gap = max(course.longest_gap for course in courses)
    print(
        f"{people} people, {minutes} minutes: {share:.4f} of the windows of 150 s, {in_three_minutes:.4f} of 180 s, longest without {gap} s"
    )
    assert share >= 0.95
    assert in_three_minutes == 1.0
    assert gap <= 180
