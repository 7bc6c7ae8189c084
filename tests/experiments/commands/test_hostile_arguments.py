"""Arguments that no honest hand types: one clear error, exit code 2, nothing on the terminal that controls it."""

import json
import shutil

import pytest

from ecopark.experiments import cli
from tests.fuzz.folders import PARK

STRANGE = "\x1b[31m\u202egpj.exe"


@pytest.fixture
def ecopark(capsys, monkeypatch):
    def run(*arguments):
        monkeypatch.setattr("sys.argv", ["ecopark", *map(str, arguments)])
        with pytest.raises(SystemExit) as end:
            cli.main()
        return end.value.code, capsys.readouterr().err

    return run


@pytest.mark.parametrize(
    "arguments",
    [("why", STRANGE, "a", "b"), ("audit", STRANGE), ("compare", STRANGE, STRANGE), ("replicate", STRANGE), (STRANGE,)],
    ids=lambda arguments: arguments[0][:9],
)
def test_no_letter_that_controls_a_terminal_reaches_it(ecopark, arguments):
    code, said = ecopark(*arguments)
    assert code == 2
    assert "gpj.exe" in said
    assert not set(said) & {"\x1b", "\u202e"}


def test_a_link_to_itself_is_no_folder(ecopark, tmp_path):
    (tmp_path / "loop").symlink_to("loop")
    code, said = ecopark("sweep", "landfill_tax", "--status", "--out", tmp_path / "loop")
    assert (code, "of a sweep of ecopark" in said) == (2, True)


def test_a_run_of_another_version_says_so_also_where_it_is_refused_and_names_the_mistakes_of_all_its_parts(
    ecopark, tmp_path
):
    from ecopark import load_scenario

    shutil.copytree(PARK, tmp_path / "park")
    plain = load_scenario(tmp_path / "park").describe()
    parameters = plain["parameters"] | {"market": {"ban_factor": 3.0}}
    record = {"versions": {"ecopark": "0.1.0"}, "seeds": [1], "scenario": plain | {"parameters": parameters}}
    (tmp_path / "old.json").write_text(json.dumps(record))
    code, said = ecopark("run", tmp_path / "old.json", "--out", tmp_path / "out")
    assert code == 2
    assert said.startswith("This run was made by version 0.1.0 of ecopark")
    assert "market.ban_factor" in said
    (tmp_path / "both.json").write_text(json.dumps(record | {"seeds": [-1]}))
    code, said = ecopark("run", tmp_path / "both.json", "--out", tmp_path / "out")
    assert "market.ban_factor" in said
    assert "seeds: [-1]" in said
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    "arguments",
    [
        ("study", "V1", "--quick", "--workers", "-3"), ("study", "V1", "--quick", "--seed", "-1"),
        ("replicate", "R1", "--quick", "--seed", "-1"), ("replicate", "R1", "--quick", "--seed", str(10**24)),
    ],
)  # fmt: skip
def test_counts_and_seeds_have_a_range(ecopark, tmp_path, arguments):
    code, said = ecopark(*arguments, "--out", tmp_path / "out")
    assert (code, "is not in the range" in said) == (2, True)
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    "code", ["raise SystemExit(0)", "import sys; sys.exit(3)", "def (", "raise RuntimeError('no')"]
)
def test_a_strategy_that_ends_the_program_while_it_is_read_is_refused(ecopark, tmp_path, code):
    (tmp_path / "mine.py").write_text(code)
    found, said = ecopark("strategy", "try", f"{tmp_path / 'mine.py'}:Tough")
    assert (found, "code that can be imported" in said) == (2, True)
