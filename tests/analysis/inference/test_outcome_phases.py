"""Phases of a park: each by a curve that is plainly one of them."""

import numpy as np
import pandas as pd
import pytest

from ecopark.analysis.inference.outcome_phases import PhaseRules, phase_diagram, phase_of, phases_of

CURVES = {
    "none": [0, 1, 2, 2, 1, 2],
    "emergence": [0, 2, 6, 8, 8, 8, 8, 8, 8],
    "growth": [0, 1, 2, 3, 4, 5, 7, 9, 12],
    "breakdown": [0, 4, 9, 9, 9, 8, 6, 5, 4],
}


@pytest.mark.parametrize("phase", list(CURVES))
def test_plain_curves_have_plain_phases(phase):
    assert phase_of(CURVES[phase]) == phase


def test_every_threshold_counts():
    assert phase_of(CURVES["none"], PhaseRules(least_links=2)) == "emergence"
    assert phase_of(CURVES["breakdown"], PhaseRules(breakdown_share=0.4)) == "emergence"
    assert phase_of(CURVES["growth"], PhaseRules(growth_factor=5.0)) == "emergence"
    assert phase_of([]) == "none"
    assert phase_of([5.0]) == "emergence"


def test_runs_of_a_sweep_are_named_one_by_one():
    yearly = pd.concat(
        [
            pd.DataFrame({"point": point, "replicate": 0, "year": range(len(CURVES[phase])), "links": CURVES[phase]})
            for point, phase in enumerate(CURVES)
        ]
    ).sample(frac=1.0, random_state=0)
    assert phases_of(yearly, ["point", "replicate"])["phase"].tolist() == list(CURVES)


def test_the_diagram_counts_phases_by_cell():
    frame = pd.DataFrame(
        {"tax": [0, 0, 0, 60, 60], "trust": 0.5, "phase": ["none", "none", "growth", "growth", "breakdown"]}
    )
    found = phase_diagram(frame, "tax", "trust").set_index("tax")
    assert found.loc[0, ["none", "growth"]].tolist() == pytest.approx([2 / 3, 1 / 3])
    assert found["phase"].to_dict() == {0: "none", 60: "breakdown"}
    assert found["runs"].to_dict() == {0: 3, 60: 2}


def test_many_values_are_put_into_classes():
    rng = np.random.default_rng(0)
    frame = pd.DataFrame({"x": rng.random(500), "y": rng.random(500), "phase": "none"})
    found = phase_diagram(frame, "x", "y", classes=4)
    assert len(found) == 16
    assert sorted(found["x"].unique()) == pytest.approx([0.125, 0.375, 0.625, 0.875], abs=0.01)
    assert found["runs"].sum() == 500
