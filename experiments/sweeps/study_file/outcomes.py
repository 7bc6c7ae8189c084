"""Outcomes: what is kept of each run, taken from the yearly series of the indicators.

All runs of a chunk are reduced together. Sums run year by year, so that a run's outcome has the same bits in any chunk.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Literal

import numpy as np
from pydantic import model_validator

from ecopark.abm.input.errors import InputError, Mistake

from .forms import Frozen

Take = Literal["last", "first", "mean", "sum", "min", "max", "year_of_first", "series"]


def last(series: np.ndarray) -> np.ndarray:
    """Return the value of the last year; series (runs, years), as in every function here."""
    return series[:, -1]


def first(series: np.ndarray) -> np.ndarray:
    """Return the value of the first year."""
    return series[:, 0]


def total(series: np.ndarray) -> np.ndarray:
    """Return the sum over the years; NaN when a year is missing."""
    return np.add.accumulate(series, axis=1)[:, -1]


def mean(series: np.ndarray) -> np.ndarray:
    """Return the mean over the years in which the indicator exists; NaN when it never does."""
    there = ~np.isnan(series)
    counted = total(np.where(there, series, 0.0))
    years = there.sum(axis=1)
    return np.divide(counted, years, out=np.full(len(series), np.nan), where=years > 0)


def smallest(series: np.ndarray) -> np.ndarray:
    """Return the smallest yearly value that exists."""
    return np.fmin.reduce(series, axis=1)


def largest(series: np.ndarray) -> np.ndarray:
    """Return the largest yearly value that exists."""
    return np.fmax.reduce(series, axis=1)


REDUCTIONS: dict[str, Callable[[np.ndarray], np.ndarray]] = {
    "last": last,
    "first": first,
    "sum": total,
    "mean": mean,
    "min": smallest,
    "max": largest,
}
TAKEN = {
    "last": "last year",
    "first": "first year",
    "sum": "all years together",
    "mean": "mean of the years",
    "min": "least year",
    "max": "largest year",
    "series": "every year",
}
OPPOSITE = {"more": "less", "less": "more", "none": "none"}
TELLING = ("better", "unit", "label")  # how an outcome is told, which decides no number


class Outcome(Frozen):
    """One outcome: an indicator, and what is taken of its yearly series.

    take: a statistic, `year_of_first` (first year with at least `at_least`, or above 0; NaN if never) or `series`; left
    out, it is the one by which the indicator adds up from months to years. since, until: first and last year looked at.
    better, unit, label: how reports judge and name it; left out, as the indicator declares (`described_by`).
    """

    indicator: str
    take: Take | None = None
    at_least: float | None = None
    since: int | None = None
    until: int | None = None
    better: Literal["more", "less", "none"] | None = None
    unit: str | None = None
    label: str | None = None

    @model_validator(mode="after")
    def _consistent(self) -> Outcome:
        if self.at_least is not None and self.take != "year_of_first":
            raise ValueError('at_least goes with take = "year_of_first" only')
        if self.since is not None and self.until is not None and self.since > self.until:
            raise ValueError("since not after until")
        return self

    @property
    def scalar(self) -> bool:
        """Whether the outcome is one number per run."""
        return self.take != "series"

    def reduce(self, series: np.ndarray, years: np.ndarray) -> np.ndarray:
        """Return the outcome of each run (runs,), or the series itself; series (runs, years), years (years,)."""
        series, years = self._window(series, years)
        if self.take == "series":
            return series
        if self.take == "year_of_first":
            return self._year_of_first(series, years)
        return REDUCTIONS[str(self.take)](series)

    def described_by(self, declared: Mapping[str, str]) -> dict[str, str]:
        """Return label, unit and better of the outcome; declared: those of its indicator.

        The first year of something good is better when it is early, of something bad when it is late.
        """
        told = {key: declared.get(key, "") for key in ("label", "unit")} | {"better": declared.get("better", "none")}
        told["label"] = f"{told['label'] or self.indicator.replace('_', ' ')}, {self._words()}"
        if self.take == "year_of_first":
            told |= {"unit": "year", "better": OPPOSITE[told["better"]]}
        own = {"label": self.label, "unit": self.unit, "better": self.better}
        return told | {key: value for key, value in own.items() if value is not None}

    def _words(self) -> str:
        """Say what is taken of the yearly series."""
        least = "any" if self.at_least is None else f"at least {self.at_least:g}"
        words = TAKEN.get(str(self.take), f"first year with {least}")
        window = [f"{word} {year}" for word, year in (("from", self.since), ("until", self.until)) if year is not None]
        return " ".join([words, *window])

    def _window(self, series: np.ndarray, years: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        if self.since is None and self.until is None:
            return series, years
        inside = np.ones(len(years), dtype=bool)
        if self.since is not None:
            inside &= years >= self.since
        if self.until is not None:
            inside &= years <= self.until
        if not inside.any():
            raise ValueError(f"outcome of {self.indicator}: no year of the run lies in its window")
        return series[:, inside], years[inside]

    def _year_of_first(self, series: np.ndarray, years: np.ndarray) -> np.ndarray:
        reached = series > 0 if self.at_least is None else series >= self.at_least
        return np.where(reached.any(axis=1), years[reached.argmax(axis=1)].astype(float), np.nan)


def full_form(given: Any) -> Any:
    """Bring the short forms of the outcomes to column name -> outcome.

    `["links"]` and `links = "last"` and `links = ["last", "mean"]` name the columns `links`, `links_last`, `links_mean`.
    """
    if isinstance(given, (list, tuple)):
        return {str(indicator): {"indicator": indicator} for indicator in given}
    if not isinstance(given, Mapping):
        return given
    full: dict[str, Any] = {}
    twice: list[Mistake] = []
    for name, form in given.items():
        if isinstance(form, str):
            form = [form]
        if isinstance(form, (list, tuple)):
            made = {f"{name}_{take}": {"indicator": name, "take": take} for take in form}
        else:
            made = {name: form}
        twice += [
            Mistake(f"outcomes.{name}", column, "a column that no other outcome makes") for column in made.keys() & full
        ]
        full |= made
    if twice:
        raise InputError(twice)
    return full
