import math

import numpy as np
import pytest

from ecopark.experiments.replications.comparison import (
    FAMILY_ERROR,
    bonferroni_limit,
    compare,
    joint_error,
    verdict_of,
    verdicts,
)
from ecopark.experiments.replications.declaration import declared, read_published
from ecopark.experiments.replications.result import Published, mean_and_error


def published(value=1.0, error=0.1, runs=100.0, last_digit=0.0, relation="equals", part="p"):
    return Published("R0", part, "case", "size", "unit", value, error, runs, last_digit, relation, "nowhere")


def test_mean_and_error_of_a_known_sample():
    mean, error = mean_and_error([1.0, 2.0, 3.0, 4.0])
    assert mean == 2.5
    assert error == pytest.approx(math.sqrt(5 / 3) / 2)


def test_equal_samples_have_root_two_of_one_error():
    joint, freedom = joint_error(published(error=0.1, runs=100.0), 0.1, 100)
    assert joint == pytest.approx(0.1 * math.sqrt(2))
    assert freedom == 198


def test_unprinted_error_borrows_the_replicated_spread():
    joint, _ = joint_error(published(error=math.nan, runs=400.0), 0.2, 100)
    assert joint == pytest.approx(0.2 * math.sqrt(1 + 100 / 400))


def test_unknown_runs_leave_rounding_and_own_error():
    joint, freedom = joint_error(published(error=math.nan, runs=math.nan, last_digit=0.6), 0.0, 50)
    assert joint == pytest.approx(0.6 / math.sqrt(12))
    assert freedom == 49


def test_limit_grows_with_the_count_of_numbers_and_falls_with_runs():
    assert bonferroni_limit(1, 1e6) == pytest.approx(2.576, abs=1e-3)
    assert bonferroni_limit(30, 100) > bonferroni_limit(3, 100) > bonferroni_limit(3, 1000)


def test_bound_is_missed_only_from_above():
    bound = published(value=1.0, error=math.nan, runs=math.nan, relation="below")
    assert compare(bound, (0.2, 0.01), 50, 1).met
    assert not compare(bound, (1.2, 0.01), 50, 1).met


def test_a_perfect_replication_is_rarely_refused():
    rng = np.random.default_rng(4)
    refused, trials = 0, 400
    for _ in range(trials):
        rows = []
        for _ in range(20):
            theirs, ours = rng.normal(3, 2, 40), rng.normal(3, 2, 25)
            mean, error = mean_and_error(theirs)
            rows.append(compare(published(mean, error, 40.0), mean_and_error(ours), 25, 20))
        refused += verdict_of(rows) != "reproduced"
    assert refused <= trials * FAMILY_ERROR * 3


def test_a_wrong_mean_is_refused():
    rng = np.random.default_rng(5)
    rows = [compare(published(1.0, 0.1, 100.0), mean_and_error(rng.normal(2, 1, 100)), 100, 5) for _ in range(5)]
    assert verdict_of(rows) == "not reproduced"


def test_verdicts_name_what_was_missed():
    good = compare(published(1.0), (1.0, 0.1), 100, 3)
    bad = compare(published(9.0), (1.0, 0.1), 100, 3)
    assert verdict_of([good, good]) == "reproduced"
    assert verdict_of([good, good, bad]) == "mixed (missed 1 of 3: size at case)"
    other = compare(published(9.0, part="q"), (1.0, 0.1), 100, 3)
    assert verdicts([good, other]) == (
        {"p": "reproduced", "q": "not reproduced"},
        "mixed (p reproduced, q not reproduced)",
    )
    assert verdicts([good])[1] == "reproduced"


def test_other_readings_carry_no_verdict():
    good = compare(published(1.0), (1.0, 0.1), 100, 1)
    bad = compare(published(9.0), (1.0, 0.1), 100, 1, reading="other")
    assert verdicts([good, bad])[1] == "reproduced"


@pytest.mark.parametrize("name", ["R1", "R2", "R3"])
def test_everything_is_declared_before_it_runs(name):
    replication = declared()[name]
    assert replication.question.endswith("?")
    assert replication.rule.startswith("A number is met")
    assert replication.defects
    assert replication.readings
    assert len(replication.source) > 40
    places = [(number.part, number.case, number.quantity) for number in replication.published]
    assert len(places) == len(set(places)) > 0


def test_published_numbers_of_the_first_row_of_r1():
    row = [number for number in read_published() if number.case == "c 0.5, T0 0"]
    assert [number.value for number in row] == [0.1946, 1.7745, 0.4543, 1.0733, 6.3632]
    assert [number.standard_error for number in row] == [0.0021, 0.0038, 0.0012, 0.0158, 0.0629]
    assert {number.runs for number in row} == {300}
