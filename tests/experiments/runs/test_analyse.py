"""From the folder of a sweep or a run to its report: what is asked and cannot be had is refused in a line, with exit code 2."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from click.testing import CliRunner

from ecopark import read_study, run_study
from ecopark.abm.input.errors import InputError
from ecopark.experiments.commands.analyse import command
from ecopark.experiments.runs.analyse import analyse, sweep_of
from tests.experiments.sweeps.sweeping import STUDY

pytestmark = pytest.mark.filterwarnings("ignore")  # of libraries about their own future


@pytest.fixture(scope="module")
def swept(tmp_path_factory):
    """Make the small study of the fake model once, in parts of two runs."""
    folder = tmp_path_factory.mktemp("sweep") / "walk"
    run_study({**STUDY, "chunk": 2, "seed": 1}, folder, workers=0)
    return folder


@pytest.fixture
def sweep(swept, tmp_path):
    return shutil.copytree(swept, tmp_path / "walk")


def refused(*arguments):
    with pytest.raises((InputError, ValueError)) as caught:
        CliRunner().invoke(command, [str(one) for one in arguments], catch_exceptions=False)
    assert caught.value.mistakes, "the command line turns it into exit code 2"
    return str(caught.value)


def page_of(path):
    return path.read_text(encoding="utf-8")


def test_every_outcome_and_policy_is_analysed_and_figures_are_left_out_where_asked(sweep):
    path = analyse(sweep, pictures=False)
    names = {file.name for file in (sweep / "analysis").iterdir()}
    for outcome in ("links_last", "links_mean", "links_max", "waste_sum", "takeoff", "takeoff_reached"):
        assert {f"effects_{outcome}.csv", f"policies_{outcome}.csv"} <= names
    assert not [name for name in names if not name.endswith(".csv")]
    assert set(pd.read_csv(sweep / "analysis" / "effects_links_last.csv")["policy"]) == {"none", "tax"}
    page = page_of(path)
    assert "5 replicates" in page
    assert "curve" not in names, "a series is no number of a run"


def test_the_command_that_repeats_a_sweep_is_one_and_says_its_seed(sweep, tmp_path):
    page = page_of(analyse(sweep, pictures=False))
    said = re.search(r"Repeat with <code>ecopark sweep (.+) --out NEW_FOLDER</code>", page)
    assert read_study(said[1]) == read_study(sweep)
    assert re.search(r"seed</td><td[^>]*>1<", page)
    again = run_study(said[1], tmp_path / "again", workers=0)
    assert again.frame().equals(run_study(sweep, sweep, workers=0).frame())


def test_one_outcome_or_policy_stands_beside_the_report_of_all(sweep):
    path = analyse(sweep, pictures=False, outcome="takeoff", policy="tax")
    assert path.name == "report_takeoff_tax.html"
    assert "waste" not in page_of(path).replace("waste_sum", "")
    assert not (sweep / "report.html").exists()
    said = refused(sweep, "--outcome", "takeof", "--policy", "taxes")
    assert "takeoff" in said
    assert "--policy" in said


@pytest.mark.parametrize("folder", ["nothing_there", "walk"])
def test_a_sweep_is_not_compared_with_a_run(sweep, folder):
    assert "--against" in refused(sweep, "--against", sweep.parent / folder)


@pytest.mark.parametrize("option", ["--outcome", "--policy"])
def test_a_run_has_no_outcomes_and_policies_to_choose(tmp_path, option):
    assert "this is no sweep" in refused(tmp_path, option, "links_last")


def test_a_folder_that_is_not_there_is_refused(tmp_path):
    assert "the folder of a run, an ensemble or a sweep" in refused(tmp_path / "nothing")


@pytest.mark.parametrize("gone", [["part-00000003.parquet"], [f"part-{n:08d}.parquet" for n in range(10, 30)]])
def test_of_an_unfinished_sweep_what_is_complete_is_analysed_and_that_is_said(sweep, gone):
    for name in gone:
        (sweep / "runs" / name).unlink()
    found = sweep_of(sweep)
    assert found.missing == 2 * len(gone)
    page = page_of(analyse(sweep, pictures=False))
    assert f"This sweep is unfinished: {2 * len(gone)} of 60 runs are missing" in page
    table = pd.read_csv(sweep / "analysis" / "policies_links_last.csv")
    assert table["points"].max() < 6


def test_a_sweep_without_a_part_is_refused_with_the_number_of_missing_runs(sweep):
    for part in (sweep / "runs").glob("part-*"):
        part.unlink()
    assert "all 60 runs are missing" in refused(sweep)


def test_an_outcome_without_a_value_in_one_run_spoils_no_other(sweep):
    first = sorted((sweep / "runs").glob("part-*"))[0]
    part = pd.read_parquet(first)
    part.loc[0, "trust_mean"] = np.nan
    part.to_parquet(first, index=False)
    analyse(sweep, pictures=False)
    names = {file.name for file in (sweep / "analysis").iterdir()}
    assert "effects_links_last.csv" in names
    page = page_of(sweep / "report.html")
    assert "trust mean is not computed: 1 of 6 points hold a run that failed or has no value" in page


def test_one_replicate_has_no_interval_and_that_is_said(tmp_path):
    run_study({**STUDY, "replicates": 1}, tmp_path / "one", workers=0)
    page = page_of(analyse(tmp_path / "one", pictures=False))
    assert "nothing can be said about other shocks, so no interval is given" in page
    for file in (tmp_path / "one" / "analysis").glob("*.csv"):
        table = pd.read_csv(file)
        assert table[[name for name in table if name.endswith(("low", "high"))]].isna().all(axis=None), file.name


def test_which_way_is_better_comes_from_the_study_or_from_nobody(tmp_path):
    outcomes = {
        "first": {"indicator": "links", "take": "year_of_first", "at_least": 3, "better": "less"},
        "links": "last",
    }
    run_study({**STUDY, "outcomes": outcomes}, tmp_path / "out", workers=0)
    found = sweep_of(tmp_path / "out")
    assert found.directions == {"first": "less", "first_reached": "more"}
    assert found.runs["first"].notna().all()
    asked = {**STUDY, "outcomes": outcomes, "analysis": {"goals": {"links_last": "more"}, "floors": {"links_last": 1}}}
    run_study(asked, tmp_path / "asked", workers=0)
    found = sweep_of(tmp_path / "asked")
    assert found.directions["links_last"] == "more"
    assert found.floors == {"links_last": 1.0}


def test_a_drawn_design_comes_with_its_points_in_the_unit_cube(tmp_path):
    drawn = {**STUDY, "design": {"kind": "morris", "trajectories": 4}, "replicates": 2}
    drawn["factors"] = {
        "walk.x": {"low": 1, "high": 100, "distribution": "loguniform"},
        "walk.steps": {"low": 1, "high": 2},
    }
    run_study(drawn, tmp_path / "out", workers=0)
    found = sweep_of(tmp_path / "out")
    values = found.runs.drop_duplicates("point")["walk.x"].to_numpy()
    assert 100 ** found.shares[:, 0] == pytest.approx(values)
    analyse(tmp_path / "out", pictures=False)
    table = pd.read_csv(tmp_path / "out" / "analysis" / "morris_links_last.csv")
    assert table["trajectories"].tolist() == [4] * 4


def test_everything_is_written_below_the_folder_of_the_sweep(sweep):
    path = analyse(sweep, pictures=False, outcome="waste_sum")
    assert path.parent == Path(sweep)
