"""Numbers as people write them into cells: decimal marks, units inside a number, what is no number at all."""

from __future__ import annotations

import re
from typing import Any

from ecopark.abm.input.number_formats import decimal_mark, is_unclear, plain_number

from .draft import Draft
from .sheet_lines import NUMBERS, SHEETS, Line
from .units import ABOUT, split_number

BESIDE = {"size": "size_unit", "quantity": "unit", "price_now": "price_unit", "price": "price_unit"}
"""The column that holds the unit of a column of numbers."""
OWN_UNITS = {
    "lat": ("°", "deg"), "lon": ("°", "deg"), "x_km": ("km",), "y_km": ("km",), "km": ("km",), "temperature_c": ("C", "°C", "° C"),
    "dry_matter_pct": ("%",), "payback_years": ("years", "a"), "term_years": ("years", "a"),
}  # fmt: skip
"""What may stand behind a number whose column says the unit; any other word is another unit."""
WANTED = {
    "lat": "decimal degrees such as 55.2012, south below 0", "lon": "decimal degrees such as 6.5031, west below 0",
}  # fmt: skip
NUMBER = "a number, or an empty cell where it is not known"
RANGE = re.compile(r"[^-–]*[0-9]\s*(?:-|–|\.\.+|to|bis|à)\s*[+-]?[0-9].*")


def plain_lines(name: str, lines: list[Line], mark: str, draft: Draft) -> list[Line]:
    """Return the lines with numbers that have a decimal point; what could be two numbers is asked, never guessed.

    The decimal mark of a sheet is what cells show that can be read one way only, unless the sheet `park` names it.
    """
    counted = [column for column in SHEETS[name] if column in NUMBERS]
    parts = {
        (line.number, column): split_number(line.get(column))
        for line in lines
        for column in counted
        if line.get(column) and column not in line.numeric
    }
    shown = mark or decimal_mark((text for text, _ in parts.values()), "")
    plain = []
    for line in lines:
        cells = dict(line.cells)
        for column in counted:
            if (line.number, column) in parts:
                text, unit = parts[line.number, column]
                about = re.match(ABOUT, line.get(column))
                if about:
                    draft.said.append(
                        f"{line.place(column)}: {line.get(column)} is read as {text}, not as a limit or a range"
                    )
                cells[column] = _number(line, column, text, shown, draft)
                _take_unit(line, column, text, unit, cells, draft)
        plain.append(Line(line.sheet, line.number, cells))
    return plain


def no_number(cell: Any) -> str:
    """Say what a cell in a column of numbers holds that is neither number nor text; "" when it is fine."""
    if isinstance(cell, bool):
        return f"the truth value {cell}"
    return "" if isinstance(cell, float | int | str) or cell is None else f"the date or time {cell}"


def _number(line: Line, column: str, text: str, mark: str, draft: Draft) -> str:
    """Return a number with a decimal point; "" and a mistake when it is none or two."""
    if is_unclear(text, mark):
        thousands = re.sub(r"[.,]", "", text)
        draft.wrong(
            line.place(column), text, f"{thousands} or {text.replace(',', '.')}? write it without a mark of thousands"
        )
        return ""
    number = plain_number(text.replace("\u00a0", " ").replace("\u202f", " "), mark)
    try:
        value = float(number)
    except ValueError:
        usual = "one number; a range belongs into low and high" if RANGE.fullmatch(text) else NUMBER
        draft.wrong(line.place(column), text, WANTED.get(column, usual))
        return ""
    if not abs(value) < 1e15:
        draft.wrong(line.place(column), text, "a finite number below 1e15")
        return ""
    if number != text and not number.endswith(text.lstrip("+")):
        draft.said.append(f"{line.place(column)}: {text} is read as {value:,.10g}")
    return number


def _take_unit(line: Line, column: str, text: str, unit: str, cells: dict[str, str], draft: Draft) -> None:
    """Take a unit out of a number, unless the column of units says another one."""
    if not unit:
        return
    whole = f"{text} {unit}"
    if column in BESIDE:
        other = BESIDE[column]
        if line.get(other) and line.get(other) != unit:
            draft.wrong(line.place(column), f"{whole}, and {other} {line.get(other)}", "one unit")
            return
        cells[other] = unit
        draft.said.append(f"{line.place(column)}: {whole} is read as {text} and {unit}")
    elif column in ("low", "high"):
        if unit != cells.get("unit"):
            draft.wrong(
                line.place(column), whole, f"a number in the unit of the quantity, {cells.get('unit') or 'none'}"
            )
    elif unit not in OWN_UNITS.get(column, ()):
        own = f"a number of {OWN_UNITS[column][0]}" if column in OWN_UNITS else "a number without unit"
        draft.wrong(line.place(column), whole, WANTED.get(column, own))
