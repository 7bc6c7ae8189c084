"""The shipped scenarios hold together with the library, and none of them names two companies that trade."""

import csv
import tomllib
from pathlib import Path

import pytest

SCENARIOS = Path(__file__).parents[2] / "abm" / "scenarios"
NAMES = ("byproduct_synergy", "chemelot", "kalundborg", "reshoring", "synthetic")
WITH_COMPANIES = tuple(name for name in NAMES if name != "synthetic")


def read_table(scenario, table):
    path = SCENARIOS / scenario / f"{table}.csv"
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def merge_table(library, keys, scenario, table):
    rows = {tuple(row[key] for key in keys[table]): row for row in library[table]}
    rows |= {tuple(row[key] for key in keys[table]): row for row in read_table(scenario, table)}
    return list(rows.values())


def decimal_year(date):
    year, _, month = date.partition("-")
    return int(year) + (int(month) - 1) / 12 if month else float(year)


@pytest.mark.parametrize("scenario", NAMES)
def test_header_and_readme(scenario):
    header = tomllib.loads((SCENARIOS / scenario / "scenario.toml").read_text(encoding="utf-8"))
    readme = (SCENARIOS / scenario / "README.md").read_text(encoding="utf-8")
    assert header["name"] == scenario
    assert header["label"]
    assert 10 <= header["years"] <= 70
    assert header["base_year"] == 2020
    assert "fact" in readme.lower()
    assert "assum" in readme.lower()


@pytest.mark.parametrize("scenario", WITH_COMPANIES)
def test_companies_have_known_types_and_dates_in_order(library, keys, scenario):
    header = tomllib.loads((SCENARIOS / scenario / "scenario.toml").read_text(encoding="utf-8"))
    types = {row["type"] for row in merge_table(library, keys, scenario, "types")}
    companies = read_table(scenario, "companies")
    names = [row["name"] for row in companies]
    assert len(names) == len(set(names)) >= 10
    for row in companies:
        assert row["type"] in types, row
        assert float(row["size"]) > 0
        opens = decimal_year(row["opens"]) if row["opens"] else header["start_year"]
        closes = decimal_year(row["closes"]) if row["closes"] else header["start_year"] + header["years"]
        assert opens < closes, row


@pytest.mark.parametrize("scenario", WITH_COMPANIES)
def test_own_tables_refer_to_known_names(library, keys, scenario):
    merged = {table: merge_table(library, keys, scenario, table) for table in keys}
    known = {table: {row[keys[table][0]] for row in rows} for table, rows in merged.items()}
    assert {row["disposal"] for row in merged["materials"]} - {""} <= known["routes"]
    assert {row["route"] for row in merged["material_routes"]} <= known["routes"]
    assert {row["price_series"] for row in merged["materials"]} - {""} <= known["prices"]
    assert {row["sector"] for row in merged["types"]} <= known["sectors"]
    assert {row["type"] for row in merged["processes"]} <= known["types"]
    assert {row["material"] for row in merged["processes"]} <= known["materials"]
    assert {row["by_product"] for row in merged["conversions"]} <= known["materials"]
    assert {row["input"] for row in merged["conversions"]} <= known["materials"]


@pytest.mark.parametrize("scenario", WITH_COMPANIES)
def test_what_is_bought_has_a_price(library, keys, scenario):
    prices = {row["material"]: row["price"] for row in merge_table(library, keys, scenario, "materials")}
    bought = {row["material"] for row in merge_table(library, keys, scenario, "processes") if row["direction"] == "in"}
    assert [name for name in bought if not prices[name]] == []


@pytest.mark.parametrize("scenario", WITH_COMPANIES)
def test_own_rows_have_grade_and_source(keys, scenario):
    for table in set(keys) - {"profiles"}:
        for row in read_table(scenario, table):
            assert row["grade"] in set("VCSGA"), (table, row)
            assert row["source"].strip(), (table, row)


