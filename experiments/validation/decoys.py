"""Rosters that are not selected by the outcome: registers, decoys of the pool, swapped sites, small firms, dead types."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from ecopark.abm.input.park_rows import Company, StreamOverride

from .aims import Score, judged
from .cases import Case
from .documented import Fact
from .rosters import Plant, roster
from .runs import chances_of
from .scenarios import KALUNDBORG, Ground, base
from .store import Runs, simulate
from .tables import Parks, number

KINDS = "ABCDE"
DECOYS, SMALL_PER_PLANT = 12, 8
SMALL_TYPES = ("food_factory", "metal_goods", "furniture_plant", "plastics_moulder", "textile_mill")
SMALL_MEAN, SMALL_SD = -2.0, 0.8
"""Log of a small firm's size relative to the typical one."""


def register(cases: list[Case], runs: Mapping[str, Runs]) -> list[Score]:
    """Return the share of registered plants of the fit parks that have a link in the last year (A, G6)."""
    linked, plants, real = 0.0, 0, 0
    for case in cases:
        mine = [plant for plant in case.ground.plants if plant.basis == "register"]
        if case.name not in runs or not mine:
            continue
        live = runs[case.name].live(case.month(case.ground.last))
        for plant in mine:
            own = [place for place, key in enumerate(case.chances.keys) if plant.name in key[:2]]
            linked += float(live[:, own].any(axis=1).mean()) if own else 0.0
        plants += len(mine)
        real += sum(plant.linked == "yes" for plant in mine)
    share = linked / plants if plants else math.nan
    return [judged("G6", share, null="record", null_value=real / plants if plants else math.nan, rows=plants)]


def pool_of(parks: Parks) -> list[tuple[Plant, float]]:
    """Return the plants decoys are drawn from, with their distance as a share of the extent of their park.

    Registered plants of the pool, and those of the fit parks without a documented exchange.
    """
    typical = {row.type: row.typical_size for row in base().tables["types"]}
    found = []
    for park in parks.role("pool", "fit"):
        extent = number(park["extent_km"]) or 1.0
        for plant in roster(parks, park, typical)[0]:
            if plant.basis == "register" and plant.linked != "yes":
                found.append((plant, min(1.0, math.hypot(plant.x, plant.y) / extent)))
    return found


def with_decoys(parks: Parks, ground: Ground, count: int, seed: int) -> tuple[Ground, frozenset[str]]:
    """Return a park with companies of the pool among its own, and their names (B)."""
    rng = np.random.default_rng([seed, 2])
    pool, extent = pool_of(parks), number(ground.park["extent_km"]) or 10.0
    rows = []
    for place in rng.choice(len(pool), size=count, replace=len(pool) < count):
        plant, share = pool[place]
        turn = rng.uniform(0, 2 * math.pi)
        away = share * extent
        rows.append(Company(
            name=f"decoy {len(rows) + 1} {plant.type}", type=plant.type, size=plant.size,
            x_km=away * math.cos(turn), y_km=away * math.sin(turn),
        ))  # fmt: skip
    return _joined(ground, rows), frozenset(row.name for row in rows)


def with_small_firms(ground: Ground, seed: int) -> tuple[Ground, frozenset[str]]:
    """Return a park with eight small firms for each of its plants, and their names (D)."""
    rng = np.random.default_rng([seed, 4])
    typical = {row.type: row.typical_size for row in base().tables["types"]}
    extent = number(ground.park["extent_km"]) or 10.0
    rows = []
    for place in range(SMALL_PER_PLANT * len(ground.plants)):
        kind = SMALL_TYPES[rng.integers(len(SMALL_TYPES))]
        turn, away = rng.uniform(0, 2 * math.pi), extent * rng.uniform() ** 2
        size = typical[kind] * math.exp(rng.normal(SMALL_MEAN, SMALL_SD))
        rows.append(Company(
            name=f"small {place + 1}", type=kind, size=size, x_km=away * math.cos(turn), y_km=away * math.sin(turn),
        ))  # fmt: skip
    return _joined(ground, rows), frozenset(row.name for row in rows)


def with_dead_types(ground: Ground) -> tuple[Ground, frozenset[str]]:
    """Return a park with a company whose by-product nobody can use and one that wants what nobody has (E)."""
    tables: Any = ground.scenario.tables
    useful = {row.by_product for row in tables["conversions"]}
    made = {row.input for row in tables["conversions"]}
    priced = [row for row in tables["materials"] if row.price is not None or row.price_series]
    dead = next(row.material for row in tables["materials"] if row.material not in useful and row not in priced)
    wanted = next(row.material for row in priced if row.material not in made and row.material not in useful)
    rows = [
        Company(name=name, type="other_plant", size=1.0, x_km=0.1, y_km=0.1) for name in ("dead giver", "dead taker")
    ]
    streams = (
        StreamOverride(company="dead giver", material=dead, direction="out", per_year=10_000.0),
        StreamOverride(company="dead taker", material=wanted, direction="in", per_year=10_000.0),
    )
    joined = _joined(ground, rows)
    scenario = replace(joined.scenario, tables={**joined.scenario.tables, "streams": (*tables["streams"], *streams)})
    return replace(joined, scenario=scenario), frozenset(row.name for row in rows)


