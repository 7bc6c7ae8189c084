"""A sweep gives the same table however it is cut, spread and interrupted, and records what fails."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pandas as pd
import pytest

from ecopark import Study, open_results, plan_study, run_study
from ecopark.abm.input.errors import InputError
from ecopark.experiments.sweeps.storage.manifest import differences
from ecopark.experiments.sweeps.storage.results import IncompleteSweepError
from ecopark.experiments.sweeps.sweep import SweepStoppedError
from tests.experiments.sweeps.sweeping import STUDY, executed, serial


@pytest.fixture
def reference(tmp_path):
    return serial(STUDY, tmp_path / "serial")


def test_rows_are_points_policies_replicates_in_order(reference):
    assert len(reference) == 3 * 2 * 2 * 5
    assert list(reference["run"]) == list(range(60))
    assert reference[["point", "policy", "replicate"]].drop_duplicates().shape[0] == 60
    assert list(reference["walk.x"].iloc[::20]) == [1.0, 2.0, 3.5]
    assert reference["error"].isna().all()


def test_replicates_have_the_same_shocks_at_every_point_and_policy(reference):
    assert (reference.groupby("replicate")["seed"].nunique() == 1).all()
    assert reference["seed"].nunique() == 5
    paired = reference.pivot(index=["point", "replicate"], columns="policy", values="waste_sum")
    assert np.allclose(paired["none"] - paired["tax"], 5 * 50 / 10)


@pytest.mark.parametrize(("shocks", "seeds"), [("common", 5), ("per_point", 30), ("independent", 60)])
def test_shocks_can_be_common_per_point_or_independent(tmp_path, shocks, seeds):
    frame = run_study({**STUDY, "shocks": shocks}, tmp_path / "out", workers=0).frame()
    assert frame["seed"].nunique() == seeds


@pytest.mark.parametrize(("workers", "chunk"), [(0, 1), (0, 7), (0, 25), (1, 7), (2, 1), (2, 7), (2, 25)])
def test_table_is_the_same_for_any_workers_and_chunk(tmp_path, reference, workers, chunk):
    found = run_study({**STUDY, "chunk": chunk}, tmp_path / "out", workers=workers).frame()
    pd.testing.assert_frame_equal(found, reference, check_exact=True)


@pytest.mark.parametrize("workers", [0, 2])
def test_guarded_runs_give_the_same_table(tmp_path, reference, workers):
    found = run_study({**STUDY, "time_limit": 30}, tmp_path / "out", workers=workers).frame()
    pd.testing.assert_frame_equal(found, reference, check_exact=True)


def test_sweep_may_run_beside_the_main_thread(tmp_path, reference):
    with ThreadPoolExecutor(1) as thread:
        found = thread.submit(run_study, STUDY, tmp_path / "out", workers=2).result().frame()
    pd.testing.assert_frame_equal(found, reference, check_exact=True)


def test_parts_are_the_same_byte_by_byte(tmp_path):
    for name, workers in (("one", 0), ("two", 2)):
        run_study(STUDY, tmp_path / name, workers=workers)
    for part in sorted((tmp_path / "one" / "runs").iterdir()):
        assert part.read_bytes() == (tmp_path / "two" / "runs" / part.name).read_bytes()


def test_chunk_size_is_found_by_trial_and_kept(tmp_path, reference):
    study = {key: value for key, value in STUDY.items() if key != "chunk"}
    first = run_study(study, tmp_path / "out", workers=1)
    assert 1 <= first.manifest["chunk"] <= 60
    again = run_study({**study, "chunk": 50}, tmp_path / "out", workers=1)
    assert again.manifest["chunk"] == first.manifest["chunk"]
    pd.testing.assert_frame_equal(again.frame(), reference, check_exact=True)


def test_missing_parts_are_filled_and_others_left_alone(tmp_path, reference):
    log = tmp_path / "log"
    log.mkdir()
    out = tmp_path / "out"
    study = {**STUDY, "set": {"log.folder": str(log)}}
    run_study(study, out, workers=0)
    assert len(executed(log)) == 60
    (out / "runs" / "part-00000002.parquet").unlink()
    kept = {path.name: path.stat().st_mtime_ns for path in (out / "runs").iterdir()}
    found = run_study(study, out, workers=0)
    assert len(executed(log)) == 67
    assert all((out / "runs" / name).stat().st_mtime_ns == stamp for name, stamp in kept.items())
    pd.testing.assert_frame_equal(found.frame(), reference, check_exact=True)


def test_unfinished_sweep_is_not_taken_for_a_table(tmp_path):
    out = tmp_path / "out"
    run_study(STUDY, out, workers=0)
    (out / "runs" / "part-00000002.parquet").unlink()
    results = open_results(out)
    assert not results.complete
    assert results.missing == 7
    with pytest.raises(IncompleteSweepError, match="7 of 60 runs are missing: point 1, none, replicate 4"):
        results.frame()
    assert len(results.frame(partial=True)) == 53
    assert list(results.missing_runs()["run"]) == list(range(14, 21))


def test_part_changed_by_hand_is_noticed(tmp_path):
    out = tmp_path / "out"
    run_study(STUDY, out, workers=0)
    parts = sorted((out / "runs").iterdir())
    parts[3].write_bytes(parts[4].read_bytes())
    with pytest.raises(IncompleteSweepError, match="each run once"):
        open_results(out).frame()


def test_changed_study_is_refused_with_the_difference(tmp_path):
    out = tmp_path / "out"
    run_study(STUDY, out, workers=0)
    changed = {**STUDY, "replicates": 4, "factors": {**STUDY["factors"], "walk.x": [1, 2, 4]}}
    with pytest.raises(InputError) as caught:
        run_study(changed, out, workers=0)
    found = {mistake.place: (mistake.value, mistake.allowed) for mistake in caught.value.mistakes}
    assert found["replicates"][0] == 4
    assert found["replicates"][1].startswith("it is 5 in")
    assert found["factors.walk.x.values"][0] == [1, 2, 4]
    assert set(found) == {"replicates", "factors.walk.x.values"}


def test_changed_model_is_refused(tmp_path, monkeypatch):
    run_study(STUDY, tmp_path / "out", workers=0)
    monkeypatch.setenv("FAKE_CODE", "two")
    with pytest.raises(InputError, match=r"made by\.model code: 'two'"):
        run_study(STUDY, tmp_path / "out", workers=0)


def test_differences_are_shown_where_they_are_and_not_at_length():
    old = {"a": {"b": [1, 2]}, "rows": [{"x": 1}, {"x": 2}], "same": {"c": 0.1}}
    new = {"a": {"b": [1, 3]}, "rows": [{"x": 1}, {"x": 5}, {"x": 6}], "same": {"c": 0.1}}
    assert list(differences(old, new)) == [
        ("a.b", [1, 2], [1, 3]),
        ("rows row 2.x", 2, 5),
        ("rows row 3", None, {"x": 6}),
    ]


def test_many_differences_are_counted(tmp_path):
    factors = {"walk.x": [1, 2]}
    names = [f"outcome_{number}" for number in range(30)]
    study = {**STUDY, "factors": factors, "outcomes": {name: {"indicator": "links", "take": "last"} for name in names}}
    run_study(study, tmp_path / "out", workers=0)
    changed = {**study, "outcomes": {name: {"indicator": "links", "take": "sum"} for name in names}}
    with pytest.raises(InputError, match="18 more differences"):
        run_study(changed, tmp_path / "out", workers=0)


def test_what_does_not_change_the_numbers_may_change(tmp_path, reference):
    run_study(STUDY, tmp_path / "out", workers=0)
    again = run_study({**STUDY, "question": "why?", "time_limit": 9.0}, tmp_path / "out", workers=0)
    pd.testing.assert_frame_equal(again.frame(), reference, check_exact=True)


def test_folder_with_other_things_is_refused(tmp_path):
    (tmp_path / "thesis.docx").write_text("years of work")
    with pytest.raises(InputError, match=r"thesis\.docx"):
        run_study(STUDY, tmp_path, workers=0)
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.docx"]


def test_wrong_study_leaves_no_folder(tmp_path):
    with pytest.raises(InputError):
        run_study({**STUDY, "scenario": "wlak"}, tmp_path / "out", workers=0)
    assert not (tmp_path / "out").exists()


def test_yearly_series_are_kept_beside(tmp_path, reference):
    results = run_study(STUDY, tmp_path / "out", workers=0, keep="yearly")
    yearly = results.yearly()
    assert len(yearly) == 60 * 5
    assert list(yearly.columns[:5]) == ["run", "point", "policy", "replicate", "year"]
    last = yearly.groupby("run")["links"].last()
    assert np.array_equal(last, reference["links_last"])
    with pytest.raises(IncompleteSweepError, match="keeps no yearly series"):
        run_study(STUDY, tmp_path / "without", workers=0).yearly()


def test_shards_share_the_work(tmp_path, reference):
    out = tmp_path / "out"
    first = run_study(STUDY, out, workers=0, shard=(1, 3))
    assert 0 < first.missing < 60
    run_study(STUDY, out, workers=0, shard=(3, 3))
    run_study(STUDY, out, workers=0, shard=(3, 3))
    last = run_study(STUDY, out, workers=0, shard=(2, 3))
    pd.testing.assert_frame_equal(last.frame(), reference, check_exact=True)


def test_store_opens_in_pandas_directly(tmp_path, reference):
    run_study(STUDY, tmp_path / "out", workers=0)
    found = pd.read_parquet(tmp_path / "out" / "runs")
    assert list(found["run"]) == list(range(60))
    assert found["waste_sum"].equals(reference["waste_sum"])


def test_manifest_says_all_that_decides_the_numbers(tmp_path):
    run_study(STUDY, tmp_path / "out", workers=0)
    manifest = json.loads((tmp_path / "out" / "manifest.json").read_text())
    assert manifest["scenario"]["walk.steps"] == 2
    assert manifest["runs"] == 60
    assert manifest["chunk"] == 7
    assert {"python", "numpy", "pyarrow"} <= set(manifest["versions"])
    assert Study(**manifest["study"]).replicates == 5


def test_full_disk_stops_the_sweep_and_loses_nothing(tmp_path, reference, monkeypatch):
    import os

    out, real, calls = tmp_path / "out", os.fsync, []

    def full(descriptor):
        calls.append(descriptor)
        if len(calls) > 5:
            raise OSError(28, "No space left on device")
        real(descriptor)

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(SweepStoppedError, match="No space left"):
        run_study(STUDY, out, workers=0)
    assert not list((out / "tmp").iterdir())
    assert 0 < len(list((out / "runs").iterdir())) < 9
    monkeypatch.undo()
    pd.testing.assert_frame_equal(run_study(STUDY, out, workers=0).frame(), reference, check_exact=True)


def test_plan_counts_without_running(tmp_path):
    plan = plan_study({**STUDY, "set": {"trap.kind": "exit", "trap.x": 1.0}})
    assert (plan.points, plan.runs) == (6, 60)
