"""`ecopark score`: what it prints and writes, what it refuses, and what was aimed at."""

import json

import pytest
from click.testing import CliRunner

from ecopark.experiments.cli import main_group
from ecopark.experiments.runs.score import aims, frames_of, run_ensemble, score_frames, wasted_talks
from tests.library.test_scenarios import SCENARIOS


@pytest.fixture(scope="module")
def parks():
    from ecopark.abm.input.loading import load_scenario

    return run_ensemble(load_scenario("kalundborg"), 7, 30)


@pytest.fixture(scope="module")
def found(parks):
    return score_frames(SCENARIOS / "kalundborg", frames_of(parks, ("yearly", "exchanges")))


def test_the_command_prints_and_writes_the_score(tmp_path):
    arguments = [
        "score",
        "kalundborg",
        "--replicates",
        "2",
        "--json",
        str(tmp_path / "s.json"),
        "--out",
        str(tmp_path / "o"),
    ]
    done = CliRunner().invoke(main_group, arguments)
    assert done.exit_code == 0, done.output
    for words in ("Aims", "Core links", "Turning points", "Savings", "Members", "not a blind prediction"):
        assert words in done.output
    written = json.loads((tmp_path / "s.json").read_text(encoding="utf-8"))
    assert len(written["links"]) == 31
    assert written["origin"]["replicates"] == 2
    assert (tmp_path / "o" / "score.html").read_text(encoding="utf-8").startswith("<!doctype html>")
    assert (tmp_path / "o" / "turns.csv").exists()


def test_a_scenario_without_history_is_refused():
    done = CliRunner().invoke(main_group, ["score", "synthetic"])
    assert done.exit_code == 2
    assert "links.csv" in done.output


def test_kalundborg_is_what_the_readme_says_of_it(found, parks):
    """On shared behaviour; in few runs the median of a link and the band swing, so the bounds are wider than in 200 runs."""
    values = {row["aim"].split(",")[0]: row["value"] for row in aims(found)}
    summary = found.summary
    assert 6 <= summary["of them found in most runs"] <= 16
    assert summary["median timing error of those, years"] <= 6
    assert summary["share of years to 1995 inside the 90 % band"] >= 0.75  # in few runs the band is narrower
    assert summary["false links per run by 1995"] <= summary["true links per run by 1995"]
    turns = found.turns.set_index("label")["turns"]
    assert turns["burst of 2014"]
    assert turns[["bio-energy wave", "coal exit of 2019"]].any()  # two runs of three each, in 200
    assert 0.12 <= wasted_talks(parks, 1995) <= 0.40
    assert len(values) == 8


def test_records_left_out_do_not_change_a_run(parks):
    from ecopark.abm.input.loading import load_scenario
    from ecopark.abm.park import Park
    from ecopark.experiments.runs.run import replicate_seed

    park = Park(load_scenario("kalundborg"), replicate_seed(7, 1)).run()
    for name in ("links", "gain", "deals", "co2_avoided"):
        assert park.yearly[name].tolist() == parks[1].yearly[name].tolist()
