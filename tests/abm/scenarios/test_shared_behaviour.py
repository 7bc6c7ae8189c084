"""Parks that the model is judged by set nothing of behaviour: roster, dates, sizes, prices and taxes are theirs, the rest is shared."""

import tomllib

import pytest

from ecopark.abm.input.loading import SCENARIOS

OWN = {"turnover", "market", "policy", "governance"}


@pytest.mark.parametrize("name", ["kalundborg", "chemelot"])
def test_a_park_of_the_benchmark_sets_no_parameter_of_behaviour(name):
    written = tomllib.loads((SCENARIOS / name / "scenario.toml").read_text("utf-8"))
    assert {group for group, value in written.items() if isinstance(value, dict)} <= OWN
