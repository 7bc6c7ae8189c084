"""Null models: forecasts that know roster, dates and prices and nothing of behaviour (N1 to N9 of the validation page)."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence

import numpy as np

FLOOR = 0.5 / 201
"""The least chance that a yes-or-no rule is given, that of 200 replicates without the link."""
RATE, YEARS = 0.08, 10
PSEUDO = 2.0


def persistence(counts: Mapping[int, float], last: int) -> float:
    """Return the count that N1 forecasts for every later year: that of the last fitted year."""
    return float(counts[last])


def trend(
    counts: Mapping[int, float], last: int, years: Sequence[int], members: int = 200, seed: int = 1
) -> np.ndarray:
    """Return the counts of N2 [member, year]: Poisson with the mean rate of yearly rises and falls up to `last`."""
    known = np.array([counts[year] for year in sorted(counts) if year <= last], dtype=float)
    steps = np.diff(known)
    span = max(1, len(steps))
    up, down = np.maximum(steps, 0).sum() / span, np.maximum(-steps, 0).sum() / span
    ahead = np.maximum(np.asarray(years) - last, 0)
    rng = np.random.default_rng(seed)
    changes = rng.poisson(up * ahead, (members, len(ahead))) - rng.poisson(down * ahead, (members, len(ahead)))
    return np.maximum(known[-1] + changes, 0.0)


def sure(flags: np.ndarray) -> np.ndarray:
    """Return the chances of a rule that says yes or no (N3, N4, N6): never 0 or 1."""
    return np.where(np.asarray(flags, dtype=bool), 1.0 - FLOOR, FLOOR)


def present_value(yearly: np.ndarray, outlay: np.ndarray) -> np.ndarray:
    """Return what ten years of a yearly joint gain are worth at 8 %, less the outlay (N4, N5) [EUR]."""
    return np.asarray(yearly) * (1.0 - (1.0 + RATE) ** -YEARS) / RATE - np.asarray(outlay)


def random_matching(links: int, feasible: int) -> float:
    """Return the chance of N7: as many links as there are, drawn among the feasible."""
    return min(1.0 - FLOOR, max(FLOOR, links / feasible)) if feasible else FLOOR


def random_by_degree(giver: np.ndarray, taker: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Return the chances of N7 with the degrees kept: links of the giver times links of the taker over all links."""
    y = np.asarray(y, dtype=float)
    given, taken = (np.bincount(side, weights=y) for side in (giver, taker))
    total = max(1.0, y.sum())
    pairs = np.bincount(giver * (taker.max() + 1) + taker)[giver * (taker.max() + 1) + taker]
    return np.clip(given[giver] * taken[taker] / total / pairs, FLOOR, 1.0 - FLOOR)


def base_rates(classes: Sequence[Hashable], y: np.ndarray) -> dict[Hashable, float]:
    """Return the share realised by class of stream (N8): Laplace, two pseudo-rows at the share of all."""
    y = np.asarray(y, dtype=float)
    overall = (y.sum() + 1.0) / (len(y) + 2.0)
    found = {}
    for one in set(classes):
        mine = np.array([other == one for other in classes])
        found[one] = float((y[mine].sum() + PSEUDO * overall) / (mine.sum() + PSEUDO))
    return {**found, None: float(overall)}


def hazard_rate(ends: int, years: float) -> float:
    """Return the one rate of ends of N9 [1/year]: ends over years at risk; half an end where there was none."""
    return max(0.5, ends) / max(1.0, years)


def constant_hazard(rate: float, ages: np.ndarray) -> np.ndarray:
    """Return the survival of N9 at ages [years]."""
    return np.exp(-rate * np.asarray(ages, dtype=float))
