"""Loading: every mistake at once with place, value, what is allowed and the nearest name; spreadsheets as people keep them."""

import json
import pickle
import re

import pytest

from ecopark import Park, Scenario, load_scenario, scenario_names
from ecopark.abm.input.errors import InputError, Mistake, nearest
from ecopark.abm.input.loading import scenario_folder
from tests.abm.test_invariance import same_bits
from tests.parks import MIXED, TRIO, changed, mixed, scenario_of, trio, write_folder, write_table

TOML = "start_year = 2000\nyears = 5\nbase_year = 2000\n"
PAIR = [{"name": "Mine", "type": "smelter"}, {"name": "Road", "type": "builder"}]


def folder(tmp_path, toml=TOML, **tables):
    return write_folder(tmp_path / "park", {**TRIO, **tables}, toml)


def mistakes(source, values=None):
    """Return the mistakes of an input as (place, value, nearest)."""
    with pytest.raises(InputError) as caught:
        load_scenario(source, values)
    return [(mistake.place, str(mistake.value), mistake.nearest) for mistake in caught.value.mistakes]


def own(tmp_path, table, *rows, toml=TOML):
    """Return the mistakes of a folder in which some rows of a table are added or changed."""
    return mistakes(write_folder(tmp_path / "park", changed(TRIO, **{table: rows}), toml))


def test_folder_loads_as_the_scenario_it_describes(tmp_path):
    loaded = load_scenario(folder(tmp_path))
    assert (loaded.name, loaded.start_year, loaded.years, loaded.base_year) == ("park", 2000, 5, 2000)
    direct = scenario_of(TRIO, years=5)
    assert {row.name for row in loaded.tables["companies"]} == {row.name for row in direct.tables["companies"]}
    one, other = Park(loaded, 1).run(), Park(direct, 1).run()
    assert one.monthly.tobytes() == other.monthly.tobytes()


def test_a_single_table_of_companies_is_a_park(tmp_path):
    """The types bring their streams from the shipped library."""
    path = tmp_path / "my park.csv"
    write_table(
        path, [{"name": "A", "type": "oil_refinery", "x_km": 0}, {"name": "B", "type": "district_heating", "x_km": 2}]
    )
    loaded = load_scenario(path)
    assert (loaded.name, loaded.years, len(loaded.tables["types"]) > 20) == ("my park", 30, True)
    assert Park(loaded).run(years=1).month == 12


def test_rows_of_a_folder_replace_or_extend_those_of_the_library(tmp_path):
    library = load_scenario("kalundborg")
    water = next(row for row in library.tables["materials"] if row.material == "boiler_water")
    path = write_folder(
        tmp_path / "own",
        {
            "companies": [{"name": "A", "type": "oil_refinery"}, {"name": "B", "type": "district_heating"}],
            "materials": [
                {"material": "boiler_water", "label": "Mine", "unit": water.unit, "group": "water", "price": 77},
                {"material": "new_thing", "label": "New", "unit": "t", "group": "material"},
            ],
        },
    )
    rows = {row.material: row for row in load_scenario(path).tables["materials"]}
    assert (rows["boiler_water"].price, rows["new_thing"].label) == (77, "New")
    assert len(rows) >= len(library.tables["materials"])


CELLS = {
    "not a number": ("companies", {"name": "Smelter", "size": "many"}, "companies.csv line 2, column size", "many"),
    "below its range": ("companies", {"name": "Smelter", "size": "-5"}, "companies.csv line 2, column size", "-5"),
    "above its range": ("companies", {"name": "Builder", "wacc": "7"}, "companies.csv line 3, column wacc", "7"),
    "no date": ("companies", {"name": "Filler", "opens": "soon"}, "companies.csv line 4, column opens", "soon"),
    "no month": ("companies", {"name": "Filler", "opens": "2002-13"}, "companies.csv line 4, column opens", "2002-13"),
    "infinite": ("materials", {"material": "slag", "load_cost": "inf"}, "materials.csv line 2, column load_cost", "inf"),
    "not a whole number": ("prices", {"series": "x", "year": "2000.5", "price": 1}, "prices.csv line 2, column year", "2000.5"),
    "neither on nor off": ("types", {"type": "smelter", "widely_known": "maybe"}, "types.csv line 2, column widely_known", "maybe"),
    "no name": ("materials", {"material": "Slag 2", "label": "x", "unit": "t", "group": "material"}, "materials.csv line 5, column material", "Slag 2"),
    "empty": ("materials", {"material": "slag", "label": ""}, "materials.csv line 2, column label", "nothing"),
}  # fmt: skip


