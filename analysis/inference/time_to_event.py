"""The first year of something as a time to event: a run that never gets there is censored, not missing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

OPPOSITE = {"more": "less", "less": "more", "none": "none"}
REACHED = "_reached"


@dataclass(frozen=True)
class Measure:
    """How an outcome is told: label, unit, and which way is better ("more", "less" or "none").

    last_year: of a first year, the last one that was looked at; a run that had not got there by then is censored. zero:
    from where its size is counted (of a year, the first one simulated).
    """

    label: str
    unit: str = ""
    better: str = "none"
    last_year: int | None = None
    zero: float = 0.0


def with_times(
    runs: pd.DataFrame, outcomes: tuple[str, ...], measures: Mapping[str, Measure]
) -> tuple[pd.DataFrame, tuple[str, ...], dict[str, Measure]]:
    """Make first years comparable: by their restricted mean, and by the share of runs that got there.

    The column of a first year holds the year after the last one where a good run never got there: as all runs are censored
    at the same time, its mean is the restricted mean (Royston and Parmar 2013, doi:10.1186/1471-2288-13-152). A column
    NAME_reached (1 or 0) is added behind it. A failed run has neither.
    """
    told, kept = dict(measures), []
    runs = runs.copy()
    good = runs["error"].isna() if "error" in runs.columns else pd.Series(True, index=runs.index)
    for name in outcomes:
        measure = measures[name]
        kept.append(name)
        if measure.last_year is None:
            continue
        reached = runs[name].notna()
        never = float(measure.last_year + 1)
        runs[f"{name}{REACHED}"] = np.where(good, reached.astype(float), np.nan)
        runs[name] = runs[name].astype(float).where(reached | ~good, never)
        told[name] = replace(measure, label=f"{measure.label} (never: {never:.0f})")
        told[f"{name}{REACHED}"] = Measure(
            f"{measure.label}: reached by {measure.last_year}", "share of runs", OPPOSITE[measure.better]
        )
        kept.append(f"{name}{REACHED}")
    return runs, tuple(kept), told
