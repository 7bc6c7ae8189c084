"""I5: all mistakes in one list, nothing written, never a traceback (damaged samples: tests/fuzz)."""

import shutil

import numpy as np
import openpyxl
import pytest

from ecopark import load_scenario
from ecopark.abm.input.errors import InputError
from ecopark.experiments.intake.importing import import_park, write_park
from ecopark.experiments.intake.opportunities import opportunities_of
from ecopark.experiments.intake.selection import Selection, read_polygons
from tests.experiments.intake.conftest import CHOICES, SAMPLES


def edited(tmp_path, **cells):
    """Return the sample workbook with other cells: sheet_A1=value."""
    book = openpyxl.load_workbook(SAMPLES / "park_sample.xlsx")
    for name, value in cells.items():
        sheet, _, cell = name.partition("_")
        book[sheet][cell] = value
    book.save(tmp_path / "park.xlsx")
    return tmp_path / "park.xlsx"


def mistakes(*sources, into, **options):
    with pytest.raises(InputError) as caught:
        import_park(sources, into, **options)
    return [str(mistake) for mistake in caught.value.mistakes]


def test_all_mistakes_of_a_workbook_come_in_one_list(tmp_path):
    path = edited(
        tmp_path, companies_A14="=cmd", companies_H4=95, companies_F5="tons/a", streams_G3="MW", streams_A4="Brygmestr", streams_E6="process_steem",
        streams_D9="999", streams_Q10="heard", exchanges_G3="soon", distances_C2=-1, park_B5=1850, companies_C6="plasterbord_plant",
    )  # fmt: skip
    found = mistakes(path, into=tmp_path / "park")
    text = "\n".join(found)
    for words in (
        "companies, line 4, column lat", "short ton", "power without hours", "did you mean 'Brygmester'", "did you mean 'process_steam'",
        "six digits", "one of measured", "YYYY or YYYY-MM", "above 0", "2010", "did you mean 'plasterboard_plant'",
    ):  # fmt: skip
        assert words in text, words
    assert not (tmp_path / "park").exists()


def test_a_size_in_thousands_is_asked_and_one_of_a_million_refused(tmp_path):
    draft = import_park([edited(tmp_path, companies_E8=260)], tmp_path / "p").draft
    assert any(one.company == "Jernstøberiet" and "Typical" in one.asked for one in draft.questions)
    assert "thousands?" in mistakes(edited(tmp_path, companies_E8=26e6), into=tmp_path / "p")[0]


def test_a_number_with_two_readings_is_asked_never_guessed(tmp_path):
    (found,) = mistakes(edited(tmp_path, exchanges_E2="250,000", exchanges_I5=-8.5), into=tmp_path / "p")
    assert "250000 or 250.000?" in found
    said = import_park(
        [edited(tmp_path, exchanges_E2="250,000")], tmp_path / "p"
    ).draft.said  # -8,5 shows the decimal comma
    assert any("250,000 is read as 250" in line for line in said)


def test_a_formula_that_nobody_computed_is_refused(tmp_path):
    assert (
        "open the workbook and save it once"
        in mistakes(edited(tmp_path, companies_E2="=2*210000"), into=tmp_path / "p")[0]
    )


def test_a_number_that_is_no_date_in_a_cell_of_dates_is_refused_without_a_warning(tmp_path):
    """The cell has the format of a date; a formula elsewhere on the sheet makes us look for formulas without value."""
    path = edited(tmp_path, exchanges_G5=1e308, exchanges_M5="=1+1")
    assert any("open the workbook and save it once" in line for line in mistakes(path, into=tmp_path / "p"))


def test_german_french_and_english_forms_of_one_workbook_give_the_same_park(tmp_path):
    """Sheets as csv: 0,8 and 900.000; 0,8 and 900 000; 0.8 and 900,000."""
    forms = {"de": (".", ",", ";"), "fr": ("\u202f", ",", ";"), "en": (",", ".", ",")}
    parks = []
    for form, (thousand, point, delimiter) in forms.items():
        folder = tmp_path / form / "sheets"
        folder.mkdir(parents=True)

        def number(value, thousand=thousand, point=point):
            return f"{value:,.4f}".replace(",", "T").replace(".", point).replace("T", thousand)

        lines = [["name", "nace", "size", "size_unit", "lat", "lon"]]
        lines += [
            ["A", "11.05", number(900000), "hl/a", number(55.2), number(6.5)],
            ["B", "23.51", number(0.8), "Mt/a", number(55.21), number(6.52)],
        ]
        text = "\n".join(delimiter.join(f'"{cell}"' for cell in line) for line in lines)
        (folder / "companies.csv").write_text(text, encoding="utf-8")
        parks.append(import_park([folder], tmp_path / form / "park").files)
    tables = [
        {name: text for name, text in park.items() if name in ("companies.csv", "streams.csv", "scenario.toml")}
        for park in parks
    ]
    assert tables[0] == tables[1] == tables[2]
    assert "900000" in tables[0]["companies.csv"]


