"""The parks of the benchmark: tables, rosters, what differs between parks, and what the library can draw."""

import csv
import shutil

import numpy as np
import pytest

from ecopark.abm.input.errors import InputError
from ecopark.abm.input.parameters import PARAMETERS
from ecopark.experiments.validation.aims import AIMS
from ecopark.experiments.validation.documented import coverage, facts_of
from ecopark.experiments.validation.rosters import place_of, roster, size_of
from ecopark.experiments.validation.runs import chances_of
from ecopark.experiments.validation.scenarios import base, blind, grounds, levers, real_eur
from ecopark.experiments.validation.tables import HERE, PARKS, choice, read_parks


@pytest.fixture(scope="module")
def parks():
    return read_parks()


@pytest.fixture(scope="module")
def fit(parks):
    return grounds(parks)


def test_the_split_is_that_of_the_specification(parks):
    assert {role: len(parks.role(role)) for role in ("fit", "test", "pool")} == {"fit": 38, "test": 25, "pool": 3}
    tested = {row["park"] for row in parks.role("test")}
    outcomes = {row["park"] for table in ("exchanges", "not_realised", "counts") for row in getattr(parks, table)}
    assert not tested & outcomes, "what was realised in a test park does not belong into the project"


def test_no_park_has_a_behavioural_parameter_of_its_own(fit):
    shared = base()
    for ground in fit:
        differs = [name for name in PARAMETERS if ground.scenario[name] != shared[name]]
        assert set(differs) <= {"governance.mode"}, ground.name


def test_the_library_of_the_benchmark_draws_the_documented_exchanges(parks, fit):
    facts = {ground.name: facts_of(parks, ground, chances_of(ground.scenario)) for ground in fit}
    (done, all_done), (planned, all_planned) = coverage(facts).values()
    assert (all_done, all_planned) == (150, 113)  # one of 114 was realised later
    assert done / all_done >= 0.6
    assert planned / all_planned >= 0.4


def test_by_the_words_of_the_record_alone_the_library_of_today_draws_few():
    """The nearest by-product, input and type of the record as they stand: what the words of labels.csv and kinds.csv add."""
    ways = {(row["by_product"], row["input"]) for row in rows(HERE.parents[1] / "abm" / "library" / "conversions.csv")}
    streams = {}
    for row in rows(HERE.parents[1] / "abm" / "library" / "processes.csv"):
        streams.setdefault((row["type"], row["direction"]), set()).add(row["material"])
    kinds = {(row["park"], row["company"]): row["type"] for row in rows(PARKS / "companies.csv")}
    drawn = [
        row for row in rows(PARKS / "exchanges.csv")
        if row["park"] != "kalundborg" and (row["material"], row["input"]) in ways
        and row["material"] in streams.get((kinds.get((row["park"], row["giver"])), "out"), ())
        and row["input"] in streams.get((kinds.get((row["park"], row["taker"])), "in"), ())
    ]  # fmt: skip
    assert 0.15 <= len(drawn) / 150 <= 0.3


def rows(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_a_kind_gives_way_to_a_named_plant_of_its_type(parks):
    park = next(row for row in parks.parks if row["park"] == "taranto")
    typical = {row.type: row.typical_size for row in base().tables["types"]}
    plants, stands = roster(parks, park, typical)
    names = {plant.name for plant in plants}
    assert "Steelworks" not in names
    assert stands["Steelworks"] == ("ILVA",)
    assert set(stands["Taranto"]) == {"Taranto", "Taranto collection", "Taranto sewage works"}
    assert stands["ILVA"] == ("ILVA",)


def test_sizes_come_from_emissions_where_they_are_plausible():
    row = {"size": "620000", "unit": "t CO2/yr 2014"}
    assert size_of(row, "cement_works", 2_000_000) == pytest.approx(1_000_000)
    assert size_of({**row, "size": "2265"}, "cement_works", 2_000_000) is None
    assert size_of(row, "greenhouse", 15) is None


def test_places_without_coordinates_are_the_same_everywhere(parks):
    park = next(row for row in parks.parks if row["park"] == "bussi")
    row = {
        "company": "Basic chemicals",
        "kind": "x",
        "nace": "",
        "type": "chemical_site",
        "basis": "kind",
        "lat": "",
        "lon": "",
    }
    x, y = place_of(park, row)
    assert (x, y) == place_of(park, row)
    assert np.hypot(x, y) <= float(park["extent_km"])
    assert place_of(park, {**row, "type": "district_heating"}) == (0.0, 0.0)


def test_taxes_are_money_of_2020(parks):
    row = next(one for one in choice("taxes") if one["country"] == "United Kingdom" and one["year"] == "2010")
    assert real_eur(row) == pytest.approx(48 / 0.89 * 1.02**10)
    park = next(one for one in parks.parks if one["park"] == "wissington")
    steps = levers(parks, park)
    assert [step.date for step in steps] == sorted({step.date for step in steps})
    assert next(step.broker for step in steps if step.date == 2005) == 0.5
    assert next(step.broker for step in steps if step.date == 2013) == 0


def test_blind_dates_keep_their_order_and_stay_within_five_years(fit):
    scenario = next(one.scenario for one in fit if one.name == "kalundborg")
    moved = {row.name: row for row in blind(scenario, 3).tables["companies"]}
    shifts = []
    for row in scenario.tables["companies"]:
        if row.opens is not None and row.opens > scenario.start_year + 5:
            shifts.append(moved[row.name].opens - row.opens)
        if row.opens is not None and row.closes is not None:
            assert moved[row.name].opens < moved[row.name].closes
    assert max(map(abs, shifts)) <= 5.05
    assert len(set(shifts)) > 3
    assert blind(scenario, 3).tables == blind(scenario, 3).tables


def test_every_mistake_of_a_folder_is_said_at_once(tmp_path):
    folder = tmp_path / "parks"
    shutil.copytree(PARKS, folder)
    (folder / "policies.csv").unlink()
    text = (
        (folder / "parks.csv")
        .read_text()
        .replace(
            "landskrona,Landskrona,Sweden,fit,facilitated,2000", "landskrona,Landskrona,Sweden,fit,facilitated,soon"
        )
    )
    (folder / "parks.csv").write_text(text)
    with pytest.raises(InputError) as caught:
        read_parks(folder)
    said = str(caught.value)
    assert "no policies.csv" in said
    assert "soon" in said


def test_the_predictions_of_the_release_are_of_test_parks_alone(parks):
    tested = {row["park"] for row in parks.role("test")}
    for name in ("links", "counts", "ends"):
        predicted = {row["park"] for row in rows(HERE / "predictions" / f"{name}.csv")}
        assert predicted
        assert predicted <= tested, name


def test_the_verdicts_of_the_release_name_every_aim():
    text = (HERE / "RESULTS.md").read_text(encoding="utf-8")
    assert all(f"| {aim} | {AIMS[aim].label} |" in text for aim in AIMS)
