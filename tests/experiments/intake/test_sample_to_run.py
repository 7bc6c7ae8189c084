"""I10, I12: every sample goes import, check, opportunities, run; a reader with the README alone needs at most six commands."""

import json
import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from ecopark import Park, load_scenario
from ecopark.abm.entities.codes import OPERATING
from ecopark.experiments.cli import main_group
from tests.experiments.intake.conftest import CHOICES, SAMPLES

ROOT = Path(__file__).parents[3]
PLACES = {"eea": ["--near", "55.20,6.50", "--radius", "10"], "irep": ["--near", "47.0,-4.2", "--radius", "8"],
          "us": ["--near", "41.0,-68.5", "--radius", "8"], "workbook": []}  # fmt: skip


def ecopark(*args):
    done = CliRunner().invoke(main_group, [str(arg) for arg in args])
    assert done.exit_code == 0, (args, done.output[-800:], done.exception)
    return done.output


@pytest.mark.timeout(1200)  # a minute of CPU; a busy machine gives a tenth of it
def test_the_readme_leads_from_the_european_sample_to_a_finished_run(tmp_path, monkeypatch):
    """I12: the commands of the README as they stand there; at most six of them, and no toml is edited."""
    section = (ROOT / "README.md").read_text(encoding="utf-8").partition("### A park of your own")[2]
    block = re.search(r"```sh\n(.*?)```", section, re.DOTALL)[1]
    commands = [shlex.split(line.partition("#")[0]) for line in block.splitlines() if line.startswith("ecopark")]
    assert commands[0][1] == "import"
    assert commands[-1][1] == "run"
    assert len(commands) <= 6
    monkeypatch.chdir(tmp_path)
    for _, *args in commands:
        args = [str(SAMPLES / "eea_sample") if arg == "eea.zip" else arg for arg in args]
        args += ["--years", "2"] if args[0] == "run" else []
        said = ecopark(*args)
    report = next((tmp_path / "runs").glob("*/report.html"))
    assert str(report.relative_to(tmp_path)) in said
    assert json.loads((report.parent / "run.json").read_text(encoding="utf-8"))["complete"]


@pytest.mark.parametrize("name", ["irep", "us", "workbook"])
def test_a_sample_goes_all_the_way_and_is_warned_of_nothing_new(tmp_path, monkeypatch, name):
    """I10; the European sample goes it by the README."""
    monkeypatch.chdir(tmp_path)
    said = ecopark("import", *(SAMPLES / source for source in CHOICES[name][0]), *PLACES[name], "--into", "park")
    report = said + (tmp_path / "park" / "import.md").read_text(encoding="utf-8")
    assert "No mistakes found" in ecopark("check", "park")
    assert "best total" in ecopark("opportunities", "park")
    for line in ecopark("run", "park", "--years", "20", "--no-report").splitlines():
        if line.startswith("note: "):
            assert "closes" in line or line.removeprefix("note: ") in report, line


def test_a_contract_of_the_sheet_runs_from_the_first_month_at_its_terms(imported):
    """I10: 240 TJ a year at 4.1 EUR/GJ of 2024 between power station and district heating."""
    _, folder = imported["workbook"]
    scenario = load_scenario(folder)
    park = Park(scenario, 1)
    number = int(park.state.clock.exchanges[0])
    rows = [park.state.exchanges[row] for row in range(number)]
    running = [row for row in rows if park.state.funnel.stage[row.opportunity] == OPERATING]
    (signed,) = (row for row in scenario.tables["exchanges"] if row.since < scenario.start_year)
    (row,) = running
    assert row.quantity == pytest.approx(signed.per_year)
    assert row.price == pytest.approx(signed.price)
    park.advance(1)
    assert row.delivered_now > 0
