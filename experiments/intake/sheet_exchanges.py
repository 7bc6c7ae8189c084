"""Sheets exchanges and distances of a workbook: contracts in force, ways that are longer than the straight line."""

from __future__ import annotations

from typing import Any

from ecopark.abm.input.errors import nearest
from ecopark.abm.input.material_names import materials_called

from .draft import GIVEN, INFERRED, Cell, Draft, Question
from .kinds import letters
from .library import library
from .sheet_companies import date_of, known_company
from .sheet_lines import Line, mistake
from .sheet_park import Money
from .sheet_streams import dry_factor, price_of
from .units import UnitError, to_material


def add_exchange(line: Line, draft: Draft, source: str, companies: dict[str, Any], money: Money) -> None:
    """Add a contract in force: its stream is the giver's, the input what the taker would buy."""
    giver, taker = known_company(line, "giver", companies, draft), known_company(line, "taker", companies, draft)
    since = date_of(line, "since", draft) if line.get("since") else None
    if since is None:
        draft.wrong(line.place("since"), "nothing", "YYYY or YYYY-MM")
    if giver is not None and giver == taker:
        draft.wrong(line.place("taker"), taker, "another company than the giver")
        return
    if giver is None or taker is None or since is None:
        return
    where = f"{source}, {line.sheet} line {line.number}"
    material = _stream_of(line, giver, draft)
    if material is None:
        _say_unknown_stream(line, giver, taker, draft)
        return
    amount, rule = _quantity(line, giver, material, draft)
    pair = _input_of(draft, taker, material, line.get("replaces"))
    if amount is None:
        return
    if pair is None:
        _keep_as_recovered(line, (giver, taker, material), amount, where, draft)
        return
    row = draft.row("exchanges", giver, taker, material, pair)
    if "giver" in row:
        draft.wrong(
            line.place("stream"), line.get("stream"), f"{material} from {giver} to {taker} once (it stands above)"
        )
        return
    row["giver"], row["since"] = Cell(giver, source=where), Cell(since, source=where)
    row["unit"] = Cell(library().materials[material].unit, source=where)
    row["per_year"] = Cell(amount, GIVEN, "C", where, rule)
    _terms(line, row, where, draft)
    if line.get("price"):
        price = price_of(line, "price", material, money, draft) / _dry_factor(draft, giver, material)
        row["price"] = Cell(price, GIVEN, "C", where, "sheet exchanges")


def _terms(line: Line, row: dict[str, Cell], where: str, draft: Draft) -> None:
    """Set end, term, who paid for the link, and note of a contract."""
    if line.get("until"):
        until = date_of(line, "until", draft)
        row["until"] = Cell(until, source=where)
        if until < row["since"].value:
            draft.wrong(line.place("until"), until, f"a date after {row['since'].value}")
    if line.get("term_years"):
        row["term_years"] = Cell(round(float(line.get("term_years"))), source=where)
    invested = line.get("invested_by").lower()
    if invested not in ("", "giver", "taker", "both", "other"):
        draft.wrong(line.place("invested_by"), invested, "giver, taker, both or other")
    elif invested not in ("", "other"):
        row["invested_by"] = Cell(invested, source=where)
    if line.get("note"):
        row["note"] = Cell(line.get("note"), source=where)


def _say_unknown_stream(line: Line, giver: str, taker: str, draft: Draft) -> None:
    """Refuse a stream that the giver does not have; say it of one that stands on the sheet and has no material in the library."""
    text = line.get("stream")
    if any(one == giver and what.startswith(f"{text} (") for one, what, _, _ in draft.not_modelled):
        draft.said.append(f"exchange {giver} -> {taker}, {text}: not entered; the library has no material for it")
        return
    words = sorted({word for company, word in draft.words if company == giver})
    wanted = f"a stream that {giver} gives, as sheet streams calls it"
    draft.wrong(line.place("stream"), text or "nothing", wanted, nearest(letters(text), words))


def _quantity(line: Line, giver: str, material: str, draft: Draft) -> tuple[float | None, str]:
    """Return the quantity of a contract [unit a year] and how it follows; without one, all of the giver's stream."""
    amount = _stream(draft, giver, material)
    if line.get("quantity"):
        try:
            amount, _ = to_material(float(line.get("quantity")), line.get("unit"), library().materials[material].unit)
            amount *= _dry_factor(draft, giver, material)
        except UnitError as error:
            draft.wrong(line.place("unit"), line.get("unit") or "nothing", str(error))
            return None, ""
    if amount is None or amount <= 0:
        draft.wrong(line.place("quantity"), line.get("quantity") or "nothing", "a number above 0")
        return None, ""
    return amount, f"{line.get('quantity')} {line.get('unit')}".strip() or "all of the stream"


