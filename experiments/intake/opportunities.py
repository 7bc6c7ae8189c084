"""All that `ecopark opportunities` says of a park: rows, the best network, near misses, what to recruit, plausibility."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Any

from ecopark.abm.input.scenario import Scenario

from .best import Best, best_of
from .row import Row
from .streams import Park, Plant, Sizes, read_park
from .why_not import NearMiss, alone, near_misses
from .worth import CARRIER_CO2, rows_of, setting

RECRUITS = 8  # absent types that are tried in full
WORTH = "worth talking"


@dataclass(frozen=True)
class Opportunities:
    """What is possible in a park before any run. best: over all rows; totals are its values, never sums of rows.

    low, high: the best total with every uncertain cell at its low, at its high [EUR a year].
    """

    park: Park
    best: Best
    misses: list[NearMiss]
    alone: list[tuple[str, str, str]]
    recruits: list[tuple[str, float]]
    plausibility: list[str]
    low: float
    high: float

    @property
    def rows(self) -> tuple[Row, ...]:
        """Return every row, best in the network first, then by value."""
        order = sorted(
            self.best.rows,
            key=lambda row: (not row.in_use, -row.in_best * max(row.unit, 0.0), bool(row.causes), -row.value),
        )
        return tuple(order)


def opportunities_of(scenario: Scenario, recruit: bool = True, sizes: Sizes | None = None) -> Opportunities:
    """Return the opportunities of a scenario with a table of companies. sizes: how well these are known."""
    park = read_park(scenario, sizes)
    rows = rows_of(park)
    best = best_of(park, rows)
    recruits = missing_companies(park, best) if recruit else []
    return Opportunities(
        park, best, near_misses(rows), alone(park, rows), recruits, plausibility(park, best), *range_of(park, best)
    )  # fmt: skip


def range_of(park: Park, best: Best) -> tuple[float, float]:
    """Return the best total with every uncertain cell at its low and at its high [EUR a year].

    More to give, more need and a dearer disposal never lower the total, so that what lies between the ends of the cells lies
    between these; in one pass.
    """
    ends = []
    for side, pick in (("low", min), ("high", max)):
        streams = tuple(replace(one, amount=getattr(one, side)).at(pick(one.rest.ends)) for one in park.streams)
        ends.append(total_of(replace(park, streams=streams), one_pass=True))
    return min(ends[0], best.value), max(ends[1], best.value)


def total_of(park: Park, one_pass: bool = False) -> float:
    """Return the value of the best network [EUR a year]; in one pass a good network is taken for it (within some per cent)."""
    return best_of(park, rows_of(park, paying=True), one_pass).value


def verdict(row: Row) -> str:
    """Return the verdict on a row in words."""
    if row.in_use:
        return "in use now"
    return "; ".join(row.reasons) or WORTH


def public_value(park: Park, row: Row) -> float:
    """Return avoided CO2 and landfill at shadow prices [EUR a year] (R1)."""
    given, co2 = row.carried, park.market.co2
    burden = row.way.co2 / 1000 + CARRIER_CO2[given.carrier] * given.tonnes_per_unit * row.km
    burden += row.way.forgone_units * co2.get(row.way.forgone, 0.0)
    avoided = row.k * co2[row.input] + row.supply.rest.co2 - burden
    carbon = setting(park.scenario, "accounts.shadow_co2", 100.0) * avoided
    return row.quantity * (
        carbon + setting(park.scenario, "accounts.shadow_landfill", 10.0) * row.supply.rest.landfilled
    )


def missing_companies(park: Park, best: Best) -> list[tuple[str, float]]:
    """Return absent types by the value that one typical plant of each, in the middle of the park, would add to the total."""
    tables: Any = park.scenario.tables
    here = {plant.type for plant in park.plants.values()}
    makes = {stream.material for stream in park.streams if stream.out}
    needs = {stream.material for stream in park.streams if not stream.out}
    wanted = {way.input for way in tables["conversions"] if way.by_product in makes}
    usable = {way.by_product for way in tables["conversions"] if way.input in needs}
    related = {
        row.type
        for row in tables["processes"]
        if (row.material in wanted and row.direction == "in") or (row.material in usable and row.direction == "out")
    }
    if len(park.plants) > 150:
        return []
    count = max(1, len(park.plants))
    x, y = (math.fsum(getattr(plant, axis) for plant in park.plants.values()) / count for axis in ("x", "y"))
    guesses = []
    for kind in (row for row in tables["types"] if row.type in related - here):
        size = kind.typical_size
        plant = Plant(
            "a " + kind.type,
            kind.type,
            "high",
            x,
            y,
            size,
            size,
            size,
            "A",
            kind.wacc,
            kind.payback,
            -math.inf,
            math.inf,
        )
        guesses.append((_rough(park.with_plant(plant), plant.name), plant))
    guesses.sort(key=lambda guess: (-guess[0], guess[1].type))
    added = [
        (plant.type, total_of(park.with_plant(plant)) - best.value) for rough, plant in guesses[:RECRUITS] if rough > 0
    ]
    return sorted(((kind, value) for kind, value in added if value > 0), key=lambda one: (-one[1], one[0]))


def _rough(park: Park, name: str) -> float:
    """Return the sum over a plant's streams of the most that one exchange of each is worth."""
    most: dict[tuple[str, str], float] = {}
    streams = tuple(one for one in park.streams if one.company == name)
    others = tuple(one for one in park.streams if one.company != name)
    for mine, theirs in ((True, False), (False, True)):
        part = replace(
            park, streams=(*(one for one in streams if one.out is mine), *(one for one in others if one.out is theirs))
        )
        for row in rows_of(part):
            key = (row.material, "out") if mine else (row.input, "in")
            most[key] = max(most.get(key, 0.0), row.net)
    return sum(most.values())


def plausibility(park: Park, best: Best) -> list[str]:
    """Return what should make a reader doubt: one row that is most of it, fees above prices, a total above all costs, assumed cells."""
    said = []
    total = best.value
    if total <= 0:
        return []
    for row in best.chosen:
        value = row.in_best * row.unit - 2 * row.monitoring
        name = f"{row.giver} -> {row.taker}, {row.material}"
        if value > 0.2 * total and len(best.chosen) > 1:
            said.append(f"{name} alone is {value / total:.0%} of the total")
        price = row.k * park.market.cost.get(row.input, 0.0)
        if row.supply.disposal > 5 * price > 0:
            said.append(
                f"{name}: the fee saved ({row.supply.disposal:,.3g} EUR a unit) is more than 5 times the input's price ({price:,.3g})"
            )
    costs = sum(
        one.amount * (one.disposal if one.out else park.market.cost.get(one.material, 0.0)) for one in park.streams
    )
    if costs > 0 and total > 0.3 * costs:
        said.append(f"the total is {total / costs:.0%} of what the park pays for these inputs and disposal")
    share = assumed_share(best)
    if share > 0.5:
        said.append(f"{share:.0%} of the value rests on assumed cells (letter A)")
    return said


def assumed_share(best: Best) -> float:
    """Return the share of the total whose worst cell is assumed (A)."""
    values = [(row.in_best * max(0.0, row.unit), row.letter) for row in best.chosen]
    total = sum(value for value, _ in values)
    return sum(value for value, letter in values if letter == "A") / total if total > 0 else 0.0
