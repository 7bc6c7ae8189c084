"""Standing: who is looked at how much, and what a deal could still be made about."""

import math

import numpy as np
import pytest

from ecopark.abm.entities.codes import OPEN, WAITING
from ecopark.abm.submodels.standing import is_alive, note_standing, weight_of
from tests.abm.submodels.tables import one, params, state
from tests.abm.submodels.two_companies import SURE, park, run

NOTHING_KNOWN = np.zeros(2, dtype=np.int8)


def test_weight_falls_with_distance_by_the_search_range():
    p = params({"discovery.search_range": 20})
    weights = [weight_of(p, NOTHING_KNOWN, one("opportunities", demand=1, distance=far)) for far in (0, 20, 40)]
    assert weights == pytest.approx([1, 1 / math.e, 1 / math.e**2])


def test_distance_is_no_matter_for_traders():
    companies, streams, _ = park()
    far = one("opportunities", buyer=1, demand=1, distance=500)
    companies.widely_known[1] = 1
    assert weight_of(params(), note_standing(state(companies=companies, streams=streams)), far) == 1


@pytest.mark.parametrize(("status", "coefficient", "factor"), [(OPEN, 1, 1), (WAITING, 1, 5), (OPEN, 0, 5)])
def test_who_plans_a_plant_or_a_process_is_looked_at_more_often(status, coefficient, factor):
    companies, streams, ways = park(seller=0)
    for side in range(2):
        companies.status, streams.coefficient = OPEN, 1
        companies.status[side], streams.coefficient[side] = status, coefficient
        standing = note_standing(state(companies=companies, streams=streams))
        assert weight_of(params({"discovery.project": 5}), standing, ways[0]) == factor


DEAD = {
    "no prospect of the seller": ("companies", "prospect", 0, 0),
    "no prospect of the buyer": ("companies", "prospect", 1, 0),
    "no supply to come": ("streams", "coming", 0, 0),
    "no need to come": ("streams", "coming", 1, 0),
    "no permit": ("streams", "permit", 0, 0),
    "not allowed yet": ("ways", "allowed", 0, 13),
}


@pytest.mark.parametrize("cause", DEAD)
def test_an_opportunity_is_alive_while_both_sides_can_and_may(cause):
    companies, streams, ways = park()
    assert is_alive(12, note_standing(state(companies=companies, streams=streams)), ways, ways[0])
    where, column, row, value = DEAD[cause]
    {"companies": companies, "streams": streams, "ways": ways}[where][column][row] = value
    assert not is_alive(12, note_standing(state(companies=companies, streams=streams)), ways, ways[0])
    assert len(run(12, params(SURE), companies, streams, ways)) == 0
