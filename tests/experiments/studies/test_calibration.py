"""The calibration: priors inside the declared ranges, nothing named, nothing after 1995, repeatable."""

import re
from pathlib import Path

import numpy as np
import pytest

from ecopark.abm.input.loading import load_scenario
from ecopark.abm.input.parameters import PARAMETERS
from ecopark.experiments.studies.questions import calibrate_kalundborg as study


@pytest.mark.parametrize("prior", study.PRIORS, ids=lambda prior: prior.name)
def test_priors_lie_inside_the_declared_ranges_and_are_assumptions(prior):
    declared = PARAMETERS[prior.name]
    assert declared.grade == "A"
    assert declared.low <= prior.low < prior.high <= declared.high
    assert prior.at([0.0, 1.0]) == pytest.approx([prior.low, prior.high])
    assert prior.place(prior.at(0.25)) == pytest.approx(0.25, abs=0.06)


def test_history_ends_in_1995():
    counts, links = study.history()
    assert counts["year"].max() == links["start"].max() == 1995
    assert len(links[links["core"] == 1]) == 17


def test_no_company_and_no_material_is_named():
    tables = load_scenario("kalundborg").tables
    names = {row.name for row in tables["companies"]} | {row.material for row in tables["materials"]}
    text = Path(study.__file__).read_text(encoding="utf-8")
    assert [name for name in names if re.search(rf"\b{re.escape(name)}\b", text)] == []


def test_the_distance_is_zero_at_history_and_counts_standard_deviations():
    import pandas as pd

    wanted = {"a": (1.0, 0.5), "b": (2.0, 1.0)}
    judged = study.distances(pd.DataFrame({"a": [1.0, 2.0], "b": [2.0, 3.0]}), wanted)
    assert judged["distance"].tolist() == pytest.approx([0.0, np.sqrt(2.5)])
    assert judged["worst"].tolist() == [0.0, 2.0]


def test_the_same_seed_gives_the_same_waves():
    first, again = (study.calibrate(points=12, replicates=1, seed=5) for _ in range(2))
    assert first[0].equals(again[0])
    assert first[1].equals(again[1])
    assert first[0]["wave"].tolist() == [1] * 12 + [2] * 12


def test_the_scenario_takes_values_inside_the_ranges():
    scenario = load_scenario("kalundborg")
    for prior in study.PRIORS:
        assert prior.low <= scenario[prior.name] <= prior.high
