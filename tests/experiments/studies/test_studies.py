"""Studies as they are run: a quick set through the command, resumed after a kill, refused when they changed."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
from click.testing import CliRunner

from ecopark.abm.input.loading import SCENARIOS, load_scenario
from ecopark.abm.park import Park
from ecopark.experiments import cli
from ecopark.experiments.commands.study import command
from ecopark.experiments.studies.kit import output as study_output
from ecopark.experiments.studies.kit.catalogue import catalogue
from ecopark.experiments.studies.kit.measured_park import MeasuredPark
from ecopark.experiments.studies.kit.runs import as_sweep, run_declared
from ecopark.experiments.sweeps.storage.checked_manifest import digest

QUICK_SET = ("K2", "V5", "S8")


@pytest.fixture(scope="module")
def quick_set(tmp_path_factory):
    """Run the quick set once; return its folder."""
    out = tmp_path_factory.mktemp("studies")
    for name in QUICK_SET:
        result = CliRunner().invoke(command, [name, "--quick", "--out", str(out), "--json", str(out / f"{name}.json")])
        assert result.exit_code == 0, result.output
    return out


@pytest.mark.parametrize("name", QUICK_SET)
def test_a_quick_study_ends_in_a_provisional_verdict(quick_set, name):
    (told,) = json.loads((quick_set / f"{name}.json").read_text())
    declared = catalogue()[name]
    assert told["quick"] is True
    assert told["verdict"].split(" (")[0] in {"supported", "mixed", "not supported"}
    assert [one["label"] for one in told["claims"]] == [one.label for one in declared.claims]
    assert all(one["pairs"] >= 2 and one["low"] <= one["effect"] <= one["high"] for one in told["claims"])
    assert all(one["why"] or one["standing"] == "supported" for one in told["claims"])
    table = pd.read_csv(quick_set / name / "runs.csv")
    assert len(table) == len(declared.variants) * declared.replicates[1]
    assert (quick_set / name / "finding.md").read_text().startswith(f"# {name}: ")
    page = (quick_set / name / "report.html").read_text()
    assert all(one["standing"] in page for one in told["claims"])
    assert {path.suffix for path in (quick_set / name).glob("effects.*")} == {".png", ".svg"}


def test_the_overview_lists_all_that_were_run(quick_set):
    page = (quick_set / "index.html").read_text()
    assert page.count("/report.html") == len(QUICK_SET)
    assert f"{len(QUICK_SET)} studies:" in page
    assert "older model" not in page


def test_the_overview_marks_what_an_older_model_found(quick_set, tmp_path):
    shutil.copytree(quick_set / "K2", tmp_path / "K2")
    told = json.loads((tmp_path / "K2" / "result.json").read_text())
    (tmp_path / "K2" / "result.json").write_text(json.dumps(told | {"model": "other"}))
    study_output.write_index(tmp_path, list(catalogue()))
    assert (tmp_path / "index.html").read_text().count("(of an older model)") == 1


def test_what_is_done_is_not_done_again(quick_set):
    parts = sorted((quick_set / "S8" / "sweep" / "runs").glob("*.parquet"))
    before = [part.stat().st_mtime_ns for part in parts]
    assert CliRunner().invoke(command, ["S8", "--quick", "--out", str(quick_set)]).exit_code == 0
    assert [part.stat().st_mtime_ns for part in parts] == before


def test_a_killed_study_goes_on_where_it_was(tmp_path):
    arguments = [
        sys.executable,
        "-m",
        "ecopark.experiments.cli",
        "study",
        "S6",
        "--quick",
        "--out",
        str(tmp_path / "killed"),
    ]
    process = subprocess.Popen(
        arguments, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=os.environ | {"PYTHONPATH": "."}
    )
    folder = tmp_path / "killed" / "S6" / "sweep" / "runs"
    limit = time.monotonic() + 120
    while len(list(folder.glob("part-*.parquet"))) < 2 and process.poll() is None and time.monotonic() < limit:
        time.sleep(0.01)
    process.kill()
    process.wait()
    done = {part: part.stat().st_mtime_ns for part in folder.glob("part-*.parquet")}
    study = catalogue()["S6"]
    parts = len(study.variants) * study.replicates[1] // 10
    assert 2 <= len(done) < parts
    again = run_declared(study, tmp_path / "killed" / "S6", quick=True)
    assert len(list(folder.glob("part-*.parquet"))) == parts
    assert {part: part.stat().st_mtime_ns for part in done} == done
    whole = run_declared(study, tmp_path / "whole" / "S6", quick=True)
    pd.testing.assert_frame_equal(again.runs, whole.runs)


def test_old_results_are_refused_until_something_is_said(quick_set, tmp_path, monkeypatch, capsys):
    out = tmp_path / "old"
    shutil.copytree(quick_set, out)
    manifest = out / "S8" / "sweep" / "manifest.json"
    told = json.loads(manifest.read_text())
    told["identity"]["made by"]["model code"] = "of last year"
    told["hash"] = digest([told["identity"], told["scenario"]])
    manifest.write_text(json.dumps(told))
    monkeypatch.setattr(sys, "argv", ["ecopark", "study", "S8", "--quick", "--out", str(out)])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    assert ended.value.code == 2
    said = capsys.readouterr().err
    assert "it holds S8 (different: made by.model code)" in said
    assert "--fresh" in said
    assert "another folder after `--out`" in said
    assert CliRunner().invoke(command, ["S8", "--quick", "--out", str(out), "--fresh"]).exit_code == 0
    assert json.loads(manifest.read_text())["identity"]["made by"]["model code"] != "of last year"


def test_fresh_deletes_nothing_a_study_did_not_write(tmp_path):
    kept = tmp_path / "V9" / "sweep" / "mine.txt"
    kept.parent.mkdir(parents=True)
    kept.write_text("mine")
    from ecopark.experiments.studies.kit.runs import forget_results

    forget_results([catalogue()["V9"]], tmp_path)
    assert kept.read_text() == "mine"


def test_the_readme_is_rewritten_between_its_marks_only(quick_set, tmp_path):
    copy = tmp_path / "README.md"
    shutil.copy(study_output.README, copy)
    before = copy.read_text()
    results = [run_declared(catalogue()[name], quick_set / name, quick=True) for name in QUICK_SET]
    study_output.write_readme(results, copy)
    once = copy.read_text()
    study_output.write_readme(results, copy)
    assert copy.read_text() == once
    assert once.split(study_output.BEGIN)[0] == before.split(study_output.BEGIN)[0]
    assert once.split(study_output.END)[1] == before.split(study_output.END)[1]
    assert [f"| {name} | {catalogue()[name].title} |" in once for name in QUICK_SET] == [True] * len(QUICK_SET)
    copy.write_text("nothing")
    with pytest.raises(ValueError, match="lost its markers"):
        study_output.write_readme(results, copy)


def test_the_readme_takes_all_studies_and_names_are_checked():
    result = CliRunner().invoke(command, ["V1", "--write-readme"])
    assert result.exit_code == 2
    assert "ecopark study all --write-readme" in result.output
    unknown = CliRunner().invoke(command, ["V21"])
    assert unknown.exception.mistakes[0].allowed.startswith("one of K1, K2")


def test_a_replicate_has_a_region_of_its_own_and_shares_it_among_variants():
    model = MeasuredPark(catalogue()["V9"])
    planned, loose = (
        model.prepare(model.load("synthetic", {}, 1), {"synthetic.scatter": scatter}) for scatter in (0.0, 1.0)
    )
    assert model.region(planned, 7)["synthetic.layout"] == model.region(loose, 7)["synthetic.layout"]
    assert model.region(planned, 7)["synthetic.layout"] != model.region(planned, 8)["synthetic.layout"]


def test_a_measure_is_a_column_beside_the_indicators(quick_set):
    model = MeasuredPark(catalogue()["K2"])
    yearly = model.simulate(model.load("kalundborg", {}, None), 5)
    park = Park(load_scenario("kalundborg"), 5).run()
    assert yearly["ends"].tolist() == park.yearly["ends"].tolist()
    assert set(yearly["rise"]) == {catalogue()["K2"].measure(park)["rise"]}


def test_variants_and_values_of_every_study_are_accepted():
    from ecopark.experiments.sweeps.plan.plan import plan_study

    for study in catalogue().values():
        assert plan_study(as_sweep(study, quick=False, seed=1)).runs == len(study.variants) * study.replicates[0]


def test_the_fast_score_of_kalundborg_is_the_slow_one():
    from ecopark.analysis.run_folder.tables import RunTables
    from ecopark.analysis.validation.history import read_history
    from ecopark.analysis.validation.link_matching import links_by_year
    from ecopark.experiments.runs.score import frames_of, score_frames

    folder = SCENARIOS / "kalundborg"
    park = Park(load_scenario("kalundborg"), 11).run()
    fast, frames = catalogue()["K1"].measure(park), frames_of([park])
    slow = score_frames(folder, frames).summary
    assert fast["found"] == slow["of them found"]
    assert fast["timing_error"] == slow["median timing error of those, years"]
    assert fast["false_less_true"] == slow["false links by 1995"] - slow["true links by 1995"]
    history, links = read_history(folder)
    both = links_by_year(RunTables(origin={}, **frames), links).merge(history[history["year"] <= 1995], on="year")
    assert fast["count_error"] == pytest.approx((both["links"] - both["mid"]).mean())


def test_measures_by_hand():
    from ecopark.experiments.studies.questions.s2_diversity import swing
    from ecopark.experiments.studies.questions.v4_prices import _within, slope_within

    assert swing(np.array([1.0, 3.0, 1.0, 3.0])) == pytest.approx(np.std([2, -2, 2]) / 2)
    assert np.isnan(swing(np.array([-1.0, -1.0])))
    assert _within(np.array([1.0, 3.0, 5.0]), np.array([0, 0, 4])).tolist() == [-1.0, 1.0, 0.0]
    sides, shares, uses = (
        np.array([0.0, 2.0, 5.0, 9.0, np.inf]),
        np.array([0.1, 0.5, 0.9, 1.7, 0.3]),
        np.array([0, 0, 4, 4, 4]),
    )
    assert slope_within(sides, shares, uses) == pytest.approx(0.2)
    assert np.isnan(slope_within(np.array([0.0, 0.5]), np.array([0.0, 1.0]), np.array([0, 0])))


def test_preference_is_the_links_of_new_partners_over_those_of_a_random_pair():
    from ecopark.experiments.studies.questions.v8_growth_modes import preference

    nan = np.nan
    started = np.rec.fromarrays(
        [[0, 0, 1], [1, 2, 2], [1.0, 5.0, nan], [nan, nan, nan]], names="seller,buyer,start,end"
    )
    chances = np.rec.fromarrays([[0, 0, 1], [1, 2, 2]], names="seller,buyer")
    clock = SimpleNamespace(exchanges=[3])
    state = SimpleNamespace(exchanges=started, opportunities=chances, companies=[0, 1, 2], clock=clock)
    assert preference(SimpleNamespace(state=state)) == pytest.approx(1 / (4 / 3))


@pytest.fixture(scope="module")
def grown():
    """Return a small region after twelve years."""
    values = {"synthetic.companies": 16, "synthetic.layout": 4, "horizon.years": 12}
    return Park(load_scenario("synthetic", values), 4).run()


def test_market_sides_count_quantities_in_reach(grown):
    from ecopark.experiments.studies.questions.v4_prices import market_sides

    wanted, offered = market_sides(grown.state)
    flows = grown.state.streams.coefficient > 0
    alone = flows & (grown.state.streams.opportunity_count == 1)
    assert alone.any()
    assert np.nanmax(wanted[alone]) <= 1 + 1e-12
    assert np.nanmax(offered[alone]) <= 1 + 1e-12
    assert np.nanmax(wanted[flows]) > 1


def test_a_closed_company_has_lost_its_links_and_the_park_is_as_it_was(grown):
    from ecopark.experiments.studies.questions import v10_anchor_removal as v10

    degree = grown.state.companies.sells + grown.state.companies.buys
    before = grown.yearly["links"].tolist()
    losses = v10.losses_of(grown, np.flatnonzero(degree > 0))
    assert losses.max() > 0
    assert grown.yearly["links"].tolist() == before
    measured = v10.measure(grown)
    assert measured["is_worst"] in (0.0, 1.0)
    assert measured["loss_anchor"] in losses
    assert measured["degree_share"] == degree.max() / (degree.sum() / 2)


def test_who_stays_in_the_wave_is_counted_from_its_events():
    study = catalogue()["S8"]
    park = Park(load_scenario("reshoring"), 2).run()
    events, told = park.results.events, study.measure(park)
    stayed, left = (events["kind"] == "stayed").sum(), (events["kind"] == "left").sum()
    assert told["there"] == stayed + left > 0
    assert told["stayed"] == stayed / (stayed + left)
    assert told["came"] >= told["there"]
