"""A run.json is a stranger's file: whatever stands in it is refused with its place or is a right scenario."""

import json
import math
from copy import deepcopy

import pytest

from ecopark import Park, load_scenario
from ecopark.abm.input.errors import InputError
from ecopark.abm.input.loading import load_record
from tests.parks import trio


@pytest.fixture(scope="module")
def plain():
    """Return what the run.json of a short run says."""
    park = Park(trio(), 3)
    origin = park.results.origin
    return {"seeds": [3], "replicates": None, **json.loads(json.dumps(origin))}


def refused(tmp_path, content):
    path = tmp_path / "m.json"
    path.write_text(content if isinstance(content, str) else json.dumps(content))
    with pytest.raises(InputError) as caught:
        (load_scenario(path), load_record(path))
    assert all(mistake.place for mistake in caught.value.mistakes)
    return str(caught.value)


def set_at(plain, path, value):
    changed = deepcopy(plain)
    here = changed
    for key in path[:-1]:
        here = here[key]
    here[path[-1]] = value
    return changed


TABLES = ("scenario", "tables")
DANGLING = {
    (*TABLES, "companies", 0, "type"): "nope",
    (*TABLES, "processes", 0, "material"): "nope",
    (*TABLES, "processes", 0, "profile"): "nope",
    (*TABLES, "companies", 0, "contacts"): "Nobody",
    (*TABLES, "events"): [{"date": 2001.0, "kind": "size", "company": "nope", "value": "5"}],
}


@pytest.mark.parametrize("path", DANGLING)
def test_names_that_no_table_has_are_named(tmp_path, plain, path):
    said = refused(tmp_path, set_at(plain, path, DANGLING[path]))
    assert "nope" in said or "Nobody" in said


@pytest.mark.parametrize("kind", ["owner", "size", "permit_withdrawn", "process"])
@pytest.mark.parametrize("company", ["nobody there", ""])
def test_no_event_reaches_a_company_that_is_not_there(tmp_path, plain, kind, company):
    event = {"date": 2001.0, "kind": kind, "company": company, "value": "5"}
    assert "compan" in refused(tmp_path, set_at(plain, (*TABLES, "events"), [event]))


@pytest.mark.parametrize("key", ["years", "start_year", "base_year"])
@pytest.mark.parametrize("value", [0, -3, 2.5, "30", None, 10**9, 10**400, math.nan, math.inf, True, [], {}])
def test_years_of_the_header_have_their_range(tmp_path, plain, key, value):
    assert f"m.json: {key}" in refused(tmp_path, set_at(plain, ("scenario", key), value))


@pytest.mark.parametrize(
    ("key", "value"), [("label", ["a"]), ("label", "\x1b[0m"), ("name", 5), ("name", "../x"), ("name", "")]
)
def test_words_of_the_header_are_text(tmp_path, plain, key, value):
    assert f"m.json: {key}" in refused(tmp_path, set_at(plain, ("scenario", key), value))


@pytest.mark.parametrize("value", [[], {}, ["x"], [-1], [1.5], [True], None, [2**64]])
def test_seeds_are_whole_numbers(tmp_path, plain, value):
    assert "m.json: seeds" in refused(tmp_path, {**plain, "seeds": value})


@pytest.mark.parametrize("value", ["x", -5, 0, 1.5, 10**9, True])
def test_replicates_are_as_many_as_the_command_line_allows(tmp_path, plain, value):
    assert "m.json: replicates" in refused(tmp_path, {**plain, "replicates": value})


STEP = {"month": 3, "name": "landfill_tax", "size": 60, "start": 2000.25, "stop": None}


@pytest.mark.parametrize(
    "steps",
    [5, [5], [{**STEP, "month": -1}], [{**STEP, "month": 1.5}], [{**STEP, "month": 10**9}], [{**STEP, "name": "nope"}],
     [{**STEP, "name": []}], [{**STEP, "size": math.nan}], [{**STEP, "size": 1e9}], [{**STEP, "more": 1}], [{"month": 1}]],
)  # fmt: skip
def test_steps_are_policies_with_their_months(tmp_path, plain, steps):
    assert "m.json: steps" in refused(tmp_path, {**plain, "steps": steps})


@pytest.mark.parametrize(
    "terms",
    [{"size": math.nan}, {"size": -1e308}, {"size": 1e9}, {"size": "x"}, {"size": None}, {"size": 60, "start": math.nan},
     {"size": 60, "start": 1e9}, {"size": 60, "more": 1}, [], 5],
)  # fmt: skip
def test_policies_have_their_range(tmp_path, plain, terms):
    assert "landfill_tax" in refused(tmp_path, set_at(plain, ("scenario", "policies"), {"landfill_tax": terms}))


@pytest.mark.parametrize("table", ["companies", "materials", "types", "conversions", "processes"])
def test_each_row_stands_once(tmp_path, plain, table):
    rows = plain["scenario"]["tables"][table]
    assert "each row once" in refused(tmp_path, set_at(plain, (*TABLES, table), [*rows, rows[0]]))


@pytest.mark.parametrize(
    "path",
    [("scenario",), ("scenario", "tables"), ("scenario", "parameters"), ("scenario", "policies"), (*TABLES, "companies"),
     (*TABLES, "companies", 0), (*TABLES, "companies", 0, "name"), ("scenario", "parameters", "market")],
)  # fmt: skip
@pytest.mark.parametrize("value", [None, 5, "x", [1], [[]]])
def test_other_kinds_of_value_are_named(tmp_path, plain, path, value):
    if path[-1] == "name" and value == "x":
        value = {}
    assert "m.json" in refused(tmp_path, set_at(plain, path, value))


@pytest.mark.parametrize(
    "text", ["", "[1, 2]", "[" * 100_000, '{"scenario":' * 5000 + "1" + "}" * 5000, "\x00", "{}", '{"a": 1']
)
def test_what_is_no_json_of_a_run_is_said_to_be_none(tmp_path, text):
    assert "m.json" in refused(tmp_path, text)


def test_a_record_says_which_version_made_it(tmp_path, plain):
    path = tmp_path / "m.json"
    for versions, said in (({"ecopark": "99.0.0"}, "99.0.0"), ({}, None), ([], None), ({"ecopark": 5}, None)):
        path.write_text(json.dumps({**plain, "versions": versions}))
        assert load_record(path).version == said
    assert load_record("kalundborg") is None
