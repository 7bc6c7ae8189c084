"""The platform: it works for members, and reading its listings takes time."""

import numpy as np
import pytest

from ecopark.abm.entities.codes import BY_PLATFORM, LATENT
from tests.abm.submodels.tables import lever, params
from tests.abm.submodels.two_companies import SURE, park, run


@pytest.mark.parametrize(("rate", "found"), [(0.0, 0), (0.29, 0), (0.31, 0), (0.6, 0), (0.61, 1), (1.0, 1)])
def test_a_platform_works_for_pairs_that_are_both_registered(rate, found):
    companies, streams, ways = park()
    companies.registration = [0.3, 0.6]
    blind = {"discovery.by_search": False, "discovery.by_contact": False}
    events = run(4, params(blind), companies, streams, ways, lever(platform=rate))
    assert events.reason.tolist() == [BY_PLATFORM] * found
    assert companies.hours.tolist() == ([0.5, 0.5] if found else [1, 1])


def test_a_listing_takes_half_an_hour_of_each_and_comes_before_looks():
    """Four hours read eight of twenty listings on either side: each is found with chance 1 - 0.6^2."""
    companies, streams, ways = park(20)
    companies.hours = 4
    found = []
    for month in range(300):
        companies.hours, ways.stage = 4, LATENT
        found.append(len(run(12 * month + 1, params(SURE), companies, streams, ways, lever(platform=1.0))))
    assert companies.hours.tolist() == [0, 0]
    assert np.mean(found) / 20 == pytest.approx(0.64, abs=0.02)
