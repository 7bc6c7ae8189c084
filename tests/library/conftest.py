"""Tables of the library and of the shipped scenarios as lists of rows."""

import csv
from pathlib import Path

import pytest

ABM = Path(__file__).parents[2] / "abm"
KEYS = {
    "materials": ("material",),
    "routes": ("route",),
    "material_routes": ("material", "route"),
    "types": ("type",),
    "processes": ("type", "material", "direction"),
    "conversions": ("by_product", "input"),
    "profiles": ("profile",),
    "sectors": ("sector",),
    "prices": ("series", "year"),
    "emissions": ("material", "year"),
}


def read_rows(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="session")
def keys():
    """Columns that name a row of each table."""
    return KEYS


@pytest.fixture(scope="session")
def library():
    """Each table of abm/library as a list of rows (dicts of text)."""
    return {name: read_rows(ABM / "library" / f"{name}.csv") for name in KEYS}


@pytest.fixture(scope="session")
def find(library):
    """Look up one row of a library table by its key, numbers as floats."""

    def look_up(table, *key):
        rows = [row for row in library[table] if tuple(row[column] for column in KEYS[table]) == key]
        assert len(rows) == 1, f"{table} {key}: {len(rows)} rows"
        return {column: as_number(cell) for column, cell in rows[0].items()}

    return look_up


@pytest.fixture(scope="session")
def usual_route(library, find):
    """Look up the usual route of a by-product: the first that is listed."""

    def look_up(material):
        return find("routes", next(row["route"] for row in library["material_routes"] if row["material"] == material))

    return look_up


@pytest.fixture(scope="session")
def paths(library):
    """Price paths: series -> {year: EUR/unit}."""
    series = {}
    for row in library["prices"]:
        series.setdefault(row["series"], {})[int(row["year"])] = float(row["price"])
    return series


def as_number(cell):
    try:
        return float(cell)
    except ValueError:
        return cell
