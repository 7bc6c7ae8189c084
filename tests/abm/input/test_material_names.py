"""Names of materials as people write them: synonyms, plurals, hyphens, apostrophes, a letter mistyped."""

import csv

import pytest

from ecopark.abm.input.codes import FOLDER, code_table
from ecopark.abm.input.loading import load_scenario
from ecopark.abm.input.material_names import materials_called, meant_material

GRAIN = (
    "brewers grains", "Brewer's spent grain", "brewers\u2019 grain", "BREWERS-GRAINS", "brewers_grains", "brewery grain", "spent grain (wet)",
    "Spent grains", "draff", "BSG", "Biertreber", "Dr\u00eaches", "brewers grians",
)  # fmt: skip


@pytest.mark.parametrize("name", GRAIN)
def test_spent_grain_is_found_however_it_is_spelled(name):
    assert materials_called(name) == {"spent_grain"}


@pytest.mark.parametrize(
    ("name", "material"),
    [
        ("Flyash", "fly_ash"),
        ("fly-ashes", "fly_ash"),
        ("scrap aluminum", "aluminium_scrap"),
        ("used tires", "used_tyres"),
        ("Kl\u00e4rschlamm", "sewage_sludge"),
        ("spent sulfuric acid", "spent_acid"),
        ("hydrochloric_acid", "hydrochloric_acid"),
    ],
)
def test_other_spellings_are_understood(name, material):
    assert materials_called(name) == {material}


@pytest.mark.parametrize(
    "name", ["", "rubbish", "wood sludge", "plant sludge", "(wet)", "x" * 10_000, "\u00e9\u0301' ; --", "ash"]
)
def test_what_is_no_name_means_nothing(name):
    assert not materials_called(name)


def test_a_name_of_several_materials_means_all_of_them():
    assert materials_called("steam") == {"process_steam", "extraction_steam", "waste_heat_steam"}


def test_every_material_is_found_by_its_name_and_its_label():
    with (FOLDER.parent / "materials.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            assert materials_called(row["material"]) == {row["material"]}
            assert row["material"] in materials_called(row["label"])


def test_words_belong_to_materials_of_the_library():
    materials = {row.material for row in load_scenario("synthetic").tables["materials"]}
    assert {row["material"] for row in code_table("material_words")} <= materials


def test_a_refusal_says_what_was_meant():
    assert meant_material("brewers grains") == "spent_grain"
    assert meant_material("10 01 02").startswith("fly_ash")
    assert meant_material("rubbish") is None
