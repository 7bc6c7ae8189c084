"""I5: all mistakes in one list, nothing written, never a traceback; damaged samples give an error or a sound park."""

import random
import shutil

import openpyxl
import pytest

from ecopark import load_scenario
from ecopark.abm.input.errors import InputError
from ecopark.experiments.intake.importing import import_park, write_park
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


def damaged(data, draw):
    """Return a file with one damage: cut, bytes changed, columns swapped, other encodings, numbers that are none."""
    kind = draw.randrange(7)
    if kind == 0:
        return data[: draw.randrange(len(data) + 1)]
    if kind == 1:
        place = draw.randrange(len(data))
        return data[:place] + bytes([draw.randrange(256)]) + data[place + 1 :]
    text = data.decode("utf-8", errors="replace")
    if kind == 2:
        return text.encode("utf-16")
    if kind == 3:
        return text.replace(",", ";", draw.randrange(1, 40)).encode()
    numbers = ["nan", "inf", "1e308", "-5", "=1+1", "", "12,5", "many"]
    parts = text.split(",")
    for _ in range(draw.randrange(1, 6)):
        parts[draw.randrange(len(parts))] = draw.choice(numbers)
    if kind == 5:
        draw.shuffle(parts[:30])
    return ",".join(parts).encode("latin-1", errors="replace")


def import_damaged(tmp_path, name, seed, times):
    """Import a register so many times with a file damaged; return how often a park came of it, which must be sound."""
    sources, selection = CHOICES[name]
    draw, sound = random.Random(seed), 0
    for number in range(times):
        folder = tmp_path / str(number)
        shutil.copytree(SAMPLES / sources[0], folder / "data")
        files = sorted(path for path in (folder / "data").rglob("*.csv"))
        path = draw.choice(files)
        path.write_bytes(damaged(path.read_bytes(), draw))
        try:
            park = import_park([folder / "data"], folder / "park", selection=selection)
        except InputError:
            continue
        write_park(park, folder / "park")
        tables = load_scenario(folder / "park").tables
        assert all(row.per_year is None or 0 <= row.per_year < float("inf") for row in tables["streams"])
        assert all(row.size is None or 0 < row.size < float("inf") for row in tables["companies"])
        sound += 1
        shutil.rmtree(folder)
    return sound


# An import of eea takes 5 s of CPU, of the others half a second.
@pytest.mark.parametrize(("name", "times"), [("eea", 3), ("irep", 12), ("us", 12)])
def test_a_damaged_register_gives_an_error_or_a_sound_park(tmp_path, name, times):
    assert import_damaged(tmp_path, name, 5, times) > 0


@pytest.mark.heavy
@pytest.mark.timeout(7200)
@pytest.mark.parametrize(("name", "times"), [("eea", 500), ("irep", 2500), ("us", 2500)])
def test_thousands_of_damaged_registers_give_an_error_or_a_sound_park(tmp_path, name, times):
    """I5: 10^4 damages with those of the workbook; two hours of CPU in all."""
    assert import_damaged(tmp_path, name, 11, times) > 0


@pytest.mark.heavy
@pytest.mark.timeout(7200)
def test_thousands_of_damaged_workbooks_give_an_error_or_a_sound_park(tmp_path):
    damage_workbooks(tmp_path, 13, 4500)


def test_damaged_workbooks_give_an_error_or_a_sound_park(tmp_path):
    damage_workbooks(tmp_path, 7, 25)


def damage_workbooks(tmp_path, seed, times):
    """Import the sample workbook so many times with cells damaged, and cut short."""
    draw = random.Random(seed)
    values = ["nan", "inf", 1e308, -5, "=1/0", None, "12,5", "many", "2027-13", "🙂", "x" * 500, True]
    for _ in range(times):
        book = openpyxl.load_workbook(SAMPLES / "park_sample.xlsx")
        for _ in range(draw.randrange(1, 4)):
            sheet = book[draw.choice(book.sheetnames)]
            sheet.cell(
                draw.randrange(1, sheet.max_row + 1), draw.randrange(1, sheet.max_column + 1)
            ).value = draw.choice(values)
        book.save(tmp_path / "park.xlsx")
        try:
            import_park([tmp_path / "park.xlsx"], tmp_path / "park")
        except InputError:
            continue
    data = (SAMPLES / "park_sample.xlsx").read_bytes()
    for _ in range(max(10, times // 10)):
        cut = bytearray(data[: draw.randrange(len(data))])
        if cut:
            cut[draw.randrange(len(cut))] ^= 0xFF
        (tmp_path / "cut.xlsx").write_bytes(bytes(cut))
        with pytest.raises(InputError):
            import_park([tmp_path / "cut.xlsx"], tmp_path / "park")


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
