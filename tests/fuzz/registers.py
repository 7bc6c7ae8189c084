"""Samples of registers and workbooks with damage, and what a park that comes of them must be (check I5 of a park of one's own)."""

import csv
import functools
import json
import math
import shutil
import tempfile
from pathlib import Path

import openpyxl

from .folders import spoil_file
from .values import NUMBERS, nasty

SAMPLES = Path(__file__).parents[1] / "experiments" / "intake" / "samples"
SETS = {
    "eea": (["eea_sample"], ["--near", "55.20,6.50", "--radius", "10"]),
    "irep": (["irep_sample"], ["--near", "47.00,-4.20", "--radius", "8"]),
    "us": (["us_sample"], ["--near", "41.00,-68.50", "--radius", "8"]),
    "workbook": (["park_sample.xlsx"], []),
    "outlets": (["wdi_sample", "park_sample.xlsx"], []),
}
ORDER = ("workbook",) * 3 + ("irep", "us") * 2 + ("eea", "eea", "outlets")
CELLS = ("nan", "inf", 1e308, -1e308, -5, 0, "=1/0", "=1+1", None, "12,5", "250,000", "many", "2027-13", True, 45000)
SIGNED = {
    "lat",
    "lon",
    "x_km",
    "y_km",
    "price",
    "price_now",
    "landfill_tax",
    "carbon_price",
    "temperature_c",
    "attitude",
}
TEXTS = {"name", "company", "giver", "taker", "from", "to", "note", "source", "source_id", "nace", "ewc"}
PARKS = tempfile.TemporaryDirectory(prefix="ecopark-fuzz-parks-")
FIRST_WHOLE = (
    0.05  # share of the cases in which every question is weighed by the whole programme, which takes ten times as long
)


def import_case(chance, place):
    """Damage a sample in a few places and import it; or damage a park that was imported, and import it again."""
    sources, choice = SETS[chance.choice(ORDER)]
    names = []
    for source in sources:
        target = place / "input" / source
        (shutil.copytree if (SAMPLES / source).is_dir() else shutil.copy)(SAMPLES / source, target)
        names.append(f"input/{source}")
    files = [
        path for path in sorted((place / "input").rglob("*")) if path.is_file() and path.name != "expected.json"
    ]  # fmt: skip
    for _ in range(chance.choice([1, 1, 1, 2, 3])):
        _damage(chance, chance.choice(files))
    weigh_few(chance.random() >= FIRST_WHOLE)
    return ["import", *names, *choice, "--into", "out"]


def again_case(chance, place):
    """Damage a park that was imported, and read it again in one of the ways that it is read."""
    name = chance.choice(sorted(SETS))
    park = place / "input" / "park"
    shutil.copytree(imported(name), park)
    files = sorted(path for path in park.iterdir() if path.suffix in (".csv", ".toml", ".json"))
    likely = [path for path in files if path.name in ("questions.csv", "companies.csv", "streams.csv")]
    for _ in range(chance.choice([1, 1, 2])):
        spoil_file(chance, chance.choice(files + likely * 2))
    weigh_few(chance.random() >= FIRST_WHOLE)
    return [chance.choice(["import", "import", "opportunities"]), "input/park"]


@functools.cache
def imported(name):
    """Return the folder of an imported sample, made once for all cases."""
    from ecopark.experiments.intake.choosing import selection_of
    from ecopark.experiments.intake.importing import import_park, write_park

    sources, choice = SETS[name]
    near, radius = (choice[1], float(choice[3])) if choice else (None, None)
    folder = Path(PARKS.name) / name
    selection = selection_of(near, radius, None, None)
    write_park(import_park([SAMPLES / one for one in sources], folder, selection=selection), folder)
    return folder


def weigh_few(few):
    """Weigh no question by the programme (few), or as an import does."""
    from ecopark.experiments.intake import stakes

    stakes.MOST = 0 if few else 25


def _damage(chance, path):
    if path.suffix == ".xlsx":
        _damage_workbook(chance, path)
    elif chance.random() < 0.15:
        _swap_columns(chance, path)
    else:
        spoil_file(chance, path)


