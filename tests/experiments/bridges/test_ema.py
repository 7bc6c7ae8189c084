"""A study as a model of the EMA workbench."""

from __future__ import annotations

import pytest

from ecopark import ema_model
from ecopark.abm.input.errors import InputError
from ecopark.experiments.bridges.ema import identifier
from tests.experiments.sweeps.sweeping import STUDY

ema_workbench = pytest.importorskip("ema_workbench")
FACTORS = {
    "walk.x": {"low": 0, "high": 4, "levels": 2},
    "walk.steps": {"low": 1, "high": 3, "levels": 2, "whole": True},
    "walk.kind": ["plain", "wild"],
    "policy.tax": {"low": 0, "high": 80, "levels": 2},
}


def test_policies_are_levers_and_the_rest_uncertainties():
    model = ema_model({**STUDY, "factors": FACTORS, "policies": {"slow": {"walk.y": 0}, "fast": {"walk.y": 1}}})
    assert {lever.name: type(lever).__name__ for lever in model.levers} == {
        "policy_tax": "RealParameter",
        "chosen_policy": "CategoricalParameter",
    }
    assert {one.name: type(one).__name__ for one in model.uncertainties} == {
        "walk_x": "RealParameter",
        "walk_steps": "IntegerParameter",
        "walk_kind": "CategoricalParameter",
    }


def test_outcomes_are_those_of_the_function_with_their_direction():
    outcomes = {
        "waste": {"indicator": "waste", "take": "sum", "better": "less"},
        "links": {"indicator": "links", "better": "more"},
        "curve": STUDY["outcomes"]["curve"],
    }
    model = ema_model({**STUDY, "outcomes": outcomes})
    kinds = {one.name: one.kind for one in model.outcomes}
    assert (kinds["waste"], kinds["links"]) == (
        ema_workbench.ScalarOutcome.MINIMIZE,
        ema_workbench.ScalarOutcome.MAXIMIZE,
    )
    experiments, found = ema_workbench.perform_experiments(model, scenarios=3, policies=2)
    assert found["curve"].shape == (6, 5)
    assert set(experiments["chosen_policy"]) <= {"none", "tax"}


@pytest.mark.parametrize(
    ("name", "found"), [("policy.tax", "policy_tax"), ('companies."A b".size', "companies_A_b_size"), ("2x", "_2x")]
)
def test_names_are_identifiers(name, found):
    assert identifier(name) == found
    assert identifier(name).isidentifier()


def test_two_names_that_would_be_one_are_refused():
    outcomes = {"walk_x": {"indicator": "links", "take": "last"}}
    with pytest.raises(InputError, match="walk_x"):
        ema_model({**STUDY, "outcomes": outcomes})
