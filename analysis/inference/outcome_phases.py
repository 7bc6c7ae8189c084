"""What became of a park (none, emergence, growth, breakdown) and under which parameters."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from .crossed_design import require_columns

NONE, EMERGENCE, GROWTH, BREAKDOWN = "none", "emergence", "growth", "breakdown"
PHASES = (NONE, EMERGENCE, GROWTH, BREAKDOWN)


@dataclass(frozen=True)
class PhaseRules:
    """Thresholds of the phases, ours and to be changed.

    none: never more than `least_links` - 1 links. breakdown: at the end at most `breakdown_share` of the largest
    number. growth:
    the mean of the last third of the years is at least `growth_factor` times that of the middle third. Else
    emergence: the network came about and holds its size.
    """

    least_links: float = 3.0
    breakdown_share: float = 0.5
    growth_factor: float = 1.2


def phase_of(links: ArrayLike, rules: PhaseRules | None = None) -> str:
    """Name the phase a park ended in from its yearly number of links [years]."""
    rules = rules or PhaseRules()
    links = np.asarray(links, float)
    if links.size == 0 or links.max() < rules.least_links:
        return NONE
    if links[-1] <= rules.breakdown_share * links.max():
        return BREAKDOWN
    third = max(1, links.size // 3)
    middle, last = links[-2 * third : -third], links[-third:]
    grows = middle.size > 0 and last.mean() >= rules.growth_factor * max(float(middle.mean()), 1e-9)
    return GROWTH if grows else EMERGENCE


def phases_of(yearly: pd.DataFrame, keys: list[str], rules: PhaseRules | None = None) -> pd.DataFrame:
    """Name the phase of each run of a table of yearly links; keys: what tells runs apart (point, replicate, policy)."""
    require_columns(yearly, [*keys, "year", "links"])
    grouped = yearly.sort_values("year").groupby(keys)["links"]
    return grouped.apply(lambda links: phase_of(links.to_numpy(), rules)).rename("phase").reset_index()


def phase_diagram(frame: pd.DataFrame, x: str, y: str, classes: int = 8) -> pd.DataFrame:
    """Return the phases over two factors: at each cell the share of runs in each phase, and the most frequent one.

    frame: a row per run with x, y and phase. A factor of at most `classes` values keeps them, else it is cut into
    classes of equal width and named by their middle. Columns x, y, none, emergence, growth, breakdown, phase, runs;
    of equally frequent phases the later in that order.
    """
    require_columns(frame, [x, y, "phase"])
    cells = pd.DataFrame(
        {x: class_middles(frame[x], classes), y: class_middles(frame[y], classes), "phase": frame["phase"]}
    )
    counts = cells.groupby([x, y, "phase"]).size().unstack(fill_value=0).reindex(columns=list(PHASES), fill_value=0)
    shares = counts.div(counts.sum(axis=1), axis=0)
    shares["phase"] = shares[list(PHASES)[::-1]].idxmax(axis=1)
    return shares.assign(runs=counts.sum(axis=1)).reset_index()


def class_middles(values: pd.Series, classes: int) -> np.ndarray:
    """Replace values by the middle of their class; few distinct values stay as they are."""
    array = values.to_numpy(float)
    if np.unique(array).size <= classes:
        return array
    edges = np.linspace(array.min(), array.max(), classes + 1)
    place = np.clip(np.searchsorted(edges, array, side="right") - 1, 0, classes - 1)
    return (edges[place] + edges[place + 1]) / 2