def _dry_factor(draft: Draft, giver: str, material: str) -> float:
    """Return tonnes of the library in a tonne of the giver's stream by its dry matter: a contract counts the same tonnes."""
    cell = draft.rows("streams").get((giver, material, "out"), {}).get("dry_matter_pct")
    return dry_factor(None if cell is None else cell.value, material)


def _stream(draft: Draft, giver: str, material: str) -> float | None:
    """Return how much a giver has of a by-product by the sheet streams [unit a year]."""
    cell = draft.rows("streams").get((giver, material, "out"), {}).get("per_year")
    return None if cell is None else cell.value


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


def _keep_as_recovered(line: Line, contract: tuple[str, str, str], amount: float, where: str, draft: Draft) -> None:
    """Count what flows by an exchange that the library cannot express as recovered already, say so, and ask.

    It is no contract of the park, as no conversion says what it replaces; but nobody gets these tonnes as waste.
    """
    giver, taker, material = contract
    ways = ", ".join(row.input for row in library().ways.get(material, ())) or "nothing"
    unit = library().materials[material].unit
    why = f"{material} replaces {ways} in the library, and {taker} needs none of it"
    total, name = _stream(draft, giver, material), f"exchange {giver} -> {taker}, {line.get('stream')}"
    if not total:
        draft.said.append(f"{name}: not entered; {why}")
        return
    row = draft.row("streams", giver, material, "out")
    before = row["recovered_share"].value if "recovered_share" in row else 0.0
    share = min(1.0, before + amount / total)
    rule = f"{amount:,.10g} of {total:,.10g} {unit} a year go to {taker} by sheet exchanges"
    row["recovered_share"] = Cell(share, INFERRED, "C", where, rule, before, 1.0)
    draft.said.append(f"{name}: no contract, as {why}; {amount:,.10g} {unit} a year of it count as recovered already")
    asked = (
        f"{taker} takes {amount:,.10g} {unit} a year of it, but {why}. How much of the stream is taken already, 0 to 1?"
    )
    # a second such exchange of the stream asks in place of the first
    draft.questions = [one for one in draft.questions if one.key != (giver, "recovered_share", material)]
    draft.questions.append(Question(giver, "recovered_share", asked, f"{share:.3g}", "", material))


def refuse_promised(draft: Draft) -> None:
    """Refuse contracts that take more of a stream than the sheets say there is, at its most."""
    promised: dict[tuple[str, str, str], list[Cell]] = {}
    for (giver, _, material, _), row in draft.rows("exchanges").items():
        if "per_year" in row and "until" not in row:
            promised.setdefault((giver, material, "out"), []).append(row["per_year"])
    for key, cells in sorted(promised.items()):
        stream, amount = draft.rows("streams").get(key, {}).get("per_year"), sum(cell.value for cell in cells)
        if stream is not None and amount > 1.001 * max(stream.value, stream.high or 0.0):
            unit = library().materials[key[1]].unit
            most = f"at most {stream.high or stream.value:,.10g} {unit} a year, what sheet streams says there is"
            draft.wrong(
                f"sheet exchanges, {key[1]} of {key[0]}", f"{amount:,.10g} {unit} a year to all its takers", most
            )


def add_distance(line: Line, draft: Draft, source: str, companies: dict[str, Any]) -> None:
    """Add the length of a way between two companies."""
    one, other = known_company(line, "from", companies, draft), known_company(line, "to", companies, draft)
    way = line.get("way").lower() or "both"
    if way not in ("road", "pipe", "rail", "both"):
        draft.mistakes.append(mistake(line, "way", way, "road, pipe, rail or both", ("road", "pipe", "rail", "both")))
    if one is None or other is None or not line.get("km"):
        return
    if one == other:
        draft.wrong(line.place("to"), other, "another company")
        return
    where = f"{source}, {line.sheet} line {line.number}"
    row = draft.row("distances", one, other, way)
    back = draft.rows("distances").get((other, one, way), {}).get("km")
    if "km" in row or (back is not None and back.value != float(line.get("km"))):
        draft.wrong(line.place("km"), line.get("km"), f"one length between {one} and {other} (it stands above)")
        return
    row["km"] = Cell(float(line.get("km")), source=where)
    if float(line.get("km")) <= 0:
        draft.wrong(line.place("km"), line.get("km"), "a number above 0")
    if line.get("note"):
        row["note"] = Cell(line.get("note"), source=where)
