"""Files as people have them: other encodings, a line for Excel, titles, workbooks; text that looks like numbers."""

import openpyxl
import pytest

from ecopark import load_scenario
from ecopark.abm.input.errors import InputError

ROWS = [
    ["name", "type", "size", "x_km", "y_km"],
    ["Æ Works", "coal_chp_fgd", "3000000", "0", "0"],
    ["12,000", "brewery", "800000", "2.5", "1"],
]
TEXT = "\n".join("\t".join(row) for row in ROWS)


def names(path):
    return [row.name for row in load_scenario(path).tables["companies"]]


def mistakes(path):
    with pytest.raises(InputError) as caught:
        load_scenario(path)
    return [str(mistake) for mistake in caught.value.mistakes]


FORMS = {
    "utf-8": TEXT.encode(),
    "with mark": TEXT.encode("utf-8-sig"),
    "utf-16": TEXT.encode("utf-16"),
    "utf-16 big": b"\xfe\xff" + TEXT.encode("utf-16-be"),
    "utf-16 without mark": TEXT.encode("utf-16-le"),
    "utf-32": TEXT.encode("utf-32"),
    "windows": TEXT.encode("cp1252"),
    "sep": b"sep=;\r\n" + TEXT.replace("\t", ";").encode(),
    "sep quoted": b'"sep=\t"\n' + TEXT.encode(),
    "title": b"Companies of the park 2026\t\t\t\t\n\n" + TEXT.encode(),
    "title in two lines": b"Our park\nas of May, all in tonnes\n\n" + TEXT.encode(),
}


@pytest.mark.parametrize("form", FORMS)
def test_text_is_read_as_it_was_written(tmp_path, form):
    path = tmp_path / "park.csv"
    path.write_bytes(FORMS[form])
    assert names(path) == ["Æ Works", "12,000"]


def test_a_workbook_is_read_by_its_first_sheet(tmp_path):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["Companies of the park"])
    sheet.append(ROWS[0])
    sheet.append(["Æ Works", "coal_chp_fgd", 3000000, 0, 0])
    sheet.append(["12,000", "brewery", 800000, 2.5, 1])
    book.save(tmp_path / "park.xlsx")
    assert names(tmp_path / "park.xlsx") == ["Æ Works", "12,000"]
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "scenario.toml").write_text("", encoding="utf-8")
    book.save(tmp_path / "own" / "companies.xlsx")
    assert names(tmp_path / "own") == ["Æ Works", "12,000"]


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"%PDF-1.7 x", "PDF"),
        (b"PK\x03\x04abc", "zip"),
        (b"\xd0\xcf\x11\xe0abc", "Excel"),
        (b"a\x00\x00\x01b\x00\x02", "no text"),
    ],
)
def test_a_file_that_is_no_table_is_called_what_it_is(tmp_path, data, word):
    (tmp_path / "park.csv").write_bytes(data)
    assert any(word in line for line in mistakes(tmp_path / "park.csv"))
    (tmp_path / "park.xlsx").write_bytes(data)
    assert any("workbook" in line for line in mistakes(tmp_path / "park.xlsx"))


def test_own_remarks_are_columns_too(tmp_path):
    path = tmp_path / "park.csv"
    path.write_text("name,type,comment,#asked\nA,brewery,in May,x\nB,dairy,,\n", encoding="utf-8")
    assert load_scenario(path).tables["companies"][0].note == "in May"
    path.write_text("name,type,telephone\nA,brewery,1\nB,dairy,2\n", encoding="utf-8")
    assert "begins with #" in mistakes(path)[0]


def test_codes_of_others_are_explained(tmp_path):
    path = tmp_path / "park.csv"
    path.write_text("name,type\nA,35.11\nB,23.62\nC,1105\nD,C10.51\nE,brewery\n", encoding="utf-8")
    found = mistakes(path)
    assert len(found) == 4
    for line, word in zip(found, ("gas_chp", "plasterboard_plant", "brewery", "dairy"), strict=True):
        assert word in line
    folder = tmp_path / "park"
    folder.mkdir()
    (folder / "scenario.toml").write_text("", encoding="utf-8")
    (folder / "companies.csv").write_text("name,type\nA,coal_chp_fgd\nE,brewery\n", encoding="utf-8")
    (folder / "streams.csv").write_text(
        "company,material,direction,per_year\nA,10 01 02,out,110000\nA,19 08 05*,out,5\n", "utf-8"
    )
    found = mistakes(folder)
    assert ["fly_ash" in found[0], "sewage_sludge" in found[1], len(found)] == [True, True, 2]


def test_days_that_do_not_exist_are_refused(tmp_path):
    path = tmp_path / "park.csv"
    for day, good in (
        ("2027-06-99", False),
        ("2027-02-29", False),
        ("2028-02-29", True),
        ("2027-6-1", True),
        ("27-06", False),
    ):
        path.write_text(f"name,type,opens\nA,brewery,{day}\nB,dairy,\n", encoding="utf-8")
        if good:
            load_scenario(path)
        else:
            assert day in mistakes(path)[0]


def test_what_a_row_over_the_library_leaves_out_stays(tmp_path):
    folder = tmp_path / "park"
    folder.mkdir()
    (folder / "scenario.toml").write_text("", encoding="utf-8")
    (folder / "companies.csv").write_text("name,type\nA,coal_chp_fgd\nE,brewery\n", encoding="utf-8")
    library = {row.material: row for row in load_scenario(folder).tables["materials"]}
    (folder / "materials.csv").write_text(
        "material,haul_cost,price\nfly_ash,0.2,\nprocess_steam,,12\n", encoding="utf-8"
    )
    (folder / "types.csv").write_text("type,payback\nbrewery,9\n", encoding="utf-8")
    (folder / "conversions.csv").write_text("by_product,input,max_share\nfly_ash,clinker,0.1\n", encoding="utf-8")
    scenario = load_scenario(folder)
    ash, steam = (
        next(row for row in scenario.tables["materials"] if row.material == name)
        for name in ("fly_ash", "process_steam")
    )
    changed = {name for name in type(ash).model_fields if getattr(ash, name) != getattr(library["fly_ash"], name)}
    assert changed - {"grade", "source", "note"} == {"haul_cost"}
    assert "materials.csv: fly_ash has its own haul_cost; all else stays as the library has it" in scenario.notices
    assert (steam.price, steam.price_series, steam.unit) == (12, None, "GJ")
    brewery = next(row for row in scenario.tables["types"] if row.type == "brewery")
    assert (brewery.payback, brewery.sector) == (9, "food")
    way = next(row for row in scenario.tables["conversions"] if (row.by_product, row.input) == ("fly_ash", "clinker"))
    assert (way.max_share, way.ratio > 0) == (0.1, True)


def test_a_unit_that_is_named_must_be_that_of_the_material(tmp_path):
    folder = tmp_path / "park"
    folder.mkdir()
    (folder / "scenario.toml").write_text("", encoding="utf-8")
    (folder / "companies.csv").write_text("name,type\nA,coal_chp_fgd\nE,brewery\n", encoding="utf-8")
    (folder / "streams.csv").write_text(
        "company,material,direction,per_year,unit\nA,fly_ash,out,5,kg\n", encoding="utf-8"
    )
    assert "column unit: 'kg'" in mistakes(folder)[0]
