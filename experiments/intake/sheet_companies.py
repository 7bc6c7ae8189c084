"""Sheet companies of a workbook: type by name, NACE or words, size, place; joined with what registers say of them."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from ecopark.abm.input.notices import plain

from .draft import GIVEN, Cell, Draft, Facts, Question
from .joining import same_company
from .kinds import NONE, OTHER, Kind, by_nace, letters, words
from .library import library
from .sheet_lines import Line, mistake
from .units import UnitError, to_material

UNUSUAL, ABSURD = 20.0, 500.0


def add_company(line: Line, draft: Draft, source: str) -> None:
    """Add a company, or join it with the one of a register that it means."""
    name = " ".join(line.get("name").split())
    if not name:
        draft.wrong(line.place("name"), "nothing", "a name")
        return
    if name[0] in "=+-@":
        draft.wrong(line.place("name"), name, "a name that does not begin with = + - @")
        return
    if plain(name) in draft.aliases:
        draft.wrong(line.place("name"), name, f"each company once ({draft.aliases[plain(name)]!r} stands above)")
        return
    where = f"{source}, {line.sheet} line {line.number}"
    spelled, name = name, same_company(draft, name, _stands(line)) or name
    row = draft.row("companies", name)
    if "name" in row and name in draft.aliases.values():
        draft.wrong(
            line.place("name"), spelled, f"each company once ({name!r} stands above; if they are two, name them apart)"
        )
        return
    if "name" in row:
        draft.said.append(f"{spelled} of {where} is {name} of {row['name'].source}: joined")
    else:
        row["name"] = Cell(name, source=where)
    draft.aliases[plain(spelled)] = name
    for column, into in (("opens", "opens"), ("closes", "closes"), ("note", "note")):
        if line.get(column):
            row[into] = Cell(date_of(line, column, draft) if into != "note" else line.get(column), source=where)
    _place(line, row, where, draft)
    if line.get("nace"):
        row["nace"] = Cell(_nace(line), source=where)
    _own_values(line, row, where, draft)
    _kind(line, row, name, where, draft)
    _size(line, row, name, where, draft)


def _own_values(line: Line, row: dict[str, Cell], where: str, draft: Draft) -> None:
    """Set what a company wants of capital and of talking."""
    for column, into, factor, low, high in (
        ("payback_years", "payback", 1.0, 1e-9, 100.0),
        ("willingness", "attitude", 0.1, 0.0, 10.0),
    ):
        if line.get(column):
            value = float(line.get(column))
            if not low <= value <= high:
                draft.wrong(line.place(column), value, f"a number from {low:g} to {high:g}")
            row[into] = Cell(value * factor, source=where)


def _stands(line: Line) -> tuple[float, float] | None:
    """Return the latitude and longitude of a line, if it has both."""
    return (float(line.get("lat")), float(line.get("lon"))) if line.get("lat") and line.get("lon") else None


def date_of(line: Line, column: str, draft: Draft) -> str:
    """Return a date as the tables write it: YYYY or YYYY-MM."""
    text = line.get(column)
    found = re.fullmatch(r"([0-9]{4})(?:-([0-9]{1,2})(?:-[0-9]{1,2})?)?", text)
    if not found or not 1800 <= int(found[1]) <= 2200 or not 1 <= int(found[2] or 1) <= 12:
        draft.wrong(line.place(column), text, "YYYY or YYYY-MM")
        return "1900"
    return f"{found[1]}-{int(found[2]):02d}" if found[2] else found[1]


def _place(line: Line, row: dict[str, Cell], where: str, draft: Draft) -> None:
    limits = {"lat": 90.0, "lon": 540.0, "x_km": 20_000.0, "y_km": 20_000.0}
    given = [column for column in limits if line.get(column)]
    if not given and {"lat", "lon"} <= set(row):
        return  # the register that names the company places it
    for column in given:
        value = float(line.get(column))
        if abs(value) > limits[column]:
            draft.wrong(line.place(column), value, f"at most {limits[column]:g}")
        row[column] = Cell(value, source=where)
    refused = {line.place(column) for column in limits} & {one.place for one in draft.mistakes}
    if set(given) not in ({"lat", "lon"}, {"x_km", "y_km"}) and not refused:
        draft.wrong(line.place("lat"), f"{', '.join(given) or 'nothing'}", "lat and lon, or x_km and y_km")


def _kind(line: Line, row: dict[str, Cell], name: str, where: str, draft: Draft) -> None:
    """Set the type: as given, else by NACE, else by words in what it does."""
    given = line.get("type")
    if given:
        given = _named_type(line, given, draft)
        row["type"] = Cell(given, GIVEN, "C", where, "as given")
        draft.facts[name] = _facts(draft, name, Kind(given, "high", (), "given"), where)
        _say_other_class(line, given, draft)
        return
    nace = by_nace(_nace(line)) if line.get("nace") else None
    if line.get("nace") and nace is None:
        draft.wrong(line.place("nace"), line.get("nace"), "a NACE Rev. 2 class of two to four digits")
    if name in draft.facts and nace is None:
        return  # a register says what it is
    draft.facts[name] = _facts(draft, name, nace or by_words(line.get("what_it_does") or name) or NONE, where)


def _nace(line: Line) -> str:
    """Return a NACE class with the zero at its beginning that spreadsheets drop (1.46 -> 01.46)."""
    return (
        re.sub(r"([0-9])\.([0-9]{1,2})", r"0\1.\2", line.get("nace"))
        if line.get("nace")[1:2] == "."
        else line.get("nace")
    )


def _say_other_class(line: Line, given: str, draft: Draft) -> None:
    """Say that a given type is not one that the NACE class of the same line stands for, or that this is no class."""
    nace = by_nace(_nace(line)) if line.get("nace") else None
    if line.get("nace") and nace is None:
        draft.said.append(f"{line.place('nace')}: {line.get('nace')} is no NACE Rev. 2 class; {given} is taken")
    if nace is not None and OTHER not in (given, nace.type) and given not in (nace.type, *nace.alternatives):
        draft.said.append(f"{line.place('type')}: {given} is taken; NACE {_nace(line)} would be {nace.type}")


def _named_type(line: Line, given: str, draft: Draft) -> str:
    """Return the type that a cell names, by its name, its label or other words for it; what was understood is said."""
    types = library().types
    if given in types:
        return given
    kind = by_words(given.replace("_", " "))
    if kind is None or kind.alternatives:
        draft.mistakes.append(mistake(line, "type", given, "a type of the library", types))
        return OTHER
    draft.said.append(f"{line.place('type')}: {given!r} is read as {kind.type} ({types[kind.type].label})")
    return kind.type


def _facts(draft: Draft, name: str, kind: Kind, where: str) -> Facts:
    """Return what is known of a company: its kind, and what a register reported of it."""
    old = draft.facts.get(name)
    return Facts(kind, where) if old is None else replace(old, kind=kind)


def by_words(text: str) -> Kind | None:
    """Return the type that words name: of its label, its name or the list of words; with several, the others too."""
    text = letters(text)
    hits = [kind for kind, known in words().items() if kind in library().types and any(word in text for word in known)]
    for kind, row in library().types.items():
        if kind not in hits and (letters(row.label) in text or kind.replace("_", " ") in text):
            hits.append(kind)
    if not hits:
        return None
    return Kind(hits[0], "medium" if len(hits) == 1 else "low", tuple(hits[1:]), "words in what_it_does")


def _size(line: Line, row: dict[str, Cell], name: str, where: str, draft: Draft) -> None:
    if not line.get("size"):
        return
    kind = row["type"].value if "type" in row else draft.facts[name].kind.type
    product = library().types.get(kind)
    if product is None or kind == OTHER:
        return
    amount = float(line.get("size"))
    if line.get("size_unit"):
        try:
            amount, said = to_material(amount, line.get("size_unit"), product.product_unit)
        except UnitError as error:
            draft.wrong(line.place("size_unit"), line.get("size_unit"), str(error))
            return
        draft.said += [f"{name}: {said}"] if said else []
    if not amount > 0:
        draft.wrong(line.place("size"), line.get("size"), "a number above 0")
        return
    times = amount / product.typical_size
    usual = f"{product.typical_size:,.10g} {product.product_unit} of {product.product} a year"
    if not 1 / ABSURD <= times <= ABSURD:
        draft.wrong(
            line.place("size"), f"{amount:,.10g} {product.product_unit}", f"about {usual} for {kind} (thousands?)"
        )
    elif not 1 / UNUSUAL <= times <= UNUSUAL:
        asked = f"Is {amount:,.6g} {product.product_unit} right? Typical of {kind}: {usual}"
        draft.questions.append(Question(name, "size", asked, f"{amount:.10g}"))
    unit = line.get("size_unit") or f"(taken as {product.product_unit})"
    row["size"] = Cell(amount, GIVEN, "C", where, f"{line.get('size')} {unit}")


def known_company(line: Line, column: str, companies: dict[str, Any], draft: Draft) -> str | None:
    """Return the company that a cell names, however it is spelled; None, and a mistake, where there is none."""
    name = " ".join(line.get(column).split())
    if name in companies:
        return name
    twin = draft.aliases.get(plain(name)) if name else None
    if twin is None:
        every = "" if name else " in every line; merged cells count for their first line alone"
        draft.mistakes.append(mistake(line, column, name or "nothing", f"a name of sheet companies{every}", companies))
    return twin
