"""What a scenario's tables must have in common: names that are known, dates in order, something to simulate."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from difflib import SequenceMatcher
from typing import Any

from .codes import meant_by_nace
from .contract_checks import check_distances, check_exchanges, check_terms, check_units
from .csv_files import Line
from .errors import MOST_SHOWN, Mistake, nearest
from .joined_rows import routes_of
from .material_names import materials_called, meant_material
from .mix import check_mix
from .range_checks import FACTOR, check_keys, check_ranges, is_factor, place_of
from .routes import open_routes

MISTYPED = 0.85  # likeness from which a name is another one with a letter wrong
# (table, column, table it must be known in, column there)
REFERENCES = (
    ("materials", "disposal", "routes", "route"),
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
    ("companies", "type", "types", "type"),
    ("mix", "type", "types", "type"),
    ("events", "company", "companies", "name"),
    ("streams", "company", "companies", "name"),
    ("streams", "material", "materials", "material"),
    ("streams", "profile", "profiles", "profile"),
    ("exchanges", "giver", "companies", "name"),
    ("exchanges", "taker", "companies", "name"),
    ("exchanges", "material", "materials", "material"),
    ("exchanges", "input", "materials", "material"),
    ("distances", "from_", "companies", "name"),
    ("distances", "to", "companies", "name"),
    ("outlets", "material", "materials", "material"),
)
# Tables whose rows are numbered in 16 bits wherever another table names them (`entities/park_columns.py`).
NUMBERED_SHORT = ("types", "sectors", "materials", "profiles", "conversions")
MOST_ROWS = 2**15 - 1


class Anything:
    """The names of a table that could not be read in full: whatever is looked for may have been there."""

    def __contains__(self, name: object) -> bool:
        """Return True."""
        return True

    def __iter__(self) -> Iterator[str]:
        """Name nothing."""
        return iter(())


def check_references(
    tables: Mapping[str, tuple[Any, ...]], generated: bool, unsure: Collection[str] = ()
) -> list[Mistake]:
    """Return every mistake between rows.

    generated: companies come from the generator, not from a table. unsure: tables of which some rows could not be read,
    so that nothing can be missed there.
    """
    mistakes = [
        Mistake(f"{table}.csv", f"{len(tables[table])} rows with those of the library", f"at most {MOST_ROWS} rows")
        for table in NUMBERED_SHORT
        if len(tables[table]) > MOST_ROWS
    ]
    if mistakes:
        return mistakes
    for table, column, other, key in REFERENCES:
        known = _names(tables, other, key, unsure)
        for row in tables[table]:
            value = getattr(row, column)
            if value not in (None, "") and value not in known:
                hint = _hint(other, value, known) if len(mistakes) < MOST_SHOWN else None
                mistakes.append(Mistake(place_of(table, row, column), value, known_as(other, key), hint))
    if not generated and "companies" not in unsure and len(tables["companies"]) < 2:
        mistakes.append(Mistake("companies.csv", f"{len(tables['companies'])} companies", "at least two companies"))
    mistakes.extend(_check_companies(tables, _names(tables, "companies", "name", unsure)))
    mistakes.extend(check_keys(tables))
    mistakes.extend(check_ranges(tables))
    mistakes.extend(_check_events(tables, unsure))
    if not {"companies", "distances"} & set(unsure):
        mistakes.extend(check_distances(tables))
    if "materials" not in unsure:
        mistakes.extend(_check_prices(tables))
        mistakes.extend(_check_routes(tables))
        mistakes.extend(_check_own_routes(tables))
        mistakes.extend(check_units(tables))
    if not unsure:
        mistakes.extend(check_exchanges(tables))
        mistakes.extend(check_terms(tables))
        mistakes.extend(check_mix(tables))
        mistakes.extend(_check_ways_back(tables))
    return mistakes


def _hint(table: str, value: object, known: Collection[str]) -> str | None:
    """Return the known name that is meant: one with a letter wrong, a material by what people call it, else the nearest."""
    called = materials_called(str(value)) if table == "materials" else frozenset()
    near = nearest(value, known)
    mistyped = near is not None and SequenceMatcher(None, str(value), near).ratio() >= MISTYPED
    return near if mistyped else min(called & set(known), default=None) or near


def check_lines(
    broken: Iterable[tuple[str, Line]], tables: Mapping[str, tuple[Any, ...]], unsure: Collection[str]
) -> Iterator[Mistake]:
    """Yield the unknown names of lines that another cell keeps from being rows. broken: table and line."""
    for table, line in broken:
        for column, other, key in ((column, other, key) for name, column, other, key in REFERENCES if name == table):
            value, known = line.cells.get(column), _names(tables, other, key, unsure)
            if value is not None and value not in known:
                if (
                    other != "companies"
                    and not value.isidentifier()
                    and (meant_by_nace(value) or meant_material(value))
                ):
                    continue  # a code, or a name in other words, was said to be none where the row was read
                yield Mistake(line.place(column), value, known_as(other, key), _hint(other, value, known))


def known_as(table: str, key: str) -> str:
    """Say where a name has to stand to be known."""
    return f"a {key} of {table}.csv" if table == "companies" else f"a {key} of the library or of {table}.csv"


def _names(tables: Mapping[str, tuple[Any, ...]], table: str, key: str, unsure: Collection[str]) -> Any:
    return Anything() if table in unsure else {getattr(row, key): None for row in tables[table]}


def _check_companies(tables: Mapping[str, tuple[Any, ...]], names: Any) -> Iterable[Mistake]:
    cases: dict[str, str] = {}
    for company in tables["companies"]:
        other = cases.setdefault(" ".join(company.name.casefold().split()), company.name)
        if other != company.name:
            yield Mistake(
                place_of("companies", company, "name"),
                company.name,
                f"each company once: {other!r} differs by case alone, most likely one plant twice",
            )
        if company.opens is not None and company.closes is not None and company.closes <= company.opens:
            yield Mistake(
                place_of("companies", company, "closes"), company.closes, f"a date after it opens ({company.opens:g})"
            )
        for contact in split_names(company.contacts):
            if contact not in names:
                yield Mistake(
                    place_of("companies", company, "contacts"),
                    contact,
                    "names of companies, divided by ;",
                    nearest(contact, names),
                )


def _check_events(tables: Mapping[str, tuple[Any, ...]], unsure: Collection[str]) -> Iterable[Mistake]:
    types = _names(tables, "types", "type", unsure)
    materials = _names(tables, "materials", "material", unsure)
    given = _by_products(tables)
    for event in tables["events"]:
        place = place_of("events", event, "value")
        if event.kind in ("process", "size", "owner", "permit_withdrawn") and not event.company:
            yield Mistake(place_of("events", event, "company"), "nothing", "the name of a company")
        if event.kind == "process" and event.value not in types:
            yield Mistake(place, event.value, "a type of company", nearest(event.value, types))
        if event.kind == "permit_withdrawn":
            own = given.get(event.company, set())
            if not unsure and event.value not in own:
                yield Mistake(place, event.value, "a by-product of that company", nearest(event.value, sorted(own)))
        if event.kind == "price":
            material, _, factor = event.value.partition(":")
            if material.strip() not in materials or not is_factor(factor):
                allowed = f"material:factor, for example process_steam:2, with {FACTOR}"
                yield Mistake(place, event.value, allowed, nearest(material, materials))


def _by_products(tables: Mapping[str, tuple[Any, ...]]) -> dict[str, set[str]]:
    """Return what each company gives off, now or after a change of its process, where permits are withdrawn."""
    wanted = {row.company for row in tables["events"] if row.kind == "permit_withdrawn"}
    if not wanted:
        return {}
    kinds = [(row.name, row.type) for row in tables["companies"]]
    kinds += [(row.company, row.value) for row in tables["events"] if row.kind == "process"]
    made: dict[str, set[str]] = {}
    for row in tables["processes"]:
        if row.direction == "out":
            made.setdefault(row.type, set()).add(row.material)
    given: dict[str, set[str]] = {name: set() for name in wanted}
    for name, kind in kinds:
        if name in wanted:
            given[name] |= made.get(kind, set())
    for row in tables["streams"]:
        if row.company in wanted and row.direction == "out":
            given[row.company].add(row.material)
    return given


def _check_prices(tables: Mapping[str, tuple[Any, ...]]) -> Iterable[Mistake]:
    """Every input that somebody buys, and every good that somebody gives up, needs a price."""
    materials = {row.material: row for row in tables["materials"]}
    bought = {row.material for row in (*tables["processes"], *tables["streams"]) if row.direction == "in"}
    forgone = {row.forgone for row in tables["conversions"] if row.forgone is not None}
    for name in sorted((bought | forgone) & set(materials)):
        if materials[name].price is None and materials[name].price_series is None:
            why = "since companies buy it" if name in bought else "since conversions.csv gives it up"
            yield Mistake(
                place_of("materials", materials[name], "price"), "nothing", f"a price or a price_series, {why}"
            )


def _check_routes(tables: Mapping[str, tuple[Any, ...]]) -> Iterable[Mistake]:
    """Yield a mistake for each route that charges by another unit than its material is measured in."""
    materials = {row.material: row for row in tables["materials"]}
    routes = {row.route: row for row in tables["routes"]}
    listed = {row.material for row in tables["material_routes"]}
    for name, rows in routes_of(tables).items():
        for row in rows:
            material, route = materials.get(name), routes.get(row.route)
            if material is None or route is None or material.unit == route.unit:
                continue
            fits = ", ".join(one.route for one in tables["routes"] if one.unit == material.unit) or "there is none"
            place = (
                place_of("material_routes", row, "route")
                if name in listed
                else place_of("materials", material, "disposal")
            )
            allowed = f"a route per {material.unit}, the unit of {name} ({fits})"
            yield Mistake(place, f"{row.route}, per {route.unit}", allowed)


def _check_own_routes(tables: Mapping[str, tuple[Any, ...]]) -> Iterable[Mistake]:
    """Yield a mistake for each stream whose own price is for a route that its material does not have."""
    named = [row for row in tables["streams"] if row.route is not None and row.direction == "out"]
    routes: dict[str, list[str]] = {}
    for material, _, route in open_routes(tables) if named else ():
        routes.setdefault(material.material, []).append(route.route)
    for row in named:
        known = routes.get(row.material, [])
        if row.route not in known:
            allowed = f"a route of {row.material} ({', '.join(known) or 'it has none'})"
            yield Mistake(place_of("streams", row, "route"), row.route, allowed, nearest(row.route, known))


def _check_ways_back(tables: Mapping[str, tuple[Any, ...]]) -> Iterable[Mistake]:
    """Sites and modes go together: each mode a site names is known, and one site at least is the park."""
    modes = {row.mode for row in tables["modes"]}
    for site in tables["sites"]:
        for mode in split_names(site.modes):
            if mode not in modes:
                yield Mistake(
                    place_of("sites", site, "modes"), mode, "modes of modes.csv, divided by ;", nearest(mode, modes)
                )
    if tables["sites"] and not any(site.park for site in tables["sites"]):
        yield Mistake("sites.csv, column park", "nothing", "1 for the site that is the park")


def split_names(text: str) -> list[str]:
    """Return the names in a list divided by semicolons."""
    return [name.strip() for name in text.split(";") if name.strip()]