@pytest.mark.parametrize("case", CELLS)
def test_wrong_cell_is_named_by_file_line_and_column(tmp_path, case):
    table, row, place, value = CELLS[case]
    assert own(tmp_path, table, row) == [(place, value, None)]


CHOICES = {
    "unit": ("materials", {"material": "slag", "unit": "tt"}, "t"),
    "direction": ("processes", {"type": "smelter", "material": "slag", "direction": "uot", "coefficient": 1}, "out"),
    "carrier": ("materials", {"material": "slag", "carrier": "trucks"}, "truck"),
    "kind": ("events", {"date": "2001", "kind": "proces", "company": "Smelter", "value": "builder"}, "process"),
}


@pytest.mark.parametrize("column", CHOICES)
def test_wrong_choice_has_a_nearest_name(tmp_path, column):
    table, row, meant = CHOICES[column]
    ((place, _, near),) = own(tmp_path, table, row)
    assert place.startswith(f"{table}.csv line")
    assert place.endswith(f"column {column}")
    assert near in (meant, None if column == "unit" else meant)


REFERENCES = {
    "type of a company": ("companies", {"name": "Smelter", "type": "smeltr"}, "companies.csv, Smelter, column type", "smelter"),
    "contact": ("companies", {"name": "Smelter", "contacts": "Bilder; Filler"}, "companies.csv, Smelter, column contacts", "Builder"),
    "route": ("materials", {"material": "slag", "disposal": "heep"}, "materials.csv, slag, column disposal", "heap"),
    "series": ("materials", {"material": "gravel", "price_series": "gravl"}, "materials.csv, gravel, column price_series", None),
    "sector": ("types", {"type": "smelter", "sector": "trad"}, "types.csv, smelter, column sector", "trade"),
    "material of a process": (
        "processes", {"type": "smelter", "material": "slagg", "direction": "out", "coefficient": 1},
        "processes.csv, smelter slagg out, column material", "slag",
    ),
    "profile": (
        "processes", {"type": "smelter", "material": "slag", "direction": "out", "profile": "heatng"},
        "processes.csv, smelter slag out, column profile", "heating",
    ),
    "by-product of a conversion": (
        "conversions", {"by_product": "slack", "input": "gravel", "ratio": 1},
        "conversions.csv, slack gravel, column by_product", "slag",
    ),
    "company of an event": (
        "events", {"date": "2001", "kind": "size", "company": "Smelt", "value": "5"},
        "events.csv, 2001.0 size Smelt 5, column company", None,
    ),
    "material of a stream": (
        "streams", {"company": "Smelter", "material": "sandd", "direction": "out", "per_year": 5},
        "streams.csv, Smelter sandd out, column material", "sand",
    ),
    "new type": (
        "events", {"date": "2001", "kind": "process", "company": "Smelter", "value": "bilder"},
        "events.csv, 2001.0 process Smelter bilder, column value", "builder",
    ),
    "by-product of a permit": (
        "events", {"date": "2001", "kind": "permit_withdrawn", "company": "Smelter", "value": "sand"},
        "events.csv, 2001.0 permit_withdrawn Smelter sand, column value", None,
    ),
    "material of a shock": (
        "events", {"date": "2001", "kind": "price", "value": "gravvel:2"},
        "events.csv, 2001.0 price  gravvel:2, column value", "gravel",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", REFERENCES)
def test_unknown_name_is_named_by_table_and_row_with_the_nearest(tmp_path, case):
    table, row, place, near = REFERENCES[case]
    found = own(tmp_path, table, row)
    assert [mistake[0] for mistake in found] == [place]
    assert near is None or found[0][2] == near


@pytest.mark.parametrize(
    ("event", "value"),
    [
        ({"kind": "size", "company": "Smelter", "value": "zero"}, "zero"),
        ({"kind": "contacts", "value": "-1"}, "-1"),
        ({"kind": "price", "value": "gravel"}, "gravel"),
        ({"kind": "price", "value": "gravel:cheap"}, "gravel:cheap"),
        ({"kind": "owner", "value": "Me"}, "nothing"),
        ({"kind": "process", "value": "builder"}, "nothing"),
    ],
)
def test_events_say_what_they_need(tmp_path, event, value):
    assert [mistake[1] for mistake in own(tmp_path, "events", {"date": "2001", **event})] == [value]


def test_dates_stand_in_order_and_inputs_have_prices(tmp_path):
    found = own(tmp_path, "companies", {"name": "Filler", "opens": "2002", "closes": "2001-06"})
    assert found == [("companies.csv, Filler, column closes", str(2001 + 5 / 12), None)]
    unpriced = {**TRIO, "materials": [{**row, "price": ""} for row in TRIO["materials"]]}
    found = mistakes(write_folder(tmp_path / "unpriced", unpriced, TOML))
    assert [place for place, _, _ in found] == [f"materials.csv, {name}, column price" for name in ("gravel", "sand")]


def test_a_park_needs_two_companies(tmp_path):
    assert mistakes(folder(tmp_path, companies=PAIR[:1])) == [("companies.csv", "1 companies", None)]
    missing = folder(tmp_path)
    (missing / "companies.csv").unlink()
    assert mistakes(missing) == [("companies.csv", "0 companies", None)]


def test_every_row_stands_once(tmp_path):
    assert mistakes(folder(tmp_path, companies=[*PAIR, PAIR[0]])) == [("companies.csv line 4", "Mine", None)]


def test_wrong_columns_are_reported_once_however_many_rows(tmp_path):
    rows = [{"name": f"c{n}", "tipe": "smelter"} for n in range(50)]
    assert mistakes(folder(tmp_path, companies=rows)) == [
        ("companies.csv line 1", "no column type", None),
        ("companies.csv line 1", "tipe", "type"),
    ]


def test_repeated_columns_and_surplus_cells(tmp_path):
    path = folder(tmp_path)
    (path / "companies.csv").write_text("name,type,type\nA,smelter,builder\nB,builder,builder,5,6\n")
    assert mistakes(path) == [("companies.csv line 1", "type", None), ("companies.csv line 3", "5, 6", None)]


def test_empty_table_is_a_mistake(tmp_path):
    path = folder(tmp_path)
    (path / "companies.csv").write_text("\n \n")
    assert mistakes(path) == [("companies.csv", "empty", None)]


@pytest.mark.parametrize(("written", "meant"), [("event", "events"), ("company", "companies"), ("lever", "levers")])
def test_table_with_nearly_the_right_name_is_not_ignored(tmp_path, written, meant):
    path = folder(tmp_path)
    (path / f"{meant}.csv").unlink(missing_ok=True)
    write_table(path / f"{written}.csv", [{"name": "x"}])
    assert (f"{written}.csv", written, meant) in mistakes(path)


def test_other_files_of_a_folder_are_left_alone(tmp_path):
    path = folder(tmp_path)
    write_table(path / "history.csv", [{"year": 1990, "low": 1}])
    (path / "README.md").write_text("Sources")
    assert load_scenario(path).name == "park"


HEADINGS = {
    "start_yaer = 2000": ("scenario.toml", "start_yaer", "start_year"),
    "start_year = 'soon'": ("scenario.toml: start_year", "soon", None),
    "start_year = 1000": ("scenario.toml: start_year", "1000", None),
    "years = 0": ("scenario.toml: years", "0", None),
    "years = 2.5": ("scenario.toml: years", "2.5", None),
    "years = true": ("scenario.toml: years", "True", None),
    "market = 3": ("scenario.toml: market", "3", None),
    "[markt]\nvolatility = 1": ("scenario.toml", "markt", "market"),
    "[market]\nvolatilty = 1": ("scenario.toml: market.volatilty", "1", "market.volatility"),
    "[market]\nvolatility = 99": ("scenario.toml: market.volatility", "99", None),
    "[negotiation]\nprotocol = 'equal_gains'": ("scenario.toml: negotiation.protocol", "equal_gains", "equal_gain"),
    "[negotiation]\ndeadline_low = 2.5": ("scenario.toml: negotiation.deadline_low", "2.5", None),
    "[behaviour]\nplanned_behaviour = 'often'": ("scenario.toml: behaviour.planned_behaviour", "often", None),
    "[policy.landfil_tax]\nsize = 3": ("scenario.toml: policy.landfil_tax", "landfil_tax", "landfill_tax"),
    "[policy.broker]\nsize = -1": ("scenario.toml: policy.broker.size", "-1", None),
    "[policy.broker]\nstrt = 2001": ("scenario.toml: policy.broker.strt", "2001", "start"),
    "[policy]\nbroker = 'much'": ("scenario.toml: policy.broker.size", "much", None),
}


@pytest.mark.parametrize("line", HEADINGS)
def test_wrong_heading_or_value_in_the_toml(tmp_path, line):
    assert mistakes(folder(tmp_path, line + "\n")) == [HEADINGS[line]]


def test_unreadable_or_missing_toml(tmp_path):
    path = folder(tmp_path, "start_year = 20x0\n")
    ((place, _, _),) = mistakes(path)
    assert place == "scenario.toml"
    (path / "scenario.toml").unlink()
    assert mistakes(path) == [(str(path), "no scenario.toml", None)]


def test_every_mistake_of_every_file_is_listed_together(tmp_path):
    """Cells, names, headings and values at once; what hangs on an unreadable row is not reported again."""
    rows = [{"name": "Mine", "type": "smeltr"}, {"name": "Road", "type": "builder", "size": "big", "contacts": "Gone"}]
    events = [{"date": "2001", "kind": "size", "company": "Road", "value": "no"}]
    levers = [{"date": "2000", "landfill_tax": "-3"}]
    path = folder(tmp_path, "years = 0\n[market]\nvolatilty = 2\n", companies=rows, events=events, levers=levers)
    with pytest.raises(InputError) as caught:
        load_scenario(path)
    places = [mistake.place for mistake in caught.value.mistakes]
    assert places == [
        "companies.csv line 3, column size",
        "levers.csv line 2, column landfill_tax",
        "scenario.toml: years",
        "scenario.toml: market.volatilty",
        "companies.csv, Mine, column type",
        "events.csv, 2001.0 size Road no, column value",
    ]
    text = str(caught.value)
    assert text.splitlines()[0] == "6 mistakes in the input:"
    assert (
        "companies.csv, Mine, column type: 'smeltr' is not allowed; expected: a type of the library or of types.csv; did you"
        in text
    )
    assert "did you mean 'smelter'?" in text
    assert all(str(mistake) in text for mistake in caught.value.mistakes)


def test_errors_travel_between_processes_whole():
    error = InputError([Mistake("here", 3, "a name", "there")])
    again = pickle.loads(pickle.dumps(error))
    assert (again.mistakes, str(again)) == (error.mistakes, str(error))
    assert str(error).startswith("1 mistake in")


@pytest.mark.parametrize(
    ("name", "near"), [("Landfil_Tax", "landfill_tax"), ("xyzzy", None), (3, None), ("brokr", "broker")]
)
def test_nearest_known_name(name, near):
    assert nearest(name, ["landfill_tax", "broker"]) == near


@pytest.mark.parametrize("source", ["kalundburg", "/no/such/place", ""])
def test_unknown_scenarios_are_refused_with_what_there_is(source):
    ((place, _, _),) = mistakes(source or "nothing")
    assert place == "scenario"
    with pytest.raises(InputError, match="kalundborg"):
        load_scenario(source or "nothing")


# Values given in words, as by `--set` and in Python.

VALUES = {
    "negotiation.protocl": ("x", "negotiation.protocol"),
    "negotiation.protocol": ("nash", None),
    "trust.start": (float("nan"), None),
    "synthetic.companies": (1, None),
    "policy.landfill_tax": ("abc", None),
    "policy.landfil_tax": (1, "landfill_tax"),
    "policy.broker.start": ("soon", None),
    "horizon.years": ("ten", None),
    "horizon.yers": (3, "years"),
    "landfill_tax": (3, "policy.landfill_tax"),
}


def test_wrong_values_are_listed_together():
    with pytest.raises(InputError) as caught:
        trio().replace({name: value for name, (value, _) in VALUES.items()})
    found = {mistake.place.removesuffix(".size"): mistake.nearest for mistake in caught.value.mistakes}
    assert found == {name: near for name, (_, near) in VALUES.items()}


def test_values_change_what_they_name_and_nothing_else():
    base = trio()
    changed_ = base.replace({"trust.gain": "0.05", "horizon.years": 7, "policy.broker": 2, "policy.broker.stop": 2004})
    assert (changed_["trust.gain"], changed_.years) == (0.05, 7)
    (broker,) = changed_.policies
    assert (broker.size, broker.start, broker.stop) == (2, None, 2004)
    assert base["trust.gain"] == 0.02
    assert base.policies == ()
    assert changed_.tables is base.tables


@pytest.mark.parametrize("name", scenario_names())
def test_describe_and_restore_give_the_same_scenario_and_run(name):
    scenario = load_scenario(
        name, {"policy.landfill_tax.size": 60, "policy.landfill_tax.start": 2030.5, "trust.gain": 0.03}
    )
    plain = json.loads(json.dumps(scenario.describe()))
    again = Scenario.restore(plain)
    assert again.describe() == scenario.describe()
    if name == "kalundborg":
        same_bits(Park(scenario, 3).run(years=20), Park(again, 3).run(years=20))


def test_a_run_can_be_repeated_from_what_it_recorded(tmp_path):
    park = Park(mixed({"policy.carbon_price": 80}), 5).run()
    path = tmp_path / "run.json"
    path.write_text(json.dumps(park.results.origin))
    recorded = json.loads(path.read_text())
    for source in (path, tmp_path):
        again = Park(load_scenario(source), recorded["seed"]).advance(recorded["months"])
        same_bits(park, again)


@pytest.mark.parametrize("text", ["{", "[]", '{"scenario": 3}', '{"scenario": {"name": "x"}}', '{"seed": 1}'])
def test_what_is_no_run_json_is_refused(tmp_path, text):
    path = tmp_path / "run.json"
    path.write_text(text)
    assert all(place.startswith("run.json") for place, _, _ in mistakes(path))


def test_shipped_scenarios_are_found_by_name():
    assert set(scenario_names()) >= {"kalundborg", "chemelot", "byproduct_synergy", "reshoring", "synthetic"}
    assert scenario_folder("kalundborg").name == "kalundborg"
    assert load_scenario("kalundborg") is load_scenario("kalundborg")


# Tables as spreadsheets write them.


def exported(tmp_path, text, encoding="utf-8", name="companies"):
    path = folder(tmp_path)
    (path / f"{name}.csv").write_bytes(text.encode(encoding))
    return load_scenario(path).tables[name]


ROWS = "name{0}type{0}size{0}label\nMine{0}smelter{0}1200{1}5{0}Gießerei\nRoad{0}builder{0}3000{0}Dangødning\n"
SPREADSHEETS = {
    "comma": (ROWS.format(",", "."), "utf-8"),
    "semicolon and decimal comma": (ROWS.format(";", ","), "utf-8"),
    "tab and decimal comma": (ROWS.format("\t", ","), "utf-8"),
    "semicolon and decimal point": (ROWS.format(";", "."), "utf-8"),
    "byte order mark": (ROWS.format(";", ","), "utf-8-sig"),
    "Latin-1": (ROWS.format(";", ","), "latin-1"),
    "Windows lines": (ROWS.format(";", ",").replace("\n", "\r\n"), "cp1252"),
    "old Mac lines": (ROWS.format(",", ".").replace("\n", "\r"), "utf-8"),
    "thousands": (ROWS.format(";", ",").replace("1200,5", "1.200,5").replace("3000", "3.000"), "utf-8"),
    "thousands among commas": (ROWS.format(",", ",").replace("1200,5", '"1.200,5"').replace("3000", "3.000"), "utf-8"),
    "English thousands": (ROWS.format(",", ".").replace("1200.5", '"1,200.5"').replace("3000", '"3,000"'), "utf-8"),
    "English thousands among semicolons": (
        ROWS.format(";", ".").replace("1200.5", "1,200.5").replace("3000", "3,000"),
        "utf-8",
    ),
    "Swiss thousands": (ROWS.format(";", ".").replace("1200.5", "1'200.5").replace("3000", "3'000"), "utf-8"),
    "narrow spaces": (ROWS.format(";", ",").replace("1200,5", "1\u202f200,5").replace("3000", "3\u00a0000"), "utf-8"),
    "blank lines and spaces": ("\n\n" + ROWS.format(" , ", ".").replace("\n", " \n , , ,\n"), "utf-8"),
    "capitals in the header": (ROWS.format(",", ".").replace("name", " Name ").replace("size", "SIZE"), "utf-8"),
    "quotes": (ROWS.format(",", ".").replace("Mine", '"Mine"'), "utf-8"),
    "empty columns": (ROWS.format(",", ".").replace("\n", ",,\n"), "utf-8"),
    "no newline at the end": (ROWS.format(",", ".").rstrip("\n"), "utf-8"),
}


@pytest.mark.parametrize("kind", SPREADSHEETS)
def test_spreadsheet_exports_load(tmp_path, kind):
    text, encoding = SPREADSHEETS[kind]
    first, second = exported(tmp_path, text, encoding)
    assert (first.name, first.type, first.size, first.label) == ("Mine", "smelter", 1200.5, "Gießerei")
    assert (second.name, second.size, second.label) == ("Road", 3000, "Dangødning")


@pytest.mark.parametrize("delimiter", ";\t,")
def test_whole_numbers_with_marks_of_thousands_load(tmp_path, delimiter):
    """Two marks leave no doubt; with them in the table, one mark is none of a decimal either."""
    text = "name;type;size\nMine;smelter;3.000.000\nRoad;builder;12.500\n".replace(";", delimiter)
    assert [row.size for row in exported(tmp_path, text)] == [3_000_000, 12_500]


def test_numbers_that_mean_two_things_are_refused_with_both_readings(tmp_path):
    path = folder(tmp_path)
    (path / "companies.csv").write_text("name;type;size\nMine;smelter;1.200\nRoad;builder;12,500\n")
    with pytest.raises(InputError) as caught:
        load_scenario(path)
    assert [(wrong.place, wrong.value) for wrong in caught.value.mistakes] == [
        ("companies.csv line 2, column size", "1.200"), ("companies.csv line 3, column size", "12,500"),
    ]  # fmt: skip
    assert "either 1200 or 1.2, without" in str(caught.value)
    assert "either 12500 or 12.5, without" in str(caught.value)


def test_a_point_that_is_a_decimal_one_elsewhere_stays_one(tmp_path):
    text = "name;type;size;x_km\nMine;smelter;1.250;0.75\nRoad;builder;3000;2\n"
    assert [row.size for row in exported(tmp_path, text)] == [1.25, 3000]


WORDS = {
    "size": ("about 5", "a number such as 1200.5, without unit"),
    "wacc": ("7", "a number of at most 1"),
    "candidate": ("perhaps", "1 (yes) or 0 (no)"),
}


@pytest.mark.parametrize("column", WORDS)
def test_wrong_cells_are_explained_in_a_modellers_words(tmp_path, column):
    value, wanted = WORDS[column]
    path = folder(tmp_path, **changed(TRIO, companies=[{"name": "Smelter", column: value}]))
    with pytest.raises(InputError) as caught:
        load_scenario(path)
    assert wanted in str(caught.value)
    assert not re.search("parse|input|valid|string", str(caught.value).split("\n")[1])


def test_an_unknown_type_is_listed_with_the_other_mistakes_of_its_line_and_of_the_values(tmp_path):
    path = folder(tmp_path, **changed(TRIO, companies=[{"name": "Smelter", "type": "smelterr", "size": "many"}]))
    with pytest.raises(InputError) as caught:
        load_scenario(path, {"behaviour.atitude": 1})
    assert [(wrong.place, wrong.nearest) for wrong in caught.value.mistakes] == [
        ("companies.csv line 2, column size", None),
        ("companies.csv line 2, column type", "smelter"),
        ("behaviour.atitude", "behaviour.attitude"),
    ]


def test_line_numbers_count_blank_lines(tmp_path):
    path = folder(tmp_path)
    (path / "companies.csv").write_text("\nname;type;size\n\nMine;smelter;1\n;;\nRoad;builder;x\n")
    assert mistakes(path) == [("companies.csv line 6, column size", "x", None)]


def test_quoted_cells_may_hold_the_delimiter_and_lines(tmp_path):
    first, _ = exported(tmp_path, 'name,type,label\n"Mine, old",smelter,"two\nlines"\nRoad,builder,x\n')
    assert (first.name, first.label) == ("Mine, old", "two lines")


@pytest.mark.parametrize(("date", "year"), [("1987", 1987), ("1987-04", 1987.25), ("1987-07-15", 1987.5)])
def test_dates_are_years_months_or_days(tmp_path, date, year):
    tables = changed(MIXED, companies=[{"name": "Laundry", "closes": "2011", "opens": date}])
    row = next(row for row in scenario_of(tables).tables["companies"] if row.name == "Laundry")
    assert row.opens == year


def test_profiles_are_scaled_to_mean_one():
    months = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
    tables = changed(MIXED, profiles=[{"profile": "double", **dict.fromkeys(months, 2), "jan": 14}])
    factors = next(row for row in scenario_of(tables).tables["profiles"] if row.profile == "double").factors
    assert sum(factors) == pytest.approx(12)
    assert factors[0] == pytest.approx(7 * factors[1])
