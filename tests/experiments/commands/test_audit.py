"""`ecopark audit`: clean runs, runs that were changed, runs without books."""

import json

import pandas as pd
import pytest
from click.testing import CliRunner

from ecopark.experiments.cli import main_group


def ecopark(*words):
    return CliRunner().invoke(main_group, [str(word) for word in words])


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    out = tmp_path_factory.mktemp("audit") / "run"
    done = ecopark("run", "kalundborg", "--years", 25, "--no-report", "--out", out, "--json")
    assert done.exit_code == 0, done.output
    return out


def test_a_run_is_clean(folder):
    done = ecopark("audit", folder)
    assert (done.exit_code, "0 differ" in done.output) == (0, True)


def test_what_was_changed_is_named_and_ends_with_one(folder, tmp_path):
    copy = tmp_path / "run"
    copy.mkdir()
    for path in folder.iterdir():
        (copy / path.name).write_bytes(path.read_bytes())
    yearly = pd.read_parquet(copy / "yearly.parquet")
    yearly["subsidies"] += 1000.0
    yearly.to_parquet(copy / "yearly.parquet")
    done = ecopark("audit", copy, "--json")
    plain = json.loads(done.output)
    assert (done.exit_code, plain["clean"]) == (1, False)
    assert plain["runs"][0]["differences"][0].startswith("yearly.subsidies 1961: 1,000 is stated, 0 follows")


def test_a_run_without_books_says_so(tmp_path):
    out = tmp_path / "run"
    ecopark("run", "synthetic", "--years", 2, "--no-report", "--out", out, "--set", "recording.accounts=off", "--json")
    done = ecopark("audit", out)
    assert done.exit_code == 2
    assert "recording.accounts" in done.output


def test_no_folder_is_one_clear_error(tmp_path):
    done = ecopark("audit", tmp_path / "nowhere")
    assert done.exit_code != 0
    assert "there is no such folder" in f"{done.output} {done.exception}"
