"""A run that raises, ends its process or never ends is a row, and all others are there."""

from __future__ import annotations

import pandas as pd
import pytest

from ecopark import run_study
from ecopark.experiments.sweeps.storage.results import IncompleteSweepError
from ecopark.experiments.sweeps.study_file.seeds import run_seed
from tests.experiments.sweeps.sweeping import STUDY, executed, serial


def trapped(kind: str, **changes: object) -> dict:
    """Return the small study with one run that goes wrong: x = 2, y = 0, no policy, replicate 3."""
    seed = plan_seed(3)
    return {
        **STUDY,
        "factors": {"walk.x": [1, 2, 3.5]},
        "policies": {},
        "set": {"trap.kind": kind, "trap.x": 2.0, "trap.seeds": str(seed)},
        **changes,
    }


def plan_seed(replicate: int) -> int:
    return run_seed(STUDY["seed"], "common", replicate, 0, 0)


@pytest.mark.parametrize(
    ("kind", "words", "options"),
    [
        ("raise", "ArithmeticError: the trap was sprung", {}),
        ("exit", "ProcessEnded: the run ended its process 3 times (exit code 7)", {}),
        ("kill", "ProcessEnded: the run ended its process 3 times (signal SIGKILL)", {}),
        ("hang", "TimeLimit: the run took longer than 0.5 s", {"time_limit": 0.5}),
    ],
)
def test_run_that_goes_wrong_is_a_row_and_all_others_are_there(tmp_path, kind, words, options):
    sound = serial(trapped(""), tmp_path / "sound")
    results = run_study(trapped(kind), tmp_path / "out", workers=2, **options)
    frame = results.frame()
    failed = frame[frame["error"].notna()]
    assert results.failed == 1
    assert list(failed[["point", "replicate"]].itertuples(index=False, name=None)) == [(1, 3)]
    assert failed["error"].item() == words
    assert failed[["links_last", "waste_sum"]].isna().all(axis=None)
    others = frame["error"].isna()
    pd.testing.assert_frame_equal(frame[others], sound[others], check_exact=True)
    assert "1 runs failed" in results.summary() or "1 run failed" in results.summary()
    with pytest.raises(IncompleteSweepError, match="1 of 15 runs failed"):
        results.check_complete()


def test_three_ways_to_go_wrong_in_one_sweep(tmp_path):
    """One run raises, one ends its process, one never ends: three rows, and the sweep ends by itself."""
    seeds = str(plan_seed(2))
    study = trapped("", factors={"walk.x": [1, 2], "trap.kind": ["", "raise", "exit", "hang"]}, time_limit=0.5)
    study["set"] = {"trap.x": 2.0, "trap.seeds": seeds}
    results = run_study(study, tmp_path / "out", workers=2)
    frame = results.frame()
    failed = frame[frame["error"].notna()]
    assert len(frame) == 8 * 5
    assert list(failed["trap.kind"]) == ["raise", "exit", "hang"]
    assert list(failed["error"].str.split(":").str[0]) == ["ArithmeticError", "ProcessEnded", "TimeLimit"]


def test_traceback_of_a_failed_run_is_kept(tmp_path):
    results = run_study(trapped("raise"), tmp_path / "out", workers=0)
    failure = results.failures().iloc[0]
    assert failure["seed"] == plan_seed(3)
    assert "in simulate" in failure["traceback"]
    assert failure["walk.x"] == 2.0


def test_only_failed_runs_are_repeated(tmp_path, monkeypatch):
    monkeypatch.setenv("FAKE_TRAPS", "set")
    out, log = tmp_path / "out", tmp_path / "log"
    log.mkdir()
    study = trapped("raise_when_told", keep="yearly")
    study["set"] = {**study["set"], "log.folder": str(log)}
    assert run_study(study, out, workers=0).failed == 1
    assert len(executed(log)) == 15
    monkeypatch.delenv("FAKE_TRAPS")
    assert run_study(study, out, workers=0).failed == 1
    results = run_study(study, out, workers=0, retry_failed=True)
    assert len(executed(log)) == 16
    assert results.failed == 0
    sound = run_study(study, tmp_path / "sound", workers=0)
    pd.testing.assert_frame_equal(results.frame(), sound.frame(), check_exact=True)
    pd.testing.assert_frame_equal(results.yearly(), sound.yearly(), check_exact=True)


def test_all_runs_failing_still_gives_a_table(tmp_path):
    study = trapped("raise", factors={"walk.x": [2]}, keep="yearly")
    study["set"] = {**study["set"], "trap.seeds": ""}
    results = run_study(study, tmp_path / "out", workers=0)
    assert results.failed == 5
    assert results.frame()["waste_sum"].isna().all()
    assert len(results.yearly()) == 0
