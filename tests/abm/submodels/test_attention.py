"""Attention: hours, what they are spent on, and the law of looks at others."""

import math

import numpy as np
import pytest

from ecopark import Park, load_scenario
from ecopark.abm.entities.codes import OPEN, WAITING
from ecopark.abm.numerics.randomness import STUDY, identity_of
from ecopark.abm.submodels.attention import (
    chance_of_look,
    give_hours,
    knows,
    most_looks,
    most_talks,
    nearness,
    spend,
    weigh_by_cells,
    weigh_others,
)
from tests.abm.submodels.tables import lever, one, params, rows, state, table


def hours(values=None, vision=0.0, **columns):
    companies = rows("companies", 1, **{"jobs": 100, "symbiosis_staff": 1, "prospect": 1, **columns})
    give_hours(params(values), lever(vision=vision), companies)
    return float(companies.hours[0])


def test_hours_grow_with_the_root_of_jobs_staff_and_vision_and_what_runs_takes_some():
    assert hours() == 24
    assert hours(jobs=400) == 48
    assert hours(symbiosis_staff=4) == 96
    assert hours(vision=0.5) == 36
    assert hours(sells=2, buys=4) == 24 - 6 * 0.5
    assert hours(talks=3) == 24 - 3 * 4
    assert hours({"negotiation.meetings": 4}, talks=3) == 0
    assert hours(prospect=0) == 0
    assert hours(jobs=0) == pytest.approx(2.4)
    assert hours({"search.hours": 0}) == 0


def pair(seller, buyer):
    return table("companies", {"hours": seller}, {"hours": buyer})


def test_both_sides_spend_hours_or_neither():
    way, p = one("opportunities", buyer=1, identity=identity_of("way")), params()
    companies = pair(20, 16)
    assert spend(0, p, STUDY, way, companies, 16.0)
    assert companies.hours.tolist() == [4, 0]
    assert not spend(0, p, STUDY, way, companies, 16.0)
    assert companies.hours.tolist() == [4, 0]
    assert spend(0, params({"governance.mode": "planned"}), STUDY, way, companies, 16.0)


def test_who_has_a_part_of_the_hours_goes_ahead_in_that_part_of_the_months():
    p, done = params(), 0
    for number in range(4000):
        way = one("opportunities", buyer=1, identity=identity_of(f"way {number}"))
        done += spend(3, p, STUDY, way, pair(4, 50), 16.0)
    assert done / 4000 == pytest.approx(0.25, abs=0.025)


def look(values, weight=1.0, **columns):
    return chance_of_look(params(values), one("companies", **columns), weight)


def test_chance_of_a_look_is_that_of_looks_drawn_one_by_one():
    half = {"search.look": 10, "search.see": 0.5}
    assert look(half, hours=10, reach=1) == 0.5
    assert look(half, hours=10, reach=4) == pytest.approx(0.5 / 4)
    assert look(half, hours=30, reach=4) == pytest.approx(1 - (1 - 0.5 / 4) ** 3)
    assert look(half, hours=35, reach=4) == pytest.approx(1 - (1 - 0.5 / 4) ** 3 * (1 - 0.5 * 0.5 / 4))
    assert look(half, hours=0, reach=4) == 0
    assert look(half, weight=0, hours=30, reach=0) == 0
    assert look(half, weight=5, hours=10, reach=4) == 0.5


def test_time_to_find_a_match_in_a_park_of_twenty_is_about_a_decade():
    """24 hours each, looks of 32 hours that show a tenth, nineteen others next door: 1 in 127 months."""
    chance = look({}, hours=24, reach=19)
    either = 1 - (1 - chance) ** 2
    assert 1 / either / 12 == pytest.approx(10.6, abs=0.2)


