"""Sheets exchanges and distances of a workbook: contracts in force, ways that are longer than the straight line."""

from __future__ import annotations

from typing import Any

from ecopark.abm.input.material_names import materials_called

from .draft import GIVEN, Cell, Draft
from .kinds import letters
from .library import library
from .sheet_companies import date_of, known_company
from .sheet_streams import price_of
from .units import UnitError, to_material
from .workbook import Line, mistake


def add_exchange(line: Line, draft: Draft, source: str, companies: dict[str, Any], money: float) -> None:
    """Add a contract in force: its stream is the giver's, the input what the taker would buy."""
    giver, taker = known_company(line, "giver", companies, draft), known_company(line, "taker", companies, draft)
    since = date_of(line, "since", draft) if line.get("since") else None
    if since is None:
        draft.wrong(line.place("since"), "nothing", "YYYY or YYYY-MM")
    if giver is None or taker is None or since is None:
        return
    where = f"{source}, {line.sheet} line {line.number}"
    material = _stream_of(line, giver, draft)
    pair = None if material is None else _input_of(draft, taker, material, line.get("replaces"))
    if material is None or pair is None:
        _say_why_not(line, giver, taker, material, draft)
        return
    row = draft.row("exchanges", giver, taker, material, pair)
    row["giver"], row["since"] = Cell(giver, source=where), Cell(since, source=where)
    row["unit"] = Cell(library().materials[material].unit, source=where)
    _contract_quantity(line, row, giver, material, where, draft)
    if line.get("until"):
        row["until"] = Cell(date_of(line, "until", draft), source=where)
    if line.get("price"):
        row["price"] = Cell(price_of(line, "price", material, money, draft), GIVEN, "C", where, "sheet exchanges")
    if line.get("term_years"):
        row["term_years"] = Cell(round(float(line.get("term_years"))), source=where)
    invested = line.get("invested_by").lower()
    if invested not in ("", "giver", "taker", "both", "other"):
        draft.wrong(line.place("invested_by"), invested, "giver, taker, both or other")
    elif invested not in ("", "other"):
        row["invested_by"] = Cell(invested, source=where)
    if line.get("note"):
        row["note"] = Cell(line.get("note"), source=where)


def _contract_quantity(line: Line, row: dict[str, Cell], giver: str, material: str, where: str, draft: Draft) -> None:
    """Set the quantity of a contract; without one, all of the giver's stream."""
    stream = draft.rows("streams").get((giver, material, "out"), {}).get("per_year")
    amount = stream.value if stream is not None else None
    if line.get("quantity"):
        try:
            amount, _ = to_material(float(line.get("quantity")), line.get("unit"), library().materials[material].unit)
        except UnitError as error:
            draft.wrong(line.place("unit"), line.get("unit") or "nothing", str(error))
            return
    if amount is None or amount <= 0:
        draft.wrong(line.place("quantity"), line.get("quantity") or "nothing", "a number above 0")
        return
    rule = f"{line.get('quantity')} {line.get('unit')}".strip() or "all of the stream"
    row["per_year"] = Cell(amount, GIVEN, "C", where, rule)


def _stream_of(line: Line, giver: str, draft: Draft) -> str | None:
    """Return the material of a giver's stream that a sheet calls by the same word as the sheet streams, or by its name."""
    text = letters(line.get("stream"))
    if (giver, text) in draft.words:
        return draft.words[giver, text]
    own = {key[1] for key in draft.rows("streams") if key[0] == giver and key[2] == "out"}
    own |= {row.material for row in _processes(draft, giver) if row.direction == "out"}
    found = materials_called(text) & own
    return min(found) if len(found) == 1 else None


def _input_of(draft: Draft, taker: str, material: str, replaced: str) -> str | None:
    """Return the input of a taker that a by-product can replace: one it has, that which the sheet names before others."""
    needs = {row.material for row in _processes(draft, taker) if row.direction == "in"}
    needs |= {key[1] for key in draft.rows("streams") if key[0] == taker and key[2] == "in"}
    found = [row.input for row in library().ways.get(material, ()) if row.input in needs]
    named = materials_called(replaced)
    return next((one for one in found if one in named), found[0] if found else None)


def _processes(draft: Draft, company: str) -> tuple[Any, ...]:
    """Return the processes of a company's type."""
    kind = draft.row("companies", company).get("type")
    return library().processes.get(kind.value if kind is not None else draft.facts[company].kind.type, ())


def _say_why_not(line: Line, giver: str, taker: str, material: str | None, draft: Draft) -> None:
    """Say why an exchange of the sheet is not entered, with the conversions that exist."""
    if material is None:
        reason = f"{giver} has no stream called {line.get('stream')!r} on sheet streams"
    else:
        ways = ", ".join(row.input for row in library().ways.get(material, ())) or "none"
        reason = f"{material} replaces {ways} in the library, and {taker} needs none of it"
    draft.said.append(f"exchange {giver} -> {taker}, {line.get('stream')}: not entered; {reason}")


def add_distance(line: Line, draft: Draft, source: str, companies: dict[str, Any]) -> None:
    """Add the length of a way between two companies."""
    one, other = known_company(line, "from", companies, draft), known_company(line, "to", companies, draft)
    way = line.get("way").lower() or "both"
    if way not in ("road", "pipe", "rail", "both"):
        draft.mistakes.append(mistake(line, "way", way, "road, pipe, rail or both", ("road", "pipe", "rail", "both")))
    if one is None or other is None or not line.get("km"):
        return
    where = f"{source}, {line.sheet} line {line.number}"
    row = draft.row("distances", one, other, way)
    row["km"] = Cell(float(line.get("km")), source=where)
    if float(line.get("km")) <= 0:
        draft.wrong(line.place("km"), line.get("km"), "a number above 0")
    if line.get("note"):
        row["note"] = Cell(line.get("note"), source=where)
