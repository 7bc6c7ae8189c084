"""One posterior over the fit parks from a stored table of prior draws, and the same without one park at a time."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from ecopark.analysis.validation import approximate_bayes as abc

from . import store, summaries
from .cases import Case
from .points import NAMES, draw, points_of

KEEP = 0.3
ROWS = 1000
SPREAD = ("search.hours", "behaviour.required_gain")
UNIDENTIFIED = 0.8
"""KEEP: share of the table that is accepted. ROWS: of the saved posterior. SPREAD: what may differ by mode of governance.

UNIDENTIFIED: width of the posterior, as a share of the prior's, from which a parameter is called unidentified.
"""
Progress = Callable[[str], None]


@dataclass(frozen=True, eq=False)
class Fit:
    """A table of prior draws run on the fit parks. shares: of the priors [point, parameter]. runs: by park, run i at point i."""

    shares: np.ndarray
    runs: Mapping[str, store.Runs]
    cases: Mapping[str, Case]

    @cached_property
    def numbers(self) -> Mapping[str, summaries.Numbers]:
        """Return the summaries of every park."""
        return {name: summaries.numbers_of(self.cases[name], runs) for name, runs in self.runs.items()}

    def posterior(self, without: str | None = None, led: bool | None = None) -> abc.Posterior:
        """Return the posterior of all parks but one; led: of those alone that somebody leads, or of those that nobody does."""
        used = {name: one for name, one in self.numbers.items() if led is None or one.led == led}
        values, record = summaries.pooled(used, without)
        return abc.infer(self.shares, values, record, KEEP)

    def weights(self, without: str | None = None) -> np.ndarray:
        """Return the weight of every run in the posterior of all parks but one [point]."""
        found = self.posterior(without)
        weights = np.zeros(len(self.shares))
        weights[found.rows] = found.weights
        return weights

    def draws(self, count: int, without: str | None = None) -> list[Mapping[str, Any]]:
        """Return draws of the shared parameters from the posterior of all parks but one.

        What is not identified stands at the median of its prior.
        """
        return list(points_of(self._shares(count, without)))

    def _shares(self, count: int, without: str | None) -> np.ndarray:
        found = self.posterior(without)
        shares = abc.resample(found, count)
        shares[:, abc.shrinkage(found) > UNIDENTIFIED] = 0.5
        return shares

    def draws_by_mode(self, count: int, without: str) -> list[Mapping[str, Any]]:
        """Return draws in which the parameters of SPREAD come from the other parks of the same mode of governance alone."""
        shares = self._shares(count, without)
        alike = abc.resample(self.posterior(without, self.numbers[without].led), count, seed=2)
        mixed = np.random.default_rng(1).permutation(count)
        for name in SPREAD:
            shares[:, NAMES.index(name)] = alike[mixed, NAMES.index(name)]
        return list(points_of(shares))


def run_fit(cases: list[Case], points: int, folder: Path, workers: int, seed: int = 1, say: Progress = print) -> Fit:
    """Run prior draws on every park, or read those that the folder has; returns the fit."""
    shares = draw(points, seed)
    runs = {case.name: runs_of(case, shares, folder / "given", workers, say) for case in cases}
    (folder / "fit.json").write_text(json.dumps({"points": points, "seed": seed, "parks": sorted(runs)}), "utf-8")
    return Fit(shares, runs, {case.name: case for case in cases})


def runs_of(
    case: Case, shares: np.ndarray, folder: Path, workers: int, say: Progress, values: Mapping[str, Any] | None = None
) -> store.Runs:
    """Return the runs of a park at points, with some parameters set for all of them; kept in a file of the folder."""
    points = [{**point, **(values or {})} for point in points_of(shares)]
    path = folder / f"{case.name}.npz"
    return store.kept(path, case.ground, len(case.chances), points, "given", workers, say)
