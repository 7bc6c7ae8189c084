"""The short commands as a user meets them: run, scenarios, check, new and talk; what they print, write and refuse."""

from __future__ import annotations

import json
import subprocess
import sys

import numpy as np
import pandas as pd
import pytest
from click.testing import CliRunner

from ecopark.abm.input.loading import scenario_names
from ecopark.experiments.cli import COMMANDS, main_group
from tests.experiments.conftest import COMMAND
from tests.experiments.sweeps.sweeping import ROOT

TABLES = (
    "yearly", "monthly", "companies", "opportunities", "exchanges", "events", "meetings", "talks", "prices", "deliveries", "streams",
    "accounts", "assets",
)  # fmt: skip


def ecopark(*words, cwd=None):
    return subprocess.run(
        [sys.executable, "-c", f"import sys; sys.path.insert(0, {str(ROOT)!r}); {COMMAND}", *map(str, words)],
        cwd=cwd,
        capture_output=True,
        text=True,
    )


@pytest.fixture
def done(tmp_path):
    """Give a function that runs a command that must succeed and returns what it printed."""

    def do(*words):
        found = ecopark(*words, cwd=tmp_path)
        assert found.returncode == 0, found.stderr
        return found.stdout

    return do


@pytest.fixture
def refused(tmp_path):
    """Give a function that runs a command that must be refused and returns the explanation."""

    def do(*words):
        found = ecopark(*words, cwd=tmp_path)
        assert found.returncode == 2, found.stdout
        assert found.stdout == ""
        assert "Traceback" not in found.stderr
        return found.stderr

    return do


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_a_help_with_an_example(name):
    found = CliRunner().invoke(main_group, [name, "--help"])
    assert found.exit_code == 0
    assert "Example" in found.output
    assert f"ecopark {name}" in found.output.split("Example")[1]


def test_run_writes_its_folder_and_says_where(done, tmp_path):
    said = done("run", "kalundborg", "--years", "5", "--out", "first")
    assert "Written: first/report.html" in said
    assert "exchanges in operation" in said
    assert "Against history" in said
    assert {path.name for path in (tmp_path / "first").iterdir()} == {
        "run.json",
        "report.html",
        *(f"{table}.parquet" for table in TABLES),
    }
    assert len(pd.read_parquet(tmp_path / "first" / "monthly.parquet")) == 60


def test_run_says_what_a_policy_does_to_history():
    found = ecopark("run", "kalundborg", "--years", "3", "--json", "--set", "policy.carbon_price.start=2300")
    assert found.returncode == 0
    assert "policy.carbon_price is never in force: it starts in 2300" in found.stderr
    found = ecopark("check", str(ROOT / "abm" / "scenarios" / "byproduct_synergy"))
    assert "policy.broker sets 2 matches/month from 2007 on to 2010" in found.stdout


def test_a_run_is_repeated_from_its_run_json(done, tmp_path):
    done(
        "run",
        "kalundborg",
        "--years",
        "12",
        "--seed",
        "4",
        "--set",
        "policy.landfill_tax=30",
        "--no-report",
        "--out",
        "a",
    )
    done("run", "a/run.json", "--no-report", "--out", "b")
    for table in TABLES:
        one, other = (pd.read_parquet(tmp_path / folder / f"{table}.parquet") for folder in "ab")
        pd.testing.assert_frame_equal(one, other, check_exact=True)


def test_an_ensemble_is_repeated_with_its_seeds(done, tmp_path):
    done("run", "synthetic", "--years", "3", "--seed", "9", "--replicates", "2", "--no-report", "--out", "a")
    done("run", "a", "--no-report", "--out", "b")
    one, other = (pd.read_parquet(tmp_path / folder / "monthly.parquet") for folder in "ab")
    pd.testing.assert_frame_equal(one, other, check_exact=True)


def test_summary_for_programs_agrees_with_the_tables(done, tmp_path):
    found = json.loads(done("run", "kalundborg", "--years", "20", "--no-report", "--json", "--out", "run"))
    yearly = pd.read_parquet(tmp_path / "run" / "yearly.parquet")
    assert found["links"] == yearly["links"].iloc[-1]
    assert found["total"]["deals"] == yearly["deals"].sum()
    assert found["last"]["material_reused"] == pytest.approx(yearly["material_reused"].iloc[-1])
    assert found["complete"]


def test_replicates_are_runs_with_shocks_of_their_own(done, tmp_path):
    said = done("run", "synthetic", "--years", "8", "--replicates", "3", "--no-report", "--out", "three")
    assert "3 runs: mean (5 % to 95 %)" in said
    yearly = pd.read_parquet(tmp_path / "three" / "yearly.parquet")
    assert yearly.groupby("replicate").size().tolist() == [8, 8, 8]
    assert yearly.groupby("replicate")["result"].sum().nunique() == 3


