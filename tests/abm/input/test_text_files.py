"""What no reader of JSON or TOML can take is said in words, whichever way it fails in."""

import json
import tomllib

import pytest

from ecopark.abm.input.errors import InputError, Mistake
from ecopark.abm.input.loading import load_scenario
from ecopark.abm.input.text_files import parsed, read_json

DEEP, LONG = "[" * 100_000, "9" * 5000


@pytest.mark.parametrize(("loads", "before"), [(json.loads, ""), (tomllib.loads, "a = ")])
def test_depth_and_length_without_end_are_said(loads, before):
    with pytest.raises(ValueError, match="lists within lists"):
        parsed(loads, before + DEEP)
    with pytest.raises(ValueError, match="thousands of digits"):
        parsed(loads, before + LONG)


def test_the_place_of_a_slip_is_kept(tmp_path):
    (tmp_path / "a.json").write_text('{"a": 1 "b"}')
    with pytest.raises(json.JSONDecodeError) as error:
        read_json(tmp_path / "a.json")
    assert (error.value.lineno, error.value.colno) == (1, 9)


@pytest.mark.parametrize("value", [LONG, "0x" + "f" * 5000, "1" + "0" * 400, DEEP])
@pytest.mark.parametrize("key", ["years", "behaviour.attitude", "synthetic.companies", "policy.landfill_tax.size"])
def test_a_scenario_with_such_a_value_is_refused(tmp_path, key, value):
    (tmp_path / "companies.csv").write_text("name,type\nA,coal_chp_fgd\nB,plasterboard_plant\n")
    (tmp_path / "scenario.toml").write_text(f"{key} = {value}\n")
    with pytest.raises(InputError):
        load_scenario(tmp_path)


def test_a_mistake_shows_a_number_that_python_does_not_write():
    assert "thousands of digits" in str(Mistake("years", 16**5000, "a number"))
