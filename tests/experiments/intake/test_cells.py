"""What people write into cells: never taken for something else in silence. Each case is a kind that once was."""

import openpyxl
import pytest

from ecopark.abm.input.errors import InputError
from ecopark.experiments.intake.cell_numbers import plain_lines
from ecopark.experiments.intake.draft import Draft
from ecopark.experiments.intake.importing import import_park
from ecopark.experiments.intake.sheet_lines import Line

COMPANIES = ["name", "type", "nace", "size", "size_unit", "lat", "lon", "opens", "closes"]
PLANTS = [
    ["Cement Works", "cement_works", "23.51", 800000, "t", 55.20, 6.50],
    ["Power Plant", "coal_chp_fgd", "35.11", 3000000, "MWh", 55.21, 6.52],
    ["Brewery", "brewery", "11.05", 800000, "hl", 55.19, 6.49],
]
STREAMS = [
    "company",
    "direction",
    "stream",
    "ewc",
    "quantity",
    "unit",
    "low",
    "high",
    "price_now",
    "price_unit",
    "source",
]
ASH = ["Power Plant", "gives", "fly ash", None, 90, "kt", 70, 110, -12, "EUR/t", "measured"]
EXCHANGES = ["giver", "taker", "stream", "quantity", "unit", "since", "until"]
HEADS = {
    "companies": COMPANIES, "streams": STREAMS, "exchanges": EXCHANGES, "distances": ["from", "to", "km", "way"],
    "park": ["setting", "value"],
}  # fmt: skip


def changed(row, head, **cells):
    """Return a line with other cells by column."""
    line = [*row, *[None] * (len(head) - len(row))]
    for column, value in cells.items():
        line[head.index(column)] = value
    return line


def plant(**cells):
    """Return the lines of sheet companies with another first one."""
    return [changed(PLANTS[0], COMPANIES, **cells), *PLANTS[1:]]


def ash(**cells):
    """Return the line of sheet streams with other cells."""
    return [changed(ASH, STREAMS, **cells)]


