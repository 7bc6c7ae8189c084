"""Colours and number words of the screen. Names with @ are replaced by the theme's colour in the browser."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Translate = Callable[..., str]  # puts a sentence with named places into a language; str.format leaves it English
INK, MUTED, FAINT, PAPER, BASE = "@ink", "@muted", "@faint", "@paper", "@base"
# Okabe and Ito (2008), Color Universal Design: told apart by the colour-blind.
CYCLE = ("@first", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9")
GROUP_COLOURS = {"material": "#2a9d6f", "energy": "#d55e00", "water": "#3a8fd0"}
SECTOR_COLOURS = (
    "#4c78a8", "#e07b39", "#54a24b", "#b279a2", "#d4a72c", "#72b7b2", "#e45756", "#9d755d", "#7f7fd5", "#8aa83d",
    "#c96198", "#4f9fd6", "#a0836b", "#5fa287",
)  # fmt: skip
COUNTED = ("exchanges", "companies", "opportunities", "contracts", "talks", "jobs")
LONG = {"": "", "k ": "thousand ", "M ": "million ", "bn ": "billion "}
ALONE, TOGETHER = "{text}", "{prefix} {unit}"  # the same in every language: what stands in the places is translated
SCALES = ((1e9, "bn "), (1e6, "M "), (1e3, "k "))


def scale_of(largest: float) -> tuple[float, str]:
    """Return (divisor, prefix of the unit) for numbers up to `largest`."""
    for size, prefix in SCALES:
        if abs(largest) >= 10 * size or (size > 1e3 and abs(largest) >= size):
            return size, prefix
    return 1.0, ""


def figure(value: float, unit: str = "", digits: int = 3) -> str:
    """Write a number for people: 1.23 million EUR, 45.2 thousand t, 0.31."""
    if value != value:
        return "none"
    size, prefix = scale_of(value)
    prefix = LONG[prefix]
    scaled = value / size
    text = f"{scaled:,.0f}" if abs(scaled) >= 100 or scaled == int(scaled) else f"{scaled:,.{digits}g}"
    return f"{text.replace('-', '−')} {prefix}{unit}".strip()


def signed(value: float, unit: str = "", digits: int = 3) -> str:
    """Write a difference with its sign."""
    return ("+" if value > 0 else "") + figure(value, unit, digits)


def brief(value: float, unit: str = "") -> str:
    """Write a number for a table: 1.23 M EUR, 45.2 k t."""
    text = figure(value, unit)
    for prefix, word in LONG.items():
        text = text.replace(word, prefix) if word else text
    return text


def more(value: float, unit: str = "") -> str:
    """Write a difference for a table, with its sign."""
    return ("+" if value > 0 else "") + brief(value, unit)


def sector_colours(sectors: list[str]) -> dict[str, str]:
    """Return a colour for every sector, in the order they are given."""
    return {sector: SECTOR_COLOURS[place % len(SECTOR_COLOURS)] for place, sector in enumerate(sectors)}


def plain(values: Any) -> list[float | None]:
    """Return numbers as they travel to the browser: what does not exist is None."""
    return [None if value != value else round(float(value), 4) for value in values]


def local(t: Translate, text: str) -> str:
    """Return a word, an amount or a name in a language."""
    return t(ALONE, text=text)


def unit_of(prefix: str, unit: str, t: Translate) -> str:
    """Return a unit with its prefix in a language."""
    return t(TOGETHER, prefix=prefix.strip(), unit=unit).strip()


def words(name: str) -> str:
    """Turn a name of the tables into words."""
    return name.replace("_", " ")


def axes(unit: str, years: list[Any] | None = None, whole: bool = False) -> dict[str, Any]:
    """Return the axes that all charts over time share. whole: the values are counts."""
    text = {"color": MUTED, "fontSize": 11}
    line = {"lineStyle": {"color": FAINT}}
    return {
        "grid": {"left": 16, "right": 14, "top": 30, "bottom": 6, "containLabel": True},
        "xAxis": {"type": "category", "data": years or [], "boundaryGap": False, "axisLabel": text, "axisLine": line, "axisTick": {"show": False}},
        "yAxis": {
            "type": "value", "name": unit, "nameTextStyle": {"color": MUTED, "align": "left", "padding": [0, 0, 0, -8]},
            "axisLabel": text, "splitLine": line, "nameGap": 12, **({"minInterval": 1} if whole else {}),
        },
        "tooltip": {"trigger": "axis", "confine": True, "backgroundColor": PAPER, "borderColor": FAINT, "textStyle": {"color": INK, "fontSize": 12}},
        "animation": False,
    }  # fmt: skip
