"""A sweep folder that was changed by hand or by another program: each file that no sweep wrote so is named, and why."""

import json

import numpy as np
import pandas as pd
import pytest

from ecopark import open_results, run_study
from ecopark.abm.input.errors import InputError
from ecopark.experiments.sweeps.storage.checked_manifest import digest
from ecopark.experiments.sweeps.storage.results import IncompleteSweepError
from tests.experiments.sweeps.sweeping import STUDY


@pytest.fixture
def out(tmp_path):
    run_study(STUDY, tmp_path / "out", workers=0)
    return tmp_path / "out"


MANIFESTS = {
    "a list": (lambda told: [], "the manifest.json of a sweep"),
    "no runs": (lambda told: told.pop("runs") and told, "manifest.json: runs: None"),
    "half a run": (lambda told: told | {"runs": 1.5, "chunk": 0}, "manifest.json: chunk: 0"),
    "more runs": (lambda told: told | {"runs": 10**9}, "expected: 60: points x policies x replicates"),
    "other factors": (lambda told: told | {"factors": 10**40}, "factors: .* a list of names"),
    "names of factors": (lambda told: told | {"factors": ["../../evil"]}, "the factors of its study"),
    "an identity in words": (lambda told: told | {"identity": "x"}, "identity: 'x'.* a table"),
    "another scenario": (lambda told: told | {"scenario": {}}, "hash: .* one of them was changed"),
    "another study": (lambda told: told | {"study": told["study"] | {"seed": -1}}, "study.seed: -1"),
    "measures of numbers": (lambda told: told | {"measures": {"x": {"label": 1}}}, "measures: "),
}


@pytest.mark.parametrize("case", MANIFESTS)
def test_a_manifest_that_no_sweep_wrote_is_refused_by_reading_and_by_going_on(out, case):
    change, said = MANIFESTS[case]
    path = out / "manifest.json"
    path.write_text(json.dumps(change(json.loads(path.read_text()))))
    before = path.read_bytes()
    for attempt in (lambda: open_results(out), lambda: run_study(STUDY, out, workers=0)):
        with pytest.raises(InputError, match=said):
            attempt()
    assert path.read_bytes() == before


def test_a_growth_that_no_sweep_began_is_refused(out):
    (out / "growing.json").write_text("{}")
    with pytest.raises(InputError, match=r"growing.json: hash"):
        run_study(STUDY, out, workers=0)


def test_the_hash_is_that_of_what_decides_the_numbers(out):
    told = json.loads((out / "manifest.json").read_text())
    assert told["hash"] == digest([told["identity"], told["scenario"]])


PARTS = {
    "text for numbers": lambda rows: rows.assign(point="x"),
    "lists for numbers": lambda rows: rows.assign(seed=[[1]] * len(rows)),
    "numbers for names": lambda rows: rows.assign(policy=1.5),
    "no column": lambda rows: rows.drop(columns="error"),
    "another place": lambda rows: rows.assign(point=2**62),
    "another replicate": lambda rows: rows.assign(replicate=np.int32(0)),
    "no row": lambda rows: rows.iloc[:0],
    "rows twice": lambda rows: pd.concat([rows, rows]),
}


@pytest.mark.parametrize("case", PARTS)
def test_a_part_that_no_sweep_wrote_is_refused(out, case):
    path = out / "runs" / "part-00000002.parquet"
    PARTS[case](pd.read_parquet(path)).to_parquet(path)
    with pytest.raises((InputError, IncompleteSweepError)) as refusal:
        open_results(out).frame()
    assert refusal.value.mistakes
    assert "part-00000002" in str(refusal.value) or "do not hold each run once" in str(refusal.value)


def test_failures_are_counted_in_parts_of_other_programs(out):
    path = out / "runs" / "part-00000002.parquet"
    rows = pd.read_parquet(path)
    rows.iloc[:0].to_parquet(path)
    assert open_results(out).failed == 0
    rows.drop(columns="error").to_parquet(path)
    with pytest.raises(InputError, match=r"part-00000002.*no error.*makes it anew"):
        open_results(out).failed  # noqa: B018 (a property that is worked out)
