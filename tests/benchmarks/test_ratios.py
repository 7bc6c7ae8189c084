"""Speed as ratios: a marked suite that fails on a gross regression (`pytest -m timed`), never part of the ordinary tests.

A third of what is aimed at is the bound here, because the machine that runs this may be busy.
"""

import pytest

from ecopark.abm.park import Park
from ecopark.experiments.benchmarks.clock import SkippedError
from ecopark.experiments.benchmarks.reference_model import MONTHS, SEED, region
from ecopark.experiments.commands.bench import MEASURES, measure

pytestmark = pytest.mark.timed
SLACK = 3.0


@pytest.mark.parametrize("letter", [letter for letter in MEASURES if letter != "g"])
def test_no_gross_regression(letter):
    try:
        rows = measure(letter)(True)
    except SkippedError as reason:
        pytest.skip(str(reason))
    for row in rows:
        if row.target is None:
            assert row.measured > 0, row
        elif row.at_least:
            assert row.measured >= row.target / SLACK, row
        elif row.unit == "":  # an exponent
            assert row.measured <= row.target + 0.2, row
        else:
            assert row.measured <= row.target * SLACK, row


@pytest.mark.parametrize("companies", [30, 300])
def test_whole_run(benchmark, companies):
    scenario = region(companies)
    Park(scenario, SEED).advance(12)
    park = benchmark.pedantic(lambda: Park(scenario, SEED).run(), rounds=5)
    assert park.month == MONTHS


def test_set_up_again_in_one_process(benchmark):
    scenario = region(300)
    Park(scenario, 0)
    seeds = iter(range(1, 1000))
    park = benchmark.pedantic(lambda: Park(scenario, next(seeds)), rounds=20)
    assert park.month == 0
