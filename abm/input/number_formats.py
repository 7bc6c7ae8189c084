"""Numbers as spreadsheets of different countries write them, told apart by the table they stand in."""

from __future__ import annotations

import re
from collections.abc import Iterable

_SIGN, _POWER = "[+-]?", "([eE][+-]?[0-9]+)?"
# 3.000.000 or 1.200,5, then 3,000,000 or 1,200.5: thousands are marked, so that the decimal mark is the other one
_THOUSANDS_BY_POINT = re.compile(rf"{_SIGN}[0-9]{{1,3}}((\.[0-9]{{3}}){{2,}}|(\.[0-9]{{3}})+,[0-9]+)")
_THOUSANDS_BY_COMMA = re.compile(rf"{_SIGN}[0-9]{{1,3}}((,[0-9]{{3}}){{2,}}|(,[0-9]{{3}})+\.[0-9]+)")
_THOUSANDS_BY_SPACE = re.compile(rf"{_SIGN}[0-9]{{1,3}}([ '’][0-9]{{3}})+([.,][0-9]+)?")
_DECIMAL_COMMA = re.compile(rf"{_SIGN}[0-9]*,[0-9]+{_POWER}")
_DECIMAL_POINT = re.compile(rf"{_SIGN}[0-9]*\.[0-9]+{_POWER}")
_EITHER = re.compile(
    rf"{_SIGN}[1-9][0-9]{{0,2}}[.,][0-9]{{3}}"
)  # 1.200 and 1,200: a thousand or a little more than one

_BEGINNINGS = frozenset("+-.,0123456789")


def decimal_mark(cells: Iterable[str], usual: str) -> str:
    """Return the decimal mark of a table, `usual` when no cell shows it, and "" when cells show both."""
    shown = {mark for cell in cells if (mark := _mark_of(cell))}
    if not shown:
        return usual
    return shown.pop() if len(shown) == 1 else ""


def _mark_of(cell: str) -> str:
    """Return the decimal mark that a single cell shows beyond doubt, or ""."""
    if _has_no_mark(cell):
        return ""
    if _EITHER.fullmatch(cell):
        return ""
    if _THOUSANDS_BY_POINT.fullmatch(cell) or _DECIMAL_COMMA.fullmatch(cell):
        return ","
    return "." if _THOUSANDS_BY_COMMA.fullmatch(cell) or _DECIMAL_POINT.fullmatch(cell) else ""


def _has_no_mark(cell: str) -> bool:
    """Tell at once of most cells, words and plain whole numbers, that there is nothing in them to read."""
    return cell.isdecimal() or cell[:1] not in _BEGINNINGS


def is_unclear(cell: str, mark: str) -> bool:
    """Tell whether a cell is a number that means two things in a table whose decimal mark is not known."""
    return not mark and _EITHER.fullmatch(cell) is not None


def plain_number(cell: str, mark: str) -> str:
    """Return a number with a decimal point and without marks of thousands; what is no such number stays as it is."""
    if _has_no_mark(cell):
        return cell
    if _EITHER.fullmatch(cell):
        return cell.replace("." if mark == "," else ",", "").replace(",", ".")
    if _THOUSANDS_BY_COMMA.fullmatch(cell):
        return cell.replace(",", "")
    if _THOUSANDS_BY_SPACE.fullmatch(cell):
        return re.sub(r"[ '’]", "", cell).replace(",", ".")
    if _THOUSANDS_BY_POINT.fullmatch(cell):
        return cell.replace(".", "").replace(",", ".")
    return cell.replace(",", ".") if _DECIMAL_COMMA.fullmatch(cell) else cell
