"""Runs of a park, kept as what the scores read: when each opportunity was found, signed, ran and ended."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from ecopark.abm.initialization.found import ground_of as tables_of
from ecopark.abm.input.scenario import Scenario
from ecopark.abm.park import Park, quiet

from .scenarios import Ground, blind

LEAN = {
    "recording.companies": False, "recording.meetings": False, "recording.events": False, "recording.deliveries": False,
    "recording.accounts": False, "recording.talks": False,
}  # fmt: skip
SEED = 2**32


@dataclass(frozen=True, eq=False)
class Chances:
    """Every opportunity of a park, one row each. keys: giver, taker, by-product, input. km: distance. way: of transport."""

    keys: tuple[tuple[str, str, str, str], ...]
    km: np.ndarray
    carrier: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.keys)


def chances_of(scenario: Scenario) -> Chances:
    """Return the opportunities of a scenario in the order of its table."""
    with quiet():
        ground = tables_of(scenario)
    names, rows = list(ground.names), ground.opportunities
    tables: Any = scenario.tables
    materials = [row.material for row in tables["materials"]]
    carriers = {row.material: row.carrier for row in tables["materials"]}
    supply = [materials[place] for place in ground.streams.material[rows.supply].tolist()]
    demand = [materials[place] for place in ground.streams.material[rows.demand].tolist()]
    givers, takers = ([names[place] for place in getattr(rows, side).tolist()] for side in ("seller", "buyer"))
    keys = tuple(zip(givers, takers, supply, demand, strict=True))
    return Chances(keys, np.asarray(rows.distance, dtype=float), tuple(carriers[name] for name in supply))


@dataclass(frozen=True, eq=False)
class Outcome:
    """What became of the opportunities in one run. Months from the start, NaN for never [opportunity].

    link, start, end, reason: the links that ran, one row each; renewals of a link are one. end NaN: it ran to the last month.
    """

    identified: np.ndarray
    screened: np.ndarray
    signed: np.ndarray
    operating: np.ndarray
    link: np.ndarray
    start: np.ndarray
    end: np.ndarray
    reason: np.ndarray
    price: np.ndarray

    def running(self, month: int, count: int) -> np.ndarray:
        """Tell which of `count` opportunities run in a month."""
        live = np.zeros(count, dtype=bool)
        live[self.link[(self.start <= month) & ~(self.end <= month)]] = True
        return live


def outcome_of(park: Park) -> Outcome:
    """Return what became of the opportunities of a park that has run."""
    state = park.state
    notes = state.notes.view(np.ndarray)
    never = notes["channel"] == 0
    first = {
        name: np.where(never, np.nan, notes[name]).astype(np.float32)
        for name in ("identified", "screened", "signed", "operating")
    }
    rows = state.exchanges[: int(state.clock.exchanges[0])].view(np.ndarray)
    rows = rows[~np.isnan(rows["start"])]
    return Outcome(**first, **_links(rows))


def _links(rows: np.ndarray) -> dict[str, np.ndarray]:
    """Return exchanges as links: a contract that follows another one within a month continues it."""
    order = np.lexsort((rows["start"], rows["opportunity"]))
    rows = rows[order]
    link, start, end = rows["opportunity"], rows["start"], np.where(np.isnan(rows["end"]), np.inf, rows["end"])
    follows = np.zeros(len(rows), dtype=bool)
    follows[1:] = (link[1:] == link[:-1]) & (start[1:] <= end[:-1] + 1)
    first = np.flatnonzero(~follows)
    last = np.append(first[1:], len(rows)) - 1 if len(first) else first
    stop = np.where(np.isinf(end[last]), np.nan, end[last])
    return {
        "link": link[first].astype(np.int32), "start": start[first].astype(np.float32), "end": stop.astype(np.float32),
        "reason": rows["reason"][last].astype(np.int8), "price": rows["price"][first].astype(np.float32),
    }  # fmt: skip


def run_once(ground: Ground, seed: int, values: Mapping[str, Any] | None = None, mode: str = "given") -> Outcome:
    """Run a park once. values: shared parameters in place of the defaults. mode: given, or blind (dates drawn by the seed)."""
    scenario = ground.scenario.replace({**LEAN, **(values or {})})
    park = Park(blind(scenario, seed) if mode == "blind" else scenario, seed)
    park.run()
    return outcome_of(park)


def ensemble(
    ground: Ground, points: list[Mapping[str, Any]], mode: str = "given", progress: Callable[[], None] | None = None
) -> list[Outcome]:
    """Run a park once for each point; run i has seed i, whatever the park, so that variants share their shocks."""
    found = []
    for number, values in enumerate(points):
        found.append(run_once(ground, SEED + number, values, mode))
        if progress:
            progress()
    return found
