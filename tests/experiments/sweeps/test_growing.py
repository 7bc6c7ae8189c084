"""A sweep that grows in its folder is equal to one that was made at once, and makes only the runs that are new."""

from __future__ import annotations

import json
import os

import numpy as np
import pandas as pd
import pytest

from ecopark import open_results, run_study
from ecopark.abm.input.errors import InputError
from ecopark.experiments.sweeps.execution.chunks import Task, run_chunk
from ecopark.experiments.sweeps.execution.locks import claim
from ecopark.experiments.sweeps.plan.description import describe_plan
from ecopark.experiments.sweeps.plan.plan import plan_study
from ecopark.experiments.sweeps.storage import growing
from ecopark.experiments.sweeps.storage.growing import places_of
from tests.experiments.sweeps.sweeping import STUDY, executed

DRAWN = {"walk.x": {"low": 0, "high": 4}, "walk.y": {"low": 0, "high": 1}}
MORE = {
    "replicates": ({}, {"replicates": 8}),
    "values of a grid": ({}, {"factors": {"walk.x": [0, 1, 2, 3, 3.5], "walk.y": {"low": 0, "high": 1, "levels": 3}}}),
    "policies": ({}, {"policies": {"first": {"policy.tax": 20}, **STUDY["policies"]}}),
    "a policy beside none": ({"policies": {}}, {"policies": {"baseline": {}, "tax": {"policy.tax": 50}}}),
    "outcomes": ({"keep": "yearly"}, {"keep": "yearly", "outcomes": {**STUDY["outcomes"], "most": {"indicator": "waste", "take": "max"}}}),
    "a series": ({"keep": "yearly"}, {"keep": "yearly", "outcomes": {**STUDY["outcomes"], "all": {"indicator": "waste", "take": "series"}}}),
    "sobol": ({"factors": DRAWN, "design": {"kind": "sobol", "points": 4}}, {"factors": DRAWN, "design": {"kind": "sobol", "points": 8}}),
    "saltelli": ({"factors": DRAWN, "design": {"kind": "saltelli", "points": 2}}, {"factors": DRAWN, "design": {"kind": "saltelli", "points": 4}}),
    "morris": ({"factors": DRAWN, "design": {"kind": "morris", "trajectories": 2}}, {"factors": DRAWN, "design": {"kind": "morris", "trajectories": 5}}),
    "all at once": (
        {"keep": "yearly", "factors": DRAWN, "design": {"kind": "sobol", "points": 4}},
        {"keep": "yearly", "factors": DRAWN, "design": {"kind": "sobol", "points": 8}, "replicates": 7,
         "policies": {**STUDY["policies"], "half": {"policy.tax": 25}}, "outcomes": {**STUDY["outcomes"], "most": {"indicator": "waste", "take": "max"}}},
    ),
}  # fmt: skip


@pytest.fixture
def log(tmp_path):
    (tmp_path / "log").mkdir()
    return tmp_path / "log"


def logged(log, **changes):
    """Return the small study, each run of which is written down."""
    return {**STUDY, "set": {"log.folder": str(log)}, **changes}


def same(found, known):
    pd.testing.assert_frame_equal(found.check_complete().frame(), known.frame(), check_exact=True)
    if found.study.keep:
        pd.testing.assert_frame_equal(found.yearly(), known.yearly(), check_exact=True)


@pytest.mark.parametrize("shocks", ["common", "per_point", "independent"])
@pytest.mark.parametrize("kind", MORE)
def test_grown_sweep_is_equal_to_one_made_at_once(tmp_path, log, kind, shocks, capsys):
    less, more = ({**logged(log, shocks=shocks), **part} for part in MORE[kind])
    before = run_study(less, tmp_path / "out", workers=0)
    made = len(executed(log))
    grown = run_study(more, tmp_path / "out", workers=0)
    new = len(executed(log)) - made
    same(grown, run_study(more, tmp_path / "whole", workers=0))
    if shocks == "common":  # a run's shocks do not depend on how many points or policies there are
        assert new == grown.runs - before.runs
    assert sorted(path.name for path in (tmp_path / "out").iterdir() if path.name not in ("claims.lock", "yearly")) == [
        "manifest.json",
        "points.parquet",
        "runs",
    ]
    assert f"grows from {before.runs} to {grown.runs} runs" in capsys.readouterr().err


def test_outcomes_of_kept_series_take_no_run(tmp_path, log):
    less, more = ({**logged(log), **part} for part in MORE["outcomes"])
    run_study(less, tmp_path / "out", workers=0)
    made = len(executed(log))
    grown = run_study(more, tmp_path / "out", workers=0)
    assert len(executed(log)) == made
    assert (grown.frame()["most"] == grown.yearly().groupby("run")["waste"].max().to_numpy()).all()


