"""`ecopark compare A B` is `ecopark analyse B --against A`."""

import shutil

import pytest
from click.testing import CliRunner

from ecopark.experiments.commands.analyse import command as analyse
from ecopark.experiments.commands.compare import command as compare
from ecopark.experiments.commands.run import command as run


@pytest.fixture(scope="module")
def pair(tmp_path_factory):
    folder = tmp_path_factory.mktemp("pair")
    for name, more in (("first", ()), ("tax", ("--set", "policy.landfill_tax=300"))):
        done = CliRunner().invoke(
            run, ["kalundborg", "--years", "12", "--no-report", "--out", str(folder / name), *more]
        )
        assert done.exit_code == 0, done.output
    return folder / "first", folder / "tax"


def test_the_short_name_writes_the_same_report(pair, tmp_path):
    first, tax = pair
    copied = tmp_path / "tax"
    shutil.copytree(tax, copied)
    done = CliRunner().invoke(compare, [str(first), str(tax), "--no-pictures"])
    assert done.exit_code == 0
    assert done.output.startswith("Shown is landfill tax minus no policy. ")
    assert done.output.rstrip().endswith(f"Written: {tax / 'report.html'}")
    asked = [str(copied), "--against", str(first), "--no-pictures"]
    assert CliRunner().invoke(analyse, asked).exit_code == 0
    tables = [(folder / "analysis" / "difference_gain.csv").read_bytes() for folder in (tax, copied)]
    assert tables[0] == tables[1]
    assert "Against the baseline on the same shocks" in (tax / "report.html").read_text(encoding="utf-8")


def test_runs_on_other_shocks_are_refused(pair, tmp_path):
    first, _ = pair
    other = tmp_path / "other"
    CliRunner().invoke(run, ["kalundborg", "--years", "12", "--seed", "2", "--no-report", "--out", str(other)])
    done = CliRunner().invoke(compare, [str(first), str(other)])
    assert done.exit_code != 0
    assert "not on the same shocks" in str(done.exception)
