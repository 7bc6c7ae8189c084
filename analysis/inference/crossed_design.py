"""From the table of a sweep to the numbers of a design, with every hole named.

An index computed from a design with a hole is no number, so that such a design is refused.
The table has a row per run: `point` (0, 1, ... in the order of the design), `replicate`, a column per factor and per
outcome.
A failed run is a row without outcome.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import pandas as pd

NAMED = 12


class UnsuitableDesignError(ValueError):
    """A design, or what came of it, from which a measure cannot be computed."""


class IncompleteDesignError(UnsuitableDesignError):
    """A design with runs missing or failed; `points` are those concerned."""

    def __init__(self, what: str, points: Iterable[int]):
        self.points = [int(point) for point in points]
        shown = ", ".join(str(point) for point in self.points[:NAMED])
        more = f" and {len(self.points) - NAMED} more" if len(self.points) > NAMED else ""
        super().__init__(f"{what}: {'point' if len(self.points) == 1 else 'points'} {shown}{more}")


def require_columns(frame: pd.DataFrame, columns: Sequence[str]) -> None:
    """Refuse a table that lacks columns, naming all of them and what there is."""
    lacking = [name for name in columns if name not in frame.columns]
    if lacking:
        raise ValueError(f"The table has no column {', '.join(lacking)}; it has {', '.join(map(str, frame.columns))}.")


def outcomes_by_point(frame: pd.DataFrame, outcome: str, points: int | None = None) -> np.ndarray:
    """Arrange an outcome as [points, replicates]; refuse missing points, failed runs and uneven replicates.

    points: number of points of the design, where the table may have lost the last ones; by default the largest there
    is.
    """
    require_columns(frame, ["point", outcome])
    replicate = frame["replicate"] if "replicate" in frame.columns else np.zeros(len(frame), dtype=int)
    number = int(frame["point"].max()) + 1 if points is None and len(frame) else int(points or 0)
    missing = np.setdiff1d(np.arange(number), frame["point"].to_numpy())
    if missing.size:
        raise IncompleteDesignError("Runs are missing from the design", missing)
    bad = frame.loc[~np.isfinite(frame[outcome].astype(float)), "point"]
    if len(bad):
        raise IncompleteDesignError(
            f"Runs without a value of {outcome} (failed, or nothing to measure)", sorted(set(bad))
        )
    runs = frame.assign(replicate=replicate).groupby(["point", "replicate"])[outcome]
    counts = runs.size().unstack(fill_value=0).to_numpy()
    uneven = np.flatnonzero((counts != 1).any(axis=1))
    if uneven.size:
        raise IncompleteDesignError("Replicates are missing from, or double at, some points", uneven)
    return runs.mean().unstack().to_numpy(float)


def factors_by_point(frame: pd.DataFrame, factors: Sequence[str]) -> np.ndarray:
    """Arrange the factors as numbers [points, factors]; refuse words, and more than one value at a point."""
    require_columns(frame, ["point", *factors])
    words = [name for name in factors if not pd.api.types.is_numeric_dtype(frame[name])]
    if words:
        raise UnsuitableDesignError(
            f"These factors are not numbers, for which this measure is made: {', '.join(words)}."
        )
    grouped = frame.groupby("point")[list(factors)]
    if (grouped.nunique() > 1).any(axis=None):
        changing = [name for name, many in (grouped.nunique() > 1).any().items() if many]
        raise UnsuitableDesignError(
            f"Runs of one point differ in {', '.join(map(str, changing))}: points are mixed up."
        )
    return grouped.first().to_numpy(float)


def coded(values: np.ndarray) -> np.ndarray:
    """Scale each column to [-1, 1] between its least and its largest value; a column that never changes is 0."""
    low, high = values.min(axis=0), values.max(axis=0)
    span = np.where(high > low, high - low, 1.0)
    return np.where(high > low, 2.0 * (values - low) / span - 1.0, 0.0)
