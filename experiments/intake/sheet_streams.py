"""Sheet streams of a workbook: material by name, waste code or temperature, quantity, price, route, season."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from ecopark.abm.input.codes import waste_code, waste_codes
from ecopark.abm.input.material_names import materials_called

from .draft import GIVEN, INFERRED, SPREAD, Cell, Draft
from .kinds import OTHER, letters
from .library import library
from .naming import flowing, heat_of, named_material
from .sheet_companies import known_company
from .sheet_lines import Line, mistake
from .sheet_park import RATES, Money
from .units import UnitError, currency_of, price_to, to_material

GRADES = {"measured": "V", "accounts": "C", "permit": "S", "estimate": "G", "guess": "A", "": "G"}
DRY_MATTER = {
    "sewage_sludge": 20, "biomass_sludge": 6, "food_sludge": 6, "yeast_slurry": 11, "spent_grain": 23, "fibre_sludge": 30,
    "fish_sludge": 20, "molasses": 80,
}  # fmt: skip
DIRECTIONS = {"gives": "out", "out": "out", "needs": "in", "in": "in"}
YES = (
    "yes",
    "y",
    "x",
    "ja",
    "j",
    "oui",
    "o",
    "sí",
    "si",
    "sì",
    "true",
    "1",
    "✓",
    "confidential",
    "vertraulich",
    "fortrolig",
)
NO = ("", "no", "n", "nein", "nej", "non", "false", "0", "-", "–")
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def add_stream(line: Line, draft: Draft, source: str, companies: dict[str, Any], money: Money) -> None:
    """Add a stream: material by name, waste code or temperature; quantity in the unit of the material."""
    name = known_company(line, "company", companies, draft)
    direction = DIRECTIONS.get(line.get("direction").lower())
    if direction is None:
        draft.wrong(line.place("direction"), line.get("direction") or "nothing", "gives or needs")
    grade = GRADES.get(line.get("source").lower())
    if grade is None:
        known = [word for word in GRADES if word]
        draft.mistakes.append(mistake(line, "source", line.get("source"), f"one of {', '.join(known)}", known))
    code = _code(line, draft)
    if name is None or direction is None or grade is None:
        return
    kind = draft.facts[name].kind.type if name in draft.facts else OTHER
    material = _material(line, direction, code, kind, draft)
    if material is None:
        return
    row = draft.row("streams", name, material, direction)
    if "company" in row:
        draft.wrong(line.place("stream"), material, f"{material} of {name} once (it stands above)")
        return
    where = f"{source}, {line.sheet} line {line.number}"
    row["company"] = Cell(name, source=where)
    draft.words[name, letters(line.get("stream"))] = material
    _quantity(line, row, material, grade, where, draft)
    if code:
        row["ewc"] = Cell(code, source=where)
    _terms(line, row, Terms(material, direction, grade, where, money), draft)


@dataclass(frozen=True)
class Terms:
    """What the cells of a stream beside its quantity are about."""

    material: str
    direction: str
    grade: str
    where: str
    money: Money


def _terms(line: Line, row: dict[str, Cell], terms: Terms, draft: Draft) -> None:
    """Add temperature, dry matter, price, route, season, note of a stream, and whether it is confidential."""
    for column in ("temperature_c", "dry_matter_pct"):
        if line.get(column):
            row[column] = Cell(float(line.get(column)), source=terms.where)
    word = line.get("confidential").lower()
    secret = word in YES
    if not secret and word not in NO:
        draft.wrong(line.place("confidential"), line.get("confidential"), "yes, or no (an empty cell)")
    if line.get("price_now"):
        price = price_of(line, "price_now", terms.material, terms.money, draft)
        # a tonne of the sheet is so many of the library
        price /= dry_factor(line.get("dry_matter_pct"), terms.material)
        row["price_now"] = Cell(price, GIVEN, terms.grade, terms.where, "sheet streams")
        if secret:
            draft.said.append(
                f"{line.get('company')}, {terms.material}: confidential, so its price is kept out of reports"
            )
    if terms.direction == "out" and line.get("route_now"):
        _route(line, row, terms.material, terms.where, draft)
    row["confidential"] = Cell(secret, source=terms.where)
    if line.get("note"):
        row["note"] = Cell(line.get("note"), source=terms.where)
    _season(line, row, terms.where, draft)


def _code(line: Line, draft: Draft) -> str | None:
    """Return the six digits of a waste code, its star compared with the list."""
    text = line.get("ewc")
    if not text:
        return None
    code = waste_code(text)
    if code is None:
        draft.wrong(line.place("ewc"), text, "six digits of the European list of waste, such as 10 01 02")
        return None
    known = waste_codes().get(code)
    spaced = f"{code[:2]} {code[2:4]} {code[4:]}"
    if known is not None and "*" in text and known["hazardous"] == "no":
        draft.said.append(f"{text} has an asterisk, the list has none: read as {spaced}")
    return code


def _material(line: Line, direction: str, code: str | None, kind: str, draft: Draft) -> str | None:
    """Return the material of a stream: as given, by waste code, by temperature, by its label."""
    if line.get("material"):
        return named_material(line, "material", direction, kind, draft)
    if code is not None:
        found = waste_codes().get(code, {}).get("material", "")
        if found in library().materials:
            _say_other_words(line, found, draft)
            return found
        meant = f"{found}, which the library lacks" if found else "none"
        draft.not_modelled.append(
            (line.get("company"), f"{line.get('stream')} ({code})", _tonnes(line), f"its waste code stands for {meant}")
        )
        return None
    if direction == "out" and line.get("temperature_c"):
        return heat_of(float(line.get("temperature_c")), kind)
    return named_material(line, "stream", direction, kind, draft)


def _say_other_words(line: Line, found: str, draft: Draft) -> None:
    """Say that a waste code is taken where the words of the same line mean another material."""
    meant = materials_called(line.get("stream")) & flowing("out")
    if meant and found not in meant:
        words = f"{line.get('stream')!r} would be {' or '.join(sorted(meant))}"
        draft.said.append(f"{line.place('ewc')}: {line.get('ewc')} is taken, {found}; {words}")


def _tonnes(line: Line) -> float:
    try:
        return to_material(float(line.get("quantity") or 0), line.get("unit"), "t")[0]
    except (UnitError, ValueError):
        return 0.0


def _quantity(line: Line, row: dict[str, Cell], material: str, grade: str, where: str, draft: Draft) -> None:
    if not line.get("quantity"):
        draft.unknown.append((line.get("company"), f"{material}: quantity unknown"))
        return
    unit = library().materials[material].unit
    values = {}
    for column in ("quantity", "low", "high"):
        if line.get(column):
            try:
                values[column], said = to_material(float(line.get(column)), line.get("unit"), unit)
            except UnitError as error:
                draft.wrong(line.place("unit"), line.get("unit") or "nothing", str(error))
                return
            draft.said += [f"{line.get('company')}, {material}: {said}"] if said and column == "quantity" else []
    rule = f"{line.get('quantity')} {line.get('unit')}".strip()
    factor = dry_factor(line.get("dry_matter_pct"), material)
    if factor != 1.0:
        values = {column: value * factor for column, value in values.items()}
        rule += f" at {float(line.get('dry_matter_pct')):g} % dry matter, {DRY_MATTER[material]} % in the library"
        draft.said.append(f"{line.get('company')}, {material}: {rule}; {values['quantity']:,.10g} {unit} a year")
    amount = values["quantity"]
    for column in ("quantity", "low", "high"):
        if values.get(column, 0.0) < 0:
            draft.wrong(line.place(column), line.get(column), "a number of at least 0")
            return
    low, high = (amount * factor for factor in SPREAD[grade])
    low, high = values.get("low", low), values.get("high", high)
    if not low <= amount <= high:
        draft.wrong(line.place("low"), f"{low:g} to {high:g}", f"a range that holds {amount:g}")
    row["per_year"] = Cell(amount, GIVEN, grade, where, rule, low, high)


def dry_factor(dry: object, material: str) -> float:
    """Return tonnes of a material as the library has it in a tonne of the given dry matter [%]; 1 where none is given."""
    usual = DRY_MATTER.get(material)
    return float(str(dry)) / usual if dry and usual and float(str(dry)) > 0 else 1.0


def price_of(line: Line, column: str, material: str, money: Money, draft: Draft) -> float:
    """Return a price in EUR per unit of the material; 0, and a mistake, where its unit is none.

    Without a unit it is money of the sheets per unit of the material; a currency of its own counts at its own rate. Both are said.
    """
    unit = library().materials[material].unit
    text = line.get("price_unit")
    if not text:
        draft.said.append(f"{line.place(column)}: {line.get(column)} without a unit is read as {money.currency}/{unit}")
    currency = currency_of(text) or money.currency
    if currency != money.currency:
        draft.said.append(
            f"{line.place('price_unit')}: {text} at {RATES[currency]:.4g} EUR, not in {money.currency} as the other prices"
        )
    try:
        return price_to(float(line.get(column)), text or f"{currency}/{unit}", unit) * RATES.get(currency, money.rate)
    except UnitError as error:
        draft.wrong(line.place("price_unit"), text, str(error))
        return 0.0


def _route(line: Line, row: dict[str, Cell], material: str, where: str, draft: Draft) -> None:
    """Set the share that is recovered already: what is sold, burnt for energy, spread or recycled counts, the rest not."""
    text = letters(line.get("route_now"))
    recovered = any(
        word in text
        for word in (
            "sold",
            "recover",
            "recycl",
            "rendering",
            "biogas",
            "compost",
            "spread",
            "reuse",
            "verwert",
            "verkauf",
        )
    )
    disposed = any(word in text for word in ("landfill", "inciner", "sewer", "deponi", "discharge", "dump"))
    if recovered or disposed:
        row["recovered_share"] = Cell(
            1.0 if recovered else 0.0, INFERRED, "C", where, f"route now: {line.get('route_now')}", 0.0, 1.0
        )
    else:
        draft.said.append(
            f"{line.place('route_now')}: {line.get('route_now')!r} is kept as a note; it names no kind of route"
        )


def _season(line: Line, row: dict[str, Cell], where: str, draft: Draft) -> None:
    """Set the profile whose months are the nearest to a range such as Mar-Oct; none for all the year."""
    text = line.get("months").lower().strip()
    if text in ("", "all", "jan-dec"):
        return
    found = re.fullmatch(r"([a-z]{3})[a-z]*\s*[-–]\s*([a-z]{3})[a-z]*", text)
    if not found or found[1] not in MONTHS or found[2] not in MONTHS:
        draft.wrong(line.place("months"), line.get("months"), "all, or a range such as Sep-Dec")
        return
    first, last = MONTHS.index(found[1]), MONTHS.index(found[2])
    on = [(month - first) % 12 <= (last - first) % 12 for month in range(12)]
    row["note"] = Cell(f"months {line.get('months')}", source=where)
    name = f"months_{found[1]}_{found[2]}"
    row["profile"] = Cell(name, GIVEN, "C", where, f"{sum(on)} months alike")
    profile = draft.row("profiles", name)
    for month, active in zip(MONTHS, on, strict=True):
        profile[month] = Cell(12.0 / sum(on) if active else 0.0, GIVEN, "C", where, "months alike")