def imported(folder, heads=(), **sheets):
    """Import a workbook of three companies and a stream, with other lines or sheets."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in {"companies": PLANTS, "streams": [ASH], **sheets}.items():
        sheet = book.create_sheet(name)
        for row in [dict(heads).get(name, HEADS[name]), *rows]:
            sheet.append(row)
            for cell in sheet[sheet.max_row]:
                if cell.value == "#REF!":
                    cell.data_type = "e"
    book.save(folder / "park.xlsx")
    return import_park([folder / "park.xlsx"], folder / "park")


TWICE = ["Power Plant", "Cement Works", "fly ash", 20, "kt", 2015]
SECRET = {"streams": [*STREAMS, "confidential"]}
REFUSED = {
    "metres without a unit": ({"distances": [["Power Plant", "Brewery", 2900, "road"]]}, "metres?"),
    "metres for km": ({"distances": [["Power Plant", "Brewery", "2900 m", "road"]]}, "a number of km"),
    "a range": ({"streams": ash(quantity="80-100")}, "a range belongs into low and high"),
    "a date as a size": ({"companies": plant(size="2024-08-01")}, "a range belongs into low and high"),
    "a truth value": ({"streams": ash(quantity=True)}, "the truth value True"),
    "another unit of a limit": ({"streams": ash(low="70000 t")}, "in the unit of the quantity, kt"),
    "a share as a limit": ({"streams": ash(low="-20 %", high=None)}, "in the unit of the quantity, kt"),
    "degrees and minutes": ({"companies": plant(lat="55° 12' 0\" N")}, "decimal degrees such as 55.2012"),
    "an error of the spreadsheet": ({"companies": plant(size="#REF!")}, "an error of the spreadsheet"),
    "one plant twice": (
        {"companies": [*PLANTS, ["Cement Works Ltd", "cement_works", None, 700000, "t", 55.2, 6.5]]},
        "'Cement Works' stands above",
    ),
    "an exchange with itself": ({"exchanges": [changed(TWICE, EXCHANGES, taker="Power Plant")]}, "another company"),
    "an exchange twice": ({"exchanges": [TWICE, TWICE]}, "fly_ash from Power Plant to Cement Works once"),
    "an end before the beginning": ({"exchanges": [changed(TWICE, EXCHANGES, until=2010)]}, "a date after 2015"),
    "more than there is": ({"exchanges": [changed(TWICE, EXCHANGES, quantity=500)]}, "at most 110,000 t a year"),
    "two lengths": (
        {"distances": [["Power Plant", "Brewery", 3.5, "road"], ["Brewery", "Power Plant", 4.5, "road"]]},
        "one length between",
    ),
    "a merged cell": ({"streams": [ASH, changed(ASH, STREAMS, company=None, stream="bottom ash")]}, "merged cells"),
    "what only the loader sees": (
        {"companies": plant(name="Cem\u200bent Works")},
        "park.xlsx, companies line 2, column name: 'Cem\\u200bent Works'",
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_could_be_taken_for_something_else_is_refused(tmp_path, case):
    sheets, words = REFUSED[case]
    with pytest.raises(InputError) as caught:
        imported(tmp_path, **sheets)
    assert words in str(caught.value)
    assert len(caught.value.mistakes) <= 2, "no mistake that only follows from another one"


SAID = {
    "a closed plant": ({"companies": plant(closes=2015)}, "closes in 2015, before the park begins in 2025"),
    "code against words": (
        {"streams": ash(stream="spent grain", ewc="10 01 02")},
        "'spent grain' would be spent_grain",
    ),
    "type against class": ({"companies": plant(nace="11.05")}, "NACE 11.05 would be brewery"),
    "a price without unit": ({"streams": ash(price_unit=None)}, "-12 without a unit is read as EUR/t"),
    "a place far away": ({"companies": plant(lat=40, lon=-3)}, "km across"),
}


@pytest.mark.parametrize("case", SAID)
def test_what_is_decided_between_two_is_said(tmp_path, case):
    sheets, words = SAID[case]
    assert any(words in line for line in imported(tmp_path, **sheets).draft.said)


def test_a_price_in_a_currency_of_its_own_counts_at_its_own_rate(tmp_path):
    """12 USD are 10.51 EUR (2020), whatever the other prices are in."""
    for setting in ("EUR", "DKK"):
        park = [["currency", setting], ["price_year", 2020]]
        draft = imported(tmp_path, streams=ash(price_unit="USD/t"), park=park).draft
        row = draft.rows("streams")["Power Plant", "fly_ash", "out"]
        assert row["price_now"].value == pytest.approx(-12 / 1.1422)
        assert any("not in" in line for line in draft.said)


def test_dry_matter_changes_the_tonnes_and_that_is_said(tmp_path):
    head = [*STREAMS, "dry_matter_pct"]
    line = [
        *changed(ASH, STREAMS, company="Brewery", stream="spent grain", quantity=14000, unit="t", low=None, high=None),
        0.23,
    ]
    said = imported(tmp_path, {"streams": head}, streams=[line]).draft.said
    assert any("0.23 % dry matter, 23 % in the library; 140 t a year" in one for one in said)


def test_units_in_the_header_count_where_a_line_has_none(tmp_path):
    head = ["quantity (kt/a)" if column == "quantity" else column for column in STREAMS if column != "unit"]
    line = [cell for column, cell in zip(STREAMS, ASH, strict=True) if column != "unit"]
    draft = imported(tmp_path, {"streams": head}, streams=[line]).draft
    assert draft.rows("streams")["Power Plant", "fly_ash", "out"]["per_year"].value == 90_000


def test_other_words_for_columns_and_the_minus_of_typesetters_are_read(tmp_path):
    head = [{"lat": "Latitude", "lon": "Longitude"}.get(column, column) for column in COMPANIES]
    draft = imported(tmp_path, {"companies": head}, streams=ash(price_now="\u221212")).draft
    assert draft.row("companies", "Brewery")["lat"].value == 55.19
    assert draft.rows("streams")["Power Plant", "fly_ash", "out"]["price_now"].value == -12


def test_a_class_without_its_zero_is_read(tmp_path):
    draft = imported(tmp_path, companies=plant(type=None, nace=1.46, size=None, size_unit=None)).draft
    assert draft.row("companies", "Cement Works")["nace"].value == "01.46"
    assert draft.row("companies", "Cement Works")["type"].value == "pig_farms"


def test_a_header_without_places_is_one_mistake(tmp_path):
    head = [{"lat": "Breite", "lon": "Laenge"}.get(column, column) for column in COMPANIES]
    with pytest.raises(InputError) as caught:
        imported(tmp_path, {"companies": head})
    assert "columns lat and lon" in str(caught.value.mistakes[0])


def test_a_comma_that_moves_the_cells_of_a_csv_is_refused(tmp_path):
    (tmp_path / "sheets").mkdir()
    lines = ["name,type,size,size_unit,lat,lon", "A,cement_works,800,000,t,55.2,6.5", "B,brewery,800000,hl,55.21,6.51"]
    (tmp_path / "sheets" / "companies.csv").write_text("\n".join(lines), encoding="utf-8")
    with pytest.raises(InputError) as caught:
        import_park([tmp_path / "sheets"], tmp_path / "park")
    assert "a comma inside a number?" in str(caught.value) or "cells" in str(caught.value)


@pytest.mark.parametrize(
    ("word", "secret"), [("x", True), ("Ja", True), ("vertraulich", True), ("no", False), (None, False)]
)
def test_what_is_confidential_is_marked_in_any_way_that_people_mark_it(tmp_path, word, secret):
    draft = imported(tmp_path, SECRET, streams=[[*ASH, word]]).draft
    assert draft.row("streams", "Power Plant", "fly_ash", "out")["confidential"].value is secret


def test_what_may_be_a_secret_is_asked(tmp_path):
    with pytest.raises(InputError, match="yes, or no"):
        imported(tmp_path, SECRET, streams=[[*ASH, "perhaps"]])


@pytest.mark.parametrize("text", ["< 500", "~500", "ca. 500", "approx. 500", "≤ 500"])
def test_a_number_that_is_not_exact_is_read_and_that_is_said(text):
    draft = Draft()
    line = Line("streams", 4, {"company": "A", "quantity": text, "unit": "t/a"})
    (plain,) = plain_lines("streams", [line], "", draft)
    assert plain.get("quantity") == "500"
    assert draft.said == [f"sheet streams, line 4, column quantity: {text} is read as 500, not as a limit or a range"]
    assert not draft.mistakes
