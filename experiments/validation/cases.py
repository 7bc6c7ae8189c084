"""A park as scores see it: rows that are realised or not, what null models know of them, and forecasts from runs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

import numpy as np

from ecopark.analysis.validation import null_models
from ecopark.analysis.validation.scores.links import probability_of

from .documented import Fact, facts_of, family
from .runs import Chances, chances_of
from .scenarios import Ground, grounds
from .store import Runs
from .tables import Parks, read_parks
from .worth import Worth, worth_of

REALISED, EXPLORED, UNDOCUMENTED = "realised", "explored", "undocumented"


@dataclass(frozen=True, eq=False)
class Case:
    """A park with its facts. rows: documented ones first, then every feasible opportunity that is documented in no way."""

    ground: Ground
    chances: Chances
    facts: list[Fact]
    worth: Worth = field(repr=False)

    @property
    def name(self) -> str:
        """Return the short name of the park."""
        return self.ground.name

    @cached_property
    def feasible(self) -> np.ndarray:
        """Return the opportunities that are possible in some year of the window."""
        return np.flatnonzero(self.worth.possible.any(axis=0))

    @cached_property
    def rows(self) -> list[tuple[tuple[int, ...], str, int]]:
        """Return (opportunities, kind, year of the snapshot) of every row."""
        taken = {place for fact in self.facts for place in fact.places}
        rest = [((int(place),), UNDOCUMENTED, self.ground.last) for place in self.feasible if place not in taken]
        return [(fact.places, REALISED if fact.realised else EXPLORED, fact.by) for fact in self.facts] + rest

    @cached_property
    def y(self) -> np.ndarray:
        """Return 1 for realised rows."""
        return np.array([kind == REALISED for _, kind, _ in self.rows], dtype=float)

    @cached_property
    def possible(self) -> np.ndarray:
        """Tell which rows the model can draw."""
        return np.array([bool(places) for places, _, _ in self.rows], dtype=bool)

    @cached_property
    def documented(self) -> np.ndarray:
        """Tell which rows are documented, realised or explored."""
        return np.array([kind != UNDOCUMENTED for _, kind, _ in self.rows], dtype=bool)

    def month(self, year: int) -> int:
        """Return December of a year as a month from the start."""
        return 12 * (year - self.ground.first + 1) - 1

    def forecast(self, runs: Runs, weights: np.ndarray | None = None) -> np.ndarray:
        """Return the chance of every row at its date; impossible rows get the floor. weights [run]: sum to 1."""
        share = np.full(runs.count, 1.0 / runs.count) if weights is None else weights
        size = 1.0 / (share**2).sum()
        hits = np.zeros(len(self.rows))
        for year in {by for _, _, by in self.rows}:
            live = runs.live(self.month(year))
            for row, (places, _, by) in enumerate(self.rows):
                if by == year and places:
                    hits[row] = share @ (live[:, places[0]] if len(places) == 1 else live[:, list(places)].any(axis=1))
        return np.asarray(probability_of(hits * size, size))

    def value(self) -> np.ndarray:
        """Return the best present value of every row by its date [EUR]; -inf where it is not possible."""
        best = np.maximum.accumulate(self.worth.value, axis=0)
        return np.array(
            [
                max((best[by - self.ground.first, place] for place in places), default=-np.inf)
                for places, _, by in self.rows
            ]
        )

    def classes(self) -> list[str | None]:
        """Return the class of stream of every row: the family of its by-product."""
        keys = self.chances.keys
        return [stream_class(keys[places[0]][2]) if places else None for places, _, _ in self.rows]

    def degrees(self) -> np.ndarray:
        """Return the chances of N7 with degrees kept."""
        names = {name: place for place, name in enumerate(sorted({k for key in self.chances.keys for k in key[:2]}))}
        chances = np.full(len(self.rows), null_models.FLOOR)
        mine = np.flatnonzero(self.possible)
        if len(mine) == 0:
            return chances
        ends = [self.chances.keys[self.rows[row][0][0]][:2] for row in mine]
        giver, taker = (np.array([names[end[side]] for end in ends]) for side in (0, 1))
        chances[mine] = null_models.random_by_degree(giver, taker, self.y[mine])
        return chances


def stream_class(by_product: str) -> str:
    """Return the class of a by-product: its whole family by name, or itself."""
    return min(family("by_product", by_product))


def case_of(parks: Parks, ground: Ground) -> Case:
    """Return a park with its facts and what null models know of it."""
    chances = chances_of(ground.scenario)
    return Case(
        ground, chances, facts_of(parks, ground, chances),
        worth_of(ground.scenario, ground.last - ground.first + 1),
    )  # fmt: skip


def cases_of(parks: Parks, roles: tuple[str, ...] = ("fit",)) -> list[Case]:
    """Return the parks of some roles as cases."""
    return [case_of(parks, ground) for ground in grounds(parks, roles)]


@lru_cache(maxsize=1)
def shipped_cases() -> list[Case]:
    """Return the shipped fit parks, on which base rates for other parks are learnt; built once a process."""
    return cases_of(read_parks())


def nulls_of(case: Case, others: list[Case]) -> Mapping[str, np.ndarray]:
    """Return the chances that the null models of links give every row. others: the parks that base rates are learnt on."""
    count = len(case.rows)
    value, possible = case.value(), case.possible
    links = int(case.y[possible].sum())
    alike = null_models.random_matching(links, int(possible.sum()))
    rates = rates_of(others, documented=False)
    return {
        "N3": null_models.sure(np.isfinite(value)),
        "N4": null_models.sure(value > 0),
        "N7": np.where(possible, alike, null_models.FLOOR),
        "N7 by degree": case.degrees() if count else np.empty(0),
        "N8": rated(case, rates),
    }


def rates_of(cases: list[Case], documented: bool) -> Mapping[str | None, float]:
    """Return the share realised by class of stream, over all rows or documented ones alone."""
    classes: list[str | None] = []
    y: list[float] = []
    for case in cases:
        wanted = case.possible & (case.documented | (not documented))
        classes += [one for one, use in zip(case.classes(), wanted, strict=True) if use]
        y += case.y[wanted].tolist()
    return null_models.base_rates(classes, np.array(y))  # type: ignore[return-value]


def rated(case: Case, rates: Mapping[str | None, float]) -> np.ndarray:
    """Return the base rate of every row; impossible rows get the floor."""
    found = [rates.get(one, rates[None]) if one is not None else null_models.FLOOR for one in case.classes()]
    return np.array(found)


def hazard_of(cases: list[Case], without: str = "") -> float:
    """Return the rate of ends a year of the documented links of some parks (N9), of those whose start is bracketed."""
    ends, years = 0, 0.0
    for case in cases:
        for fact in case.facts:
            if case.name != without and fact.realised and fact.start[0] is not None and fact.start[1] is not None:
                stop = sum(fact.end) / 2 if fact.end else fact.by
                years += max(0.0, stop - sum(fact.start) / 2)  # type: ignore[arg-type]
                ends += fact.end is not None
    return null_models.hazard_rate(ends, years)
