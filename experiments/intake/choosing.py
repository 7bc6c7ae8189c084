"""The choice of place and of confidence as people type it, at the command line or on a page."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ecopark.abm.input.errors import InputError, Mistake

from .selection import Selection, read_polygons


def selection_of(near: str | None, radius: float | None, bbox: str | None, within: Path | None, **_: Any) -> Selection:
    """Return the choice of place of the options; what is wrong with them is one error."""
    wrong: list[Mistake] = []
    if (near is None) != (radius is None):
        wrong.append(Mistake("--near", near or "nothing", "--near LAT,LON together with --radius KM"))
    place = _numbers("--near", near, 2, wrong)
    box = _numbers("--bbox", bbox, 4, wrong)
    if place and not (abs(place[0]) <= 90 and abs(place[1]) <= 180):
        wrong.append(Mistake("--near", near, "latitude from -90 to 90, longitude from -180 to 180"))
    if box and not (box[1] < box[3] and box[0] != box[2]):
        wrong.append(Mistake("--bbox", bbox, "west, south, east, north in degrees"))
    if wrong:
        raise InputError(wrong)
    polygons = read_polygons(within) if within is not None else ()
    return Selection(place, radius or 0.0, box, polygons)


def _numbers(option: str, text: str | None, count: int, wrong: list[Mistake]) -> Any:
    """Return the numbers of an option, None when it is not given or wrong."""
    if text is None:
        return None
    try:
        numbers = tuple(float(part) for part in text.split(","))
    except ValueError:
        numbers = ()
    if len(numbers) != count or any(not abs(number) < 1e4 for number in numbers):
        wrong.append(Mistake(option, text, f"{count} numbers with commas between, decimal points"))
        return None
    return numbers


def levels_of(only: str | None) -> tuple[str, ...]:
    """Return the confidences that are kept."""
    known = ("high", "medium", "low")
    chosen = tuple(part.strip() for part in only.split(",")) if only else known
    unknown = [part for part in chosen if part not in known]
    if unknown:
        raise InputError([Mistake("--only", part, "high, medium, low") for part in unknown])
    return chosen
