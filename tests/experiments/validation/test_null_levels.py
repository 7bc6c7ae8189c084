"""The null models stand where they stood before the model was tried on them, as far as the library does not move them."""

import numpy as np
import pytest

from ecopark.analysis.validation import null_models
from ecopark.analysis.validation.scores.links import auc_within
from ecopark.experiments.validation.cases import rated, rates_of, shipped_cases
from ecopark.experiments.validation.dynamics import first_years, is_dated
from ecopark.experiments.validation.scenarios import KALUNDBORG, KALUNDBORG_SPLIT
from ecopark.experiments.validation.summaries import history


@pytest.fixture(scope="module")
def cases():
    return shipped_cases()


def test_a_link_that_starts_when_it_is_possible_errs_by_a_year_at_kalundborg(cases):
    case = next(one for one in cases if one.name == KALUNDBORG)
    first = first_years(case, 0, wanted=False)[0]
    errors = [abs(first[place] - sum(fact.start) / 2) for place, fact in enumerate(case.facts) if is_dated(fact)]
    assert len(errors) == 18
    assert np.median(errors) == 1.0


def test_persistence_errs_by_one_and_a_half_links_after_1995():
    past = {year: middle for year, (_, middle, _) in history().items()}
    kept = null_models.persistence(past, KALUNDBORG_SPLIT)
    apart = [abs(kept - count) for year, count in past.items() if KALUNDBORG_SPLIT < year <= 2025]
    assert np.mean(apart) == pytest.approx(1.53, abs=0.005)


def test_of_all_that_is_feasible_a_few_in_a_hundred_are_documented(cases):
    """2 % of 1,345 opportunities with the library of 0.1; it draws more links of either kind now."""
    hits = sum(float(case.y[case.possible].sum()) for case in cases)
    possible = sum(int(case.possible.sum()) for case in cases)
    assert possible > 1_345
    assert 0.02 <= hits / possible <= 0.05


def test_base_rates_of_streams_rank_better_than_chance(cases):
    """An AUC of 0.57 with the library of 0.1, in which fewer rows had a stream."""
    ranked = []
    for case in cases:
        rates = rates_of([other for other in cases if other is not case], documented=True)
        ranked.append((rated(case, rates)[case.documented], case.y[case.documented]))
    assert auc_within(ranked).auc > 0.57
