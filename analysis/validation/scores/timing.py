"""Scores of when a link starts, however well its start is known, and of how long it lasts."""

from __future__ import annotations

import math

import numpy as np

NEVER = math.inf


class StartForecast:
    """The distribution of a start year in R replicates; a replicate without the link has `NEVER`.

    Every year of the window, and never, gets half a replicate spread over all of them, so that no year has probability 0.
    """

    def __init__(self, starts: np.ndarray, first: int, last: int):
        """Take starts (R,), years, inf for never; first, last: the window that starts are drawn in."""
        self.first, self.last = first, last
        self._years = np.arange(first, last + 1)
        counts = np.array([(starts == year).sum() for year in self._years], dtype=float)
        share = 0.5 / (len(self._years) + 1)
        self._density = (counts + share) / (len(starts) + 0.5)

    def density(self, year: int) -> float:
        """Return the probability of a start in this year; outside the window that of one of its years."""
        inside = min(max(year, self.first), self.last)
        return float(self._density[inside - self.first])

    def until(self, year: int) -> float:
        """Return the probability of a start up to the end of this year."""
        return float(self._density[self._years <= year].sum())

    def score(self, low: float | None, high: float | None, negative: float | None = None) -> float:
        """Return minus the log probability of what is known, in nat.

        low, high: bracket of the start, equal for a dated one; low None: it ran by `high` (a snapshot). negative: last
        year in which it was known not to run.
        """
        if negative is not None:
            return -math.log(1.0 - self.until(int(negative)))
        if low is None:
            return -math.log(self.until(int(high or self.last)))
        if low == high:
            return -math.log(self.density(int(low)))
        before = self.until(int(low) - 1)
        return -math.log(self.until(int(high or self.last)) - before)


def median_error(starts: np.ndarray, observed: float) -> float:
    """Return |median of the replicates that have the link - observed|, years; NaN where none has it."""
    there = starts[np.isfinite(starts)]
    return abs(float(np.median(there)) - observed) if len(there) else math.nan


def integrated_brier(survival: np.ndarray, grid: np.ndarray, durations: np.ndarray, ended: np.ndarray) -> float:
    """Return the Brier score of survival curves, censoring weighed out, integrated over the grid and divided by its length.

    survival (links, grid): forecast probability of still running; durations, ended (links,): as observed. Weights are the
    inverse Kaplan-Meier probability of not being censored (Graf and others 1999,
    doi:10.1002/(SICI)1097-0258(19990915/30)18:17/18<2529::AID-SIM274>3.0.CO;2-5).
    """
    durations, ended = np.asarray(durations, dtype=float), np.asarray(ended).astype(bool)
    scores = []
    for column, time in enumerate(grid):
        uncensored = np.array([_kaplan_meier(durations, ~ended, moment) for moment in np.minimum(durations, time)])
        done, alive = (durations <= time) & ended, durations > time
        forecast = survival[:, column]
        terms = np.where(done, forecast**2 / uncensored, 0.0) + np.where(alive, (1 - forecast) ** 2 / uncensored, 0.0)
        scores.append(terms.mean())
    return float(np.trapezoid(scores, grid) / (grid[-1] - grid[0]))


def _kaplan_meier(durations: np.ndarray, events: np.ndarray, time: float) -> float:
    """Return the Kaplan-Meier estimate just before `time`, of few links; never 0."""
    left = 1.0
    for moment in np.unique(durations[events & (durations < time)]):
        left *= 1.0 - (events & (durations == moment)).sum() / (durations >= moment).sum()
    return max(left, 1e-3)


def d_calibration(survival_at_end: np.ndarray, ended: np.ndarray, bins: int = 10) -> tuple[np.ndarray, float]:
    """Return the share of links in each bin of the forecast survival at their end, and the chi-square p of uniformity.

    A censored link counts in its own bin and those below, spread as a uniform would be (Haider and others 2020, Journal of
    Machine Learning Research 21(85), 1-63).
    """
    from scipy import stats

    counts = np.zeros(bins)
    edges = np.linspace(0.0, 1.0, bins + 1)
    for value, is_end in zip(np.clip(survival_at_end, 1e-12, 1.0), ended, strict=True):
        place = min(int(value * bins), bins - 1)
        if is_end:
            counts[place] += 1.0
        else:
            counts[place] += (value - edges[place]) / value
            counts[:place] += (edges[1] - edges[0]) / value
    expected = len(survival_at_end) / bins
    statistic = ((counts - expected) ** 2 / expected).sum()
    return counts / len(survival_at_end), float(stats.chi2.sf(statistic, bins - 1))


def multinomial_deviance(shares: np.ndarray, counts: np.ndarray) -> float:
    """Return 2 sum n ln(observed share / forecast share) of a funnel; 0 is perfect. shares, counts (stages,)."""
    counts = np.asarray(counts, dtype=float)
    there = counts > 0
    observed = counts[there] / counts.sum()
    return float(2.0 * (counts[there] * np.log(observed / np.asarray(shares, dtype=float)[there])).sum())
