"""Numbers and names as people read them."""

from __future__ import annotations

import math


def number(value: float, digits: int = 3) -> str:
    """Write a number as people read it: 12.3 M, 4 560, 0.0123, a year as it is."""
    if not math.isfinite(value):
        return "–"
    size = abs(value)
    for step, unit in ((1e9, " bn"), (1e6, " M")):
        if size >= step:
            return f"{value / step:.{digits}g}{unit}" if size < 1e3 * step else f"{value / step:,.0f}{unit}"
    if size >= 1e4:
        return f"{value:,.0f}".replace(",", " ")
    if size >= 100 or value == int(value):
        return f"{value:.0f}"
    return f"{value:.{digits}g}"


def plain(name: str) -> str:
    """Turn a name of the tables into words: `partner_closed` reads partner closed; dotted names stay as they are typed."""
    return " ".join(word if "." in word else word.replace("_", " ") for word in str(name).split(" "))


def counted(count: int, one: str, many: str) -> str:
    """Write a count with its noun: 1 company, 2 companies."""
    return f"{count} {one if count == 1 else many}"


def short(label: str, length: int = 16) -> str:
    """Cut a label where it would not fit."""
    return label if len(label) <= length else label[: length - 1].rstrip() + "…"
