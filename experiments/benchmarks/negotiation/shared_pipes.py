"""Measure 8, second part: places in pipes of others (option `investment.shared_pipes`), in whole runs with the option on and off.

What a place saved against a pipe of its own, what those in the pipe were paid, and which divisions of the cost of the users of
one pipe lie in the core of its game, were all of it built at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from ecopark.abm.input.loading import load_scenario
from ecopark.abm.park import Park
from ecopark.analysis.value.cooperative_game import EXACT_LIMIT, coalitions, shapley_exact

from .rows import Row

WHERE = ("kalundborg", "synthetic", "chemelot")
SEEDS, FEW = 20, 5


@dataclass(frozen=True)
class Pipe:
    """A pipe with its users, who laid it first.

    joint: its fixed capital [EUR]; by user, EUR: own ways and capacity, a pipe of its own, what it paid for its link; flow
    [unit/year]; lasts: life of its line as a share of that of a new one.
    """

    joint: float
    own: np.ndarray
    alone: np.ndarray
    paid: np.ndarray
    flow: np.ndarray
    lasts: np.ndarray

    @property
    def saved(self) -> np.ndarray:
        """What those who bought in saved of a pipe of their own, a year of its life: their line wears with the pipe."""
        return 1.0 - self.paid[1:] / self.lasts[1:] / self.alone[1:]

    def cost(self, groups: np.ndarray) -> np.ndarray:
        """Return what groups of users, rows of 0/1, would pay for the pipe without the others [EUR]."""
        return self.joint * groups.any(axis=1) + groups @ self.own

    def divisions(self) -> dict[str, np.ndarray]:
        """Return the cost of all, divided by the Shapley value, by flow, and equally [EUR]."""
        count, whole = len(self.flow), self.joint + self.own.sum()
        by_flow = whole * self.flow / self.flow.sum()
        return {"Shapley": shapley_exact(self.cost, count), "flow": by_flow, "equal": np.full(count, whole / count)}

    def in_core(self, shares: np.ndarray) -> bool:
        """Tell whether no group pays more than it would without the others."""
        groups = coalitions(len(shares))
        costs = self.cost(groups)
        return bool((groups @ shares <= costs + 1e-9 * costs.max()).all())


def shared_pipes(scenario: str, seeds: Iterable[int]) -> list[Row]:
    """Return what sharing pipes does in runs of a scenario; where no place is bought, that alone."""
    seeds = tuple(seeds)
    shared, alone = (
        [Park(load_scenario(scenario, {"investment.shared_pipes": on}), seed).run() for seed in seeds]
        for on in (True, False)
    )
    pipes = [pipe for run in shared for pipe in pipes_of(run)]
    places = sum(len(pipe.saved) for pipe in pipes)
    said = f"{scenario}, shared pipes"
    rows = [
        Row("8", f"{said}: places bought", float(places), form=".0f", detail={"pipes": len(pipes), "runs": len(seeds)})
    ]
    if not pipes:
        return rows
    saved = np.concatenate([pipe.saved for pipe in pipes])
    received = np.concatenate([receipts(run) for run in shared])
    return [
        *rows,
        Row("8", f"{said}: least saving of a place, a year of life, against a pipe of its own", float(saved.min()), 1e-6),
        Row("8", f"{said}: median saving", float(np.median(saved))),
        Row("8", f"{said}: least that one in a pipe was paid for a place, EUR", float(received.min()), 1e-6, form=".0f"),
        *_divisions(said, pipes),
        Row("8", f"{said}: contracts signed, against runs without", _signed(shared) / _signed(alone)),
        Row("8", f"{said}: capital of a contract, against runs without", _capital(shared) / _capital(alone)),
    ]  # fmt: skip


def pipes_of(park: Park) -> Iterator[Pipe]:
    """Yield every pipe of a run in which a place was bought, with all that ever were in it."""
    assets = park.state.assets[: int(park.state.clock.assets[0])]
    for main in np.unique(assets.main[assets.main > 0]):
        inside = np.concatenate([[main - 1], np.flatnonzero(assets.main == main)])
        contracts = park.state.exchanges[assets.exchange[inside]]
        chances = park.state.opportunities[contracts.opportunity]
        kinds = park.state.conversions[chances.conversion]
        flow = assets.capacity[inside] / (1.0 + contracts.band)
        capacity = kinds.link_flow * chances.distance * flow
        fixed = kinds.link_fixed * chances.distance
        way = _apart(park, contracts.seller, contracts.seller[0]) + _apart(park, contracts.buyer, contracts.buyer[0])
        own = kinds.link_fixed * way + capacity
        lasts = (assets.ends - assets.begins)[inside] / 12.0 / kinds.link_life
        yield Pipe(float(fixed[0]), own, fixed + capacity, np.array(assets.capital[inside]), flow, lasts)


def _apart(park: Park, rows: np.ndarray, row: int) -> np.ndarray:
    """Return how far companies are from one [km]."""
    place = park.state.companies
    return np.hypot(place.x[rows] - place.x[row], place.y[rows] - place.y[row])


def receipts(park: Park) -> np.ndarray:
    """Return what contracts were paid for places in their pipes [EUR], month by month."""
    table = park.state.deliveries[: int(park.state.clock.deliveries[0])]
    moved = table.buy_in_seller + table.buy_in_buyer
    return -moved[moved < 0.0]


def _divisions(said: str, pipes: Sequence[Pipe]) -> list[Row]:
    """Return in how many pipes each division of the cost lies in the core."""
    games = [pipe for pipe in pipes if len(pipe.flow) <= EXACT_LIMIT]
    inside = [{name: pipe.in_core(shares) for name, shares in pipe.divisions().items()} for pipe in games]
    return [
        Row("8", f"{said}: pipes with the {name} division in the core", float(np.mean([one[name] for one in inside])), low,
            detail={"pipes": len(games)})
        for name, low in (("Shapley", 1.0), ("flow", None), ("equal", None))
    ]  # fmt: skip


def _signed(runs: Sequence[Park]) -> float:
    """Return how many contracts were signed in all."""
    return float(sum(int(run.state.clock.exchanges[0]) for run in runs))


def _capital(runs: Sequence[Park]) -> float:
    """Return what was built for a contract, mean [EUR]."""
    return float(sum(run.yearly["capex"].sum() for run in runs)) / _signed(runs)