def swapped(ground: Ground, other: Ground) -> Ground:
    """Return a park whose companies stand on the sites of another one, in the order of their names (C)."""
    sites = [(plant.x, plant.y) for plant in sorted(other.plants, key=lambda one: one.name)]
    rows: Any = sorted(ground.scenario.tables["companies"], key=lambda row: row.name)
    moved = tuple(
        row.model_copy(update={"x_km": sites[place % len(sites)][0], "y_km": sites[place % len(sites)][1]})
        for place, row in enumerate(rows)
    )
    return replace(ground, scenario=replace(ground.scenario, tables={**ground.scenario.tables, "companies": moved}))


def _joined(ground: Ground, rows: Iterable[Company]) -> Ground:
    tables = {**ground.scenario.tables, "companies": (*ground.scenario.tables["companies"], *rows)}
    return replace(ground, scenario=replace(ground.scenario, tables=tables))


def strangers(case: Case, changed: Ground, names: frozenset[str], points: list, workers: int) -> tuple[float, float]:
    """Return the mean number of links of added companies in the last year, and of documented links that run."""
    chances = chances_of(changed.scenario)
    runs = simulate(changed, len(chances), points, workers=workers)
    live = runs.live(case.month(case.ground.last))
    false = [place for place, key in enumerate(chances.keys) if names & set(key[:2])]
    known = {key: place for place, key in enumerate(chances.keys)}
    return float(live[:, false].sum(axis=1).mean()), _running(
        case, live, lambda place: known.get(case.chances.keys[place])
    )


def _running(case: Case, live: np.ndarray, place_of: Any) -> float:
    """Return the mean number of documented links that run; place_of: row of an opportunity of the case, None if it is gone."""
    total = 0.0
    for fact in _links(case):
        places = [row for row in map(place_of, fact.places) if row is not None]
        total += float(live[:, places].any(axis=1).mean()) if places else 0.0
    return total


def _links(case: Case) -> list[Fact]:
    return [fact for fact in case.facts if fact.realised and fact.end is None]


def decoy_scores(
    parks: Parks, cases: list[Case], runs: Mapping[str, Runs], points: list, kinds: str = KINDS, workers: int = 1
) -> list[Score]:
    """Return the scores of the decoys asked for, on Kalundborg where they are added. points: draws of the posterior."""
    case = next((one for one in cases if one.name == KALUNDBORG), None)
    found = register(cases, runs) if "A" in kinds else []
    if case is None:
        return found
    own = _running(
        case, simulate(case.ground, len(case.chances), points, workers=workers).live(case.month(case.ground.last)), int
    )
    if "B" in kinds:
        batches = [with_decoys(parks, case.ground, DECOYS, seed) for seed in range(4)]
        each = [points[start::4] for start in range(4)]
        pairs = np.array([strangers(case, *batch, part, workers) for batch, part in zip(batches, each, strict=True)])
        false, true = pairs.mean(axis=0)
        error = float(pairs[:, 0].std(ddof=1) / 2)
        found.append(
            judged(
                "G5",
                float(false),
                KALUNDBORG,
                null="version 1, at least",
                null_value=30.0,
                error=error,
                rows=len(points),
            )
        )
        found.append(
            judged(
                "G5 lost", own - float(true), KALUNDBORG, null="links without decoys", null_value=own, rows=len(points)
            )
        )
    if "C" in kinds:
        found += _swaps(cases, runs, points, workers)
    if "D" in kinds:
        false, true = strangers(case, *with_small_firms(case.ground, 1), points[: max(8, len(points) // 4)], workers)
        found.append(
            Score("G5", "links of small firms, unlabelled (D)", KALUNDBORG, false, "true links lost", own - true)
        )
    if "E" in kinds:
        false, _ = strangers(case, *with_dead_types(case.ground), points, workers)
        found.append(judged("G5 dead", false, KALUNDBORG, rows=len(points)))
    return found


def _swaps(cases: list[Case], runs: Mapping[str, Runs], points: list, workers: int) -> list[Score]:
    """Return the share of documented links that run on their own sites, and on those of the next park (C)."""
    mine = [case for case in cases if case.name in runs and len(_links(case)) >= 5 and case.name != KALUNDBORG]
    own, moved, total = 0.0, 0.0, 0
    for place, case in enumerate(mine):
        other = mine[(place + 1) % len(mine)]
        changed = swapped(case.ground, other.ground)
        _, true = strangers(case, changed, frozenset(), points[: max(8, len(points) // 4)], workers)
        own += _running(case, runs[case.name].live(case.month(case.ground.last)), int)
        moved, total = moved + true, total + len(_links(case))
    if not total:
        return []
    return [
        Score(
            "G5",
            "share of documented links that run on swapped sites (C)",
            "pooled",
            moved / total,
            "own sites",
            own / total,
            rows=total,
        )
    ]
