"""Sources join by id, then by name without case, accents and legal form within 1 km (own_park.md 2)."""

import pytest

from ecopark.experiments.intake.draft import Cell, Draft, Facts
from ecopark.experiments.intake.importing import import_park
from ecopark.experiments.intake.joining import bare, join_registers
from ecopark.experiments.intake.kinds import Kind
from tests.experiments.intake.conftest import CHOICES, SAMPLES


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Sæby Bryggeri A/S", "SÆBY BRYGGERI"), ("Müller & Co. KG", "muller"), ("Zuckerfabrik GmbH", "Zuckerfabrik"), ("Acme, Ltd.", "ACME"),
        ("Société Sucrière S.A.", "societe sucriere"), ("Kaakon Voima Oy", "Kaakon voima"),
    ],
)  # fmt: skip
def test_names_without_legal_form_are_equal(one, other):
    assert bare(one) == bare(other)


def test_a_name_that_is_a_legal_form_stays_a_name():
    assert bare("AB") == "ab"
    assert bare("Ab Gas") != bare("Gas")


def two(km):
    """Return a draft of two registers that name one brewery, so many km apart; the later one reports its waste."""
    draft = Draft()
    for name, register, lat in (("Bryg A/S", "EEA", 55.0), ("BRYG", "IREP", 55.0 + km / 111.2)):
        row = draft.row("companies", name)
        row["name"], row["lat"], row["lon"] = Cell(name), Cell(lat), Cell(11.0)
        reported = {"NONHW": {"R": 100.0}} if register == "IREP" else {"NONHW": {"R": 70.0}}
        draft.facts[name] = Facts(
            Kind("brewery", "high" if register == "EEA" else "low"), f"{register} 1", (), reported
        )
    draft.row("streams", "BRYG", "spent_grain", "out").update(company=Cell("BRYG"), per_year=Cell(9.0))
    join_registers(draft)
    return draft


def test_one_plant_of_two_registers_is_one_company():
    draft = two(0.5)
    assert [name for name, _ in draft.companies()] == ["Bryg A/S"]
    assert draft.rows("streams")["Bryg A/S", "spent_grain", "out"]["company"].value == "Bryg A/S"
    assert draft.facts["Bryg A/S"].kind.confidence == "high"
    assert draft.facts["Bryg A/S"].reported == {"NONHW": {"R": 100.0}}
    assert (draft.reported, draft.mass) == (70.0, {"left out": 70.0})  # every reported tonne ends in one place
    assert "joined" in draft.said[0]


def test_two_of_one_name_farther_than_a_kilometre_stay_two():
    draft = two(3.0)
    assert len(list(draft.companies())) == 2
    assert "3.0 km apart" in draft.said[0]


def test_a_workbook_adds_to_the_companies_of_a_register(tmp_path):
    sources, selection = CHOICES["eea"]
    known = import_park([SAMPLES / one for one in sources], tmp_path / "a", selection=selection).draft
    name, row = next((name, row) for name, row in known.companies() if "size" in row and "lat" in row)
    sheets = tmp_path / "sheets"
    sheets.mkdir()
    lines = [
        "name,type,size,lat,lon",
        f"{name.upper()} A/S,,{row['size'].value * 2:.0f},{row['lat'].value},{row['lon'].value}",
    ]
    lines.append(f"Nyt anlaeg,brewery,500000,{row['lat'].value},{row['lon'].value}")
    (sheets / "companies.csv").write_text("\n".join(lines), encoding="utf-8")
    both = import_park(
        [*(SAMPLES / one for one in sources), sheets / "companies.csv"], tmp_path / "b", selection=selection
    ).draft
    companies = dict(both.companies())
    assert len(companies) == len(dict(known.companies())) + 1
    assert companies[name]["size"].value == pytest.approx(row["size"].value * 2, rel=1e-3)
    assert companies[name]["size"].status == "given"
    assert both.facts[name].indicators == known.facts[name].indicators
