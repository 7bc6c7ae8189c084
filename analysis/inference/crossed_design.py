"""From the table of a sweep to the numbers of a crossed design, holes left out by whole blocks and counted.

The table has a row per run: `point` (0, 1, ... in the order of the design), `replicate`, a column per factor and per
outcome. A failed run is a row without outcome; a run that was not made yet has no row.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

NAMED = 12
MOST_LEFT_OUT = 0.05  # of the blocks
MOST_SEARCHED = 2000  # points that a search of boxes, a tree or a resampled index takes
PLURAL = {"trajectory": "trajectories"}


class UnsuitableDesignError(ValueError):
    """A design, or what came of it, from which a measure cannot be computed."""


class IncompleteDesignError(UnsuitableDesignError):
    """A design with too many runs missing or failed; `points` are those concerned."""

    def __init__(self, what: str, points: Iterable[int]):
        self.points = [int(point) for point in points]
        super().__init__(f"{what}: {listed(self.points, 'point', 'points')}")


@dataclass(frozen=True)
class Crossed:
    """An outcome as [points, replicates] without holes.

    points, replicates: the numbers they have in the sweep. left_out: in words what was left out and why; empty when
    nothing was.
    """

    values: np.ndarray
    points: np.ndarray
    replicates: np.ndarray
    left_out: str = ""


def thinned(points: int) -> np.ndarray:
    """Return which points a slow search takes: all, or of very many an even choice of MOST_SEARCHED."""
    return np.unique(np.linspace(0, points - 1, min(points, MOST_SEARCHED)).round().astype(int))


def thinned_words(points: int) -> str:
    """Say so where a search does not take all points."""
    return f"searched on an even choice of {MOST_SEARCHED} of {points} points" if points > MOST_SEARCHED else ""


def require_columns(frame: pd.DataFrame, columns: Sequence[str]) -> None:
    """Refuse a table that lacks columns, naming all of them and what there is."""
    lacking = [name for name in columns if name not in frame.columns]
    if lacking:
        raise ValueError(f"The table has no column {', '.join(lacking)}; it has {', '.join(map(str, frame.columns))}.")


def crossed(frame: pd.DataFrame, outcome: str, block: int = 1, unit: str = "point") -> Crossed:
    """Arrange an outcome as [points, replicates]; holes are left out by the smallest whole block.

    block: points that belong together (a base sample, a trajectory), called `unit`. A run without a finite value takes
    its block along, or its replicate where that loses fewer runs; above 5 % of them nothing is computed
    (IncompleteDesignError). Blocks that were not run yet are left out without a limit.
    """
    require_columns(frame, ["point", outcome])
    frame = frame if "replicate" in frame.columns else frame.assign(replicate=0)
    if frame.duplicated(["point", "replicate"]).any():
        raise IncompleteDesignError("Runs stand twice at", sorted(set(frame.loc[_twice(frame), "point"])))
    number = int(frame["point"].max()) + 1 if len(frame) else 0
    index = range(-(-number // block) * block)
    values = frame.pivot(index="point", columns="replicate", values=outcome).reindex(index)
    made = frame.assign(made=1.0).pivot(index="point", columns="replicate", values="made").reindex(index)
    run = _all_of(made.notna().all(axis=1).to_numpy(), block)
    return _without_holes(values.loc[run], outcome, block, unit)


def _without_holes(values: pd.DataFrame, outcome: str, block: int, unit: str) -> Crossed:
    """Leave out the blocks, or the replicates, that hold what has no value."""
    if values.empty:
        raise UnsuitableDesignError(f"No {unit} has all its runs yet.")
    table = values.to_numpy(float)
    there = np.isfinite(table)
    points, replicates = values.index.to_numpy(), values.columns.to_numpy()
    blocks, columns = _all_of(there.all(axis=1), block), there.all(axis=0)
    if blocks.all():
        return Crossed(table, points, replicates)
    by_replicate = (~columns).mean() < (~blocks).mean()
    kept, what = (columns, "replicate") if by_replicate else (blocks[::block], unit)
    many = PLURAL.get(what, f"{what}s")
    if (~kept).mean() > MOST_LEFT_OUT:
        raise IncompleteDesignError(
            f"{outcome.replace('_', ' ')} is not computed: {(~kept).sum()} of {kept.size} {many} hold a run that failed or "
            f"has no value, more than {MOST_LEFT_OUT:.0%}",
            points[~there.all(axis=1)],
        )
    gone = (replicates if by_replicate else points[::block] // block)[~kept]
    words = f"{(~kept).sum()} of {kept.size} {many} left out, where a run failed or has no value: "
    words += listed([int(one) for one in gone], what, many)
    if by_replicate:
        return Crossed(table[:, columns], points, replicates[columns], words)
    return Crossed(table[blocks], points[blocks], replicates, words)


def _all_of(marks: np.ndarray, block: int) -> np.ndarray:
    """Mark all of a block where all of it is marked."""
    return np.repeat(marks.reshape(-1, block).all(axis=1), block)


def _twice(frame: pd.DataFrame) -> np.ndarray:
    return frame.duplicated(["point", "replicate"]).to_numpy()


def listed(numbers: Sequence[int], one: str, many: str) -> str:
    """Name numbers: point 7; points 3, 5 and 2 more."""
    shown = ", ".join(str(number) for number in numbers[:NAMED])
    more = f" and {len(numbers) - NAMED} more" if len(numbers) > NAMED else ""
    return f"{one if len(numbers) == 1 else many} {shown}{more}"


def factors_by_point(frame: pd.DataFrame, factors: Sequence[str], points: np.ndarray | None = None) -> np.ndarray:
    """Arrange the factors as numbers [points, factors]; refuse words, and more than one value at a point.

    points: only these, in this order.
    """
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
    first = grouped.first()
    return (first if points is None else first.loc[points]).to_numpy(float)


def coded(values: np.ndarray) -> np.ndarray:
    """Scale each column to [-1, 1] between its least and its largest value; a column that never changes is 0."""
    low, high = values.min(axis=0), values.max(axis=0)
    span = np.where(high > low, high - low, 1.0)
    return np.where(high > low, 2.0 * (values - low) / span - 1.0, 0.0)
