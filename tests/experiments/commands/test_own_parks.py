"""Copies of shipped parks: which one is meant, and whose history it is."""

import json

import pytest
from click.testing import CliRunner

from ecopark.abm.input.errors import InputError
from ecopark.experiments.cli import main_group

TOWN = "name,type,size,x_km,y_km\nTown Power,coal_chp_fgd,3000000,0,0\nTown Boards,plasterboard_plant,10000000,1,1\nTown Heating,district_heating,4000,2,1\n"


def ecopark(*args):
    done = CliRunner().invoke(main_group, [str(arg) for arg in args])
    if isinstance(done.exception, InputError):
        return 2, str(done.exception)
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done.exit_code, done.output


def test_a_shipped_name_is_not_given_to_a_folder_and_never_meant_by_chance(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    code, said = ecopark("new", "kalundborg", "--from", "kalundborg")
    assert (code, "no shipped scenario" in said) == (2, True)
    assert ecopark("new", "./mine", "--from", "kalundborg")[0] == 0
    (tmp_path / "mine").rename(tmp_path / "kalundborg")
    code, said = ecopark("check", "kalundborg")
    assert (code, "./kalundborg" in said) == (2, True)
    assert "1961 to 2025" in ecopark("check", "./kalundborg")[1]


def test_a_park_of_other_companies_has_no_history_of_the_copied_one(tmp_path, monkeypatch):
    from ecopark.experiments.runs.score import has_history

    monkeypatch.chdir(tmp_path)
    ecopark("new", "town", "--from", "kalundborg")
    label = (tmp_path / "town" / "scenario.toml").read_text(encoding="utf-8")
    assert f"label = {json.dumps('town')}" in label
    assert has_history(tmp_path / "town", [row for row in companies("kalundborg")])
    (tmp_path / "town" / "companies.csv").write_text(TOWN, encoding="utf-8")
    assert not has_history(tmp_path / "town", ["Town Power", "Town Boards", "Town Heating"])
    (tmp_path / "town" / "events.csv").unlink()
    code, said = ecopark("score", "town", "--replicates", "1")
    assert (code, "not its history" in said) == (2, True)


def companies(name):
    from ecopark import load_scenario

    return [row.name for row in load_scenario(name).tables["companies"]]


@pytest.mark.parametrize("name", ["check", "run"])
def test_what_is_unusual_is_said(tmp_path, name):
    path = tmp_path / "park.csv"
    path.write_text(TOWN.replace("3000000", "3000"), encoding="utf-8")
    more = ["--years", "1", "--no-report", "--out", tmp_path / "r"] if name == "run" else []
    assert "typical size" in ecopark(name, path, *more)[1]
