"""Places: degrees to km on a plane, and what cannot be a place.

Closed-form Lambert azimuthal equal-area projection about the middle of the park, on a sphere scaled by the ellipsoid's
radii of curvature there (Snyder 1987, USGS Professional Paper 1395, eq. 24-2 to 24-4; WGS 84). Largest error of a distance
against the geodesic 0.004 % at 30 km, 0.014 % at 100 km, 0.055 % at 300 km (latitudes 0 to 65).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from .errors import Mistake

SPHERE = 6371.0088  # km, mean radius of the earth
AXIS, ECCENTRICITY2 = 6378.137, 0.00669437999014  # km; WGS 84
ACROSS = 300.0  # km: above that the projection is too coarse, and most likely a place is wrong
Place = tuple[float, float]


def near_turn(lon: float, middle: float) -> float:
    """Return a longitude, whole turns away, within 180 degrees of another."""
    return middle + math.remainder(lon - middle, 360.0)


def middle_of(places: Sequence[Place]) -> Place:
    """Return the mean (lat, lon) of places, the same in any order of them and across the date line."""
    first = min(places)[1]
    turned = [near_turn(lon, first) for _, lon in places]
    lat = math.fsum(lat for lat, _ in places) / len(places)
    return lat, math.remainder(math.fsum(turned) / len(turned), 360.0)


def to_km(place: Place, origin: Place) -> Place:
    """Return (x, y) [km] east and north of an origin; both are (lat, lon) in degrees."""
    lat, lat0 = math.radians(place[0]), math.radians(origin[0])
    turn = math.radians(math.remainder(place[1] - origin[1], 360.0))
    root = 1 - ECCENTRICITY2 * math.sin(lat0) ** 2
    across, along = AXIS / math.sqrt(root), AXIS * (1 - ECCENTRICITY2) / root**1.5
    cosine = math.sin(lat0) * math.sin(lat) + math.cos(lat0) * math.cos(lat) * math.cos(turn)
    k = math.sqrt(2 / (1 + cosine))
    north = math.cos(lat0) * math.sin(lat) - math.sin(lat0) * math.cos(lat) * math.cos(turn)
    return across * k * math.cos(lat) * math.sin(turn), along * k * north


def great_circle(one: Place, other: Place) -> float:
    """Return the distance of two places (lat, lon) on the sphere [km]."""
    lat, lat2 = math.radians(one[0]), math.radians(other[0])
    turn = math.radians(other[1] - one[1])
    half = math.sin((lat2 - lat) / 2) ** 2 + math.cos(lat) * math.cos(lat2) * math.sin(turn / 2) ** 2
    return 2 * SPHERE * math.asin(math.sqrt(min(1.0, half)))


def placed(rows: Sequence[Any], origin: Place | None, mistakes: list[Mistake]) -> tuple[Any, ...]:
    """Return the rows of companies with x_km and y_km filled; what is no place is added to `mistakes`.

    origin: (lat, lon) of x_km = y_km = 0, by default the mean of all places in degrees. Where no company has a place, all
    stand at (0, 0), and `check` says so.
    """
    rows = _on_a_line(rows)
    found = [mistake for row in rows for mistake in _check_row(row)]
    given = [row for row in rows if row.lat is not None or row.x_km is not None]
    if not found:
        found = [*_check_all(rows, given, origin)]
    mistakes.extend(found)
    if found:
        return tuple(rows)
    degrees = [(row.lat, row.lon) for row in rows if row.lat is not None]
    middle = origin or (middle_of(degrees) if degrees else (0.0, 0.0))
    return tuple(_fill(row, middle) for row in rows)


def _on_a_line(rows: Sequence[Any]) -> Sequence[Any]:
    """Return the rows with y_km 0 where the table has no such numbers at all: companies along a line; `check` says so."""
    if any(row.y_km is not None for row in rows):
        return rows
    return [row if row.x_km is None else row.model_copy(update={"y_km": 0.0}) for row in rows]


def _fill(row: Any, origin: Place) -> Any:
    """Return a row with its place in km."""
    if row.lat is None:
        return row.model_copy(update={"x_km": row.x_km or 0.0, "y_km": row.y_km or 0.0})
    x, y = to_km((row.lat, row.lon), origin)
    return row.model_copy(update={"x_km": x, "y_km": y})


def _at(row: Any, column: str) -> str:
    return f"companies.csv, {row.name}, column {column}"


def _check_row(row: Any) -> Iterator[Mistake]:
    """Yield what is wrong with the place of one company."""
    for one, other in (("x_km", "y_km"), ("lat", "lon")):
        have = [column for column in (one, other) if getattr(row, column) is not None]
        if len(have) == 1:
            lacking = other if have == [one] else one
            yield Mistake(
                _at(row, lacking), "nothing", f"a number: a place has two coordinates, {have[0]} alone is none"
            )
    if row.x_km is not None and row.lat is not None:
        yield Mistake(_at(row, "x_km"), f"{row.x_km:g}, and lat {row.lat:g}", "either x_km and y_km or lat and lon")
    if (row.lat, row.lon) == (0, 0):
        yield Mistake(
            _at(row, "lat"), "0, 0", "the place of the plant; 0, 0 lies in the sea and stands for a missing one"
        )


def _check_all(rows: Sequence[Any], given: Sequence[Any], origin: Place | None) -> Iterator[Mistake]:
    """Yield what is wrong with the places of all companies together."""
    if given and len(given) < len(rows):
        for row in rows:
            if row.lat is None and row.x_km is None:
                yield Mistake(
                    _at(row, "x_km"), "no place", "x_km and y_km (or lat and lon), as the other companies have"
                )
    degrees = [row for row in given if row.lat is not None]
    if degrees and len(degrees) < len(given) and origin is None:
        yield Mistake(
            "companies.csv, columns x_km and lat",
            f"{len(degrees)} places in degrees, {len(given) - len(degrees)} in km",
            "one form for all, or `origin = [lat, lon]` in scenario.toml: the place from which x_km and y_km count",
        )
    yield from _check_swapped(degrees)
    if looks_like_degrees([(row.x_km, row.y_km) for row in given if row.lat is None]):
        first = next(row for row in given if row.lat is None)
        yield Mistake(
            "companies.csv, columns x_km and y_km",
            f"{first.x_km}, {first.y_km} ({first.name}) and so on look like degrees of longitude and latitude",
            "km; degrees belong into columns lat and lon",
        )


def _check_swapped(rows: Iterable[Any]) -> Iterator[Mistake]:
    """Yield the places whose lat and lon stand in each other's column: far from the rest, and near when exchanged."""
    rows = list(rows)
    if len(rows) < 3:
        return
    for row in rows:
        lats = sorted(other.lat for other in rows if other is not row)
        lons = sorted(other.lon for other in rows if other is not row)
        middle = (lats[len(lats) // 2], lons[len(lons) // 2])
        if abs(row.lon) > 90 or great_circle((row.lat, row.lon), middle) < 500:
            continue
        if great_circle((row.lon, row.lat), middle) < ACROSS:
            yield Mistake(_at(row, "lat"), f"{row.lat:g}, {row.lon:g}", f"lat {row.lon:g} and lon {row.lat:g}: swapped")


def looks_like_degrees(places: Sequence[Place]) -> bool:
    """Tell whether x and y [km] are more likely degrees: within a degree or two of each other, but far from (0, 0).

    In km the places of a park are counted from somewhere in it, so that it is not far from (0, 0) for its own size.
    """
    if len(places) < 2 or any(abs(x) > 180 or abs(y) > 180 for x, y in places):
        return False
    if all(abs(y) > 90 for _, y in places) or all(x == int(x) and y == int(y) for x, y in places):
        return False
    size = max(max(part) - min(part) for part in zip(*places, strict=True))
    away = math.hypot(*(math.fsum(part) / len(places) for part in zip(*places, strict=True)))
    return 0 < size < 1.0 and away > max(5.0, 10 * size)