def test_points_of_a_table_may_stand_in_another_order(tmp_path, log):
    few, many = tmp_path / "few.csv", tmp_path / "many.csv"
    few.write_text("walk.x,walk.y\n1,0.5\n2,0.25\n1,0.5\n")
    many.write_text("walk.y,walk.x\n0.75,3\n0.25,2\n0.5,1\n0.5,1\n")
    less, more = (logged(log, factors={}, design={"kind": "table", "file": str(file)}) for file in (few, many))
    run_study(less, tmp_path / "out", workers=0)
    made = len(executed(log))
    grown = run_study(more, tmp_path / "out", workers=0)
    assert len(executed(log)) - made == 10
    same(grown, run_study(more, tmp_path / "whole", workers=0))


def test_an_unfinished_sweep_grows_and_a_grown_one_grows_again(tmp_path, log):
    out = tmp_path / "out"
    run_study(logged(log), out, workers=0)
    for part in (1, 4):
        (out / "runs" / f"part-0000000{part}.parquet").unlink()
    more, most = logged(log, replicates=6, chunk=10), logged(log, replicates=9, chunk=4)
    run_study(more, out, workers=0, shard=(1, 2))
    made = len(executed(log))
    there = set(open_results(out).frame(partial=True)["run"])
    grown = run_study(most, out, workers=0)
    assert len(there) == 40
    assert len(executed(log)) - made <= 108 - 60 + 14
    same(grown, run_study(most, tmp_path / "whole", workers=0))


def test_failed_runs_stay_failed_and_can_be_repeated(tmp_path, log, monkeypatch):
    trap = {"trap.kind": "raise_when_told", "trap.x": 2.0, "log.folder": str(log)}
    less, more = ({**STUDY, "set": trap, "replicates": replicates} for replicates in (5, 7))
    monkeypatch.setenv("FAKE_TRAPS", "")
    assert run_study(less, tmp_path / "out", workers=0).failed == 20
    monkeypatch.delenv("FAKE_TRAPS")
    assert run_study(more, tmp_path / "out", workers=0).failed == 20
    same(run_study(more, tmp_path / "out", workers=0, retry_failed=True), run_study(more, tmp_path / "w", workers=0))


def test_what_is_kept_and_damaged_is_made_anew(tmp_path, log):
    out = tmp_path / "out"
    run_study(logged(log), out, workers=0)
    part = out / "runs" / "part-00000002.parquet"
    part.write_bytes(part.read_bytes()[:50])
    made = len(executed(log))
    grown = run_study(logged(log, replicates=6), out, workers=0)
    assert len(executed(log)) - made == 12 + 7
    same(grown, run_study(logged(log, replicates=6), tmp_path / "whole", workers=0))


LESS = {
    "replicates": ({"replicates": 4}, "replicates", "it is 5"),
    "policies": ({"policies": {"none": {}}}, "policies.tax", "policy.tax"),
    "a policy changed": ({"policies": {"none": {}, "tax": {"policy.tax": 60}}}, "policies.tax.policy.tax", "it is 50"),
    "values": ({"factors": {**STUDY["factors"], "walk.x": [1, 2]}}, "factors.walk.x.values", "3.5"),
    "a factor more": ({"factors": {**STUDY["factors"], "walk.steps": [2, 3]}}, "factors.walk.steps", "it is null"),
    "outcomes": ({"outcomes": {"links": ["last"]}}, "outcomes.links_mean", "mean"),
    "no series": ({"outcomes": {**STUDY["outcomes"], "more": {"indicator": "waste", "take": "max"}}}, "outcomes.more", "keeps no yearly series"),
    "seed": ({"seed": 4, "replicates": 6}, "seed", "it is 3"),
    "years": ({"years": 6}, "years", "it is 5"),
}  # fmt: skip


@pytest.mark.parametrize("kind", LESS)
def test_what_is_no_growth_is_refused_and_nothing_touched(tmp_path, kind):
    changed, place, allowed = LESS[kind]
    out = tmp_path / "out"
    before = run_study(STUDY, out, workers=0)
    with pytest.raises(InputError) as caught:
        run_study({**STUDY, **changed}, out, workers=0)
    found = {mistake.place: mistake.allowed for mistake in caught.value.mistakes}
    assert allowed in found[place]
    same(run_study(STUDY, out, workers=0), before)


def test_a_latin_hypercube_has_other_points_when_it_is_larger(tmp_path):
    less, more = ({**STUDY, "factors": DRAWN, "design": {"kind": "latin_hypercube", "points": n}} for n in (4, 8))
    run_study(less, tmp_path / "out", workers=0)
    with pytest.raises(InputError, match=r"design\.points: 8 is not allowed; expected: it is 4"):
        run_study(more, tmp_path / "out", workers=0)


def test_plan_says_what_will_not_be_repeated(tmp_path):
    run_study(STUDY, tmp_path / "out", workers=0)
    said = describe_plan(plan_study({**STUDY, "replicates": 8}), 1, tmp_path / "out")
    assert f"60 of these runs are in {tmp_path / 'out'} and will not be repeated" in said


