"""The park model in a sweep: the same numbers as a run of its own, and nothing of Mesa in the workers."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest

from ecopark import plan_study, run_study
from ecopark.abm.input.errors import InputError
from ecopark.abm.input.loading import load_scenario
from ecopark.abm.park import Park
from ecopark.experiments.sweeps.execution import park_model as park_runs
from tests.experiments.sweeps.sweeping import ROOT

STUDY = {
    "scenario": "synthetic",
    "years": 8,
    "replicates": 2,
    "set": {"synthetic.companies": 12},
    "factors": {"policy.landfill_tax": [0, 80], "behaviour.attitude": {"low": 0.5, "high": 1.0, "levels": 2}},
    "policies": {"none": {}, "broker": {"policy.broker.size": 5, "policy.broker.start": 2026}},
    "outcomes": {"links": "last", "gain": "sum", "disposed": ["sum", "series"]},
    "chunk": 3,
}


def test_row_of_a_sweep_is_a_run_of_its_own(tmp_path):
    results = run_study(STUDY, tmp_path / "out", workers=2, keep="yearly")
    frame, yearly = results.check_complete().frame(), results.yearly()
    assert len(frame) == 4 * 2 * 2
    row = frame[(frame["policy"] == "broker") & (frame["policy.landfill_tax"] == 80) & (frame["replicate"] == 1)].iloc[
        1
    ]
    values = {"horizon.years": 8, "synthetic.companies": 12, "policy.landfill_tax": 80, "policy.broker.size": 5}
    values |= {"policy.broker.start": 2026, "behaviour.attitude": row["behaviour.attitude"]}
    alone = Park(load_scenario("synthetic", values), int(row["seed"])).run().yearly
    assert row["links_last"] == alone["links"][-1]
    assert row["gain_sum"] == np.add.accumulate(alone["gain"])[-1]
    assert np.array_equal(row["disposed_series"], alone["disposed"])
    kept = yearly[yearly["run"] == row["run"]]
    assert np.array_equal(kept["co2_avoided"], alone["co2_avoided"])
    assert list(kept["year"]) == list(alone["year"])


def test_declared_names_are_all_parameters_and_policies():
    base = park_runs.load("synthetic", {"policy.carbon_price": 30}, 5)
    assert park_runs.horizon(base) == (2024, 5)
    assert all(park_runs.declared(base, name) is not None for name in park_runs.known_names())
    assert park_runs.declared(base, "policy.carbon_price").value == 30
    assert park_runs.declared(base, "policy.landfill_tax").value is None
    assert park_runs.declared(base, "policy.landfill_tax").high > 0
    assert park_runs.declared(base, "negotiation.splits").whole
    assert park_runs.declared(base, "horizon.years") is None


def test_scenario_of_a_study_survives_the_manifest():
    import json

    base = park_runs.load("kalundborg", {"behaviour.attitude": 0.7}, 12)
    again = park_runs.restore(json.loads(json.dumps(park_runs.describe(base))))
    one, other = park_runs.simulate(base, 5), park_runs.simulate(again, 5)
    assert one.tobytes() == other.tobytes()


def test_mistakes_of_a_park_study_are_reported_together():
    wrong = {
        **STUDY,
        "set": {"synthetic.companys": 3},
        "factors": {"policy.landfil_tax": [1], "behaviour.attitude": [9], "negotiation.protocol": ["posted_prize"]},
        "outcomes": {"link": "last"},
    }
    with pytest.raises(InputError) as caught:
        plan_study(wrong)
    found = {mistake.place: mistake.nearest for mistake in caught.value.mistakes}
    assert found["set.synthetic.companys"] == "synthetic.companies"
    assert found["factors.policy.landfil_tax"] == "policy.landfill_tax"
    assert "factors.behaviour.attitude" in found
    assert "factors.negotiation.protocol" in found
    assert found["outcomes.link_last"] == "links"


def test_shipped_studies_are_right():
    from ecopark.experiments.sweeps.study_file.study import SHIPPED

    plan = plan_study(SHIPPED / "landfill_tax.toml")
    assert plan.study.replicates == 30
    assert set(plan.columns) == {"policy.landfill_tax", "behaviour.attitude"}


def test_worker_imports_neither_mesa_nor_pandas():
    script = (
        "import sys; from ecopark.experiments.sweeps.execution import engines, park_model;"
        "print({'mesa', 'pandas', 'scipy.stats', 'rich'} & set(sys.modules))"
    )
    found = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "set()"


def test_importing_experiments_costs_nothing():
    script = "import sys; import ecopark; print({'numpy', 'pydantic', 'pyarrow', 'numba'} & set(sys.modules))"
    found = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "set()"