def _swap_columns(chance, path):
    """Swap two columns of a table, or their names alone; or put one hostile value down a whole column."""
    text = path.read_text(encoding="utf-8-sig", errors="replace")
    mark = ";" if text.count(";") > text.count(",") else ","
    rows = list(csv.reader(text.splitlines(), delimiter=mark))
    wide = min(map(len, rows), default=0)
    if wide > 1:
        one, two = chance.sample(range(wide), 2)
        what, value = chance.random(), chance.choice(NUMBERS)
        for row in rows[:1] if what < 0.4 else rows[1:] if what < 0.7 else rows:
            if what < 0.55 or what >= 0.7:
                row[one], row[two] = row[two], row[one]
            else:
                row[one] = value
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=mark).writerows(rows)


def _damage_workbook(chance, path):
    """Change cells of a workbook, swap its columns, rename a sheet, or cut the file."""

    if chance.random() < 0.08:
        data = bytearray(path.read_bytes()[: chance.randrange(1, path.stat().st_size)])
        data[chance.randrange(len(data))] ^= 0xFF
        path.write_bytes(bytes(data))
        return
    book = _book(path)
    if book is None:
        return
    sheet = chance.choice(book.worksheets)
    what = chance.random()
    if what < 0.05:
        sheet.title = chance.choice(["Sheet1", "Firmen", sheet.title.upper(), f" {sheet.title}"])
    elif what < 0.1 and sheet.max_column > 1:
        one, two = chance.sample(range(1, sheet.max_column + 1), 2)
        for row in range(1 if chance.random() < 0.5 else 2, sheet.max_row + 1):
            a, b = sheet.cell(row, one), sheet.cell(row, two)
            a.value, b.value = b.value, a.value
    else:
        _change_cells(chance, sheet)
    try:
        book.save(path)
    except (ValueError, TypeError):  # what no workbook can hold
        shutil.copy(SAMPLES / path.name, path)


def _book(path):
    """Return a workbook, None of one that an earlier damage has broken."""

    try:
        return openpyxl.load_workbook(path)
    except Exception:
        return None


def _change_cells(chance, sheet):
    from openpyxl.utils.exceptions import IllegalCharacterError

    for _ in range(chance.choice([1, 1, 2, 3])):
        place = sheet.cell(chance.randint(1, sheet.max_row), chance.randint(1, sheet.max_column))
        value = chance.choice(CELLS) if chance.random() < 0.6 else nasty(chance, 0.5)[:30_000]
        try:
            place.value = value
        except (IllegalCharacterError, ValueError):
            place.value = None


def unsound(folder):
    """Return what is wrong with a park that was written: numbers, the balance of reported tonnes, cells of unknown origin."""
    tables = {
        # a table that a spreadsheet has saved in letters of its own is a table
        path.stem: list(csv.DictReader(path.read_text(encoding="utf-8", errors="replace").splitlines()))
        for path in sorted(Path(folder).glob("*.csv"))
    }
    if "companies" not in tables:
        return "no companies"
    found = [
        f"{table}.{column} is {value}"
        for table, rows in tables.items()
        if table not in ("provenance", "questions")
        for row in rows
        for column, value in row.items()
        if _wrong(column, value)
    ]
    return found[0] if found else _unbalanced(folder) or _of_unknown_origin(tables)


def _wrong(column, value):
    """Say whether a cell holds what no number of a park may be."""
    try:
        number = float(value)
    except (ValueError, TypeError):
        return False
    if column in TEXTS:
        return False
    return not math.isfinite(number) or abs(number) > 1e30 or (number < 0 and column not in SIGNED)


def _unbalanced(folder):
    mass = json.loads((Path(folder) / "import.json").read_text(encoding="utf-8"))["mass"]
    reported = mass.pop("reported")
    same = math.isclose(sum(mass.values()), reported, rel_tol=1e-9, abs_tol=1e-6)
    return "" if same else "the reported tonnes do not end in one place each"


def _of_unknown_origin(tables):
    from ecopark.experiments.intake.write import KEYS, text_of

    known = {(row["table"], row["row"], row["column"]) for row in tables["provenance"]}
    for table, keys in KEYS.items():
        for row in tables.get(table, ()):
            name = text_of(" | ".join(row[key].removeprefix("'") for key in keys))
            gone = [column for column, value in row.items() if value and (table, name, column) not in known]
            if gone:
                return f"{table}.{gone[0]} is of unknown origin"
    return ""


def warm():
    """Make the parks that cases start from, so that what an import loads is loaded once."""
    for name in SETS:
        imported(name)
