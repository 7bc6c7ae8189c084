"""The companies of a scenario as columns: from its table, or from the generator of parks and regions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from ..input.mix import types_that_trade
from ..input.scenario import Scenario
from ..numerics.elementary import exponentials
from ..numerics.randomness import identity_of

REGION = 10_000  # companies above which no candidates are laid: a region of millions has no room for as many that wait


@dataclass(frozen=True)
class Roster:
    """Companies as columns, in the order of the tables.

    names: unique. types: row in the table of types. size: product/year. x, y: km. opens, closes: months, infinite if never.
    candidate: may open when the park attracts it. rows: the input row of each company, None when generated.
    """

    names: Sequence[str]
    identity: np.ndarray
    types: np.ndarray
    size: np.ndarray
    x: np.ndarray
    y: np.ndarray
    opens: np.ndarray
    closes: np.ndarray
    candidate: np.ndarray
    rows: Sequence[Any] | None


class Numbered(Sequence):
    """Names c0, c1, ... of generated companies, made when asked for."""

    def __init__(self, numbers: np.ndarray):
        self._numbers = numbers

    def __len__(self) -> int:
        return len(self._numbers)

    def __getitem__(self, row: Any) -> Any:
        if isinstance(row, slice):
            return Numbered(self._numbers[row])
        return f"c{self._numbers[row]}"


def call_roll(scenario: Scenario) -> Roster:
    """Return the companies of a scenario: of its table, or generated when it has none."""
    if scenario.tables["companies"]:
        return _from_table(scenario)
    return _generate(scenario)


def _from_table(scenario: Scenario) -> Roster:
    """Return the table's companies in the order of their names, so that the order of rows does not matter."""
    types = {row.type: place for place, row in enumerate(scenario.tables["types"])}
    typical = [row.typical_size for row in scenario.tables["types"]]
    rows: list[Any] = sorted(scenario.tables["companies"], key=lambda row: row.name)
    kinds = np.array([types[row.type] for row in rows])
    return Roster(
        names=[row.name for row in rows],
        identity=np.array([identity_of(row.name) for row in rows], dtype=np.uint64),
        types=kinds,
        size=np.array([row.size or typical[kind] for row, kind in zip(rows, kinds, strict=True)], dtype=float),
        x=np.array([row.x_km or 0.0 for row in rows], dtype=float),
        y=np.array([row.y_km or 0.0 for row in rows], dtype=float),
        opens=np.array([month_of(row.opens, scenario.start_year, 0.0) for row in rows]),
        closes=np.array([month_of(row.closes, scenario.start_year, np.inf) for row in rows]),
        candidate=np.array([row.candidate for row in rows], dtype=bool),
        rows=rows,
    )


def month_of(date: float | None, start_year: int, missing: float) -> float:
    """Return the month of a decimal year; not before the first."""
    return missing if date is None else float(max(0, round((date - start_year) * 12)))


def _generate(scenario: Scenario) -> Roster:
    """Return generated companies: n on a square of n / density km2, in clusters or scattered, of a mix of types.

    As many candidates of the same mix wait (times `synthetic.candidates`), so that the park renews itself.
    scatter 0 puts every company near a centre whose anchor it can trade with, as in a planned park; 1 anywhere.
    """
    plan: Any = scenario.parameters["synthetic"]
    rng = np.random.Generator(np.random.PCG64(np.random.SeedSequence([plan.layout, 0xEC0])))
    trading = types_that_trade(scenario.tables)
    known: Any = scenario.tables["types"]
    eligible = np.array([place for place, row in enumerate(known) if row.type in trading])
    kinds_count = max(2, round(plan.diversity * len(eligible)))
    kinds = rng.permutation(eligible)[:kinds_count]
    side = np.sqrt(plan.companies / plan.density)
    centres = rng.uniform(0, side, (max(1, round(plan.companies / plan.centre_size)), 2))
    anchors = kinds[rng.integers(0, len(kinds), len(centres))]
    here = _draw_companies(scenario, rng, plan.companies, kinds, centres, anchors)
    waiting = 0 if plan.companies > REGION else round(plan.candidates * plan.companies)
    later = _draw_companies(scenario, rng, waiting, kinds, centres, anchors)
    types, place, size = (np.concatenate(both) for both in zip(here, later, strict=True))
    order = _layout_order(place)
    return Roster(
        names=Numbered(order),
        identity=_number_identities(order),
        types=types[order],
        size=size[order],
        x=place[order, 0],
        y=place[order, 1],
        opens=np.zeros(len(order)),
        closes=np.full(len(order), np.inf),
        candidate=order >= plan.companies,
        rows=None,
    )


