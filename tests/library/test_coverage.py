"""What the library can express of the exchanges that are documented of real parks (G0 of validation).

documented_exchanges.csv: exchanges of 24 parks outside Kalundborg that were fit for use, realised or planned, as transcribed
from the source in each row; the types of giver and taker and the materials are the library's nearest, empty where it has none.
An exchange can be expressed when a type of its giver gives off the material and a type of its taker takes in what a
conversion makes of it. The parks were known when the library grew, so this is no measure of parks that were not.
"""

from pathlib import Path

import pytest

from .conftest import read_rows

DOCUMENTED = read_rows(Path(__file__).with_name("documented_exchanges.csv"))


@pytest.fixture(scope="module")
def expressed(library):
    """Return the documented exchanges that the library can express, by their state."""
    gives = {(row["type"], row["material"]) for row in library["processes"] if row["direction"] == "out"}
    takes = {(row["type"], row["material"]) for row in library["processes"] if row["direction"] == "in"}
    made_of = {}
    for row in library["conversions"]:
        made_of.setdefault(row["by_product"], []).append(row["input"])

    def possible(row):
        return any(
            (giver, material) in gives and (taker, wanted) in takes
            for giver in row["giver_types"].split(";")
            for material in row["materials"].split(";")
            for taker in row["taker_types"].split(";")
            for wanted in made_of.get(material, ())
        )

    return {
        state: [row["id"] for row in DOCUMENTED if row["state"] == state and possible(row)]
        for state in ("realised", "planned")
    }


@pytest.mark.parametrize(("state", "total", "least"), [("realised", 150, 0.60), ("planned", 113, 0.50)])
def test_most_documented_exchanges_can_be_expressed(expressed, state, total, least):
    documented = [row["id"] for row in DOCUMENTED if row["state"] == state]
    assert len(documented) == len(set(documented)) == total
    assert len(expressed[state]) / total >= least


@pytest.mark.parametrize("page", ["README.md", "experiments/validation/README.md"])
def test_the_pages_say_these_shares(expressed, page):
    text = " ".join((Path(__file__).parents[2] / page).read_text(encoding="utf-8").split())
    for state in expressed:
        documented = sum(row["state"] == state for row in DOCUMENTED)
        assert f"{len(expressed[state]) / documented:.0%} of the {state}" in text.replace(" %", "%")


def test_names_of_the_documented_are_the_librarys(library):
    types, materials = {row["type"] for row in library["types"]}, {row["material"] for row in library["materials"]}
    for row in DOCUMENTED:
        assert set(row["giver_types"].split(";")) | set(row["taker_types"].split(";")) <= types | {""}, row["id"]
        assert set(row["materials"].split(";")) <= materials | {""}, row["id"]


def test_what_no_type_stands_for_is_not_expressed(expressed):
    unknown = {row["id"] for row in DOCUMENTED if not (row["giver_types"] and row["materials"] and row["taker_types"])}
    assert unknown
    assert not unknown & {*expressed["realised"], *expressed["planned"]}
