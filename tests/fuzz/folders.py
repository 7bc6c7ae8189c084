"""Scenario folders and tables of companies, changed in a few places."""

import json
import shutil
from pathlib import Path

from ecopark.abm.input.loading import HERE as PACKAGE
from ecopark.abm.input.loading import SCENARIOS

from .values import NUMBERS, WORDS, nasty

PARK = Path(__file__).parent / "park"
TABLES = (
    "materials",
    "routes",
    "material_routes",
    "types",
    "processes",
    "conversions",
    "profiles",
    "sectors",
    "prices",
)
KINDS = ("size", "process", "owner", "contacts", "price", "permit_withdrawn", "relocation", "x")
LINES = (
    "years = ", "start_year = ", "name = ", "label = ", "base_year = ", "origin = ", "[synthetic]\ncompanies = ", "[behaviour]\nattitude = ",
    "[policy.landfill_tax]\nsize = ", "[policy.broker]\nstart = ", "[nope]\nx = ",
)  # fmt: skip


def scenario_case(chance, place):
    """Make a scenario folder or a table of companies and change it in a few places."""
    source = chance.choice([PARK] * 3 + sorted(path.parent for path in SCENARIOS.glob("*/scenario.toml")))
    folder = place / "input" / "park"
    shutil.copytree(source, folder)
    if chance.random() < 0.4:
        _add_table(chance, folder)
    if chance.random() < 0.25:
        rows = [_event(chance) for _ in range(chance.randint(1, 3))]
        (folder / "events.csv").write_text("date,kind,company,value\n" + "\n".join(rows) + "\n", encoding="utf-8")
    for _ in range(chance.choice([1, 1, 1, 2, 3])):
        files = sorted(path for path in folder.iterdir() if path.suffix in (".csv", ".toml"))
        spoil_file(chance, chance.choice(files))
    alone = chance.random() < 0.15 and (folder / "companies.csv").exists()
    source = folder / "companies.csv" if alone else folder
    if chance.random() < 0.2:
        return ["check", str(source)]
    return ["run", str(source), "--years", str(chance.randint(1, 3)), "--no-report", "--out", "out"]


def _add_table(chance, folder):
    """Put a few rows of a table of the library into the folder."""
    source = PACKAGE / "library" / f"{chance.choice(TABLES)}.csv"
    if source.exists():
        head, *lines = source.read_text(encoding="utf-8").splitlines()
        few = chance.sample(lines, min(len(lines), chance.randint(1, 12)))
        (folder / source.name).write_text("\n".join([head, *few]) + "\n", encoding="utf-8")


def _event(chance):
    date = chance.choice(["2025", "2026-03", nasty(chance)])
    return f"{date},{chance.choice(KINDS)},{chance.choice(['Brewery', 'Brewery', '', 'Nobody'])},{nasty(chance, 0.3)}"


def spoil_file(chance, path):
    """Change a text table or a TOML file in place."""
    data = path.read_bytes()
    how = chance.random()
    if how < 0.05:
        cut = chance.randint(0, len(data))
        data = data[:cut] if chance.random() < 0.6 else data[cut:]
    elif how < 0.1:
        data = _flipped(chance, data)
    elif how < 0.16:
        encoding = chance.choice(["utf-16", "cp1252", "utf-8-sig"])
        data = data.decode("utf-8", "replace").encode(encoding, "replace")
    elif path.suffix == ".toml":
        data = _spoiled_toml(chance, data)
    else:
        data = _spoiled_table(chance, data)
    path.write_bytes(data)


def _flipped(chance, data):
    """Return data with some bytes changed."""
    changed = bytearray(data)
    for _ in range(chance.randint(1, 8) if changed else 0):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


def _spoiled_toml(chance, data):
    lines = data.decode("utf-8", "replace").splitlines()
    line = chance.choice(LINES)
    value = chance.choice(
        [
            *NUMBERS,
            "0x" + "f" * 5000,
            "[" * 5000 + "]" * 5000,
            *(json.dumps(word) for word in WORDS[:24]),
            "[1]",
            "{a = 1}",
            "1979-05-27",
        ]
    )
    if not line.startswith("["):
        lines = [line + value, *(one for one in lines if not one.startswith(line.split("=")[0]))]
    elif chance.random() < 0.5 or not lines:
        lines.append(line + value)
    else:
        lines[chance.randrange(len(lines))] = line + value
    return "\n".join(lines).encode("utf-8", "replace")


def _spoiled_table(chance, data):
    mark = b";" if data.count(b";") > data.count(b",") else b","
    rows = [line.split(mark) for line in data.splitlines()] or [[b""]]
    for _ in range(chance.choice([1, 1, 2, 3])):
        _spoil_row(chance, rows)
    return b"\n".join(mark.join(row) for row in rows) + b"\n"


def _spoil_row(chance, rows):
    """Change, double, shorten, lengthen or delete a row, in place."""
    row, what = chance.randrange(len(rows)), chance.random()
    if what < 0.7 and rows[row]:
        text = nasty(chance, 0.6)
        if chance.random() < 0.7 and any(mark in text for mark in ',;"'):
            text = '"' + text.replace('"', '""') + '"'
        rows[row][chance.randrange(len(rows[row]))] = text.encode("utf-8", "replace")
    elif what < 0.8:
        rows.append(list(rows[row]))
    elif what < 0.88 and rows[row]:
        del rows[row][chance.randrange(len(rows[row]))]
    elif what < 0.94 or len(rows) == 1:
        rows[row].append(b"more")
    else:
        del rows[row]