def test_folders_are_never_overwritten_unasked(done, refused, tmp_path):
    done("run", "kalundborg", "--years", "1", "--no-report")
    done("run", "kalundborg", "--years", "1", "--no-report")
    assert sorted(path.name for path in (tmp_path / "runs").iterdir()) == ["kalundborg-1", "kalundborg-2"]
    before = (tmp_path / "runs/kalundborg-1/run.json").read_bytes()
    assert "--force" in refused("run", "kalundborg", "--years", "2", "--out", "runs/kalundborg-1")
    assert (tmp_path / "runs/kalundborg-1/run.json").read_bytes() == before
    done("run", "kalundborg", "--years", "2", "--no-report", "--out", "runs/kalundborg-1", "--force")
    assert len(pd.read_parquet(tmp_path / "runs/kalundborg-1/yearly.parquet")) == 2


def test_all_mistakes_are_listed_at_once_and_nothing_is_written(refused, tmp_path):
    said = refused("run", "kalundborg", "--set", "policy.landfil_tax=60", "--set", "negotiation.deadline_max=soon")
    assert said.startswith("2 mistakes in the input:")
    assert "did you mean 'policy.landfill_tax'?" in said or "did you mean 'landfill_tax'?" in said
    assert "'soon'" in said
    assert "did you mean 'kalundborg'?" in refused("run", "kalundborgg")
    assert list(tmp_path.iterdir()) == []


def test_mistakes_of_a_table_and_of_options_are_listed_together(refused, tmp_path):
    table = tmp_path / "mine.csv"
    table.write_text("name;type;size\nMine;steelmil;3.000.000\nRoad;road_builder;12 kg\n", encoding="utf-8")
    found = refused("run", table, "--set", "foo", "--set", "behaviour.atitude=3")
    for words in (
        "4 mistakes",
        "NAME=VALUE",
        "mine.csv line 3, column size",
        "a type of the library",
        "behaviour.attitude",
    ):
        assert words in found, words


def test_every_shipped_scenario_is_listed(done):
    said = done("scenarios")
    for name in scenario_names():
        assert name in said


def test_a_park_of_ones_own_from_template_to_run(done, refused, tmp_path):
    assert "Next:" in done("new", "my park")
    assert "No mistakes found." in done("check", "my park")
    done("run", "my park", "--years", "15", "--no-report", "--out", "run")
    assert pd.read_parquet(tmp_path / "run" / "yearly.parquet")["links"].max() > 0
    assert "a folder that does not exist yet" in refused("new", "my park")
    table = tmp_path / "my park" / "companies.csv"
    table.write_text(table.read_text().replace("brewery", "brewry").replace("1.2,0.5", "east,0.5"))
    said = refused("check", "my park")
    assert "did you mean 'brewery'?" in said
    assert "'east'" in said


def test_a_copy_of_a_scenario_runs_as_the_original_under_its_own_name(done, refused, tmp_path):
    done("new", "mine", "--from", "kalundborg")
    done("run", "mine", "--years", "10", "--no-report", "--out", "a")
    done("run", "kalundborg", "--years", "10", "--no-report", "--out", "b")
    one, other = (pd.read_parquet(tmp_path / folder / "yearly.parquet") for folder in "ab")
    pd.testing.assert_frame_equal(one, other, check_exact=True)
    assert json.loads((tmp_path / "a/run.json").read_text())["scenario"]["name"] == "mine"
    assert "did you mean 'kalundborg'?" in refused("new", "other", "--from", "kalundbrg")


def test_a_talk_shows_every_offer(done, refused):
    words = (
        "talk",
        "--seller",
        "Asnaes",
        "--buyer",
        "Novo Nordisk",
        "--material",
        "extraction_steam",
        "--year",
        "1982",
    )
    talk = json.loads(done(*words, "--json"))
    speakers = [offer["speaker"] for offer in talk["offers"]]
    assert {"seller", "buyer"} >= set(speakers)
    assert np.all(np.diff([offer["meeting"] for offer in talk["offers"]]) >= 0)
    said = done(*words)
    assert ("They agree." in said) == talk["agreed"]
    rows = [line.split("│") for line in said.splitlines() if line.count("│") >= 7]
    assert [row[2].strip() for row in rows] == speakers
    wrong = refused("talk", "--seller", "Asnes", "--buyer", "Novo Nordsk")
    assert "did you mean 'Asnaes'?" in wrong
    assert "did you mean 'Novo Nordisk'?" in wrong
    assert "a year from 1961 to 2025" in refused(*words[:-1], "1890")


def test_a_name_that_is_set_twice_is_refused():
    from ecopark.abm.input.errors import InputError
    from ecopark.experiments.commands.options import load_with

    twice = ("policy.landfill_tax=5", "behaviour.attitude=1", "policy.landfill_tax.size=6")
    with pytest.raises(InputError, match=r"each name once; it is given as policy\.landfill_tax=5"):
        load_with("kalundborg", twice)
