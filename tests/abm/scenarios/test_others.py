"""The other shipped scenarios run and do what their pages say, on a few seeds."""

import numpy as np
import pytest

from ecopark.abm.entities.codes import OPEN
from ecopark.abm.input.loading import load_scenario, scenario_names
from ecopark.abm.park import Park

LEAN = {"recording.meetings": False, "recording.companies": False}


def parks_of(name, seeds=range(4), **values):
    scenario = load_scenario(name, {**LEAN, **values})
    return [Park(scenario, seed).run() for seed in seeds]


def links(parks, year):
    return np.mean([park.yearly["links"][park.yearly["year"] == year][0] for park in parks])


def test_the_shipped_scenarios():
    assert scenario_names() == [
        "byproduct_synergy", "chemelot", "harbour", "kalundborg", "mistrust", "reshoring", "synthetic",
    ]  # fmt: skip


@pytest.fixture(scope="module")
def chemelot():
    return parks_of("chemelot")


def test_closures_at_chemelot_take_exchanges_with_them(chemelot):
    assert links(chemelot, 2023) > 25
    assert links(chemelot, 2027) < links(chemelot, 2023) - 5
    late = [park.yearly[park.yearly["year"] >= 2024] for park in chemelot]
    # closures are announced two years ahead: from then on a term that runs out ends for that reason, too
    early = [park.yearly[(park.yearly["year"] < 2022) & (park.yearly["year"] > 2016)] for park in chemelot]
    after, before = (np.mean([rows["ends_partner_closed"].sum() for rows in some]) for some in (late, early))
    assert after > 5
    assert before < 0.3 * after


def test_shared_backup_at_chemelot_ends_failures_of_supply(chemelot):
    backed = parks_of("chemelot", **{"policy.backup.size": 0.8, "policy.backup.start": 2002})
    short = [sum(park.yearly["shortfall"].sum() for park in parks) for parks in (chemelot, backed)]
    assert short[1] < 0.5 * short[0]


@pytest.fixture(scope="module")
def brokered():
    return parks_of("byproduct_synergy")


def test_the_broker_adds_exchanges_and_they_outlive_the_money(brokered):
    alone = parks_of("byproduct_synergy", **{"policy.broker.size": 0})
    assert links(brokered, 2006) == links(alone, 2006)
    assert links(brokered, 2009) > 1.5 * links(alone, 2009)
    assert links(brokered, 2015) > links(alone, 2015)
    assert all((park.yearly["programme_cost"][park.yearly["year"] >= 2010] == 0).all() for park in brokered)


def test_the_funnel_has_the_reported_order(brokered):
    """Reported: 63 identified and 13 promising, 68 and 19; 21 to 28 % implemented.

    With scarce attention the model identifies fewer than reported: 57 in the mean of 30 runs (README of the scenario).
    """
    found = []
    for park in brokered:
        table = park.results.opportunities
        inside = table[(table["identified_month"] >= 36) & (table["identified_month"] < 72)]
        found.append((len(inside), inside["operating_month"].notna().sum()))
    identified, operating = np.mean(found, axis=0)
    assert 40 <= identified <= 90
    assert 0.15 <= operating / identified <= 0.40


def generated(**values):
    scenario = load_scenario("synthetic", {**LEAN, **{f"synthetic.{name}": value for name, value in values.items()}})
    return Park(scenario, 1).state


def neighbours(state):
    """Mean distance to the nearest possible partner (km), over companies that have one."""
    table = state.opportunities
    nearest = np.full(len(state.companies), np.inf)
    np.minimum.at(nearest, table.seller, table.distance)
    np.minimum.at(nearest, table.buyer, table.distance)
    return nearest[np.isfinite(nearest)].mean()


def test_a_generated_region_is_the_same_each_time_and_another_by_its_layout():
    first, again, other = generated(companies=60), generated(companies=60), generated(companies=60, layout=2)
    assert (first.companies.x == again.companies.x).all()
    assert (first.companies.type == again.companies.type).all()
    assert not (first.companies.x == other.companies.x).all()


def test_a_planned_region_puts_partners_nearer_than_a_scattered_one():
    distances = [neighbours(generated(companies=400, scatter=scatter)) for scatter in (0.0, 0.5, 1.0)]
    assert distances[0] < distances[1] < distances[2]


def test_diversity_is_the_share_of_types_that_occur():
    few, many = (len(set(generated(companies=400, diversity=share).companies.type)) for share in (0.1, 1.0))
    assert few < 0.25 * many


@pytest.mark.parametrize("companies", [10, 1000])
def test_regions_of_any_size_are_drawn(companies):
    """As many stand open at the start as are asked for; the others wait to come."""
    drawn = generated(companies=companies).companies
    assert (drawn.status == OPEN).sum() == companies
    assert (drawn.candidate == 1).sum() == len(drawn) - companies