@pytest.mark.parametrize("moment", range(14))
@pytest.mark.parametrize("who", ["the grown study", "the old study"])
def test_growth_that_ends_at_any_step_is_finished(tmp_path, monkeypatch, moment, who):
    """Each step of the growth is the last before a crash once."""
    out = tmp_path / "out"
    less, more = ({**STUDY, "keep": "yearly", "replicates": replicates} for replicates in (5, 6))
    before = run_study(less, out, workers=0)
    steps = iter(range(100))

    def counted(step):
        def do(*given, **named):
            if next(steps) == moment:
                raise KeyboardInterrupt
            return step(*given, **named)

        return do

    with monkeypatch.context() as patch:
        patch.setattr(growing, "write_whole", counted(growing.write_whole))
        patch.setattr(growing, "os", type("Os", (), {"rename": counted(os.rename), "replace": counted(os.replace)}))
        patch.setattr(growing.Folder, "make", counted(growing.Folder.make))
        try:
            run_study(more, out, workers=0)
        except KeyboardInterrupt:
            pass
        else:
            assert moment >= 11, "not all steps were tried"
    if who == "the old study" and growing.found_at(growing.Folder(out))["hash"] != before.manifest["hash"]:
        with pytest.raises(InputError, match="replicates"):
            run_study(less, out, workers=0)
    elif who == "the old study" and not (out / "growing.json").exists():
        same(run_study(less, out, workers=0), before)
    same(run_study(more, out, workers=0), run_study(more, tmp_path / "whole", workers=0))


def test_who_works_on_the_old_study_writes_nothing_into_the_grown_one(tmp_path):
    out = tmp_path / "out"
    old = run_study(STUDY, out, workers=0)
    (out / "runs" / "part-00000002.parquet").unlink()
    run_study({**STUDY, "replicates": 6}, out, workers=0)
    (out / "runs" / "part-00000002.parquet").unlink()
    with pytest.raises((RuntimeError, FileNotFoundError), match="another"):
        run_chunk(Task(old.folder.root, old.manifest["hash"], 2))
    assert not (out / "runs" / "part-00000002.parquet").exists()


def test_a_sweep_does_not_grow_while_others_work_on_it(tmp_path, monkeypatch):
    out = tmp_path / "out"
    run_study(STUDY, out, workers=0)
    monkeypatch.setattr(growing, "PATIENCE", 0.3)
    monkeypatch.setattr(growing, "claim_all", lambda path: claim_by_another())
    with pytest.raises(InputError, match="at which nobody works"):
        run_study({**STUDY, "replicates": 6}, out, workers=0)
    assert not (out / "growing.json").exists()


class claim_by_another:  # noqa: N801
    def __enter__(self):
        return False

    def __exit__(self, *_):
        return False


def test_all_parts_are_claimed_by_who_lets_a_sweep_grow(tmp_path):
    path = tmp_path / "claims.lock"
    read, write = os.pipe()
    with claim(path, 3) as ours:
        assert ours
        child = os.fork()
        if not child:
            from ecopark.experiments.sweeps.execution.locks import _open, claim_all

            _open.cache_clear()
            with claim_all(path) as granted:
                os.write(write, b"1" if granted else b"0")
            os._exit(0)
        os.waitpid(child, 0)
    assert os.read(read, 1) == b"0"


def test_what_was_there_can_be_read_while_a_sweep_grows(tmp_path):
    out = tmp_path / "out"
    before = run_study(STUDY, out, workers=0).frame()
    run_study({**STUDY, "replicates": 6}, out, workers=0, shard=(1, 3))
    (kept,) = out.glob("kept-*")
    pd.testing.assert_frame_equal(open_results(kept).frame(), before, check_exact=True)
    assert json.loads((out / "manifest.json").read_text())["kept"] == [kept.name]
    assert f"what was there before the sweep grew is in {kept.name}" in open_results(out).summary()


def test_a_sweep_in_the_middle_of_its_growth_is_not_read(tmp_path):
    before = run_study(STUDY, tmp_path / "out", workers=0)
    before.folder.growing.write_text("{}")
    with pytest.raises(InputError, match="growing at this moment"):
        open_results(tmp_path / "out")


def test_places_of_points():
    points = pd.DataFrame({"a": [1.0, 1.0, 2.0, 5.0], "b": ["x", "x", "y", "x"]})
    among = pd.DataFrame({"b": ["y", "x", "x"], "a": [2, 1, 1]})
    assert places_of(points, among).tolist() == [1, 2, 0, -1]
    assert places_of(points, points.iloc[:2]).tolist() == [0, 1, -1, -1]
    assert np.array_equal(places_of(points, pd.DataFrame({"a": ["1"], "b": ["x"]})), [-1] * 4)
    assert places_of(pd.DataFrame(index=range(1)), pd.DataFrame(index=range(1))).tolist() == [0]