REFUSED = {
    "no place": (["eea_sample"], {}, None),
    "nothing there": (["eea_sample"], {"selection": Selection((10.0, 10.0), 5.0)}, "no facility left"),
    "no register": (["estate_sample.geojson"], {}, "the EEA set"),
    "no such file": (["missing.zip"], {}, "that exists"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_choice_that_leaves_nothing_is_refused(tmp_path, case):
    sources, options, words = REFUSED[case]
    if words is None:
        assert (
            len(list(import_park([SAMPLES / one for one in sources], tmp_path / "p", **options).draft.companies()))
            == 20
        )
    else:
        assert words in mistakes(*(SAMPLES / one for one in sources), into=tmp_path / "p", **options)[0]


def test_a_strange_folder_is_not_written_over(tmp_path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "scenario.toml").write_text("", encoding="utf-8")
    assert "a new folder" in mistakes(SAMPLES / "park_sample.xlsx", into=tmp_path / "mine")[0]


def test_a_zip_that_leaves_its_folder_is_refused(tmp_path):
    import zipfile

    with zipfile.ZipFile(tmp_path / "eea.zip", "w") as pack:
        for path in sorted((SAMPLES / "eea_sample").glob("F*.csv")):
            pack.write(path, f"data/{path.name}")
    found = import_park([tmp_path / "eea.zip"], tmp_path / "p", selection=CHOICES["eea"][1])
    assert len(list(found.draft.companies())) == 19
    with zipfile.ZipFile(tmp_path / "bad.zip", "w") as pack:
        pack.writestr("../F4_2_x.csv", "a")
    assert "names inside the zip" in mistakes(tmp_path / "bad.zip", into=tmp_path / "q")[0]


def test_wrong_polygons_are_refused_with_their_place(tmp_path):
    for name, text, words in (
        ("a.geojson", '{"type":"Polygon","coordinates":[[[0,0],[1,1],[1,0],[0,1],[0,0]]]}', "crosses itself"),
        ("b.geojson", '{"type":"Polygon","coordinates":[[[0,0],[1,1]]]}', "at least three"),
        ("c.geojson", "not json", "polygons"),
        ("d.kml", '<!DOCTYPE x [<!ENTITY a "b">]><kml/>', "document type"),
        ("e.geojson", '{"type":"Point","coordinates":[1,2]}', "at least one polygon"),
    ):
        (tmp_path / name).write_text(text, encoding="utf-8")
        with pytest.raises(InputError, match=words):
            read_polygons(tmp_path / name)


def register(tmp_path, edit):
    """Return the European sample with its table of waste edited: edit(lines) in place."""
    shutil.copytree(SAMPLES / "eea_sample", tmp_path / "data")
    path = next((tmp_path / "data").glob("F4_2*"))
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    edit(lines)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return import_park([tmp_path / "data"], tmp_path / "park", selection=CHOICES["eea"][1]).draft


def test_a_line_of_a_register_with_cells_too_many_is_left_out_and_said(tmp_path):
    """A comma that is not quoted moves the cells behind it; no tonne is read from another column."""

    def with_a_comma(lines):
        lines[3] = lines[3].replace("Klinthavn", "Klinthavn, Nord", 1)

    said = register(tmp_path, with_a_comma).said
    assert "F4_2_WasteTransfers_Facilities.csv: 1 line with more cells than the header left out (line 4)" in said


def test_marks_of_thousands_in_a_register_with_commas_are_no_decimal_commas(tmp_path):
    def with_thousands(lines):
        (number,) = (place for place, line in enumerate(lines) if "505000.0" in line)
        lines[number] = lines[number].replace("505000.0", '"505,000"')

    changed, plain = register(tmp_path / "a", with_thousands), register(tmp_path / "b", lambda lines: None)
    assert changed.reported == pytest.approx(plain.reported)


def test_a_table_of_a_register_may_be_empty(tmp_path):
    shutil.copytree(SAMPLES / "eea_sample", tmp_path / "data")
    for path in (tmp_path / "data").glob("F[1567]*"):
        path.write_text(path.read_text(encoding="utf-8-sig").splitlines()[0] + "\n", encoding="utf-8")
    found = import_park([tmp_path / "data"], tmp_path / "park", selection=CHOICES["eea"][1])
    assert len(list(found.draft.companies())) > 10


def test_less_than_a_milligram_is_nothing_and_overflows_nothing(tmp_path):
    shutil.copytree(SAMPLES / "irep_sample", tmp_path / "data")
    path = next((tmp_path / "data").rglob("Prod_dechets_non_dangereux.csv"))
    lines = path.read_text(encoding="utf-8").splitlines()
    column = lines[0].split(";").index("quantite")
    for number, line in enumerate(lines[1:], 1):
        cells = line.split(";")
        cells[column] = "1e-320"
        lines[number] = ";".join(cells)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    park = import_park([tmp_path / "data"], tmp_path / "park", selection=CHOICES["irep"][1])
    write_park(park, tmp_path / "park")
    with np.errstate(over="raise", invalid="raise"):
        found = opportunities_of(load_scenario(tmp_path / "park"), recruit=False)
    assert np.isfinite(found.best.value)


def test_a_date_beyond_all_dates_is_a_mistake(tmp_path):
    import datetime

    book = openpyxl.load_workbook(SAMPLES / "park_sample.xlsx")
    cell = book["exchanges"]["G2"]
    cell.value = datetime.datetime(2020, 1, 1)
    cell.number_format, cell.value = "yyyy-mm-dd", -1e308
    book.save(tmp_path / "park.xlsx")
    assert mistakes(tmp_path / "park.xlsx", into=tmp_path / "p")


@pytest.mark.parametrize("label", ["brewers grains", "Brewer's spent grains", "brewery-grains", "Draff", "spent_grain"])
def test_a_stream_is_known_by_what_people_call_it(tmp_path, label):
    sheet = openpyxl.load_workbook(SAMPLES / "park_sample.xlsx")["streams"]
    row = next(cells[0].row for cells in sheet.iter_rows(min_row=2) if cells[0].value == "Serverhal")
    path = edited(tmp_path, **{f"streams_C{row}": label, f"streams_G{row}": "t/a"})
    book = openpyxl.load_workbook(path)
    book["streams"][f"K{row}"].value = None  # a temperature would say which heat it is
    book.save(path)
    draft = import_park([path], tmp_path / "p").draft
    assert ("Serverhal", "spent_grain", "out") in draft.rows("streams")
    assert label == "spent_grain" or any(f"{label!r} is read as spent_grain" in line for line in draft.said)


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (lambda text: text.replace(b"companies", b"x" * 200_000, 1), "field larger than field limit"),
        (lambda text: text.replace(b",", b"\xff", 3), "can't decode"),
        (lambda text: text.replace(b"status", b"state", 1), "no column status"),
    ],
)
def test_an_origin_of_cells_that_cannot_be_read_is_a_mistake(tmp_path, damage, said):
    into = tmp_path / "park"
    write_park(import_park([SAMPLES / "park_sample.xlsx"], into), into)
    path = into / "provenance.csv"
    path.write_bytes(damage(path.read_bytes()))
    assert [one for one in mistakes(into, into=into) if "provenance.csv" in one and said in one]


@pytest.mark.parametrize("table", ["companies", "streams", "exchanges", "distances"])
def test_a_table_of_a_park_that_lost_its_header_is_a_mistake(tmp_path, table):
    into = tmp_path / "park"
    write_park(import_park([SAMPLES / "park_sample.xlsx"], into), into)
    path = into / f"{table}.csv"
    path.write_text(path.read_text(encoding="utf-8").partition("\n")[2], encoding="utf-8")
    assert [one for one in mistakes(into, into=into) if one.startswith(f"{table}.csv") and "no column" in one]


def test_a_column_that_an_import_does_not_keep_is_said_before_it_is_lost(tmp_path):
    into = tmp_path / "park"
    write_park(import_park([SAMPLES / "park_sample.xlsx"], into), into)
    path = into / "companies.csv"
    header, _, rows = path.read_text(encoding="utf-8").partition("\n")
    path.write_text(f"{header.replace('size', 'siez')},threshold\n{rows}", encoding="utf-8")
    found = mistakes(into, into=into)
    assert any(one.startswith("companies.csv: 'threshold'") for one in found), found
    assert any("siez" in one and "did you mean 'size'" in one for one in found)