def _draw_companies(
    scenario: Scenario,
    rng: np.random.Generator,
    count: int,
    kinds: np.ndarray,
    centres: np.ndarray,
    anchors: np.ndarray,
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return types, places [km] and sizes [product/year] of a number of companies of one mix, on the square of the region."""
    plan: Any = scenario.parameters["synthetic"]
    side = np.sqrt(plan.companies / plan.density)
    types = kinds[rng.integers(0, len(kinds), count)]
    home = _homes(scenario, rng, types, anchors)
    loose = rng.uniform(0, 1, count) < plan.scatter
    spread = rng.normal(0, plan.centre_spread, (count, 2))
    place = np.where(loose[:, None], rng.uniform(0, side, (count, 2)), centres[home] + spread)
    typical = np.array([getattr(row, "typical_size") for row in scenario.tables["types"]])  # noqa: B009
    return types, place, typical[types] * exponentials(rng.normal(plan.size_mean, plan.size_sd, count))


def _homes(scenario: Scenario, rng: np.random.Generator, types: np.ndarray, anchors: np.ndarray) -> np.ndarray:
    """Return the centre of each company: one whose anchor, a drawn type, it can trade with; any where there is none."""
    fits = _partners(scenario)
    home = rng.integers(0, len(anchors), len(types))
    for kind in np.unique(types):
        fit = np.flatnonzero(fits[kind][anchors])
        rows = np.flatnonzero(types == kind)
        if len(fit):
            home[rows] = fit[rng.integers(0, len(fit), len(rows))]
    return home


def _partners(scenario: Scenario) -> np.ndarray:
    """Return which types a shipped conversion lets trade with each other, either way, or are the same [type, type]."""
    tables: Any = scenario.tables
    numbers = {row.type: place for place, row in enumerate(tables["types"])}
    users: dict[tuple[str, str], set[int]] = {}
    for row in tables["processes"]:
        users.setdefault((row.material, row.direction), set()).add(numbers[row.type])
    found = np.eye(len(numbers), dtype=bool)
    for way in tables["conversions"]:
        gives, takes = users.get((way.by_product, "out"), set()), users.get((way.input, "in"), set())
        for giver in gives:
            found[giver, list(takes)] = found[list(takes), giver] = True
    return found


def _number_identities(numbers: np.ndarray) -> np.ndarray:
    """Return identities of numbered companies: splitmix64 of the number."""
    value = (numbers.astype(np.uint64) + np.uint64(1)) * np.uint64(0x9E3779B97F4A7C15)
    value = (value ^ (value >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    value = (value ^ (value >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return value ^ (value >> np.uint64(31))


def _layout_order(place: np.ndarray) -> np.ndarray:
    """Return the order of companies along a Morton curve, so that neighbours stand near each other in memory."""
    low = place.min(axis=0)
    span = max(float((place - low).max()), 1e-9)
    cells = ((place - low) / span * 65535).astype(np.uint64)
    return np.argsort(_interleave(cells[:, 0]) | (_interleave(cells[:, 1]) << np.uint64(1)), kind="stable")


def _interleave(bits: np.ndarray) -> np.ndarray:
    for shift, mask in (
        (16, 0x0000FFFF0000FFFF),
        (8, 0x00FF00FF00FF00FF),
        (4, 0x0F0F0F0F0F0F0F0F),
        (2, 0x3333333333333333),
        (1, 0x5555555555555555),
    ):
        bits = (bits | (bits << np.uint64(shift))) & np.uint64(mask)
    return bits