def test_no_chance_is_above_the_most_there_can_be():
    p, clock = params(), one("clock", contacts=1)
    companies = table("companies", {"hours": 24, "reach": 3}, {"hours": 100, "reach": 30}, {"hours": 0, "reach": 0.1})
    most = most_looks(p, clock, companies)
    top = p.discovery_project * (1 + p.search_contact)
    for weight in np.linspace(0, top, 20):
        both = [chance_of_look(p, companies[row], weight) for row in (0, 1)]
        assert 1 - (1 - both[0]) * (1 - both[1]) <= most
    assert most < 1


def region(count=4, **columns):
    """Return companies on a line, 20 km apart."""
    place = 20.0 * np.arange(count)
    return rows("companies", count, **{"x": place, "prospect": 1, "status": OPEN, **columns})


def test_others_are_weighed_by_distance_and_plans_within_five_ranges():
    p, companies = params(), region(7)
    companies.status[1], companies.prospect[2], companies.widely_known[3] = WAITING, 0, 1
    found = [nearness(p, companies, 0, other) for other in range(7)]
    assert found == pytest.approx([0, 3 / math.e, 0, 1, math.exp(-4), math.exp(-5), 0])


def test_weights_add_up_with_contacts_and_whom_they_have_dealt_with_each_once():
    """Company 0 knows 1, who has dealt with 2 and 0."""
    companies = region(4)
    companies.contact_count = [1, 0, 0, 0]
    companies.pair_first, companies.pair_count = [0, 1, 3, 3], [1, 2, 0, 0]
    pairs = table(
        "pairs", {"owner": 0, "other": 1}, {"owner": 1, "other": 0, "experience": 5},
        {"owner": 1, "other": 2, "experience": 1},
    )  # fmt: skip
    s = state(companies=companies, contacts=table("contacts", {"other": 1}), pairs=pairs)
    weigh_others(0, params(), one("clock", contacts=1), s)
    near = [math.exp(-1), math.exp(-2), math.exp(-3)]
    assert companies.reach[0] == pytest.approx(sum(near) + 3 * (near[0] + near[1]))
    assert companies.reach[3] == pytest.approx(sum(near))
    assert [knows(s, 0, other) for other in (1, 2, 3)] == [True, True, False]
    companies.reach = 7
    weigh_others(5, params(), one("clock", contacts=1), s)
    assert companies.reach[0] == 7
    off = params({"discovery.by_search": False})
    weigh_others(12, off, one("clock", contacts=0.5), s)
    assert companies.reach.tolist() == pytest.approx([1.5 * (near[0] + near[1]), 0, 0, 0])


def test_weights_by_cells_are_near_those_one_by_one():
    rng = np.random.default_rng(4)
    companies = rows("companies", 150, prospect=1, status=OPEN)
    companies.x, companies.y = rng.uniform(0, 60, 150), rng.uniform(0, 60, 150)
    p = params()
    weigh_by_cells(p, companies)
    by_cells = companies.reach.copy()
    one_by_one = [sum(nearness(p, companies, row, other) for other in range(150)) for row in range(150)]
    ratio = by_cells / np.array(one_by_one)
    assert ratio.mean() == pytest.approx(1, abs=0.05)
    assert np.abs(ratio - 1).mean() < 0.1


@pytest.mark.parametrize("values", [{}, {"search.hours": 60, "policy.vision": 1}, {"governance.mode": "planned"}])
def test_no_talk_waits_for_room(values):
    """Hours limit talks, never the table: there is always room for one more, or for one an opportunity."""
    park = Park(load_scenario("synthetic", {**values, "screening.hours": 0}), 1)
    for _ in range(36):
        park.advance(1)
        held = int(park.state.clock.talks[0])
        assert held < len(park.state.talks) or held == len(park.state.opportunities)
    assert park.state.clock.talks_held[0] > 0


def test_meetings_that_cost_nothing_are_not_limited():
    companies = rows("companies", 2, jobs=100, symbiosis_staff=1)
    assert most_talks(params({"negotiation.hours": 0}), companies) == math.inf
    p = params({"negotiation.hours": 4, "search.hours": 24, "search.vision": 0})
    assert most_talks(p, companies) == 2 * (24 / (4 * p.negotiation_meetings) + 2)
