"""The library's tables hold together: names exist, grades are known, nothing is bought or made by nobody."""

import pytest

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
    "emissions",
)
REFERENCES = [
    ("material_routes", "material", "materials", "material"),
    ("material_routes", "route", "routes", "route"),
    ("materials", "price_series", "prices", "series"),
    ("types", "sector", "sectors", "sector"),
    ("processes", "type", "types", "type"),
    ("processes", "material", "materials", "material"),
    ("processes", "profile", "profiles", "profile"),
    ("conversions", "by_product", "materials", "material"),
    ("conversions", "input", "materials", "material"),
    ("conversions", "forgone", "materials", "material"),
    ("emissions", "material", "materials", "material"),
]
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def column(library, table, name, **where):
    rows = library[table]
    return {row[name] for row in rows if all(row[key] == value for key, value in where.items())} - {""}


@pytest.mark.parametrize(("table", "name", "other", "key"), REFERENCES)
def test_every_name_exists(library, table, name, other, key):
    assert column(library, table, name) <= column(library, other, key)


@pytest.mark.parametrize("table", TABLES)
def test_no_key_occurs_twice(library, keys, table):
    found = [tuple(row[part] for part in keys[table]) for row in library[table]]
    assert len(found) == len(set(found))


@pytest.mark.parametrize("table", [name for name in TABLES if name not in ("profiles", "material_routes")])
def test_every_row_has_grade_and_source(library, table):
    rows = library[table]
    assert {row["grade"] for row in rows} <= set("VCSGA")
    assert [row for row in rows if not row["source"].strip()] == []


def test_profiles_have_mean_one(library):
    for row in library["profiles"]:
        factors = [float(row[month]) for month in MONTHS]
        assert min(factors) >= 0
        assert sum(factors) / 12 == pytest.approx(1, abs=1e-4), row["profile"]


def by_products(library):
    """Return what some type gives off, or a code of waste that people report stands for."""
    from ecopark.abm.input.codes import code_table

    coded = {row["material"] for table in ("ewc_materials", "rcra_materials") for row in code_table(table)}
    return column(library, "processes", "material", direction="out") | (
        coded & column(library, "materials", "material")
    )


def test_each_by_product_is_made_or_reported_and_each_input_is_bought(library):
    made = by_products(library)
    bought = column(library, "processes", "material", direction="in")
    assert column(library, "conversions", "by_product") <= made
    assert column(library, "processes", "material", direction="out") - column(library, "conversions", "by_product") <= {
        "jarosite"
    }
    assert column(library, "conversions", "input") == bought


def test_materials_have_what_their_role_needs(library):
    made = by_products(library)
    bought = column(library, "processes", "material", direction="in")
    rows = {row["material"]: row for row in library["materials"]}
    assert set(rows) == made | bought | column(library, "conversions", "forgone")
    assert [name for name in made if not (rows[name]["carrier"] and rows[name]["max_km"])] == []
    assert [name for name in bought if not float(rows[name]["price"] or 0) > 0] == []
    piped = [row for row in rows.values() if row["carrier"] in ("pipe", "wire")]
    assert [row["material"] for row in piped if not float(row["link_capex"]) > 0] == []


def test_disposal_counts_in_the_unit_of_its_material(library):
    routes = {row["route"]: row["unit"] for row in library["routes"]}
    units = {row["material"]: row["unit"] for row in library["materials"]}
    sent = library["material_routes"]
    assert [row for row in sent if routes[row["route"]] != units[row["material"]]] == []
    assert {row["material"] for row in sent} <= by_products(library)


def test_tonnes_are_counted_for_material_only(library):
    energy = [float(row["tonnes_per_unit"]) for row in library["materials"] if row["group"] == "energy"]
    others = [float(row["tonnes_per_unit"]) for row in library["materials"] if row["group"] != "energy"]
    assert set(energy) == {0.0}
    assert min(others) > 0


def test_coefficients_lie_in_their_range(library):
    for row in library["processes"]:
        low, high = float(row["low"] or 0), float(row["high"] or "inf")
        assert low <= float(row["coefficient"]) <= high, row


def test_shares_are_shares(library):
    for row in library["conversions"]:
        assert 0 < float(row["max_share"]) <= 1
        assert float(row["ratio"]) > 0
        assert row["permit"] in ("0", "1")
    for row in library["types"]:
        for name in ("wacc", "attitude", "opportunism", "closure_hazard", "outage_rate"):
            assert 0 <= float(row[name]) <= 1, (row["type"], name)


def test_every_type_earns_more_than_its_fixed_cost(library):
    for row in (row for row in library["types"] if row["type"] != "other_plant"):  # a plant of its own streams alone
        profit = float(row["margin"]) * float(row["typical_size"]) - float(row["fixed_cost"])
        assert 0.1 < profit / float(row["fixed_cost"]) < 1.5, row["type"]


def test_every_series_covers_every_year(library):
    years = {}
    for row in library["prices"]:
        years.setdefault(row["series"], []).append(int(row["year"]))
    assert set(map(tuple, years.values())) == {tuple(range(1960, 2026))}


def test_no_type_can_only_give_or_only_exist(library):
    with_streams = column(library, "processes", "type")
    assert column(library, "types", "type") == with_streams | {"other_plant"}


CODED = [
    ("ewc_materials", "material", "materials", "material"),
    ("ewc_materials", "route", "routes", "route"),
    ("rcra_materials", "material", "materials", "material"),
    *(
        (name, "type", "types", "type")
        for name in ("ied_types", "nace_types", "naics_types", "name_words", "size_from")
    ),
]


@pytest.mark.parametrize(("codes", "name", "table", "key"), CODED)
def test_codes_name_what_the_library_has(library, codes, name, table, key):
    """I7 of the specification of own parks: a code leads to a type or material that is there."""
    from ecopark.abm.input.codes import code_table

    rows = code_table(codes)
    others = (
        {other for row in rows for other in (row.get("alternatives") or "").split(";")} if name == "type" else set()
    )
    assert ({row[name] for row in rows} | others) - {""} <= column(library, table, key)


def test_library_is_rich(library):
    assert len(library["types"]) >= 25
    assert len(library["materials"]) >= 50
    assert len(library["conversions"]) >= 60
    uses = {}
    for row in library["conversions"]:
        uses.setdefault(row["by_product"], set()).add(row["input"])
    assert sum(len(inputs) > 1 for inputs in uses.values()) > len(uses) / 2