@pytest.mark.parametrize("scenario", WITH_COMPANIES)
def test_events_change_known_companies(library, keys, scenario):
    types = {row["type"] for row in merge_table(library, keys, scenario, "types")}
    materials = {row["material"] for row in merge_table(library, keys, scenario, "materials")}
    names = {row["name"] for row in read_table(scenario, "companies")}
    events = read_table(scenario, "events")
    assert [decimal_year(row["date"]) for row in events] == sorted(decimal_year(row["date"]) for row in events)
    for row in events:
        assert row["company"] in names | {""}, row
        if row["kind"] == "process":
            assert row["value"] in types, row
        if row["kind"] == "size":
            assert float(row["value"]) > 0
        if row["kind"] == "price":
            material, _, factor = row["value"].partition(":")
            assert material in materials
            assert float(factor) > 0


@pytest.mark.parametrize("scenario", NAMES)
def test_levers_step_forward_in_time(scenario):
    dates = [decimal_year(row["date"]) for row in read_table(scenario, "levers")]
    assert dates == sorted(set(dates))
    for row in read_table(scenario, "levers"):
        cells = [row[name] for name in ("landfill_tax", "carbon_price", "discharge_fine") if row[name]]
        assert all(float(cell) >= 0 for cell in cells)


@pytest.mark.parametrize("scenario", WITH_COMPANIES)
def test_no_table_of_the_model_names_two_companies_in_a_row(scenario):
    names = {row["name"] for row in read_table(scenario, "companies")}
    for table in ("companies", "events", "processes", "conversions", "streams"):
        for row in read_table(scenario, table):
            cells = {cell for key, cell in row.items() if key not in ("label", "owner", "note", "source")}
            assert len(cells & names) <= 1, (table, row)


@pytest.mark.parametrize("scenario", WITH_COMPANIES)
def test_exchanges_are_possible(library, keys, scenario):
    """Most companies make something that another one of the scenario can use, or the other way round."""
    stages = {}
    for row in read_table(scenario, "companies"):
        stages.setdefault(row["name"], set()).add(row["type"])
    for row in read_table(scenario, "events"):
        if row["kind"] == "process":
            stages[row["company"]].add(row["value"])
    streams = {}
    for row in merge_table(library, keys, scenario, "processes"):
        streams.setdefault(row["type"], set()).add((row["material"], row["direction"]))
    active = set()
    for row in merge_table(library, keys, scenario, "conversions"):
        sellers = {
            name for name, types in stages.items() for kind in types if (row["by_product"], "out") in streams[kind]
        }
        buyers = {name for name, types in stages.items() for kind in types if (row["input"], "in") in streams[kind]}
        if len(sellers | buyers) > 1 and sellers and buyers:
            active |= sellers | buyers
    assert set(stages) - active == set()


def test_reshoring_has_candidates_and_ways_back():
    candidates = [row for row in read_table("reshoring", "companies") if row["candidate"] == "1"]
    decisions = {int(row["opens"][:4]) for row in candidates}
    assert len(candidates) == 20
    assert decisions == set(range(2026, 2036))
    modes = {row["mode"] for row in read_table("reshoring", "modes")}
    assert {"restart", "partial_upgrade", "overhaul", "new_build", "purchase"} <= modes
    offered = {mode for row in read_table("reshoring", "sites") for mode in row["modes"].split(";")}
    assert offered == modes
    assert [row["site"] for row in read_table("reshoring", "sites") if row["park"] == "1"] == ["park"]


def test_chemelot_closures_are_those_announced():
    closes = {row["name"]: row["closes"] for row in read_table("chemelot", "companies") if row["closes"]}
    assert closes["Olefins 3"].startswith("2024")
    assert sum(date >= "2024" for date in closes.values()) == 4


def test_byproduct_synergy_has_a_broker_whose_money_stops():
    header = tomllib.loads((SCENARIOS / "byproduct_synergy" / "scenario.toml").read_text(encoding="utf-8"))
    broker = header["policy"]["broker"]
    assert header["start_year"] < broker["start"] < broker["stop"] < header["start_year"] + header["years"]
    assert 15 <= len(read_table("byproduct_synergy", "companies")) <= 25
