"""Numbers are finite and within reason, names are text: what a cell must not hold, whatever the table."""

import math
from dataclasses import replace

import pytest

from ecopark import Park, load_scenario
from ecopark.abm.input.errors import InputError
from ecopark.abm.input.row_types import TABLES
from ecopark.abm.policies import POLICIES
from tests.parks import TRIO, changed, trio, write_folder

NO_NUMBERS = ["inf", "-inf", "nan", "Infinity", "1e400", "1e308", "-1e308"]


def places(tmp_path, **tables):
    with pytest.raises(InputError) as caught:
        load_scenario(write_folder(tmp_path / "park", changed(TRIO, **tables), "start_year = 2000\n"))
    return [mistake.place for mistake in caught.value.mistakes]


@pytest.mark.parametrize("value", [*NO_NUMBERS, "0", "1_000", "٣"])
def test_size_of_an_event_is_a_finite_number_above_nothing(tmp_path, value):
    row = {"date": "2001", "kind": "size", "company": TRIO["companies"][0]["name"], "value": value}
    assert [place for place in places(tmp_path, events=[row]) if "events.csv" in place and "value" in place]


@pytest.mark.parametrize("kind", ["contacts", "relocation", "price"])
@pytest.mark.parametrize("value", [*NO_NUMBERS, "0.049", "20.1", "1e300"])
def test_factor_of_an_event_is_within_its_range(tmp_path, kind, value):
    material = TRIO["materials"][0]["material"]
    row = {"date": "2001", "kind": kind, "value": f"{material}:{value}" if kind == "price" else value}
    assert [place for place in places(tmp_path, events=[row]) if "events.csv" in place]


def numbers_of_all_tables():
    """Yield each column of each table that takes a number; dates and counts included."""
    for table, kind in TABLES.items():
        for column, field in kind.model_fields.items():
            if field.annotation in (float, int) or "float" in str(field.annotation):
                yield table, column


@pytest.mark.parametrize(("table", "column"), list(numbers_of_all_tables()))
def test_no_number_of_any_table_takes_what_is_not_finite_or_beyond_belief(table, column):
    for value in (math.inf, -math.inf, math.nan, 1e308, -1e308, "1e400", "nan"):
        with pytest.raises(ValueError, match=column):
            TABLES[table].model_validate({column: value})


@pytest.mark.parametrize(("column", "value"), [("size", "1e300"), ("size", 1e13), ("x_km", 1e300), ("y_km", -20_001)])
def test_size_and_place_of_a_company_have_a_limit(tmp_path, column, value):
    assert any(
        "companies.csv" in place
        for place in places(tmp_path, companies=[{"name": "Road", "type": "builder", column: value}])
    )


@pytest.mark.parametrize("name", ["\x1b[31mred", "a\u202eb", "a\u200bb", "bell\x07", "=1+1", "@SUM(1)", "+1", "-2"])
def test_name_that_is_no_text_is_refused(tmp_path, name):
    found = places(tmp_path, companies=[{"name": name, "type": "builder"}])
    assert any(place.startswith("companies.csv line") for place in found)


@pytest.mark.parametrize("name", ["../../evil", "/absolute", "..", "x/y", "a\\\\b", ".hidden", "", "C:x"])
def test_name_of_a_scenario_is_no_path(tmp_path, name):
    folder = write_folder(tmp_path / "park", TRIO, f'name = "{name}"\nstart_year = 2000\n')
    with pytest.raises(InputError, match="name"):
        load_scenario(folder)


def test_errors_show_control_letters_without_effect(tmp_path):
    folder = write_folder(tmp_path / "park", TRIO, 'label = "\\u001b]0;taken\\u0007"\n"\\u001b[2J" = 1\n')
    with pytest.raises(InputError) as caught:
        load_scenario(folder)
    assert "\x1b" not in str(caught.value)
    assert len(caught.value.mistakes) == 2


def test_scenario_put_together_in_python_meets_the_same_checks():
    scenario = trio()
    road = scenario.tables["companies"][0]
    for tables in (
        {**scenario.tables, "companies": (road,)},
        {**scenario.tables, "companies": (*scenario.tables["companies"], road)},
        {**scenario.tables, "companies": (road, road.model_copy(update={"name": "B", "type": "nope"}))},
        {**scenario.tables, "companies": ("A", "B")},
    ):
        with pytest.raises(InputError):
            Park(replace(scenario, tables=tables))
    for change in ({"years": 0}, {"years": 10**9}, {"start_year": 10**12}, {"name": "../evil"}, {"label": ["a"]}):
        with pytest.raises(InputError):
            Park(replace(scenario, **change))
    for size in (math.nan, -1e308, 1e9):
        with pytest.raises(InputError):
            Park(replace(scenario, policies=(POLICIES["landfill_tax"](size),)))


def test_ten_thousand_unknown_names_are_said_in_time_and_not_all_shown(tmp_path):
    rows = [
        {"name": f"Plant {number}", "type": f"kind_{number}", "x_km": number, "y_km": 0} for number in range(10_000)
    ]
    with pytest.raises(InputError) as caught:
        load_scenario(write_folder(tmp_path / "park", {**TRIO, "companies": rows}, "start_year = 2000\n"))
    assert len(caught.value.mistakes) == 10_000
    assert str(caught.value).count("\n") == 201
