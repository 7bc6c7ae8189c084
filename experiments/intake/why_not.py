"""Why an exchange is not worth talking about: all that applies, what forbids first; and what one change would open."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from .streams import Park
from .worth import Row

SEASON = 0.5  # share of the need at the wrong time from which the season is named
SERVED = 0.5  # share of an input under contract from which it is named
RECOVERED = 0.5
CHANGES = 20  # near misses that are listed


@dataclass(frozen=True)
class NearMiss:
    """A pair that one change opens: the change in words, and the value that it would then have [EUR a year]."""

    row: Row
    change: str
    value: float


def with_reasons(park: Park, rows: list[Row]) -> list[Row]:
    """Return the rows with what speaks against each."""
    limits = {row.material: row.max_km for row in park.scenario.tables["materials"]}  # type: ignore[attr-defined]
    served = _served(rows)
    return [replace(row, reasons=() if row.in_use else tuple(_reasons(park, row, limits, served))) for row in rows]


def _served(rows: list[Row]) -> dict[tuple[str, str], float]:
    """Return the share of each input that is under contract already."""
    found: dict[tuple[str, str], float] = {}
    for row in rows:
        if row.in_use and row.need.amount > 0:
            key = row.taker, row.input
            found[key] = found.get(key, 0.0) + row.k * row.most / row.need.amount
    return found


def _reasons(park: Park, row: Row, limits: dict[str, float], served: dict[tuple[str, str], float]) -> Any:
    """Yield what speaks against an exchange, what forbids first."""
    year = park.scenario.start_year
    if row.km > limits[row.material]:
        yield f"too far ({row.km:.0f} km, reach {limits[row.material]:.0f})"
    giver, taker = park.plants[row.giver], park.plants[row.taker]
    later = max(
        giver.opens, taker.opens, *(float(one) for one in (row.way.known_from, row.way.allowed_from) if one is not None)
    )
    if later > year:
        word = "opens" if later in (giver.opens, taker.opens) else "known or allowed"
        yield f"not before {later:.0f} ({word})"
    if min(giver.closes, taker.closes) <= year:
        yield "closed"
    cold, warm = row.supply.temperature, row.need.temperature
    if cold is not None and warm is not None and cold < warm and row.way.treatment_cost < 1:
        yield f"temperature too low ({cold:.0f} C, {warm:.0f} C needed)"
    if row.season < 1 - SEASON:
        yield f"season ({1 - row.season:.0%} of the need at the wrong time)"
    if served.get((row.taker, row.input), 0.0) > SERVED:
        yield f"most of the input already served ({served[row.taker, row.input]:.0%})"
    if row.supply.recovered > RECOVERED:
        yield f"already recovered elsewhere ({row.supply.recovered:.0%}: competes with what is paid now)"
    yield from _money_reasons(park, row)


def _money_reasons(park: Park, row: Row) -> Any:
    """Yield what its money says against an exchange."""
    if row.most <= 0:
        yield "nothing left to give or take"
    elif row.value <= 0:
        yield _loses(park, row)
    elif row.payback > row.limit:
        yield f"pays back in {row.payback:.1f} years, longer than {row.limit:.1f}"


def _loses(park: Park, row: Row) -> str:
    """Say by how much a unit an exchange loses, and which disposal price, virgin price or distance turns it."""
    unit = _unit(park, row.material)
    loss = -row.value / row.most
    turns = [f"disposal at {row.supply.disposal + loss:,.4g} EUR/{unit}"]
    price = park.market.cost.get(row.input, 0.0)
    if row.k > 0:
        turns.append(f"{row.input} at {price + loss / row.k:,.4g} EUR/{_unit(park, row.input)}")
    haul = _haul(park, row.material)
    if haul > 0 and row.km - loss / haul > 0:
        turns.append(f"{row.km - loss / haul:.0f} km")
    return f"loses {loss:,.3g} EUR/{unit} (turns with {', or '.join(turns)})"


def _unit(park: Park, material: str) -> str:
    return next(row.unit for row in park.scenario.tables["materials"] if row.material == material)  # type: ignore[attr-defined]


def _haul(park: Park, material: str) -> float:
    return next(row.haul_cost for row in park.scenario.tables["materials"] if row.material == material)  # type: ignore[attr-defined]


def near_misses(park: Park, rows: list[Row]) -> list[NearMiss]:
    """Return the pairs that one change opens, by the value they would then have."""
    found = []
    for row in rows:
        if len(row.reasons) != 1 or row.most <= 0:
            continue
        reason = row.reasons[0]
        if reason.startswith("loses"):
            miss = _by_tax(park, row)
        elif reason.startswith("too far"):
            limit = float(reason.rpartition("reach ")[2].rstrip(")"))
            near = replace(row, p_max=row.p_max + _haul(park, row.material) * row.km / 2)
            miss = NearMiss(row, "half the distance", near.value) if row.km / 2 <= limit and near.value > 0 else None
        elif reason.startswith("temperature"):
            miss = NearMiss(row, f"{row.need.temperature - row.supply.temperature:.0f} K more", row.value)  # type: ignore[operator]
        elif reason.startswith("not before"):
            miss = NearMiss(row, reason.replace("not before", "the year"), row.value)
        else:
            miss = None
        if miss is not None and miss.value > 0:
            found.append(miss)
    found.sort(key=lambda miss: (-miss.value, miss.row.giver, miss.row.taker, miss.row.material))
    return found[:CHANGES]


def _by_tax(park: Park, row: Row) -> NearMiss | None:
    """Return how a landfill tax, or half the distance, would open a pair that loses money."""
    loss = -row.value / row.most
    haul = _haul(park, row.material)
    if haul * row.km / 2 > loss:
        near = replace(row, p_max=row.p_max + haul * row.km / 2)
        return NearMiss(row, "half the distance", near.value)
    taxed = park.market.tax_of.get(row.material, 0.0) * (1 - row.supply.recovered)
    if taxed <= 0 or loss / taxed > 300:
        return None
    tax = 10.0 * -(-loss / taxed // 10)
    return NearMiss(row, f"a landfill tax {tax:.0f} EUR/t higher", row.value + row.most * taxed * tax)


def alone(park: Park, rows: list[Row]) -> list[tuple[str, str, str]]:
    """Return (company, by-product, why) of what nobody takes: no taker in the library, none here, or none in reach."""
    ways = {way.by_product for way in park.scenario.tables["conversions"]}  # type: ignore[attr-defined]
    reach = {(row.giver, row.material) for row in rows if not any(one.startswith("too far") for one in row.reasons)}
    there = {(row.giver, row.material) for row in rows}
    found = []
    for stream in park.streams:
        key = stream.company, stream.material
        if not stream.out or key in reach:
            continue
        if stream.material not in ways:
            why = "no taker in the library"
        elif key in there:
            why = "no taker in reach"
        else:
            why = f"no taker here; could be taken by: {', '.join(takers_of(park, stream.material)[:4]) or 'nobody'}"
        found.append((*key, why))
    return found


def takers_of(park: Park, material: str) -> list[str]:
    """Return the types that have an input which a by-product can replace."""
    tables: Any = park.scenario.tables
    inputs = {way.input for way in tables["conversions"] if way.by_product == material}
    return sorted({row.type for row in tables["processes"] if row.direction == "in" and row.material in inputs})
