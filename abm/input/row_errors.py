"""What is wrong with a line of a table, cell by cell, in a modeller's words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from .codes import meant_by_nace
from .csv_files import Line
from .errors import Mistake, nearest
from .material_names import meant_material
from .row_fields import Row

# What a cell should hold, by the kind of problem that validation finds.
WANTED = {
    "float_parsing": "a number such as 1200.5, without unit",
    "int_parsing": "a whole number, without unit",
    "int_from_float": "a whole number",
    "finite_number": "a finite number",
    "greater_than": "a number above {gt:g}",
    "greater_than_equal": "a number of at least {ge:g}",
    "less_than_equal": "a number of at most {le:g}",
    "less_than": "a number below {lt:g}",
    "string_type": "text",
    "float_type": "a number",
    "int_type": "a whole number",
    "bool_type": "1 (yes) or 0 (no)",
    "bool_parsing": "1 (yes) or 0 (no)",
    "literal_error": "one of {expected}",
    "string_too_short": "a value",
    "string_too_long": "at most {max_length} characters",
    "string_pattern_mismatch": "a name of small letters, digits and underscores",
}
DEGREES = {
    "lat": "decimal degrees such as 55.67, south negative",
    "lon": "decimal degrees such as 11.09, west negative",
}
# Columns in which people write a code where we have a name.
CODES = {"type": meant_by_nace, "material": meant_material, "by_product": meant_material, "input": meant_material}


def checked_row(kind: type[Row], line: Line, mistakes: list[Mistake]) -> Row | None:
    """Return a checked row, or None and its mistakes."""
    try:
        return kind.model_validate(line.cells)
    except ValidationError as error:
        for problem in error.errors():
            mistake = _explain_column(kind, line, problem)
            if mistake is None:
                mistakes.append(_explain(line, problem))
            elif mistake not in mistakes:
                mistakes.append(mistake)
        return None


def _explain_column(kind: type[Row], line: Line, problem: Mapping[str, Any]) -> Mistake | None:
    """Say a problem of a whole column, the same for each of its rows; None when it is of one cell."""
    column = str(problem["loc"][0])
    place = f"{line.file} {line.word} 1"
    if problem["type"] == "extra_forbidden":
        names = [field.alias or name for name, field in kind.model_fields.items()]
        known = f"a known column: {', '.join(names)} (a column of your own begins with #)"
        return Mistake(place, column, known, nearest(column, names))
    if problem["type"] == "missing" and column not in line.columns:
        return Mistake(place, f"no column {column}", f"a column {column}")
    return None


def _explain(line: Line, problem: Mapping[str, Any]) -> Mistake:
    """Say one problem of a cell in a modeller's words."""
    column = str(problem["loc"][0])
    if problem["type"] == "missing":
        return Mistake(line.place(column), "nothing", "a value")
    limits = problem.get("ctx", {})
    options = [part.strip(" '") for part in str(limits.get("expected", "")).replace(" or ", ",").split(",") if part]
    words = WANTED.get(problem["type"], problem["msg"].replace("Value error, ", ""))
    allowed = words.format(**{**limits, "expected": ", ".join(options)})
    if problem["type"] == "float_parsing":
        allowed = DEGREES.get(column, allowed)
    if problem["type"] == "string_pattern_mismatch":
        meant = CODES[column](str(problem["input"])) if column in CODES else None
        allowed = meant or allowed
    return Mistake(line.place(column), problem["input"], allowed, nearest(problem["input"], options))
