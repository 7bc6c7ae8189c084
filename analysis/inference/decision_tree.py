"""A tree of yes-no questions about the factors (CART: Breiman and others 1984), grown by scikit-learn, beside the box of PRIM."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import pandas as pd

from .boxes import Limits, box_of
from .crossed_design import UnsuitableDesignError
from .extras import extra

DEPTH, LEAST_MASS, FOLDS = 3, 0.05, 5
WHAT = "The tree of conditions"


def tree_of(frame: pd.DataFrame, factors: Sequence[str], shares: np.ndarray) -> tuple[pd.DataFrame, float]:
    """Grow a tree that tells points by their share of runs of interest; return its ends and what it is worth.

    frame: a row per point with its factors, which are numbers; shares: [points]. Ends: rule in words, coverage, density,
    mass, held_out (density of the same points as trees grown without them foresee it); densest first. Worth: share of the
    variance of `shares` that trees explain at points they were grown without; 0 or less: the tree found nothing.
    """
    tree_module = extra("sklearn.tree", WHAT)
    selection = extra("sklearn.model_selection", WHAT)
    points, shares = frame[list(factors)].to_numpy(float), np.asarray(shares, float)
    least = max(2, int(np.ceil(LEAST_MASS * len(shares))))
    if len(shares) < 2 * FOLDS or not np.ptp(shares) > 0:
        raise UnsuitableDesignError("A tree needs ten points, and points that differ in what is of interest.")
    tree = tree_module.DecisionTreeRegressor(max_depth=DEPTH, min_samples_leaf=least, random_state=0)
    folds = selection.KFold(FOLDS, shuffle=True, random_state=0)
    foreseen = selection.cross_val_predict(tree, points, shares, cv=folds)
    tree.fit(points, shares)
    rows = []
    for limits in _leaves(tree.tree_, list(factors), 0, {}):
        box = box_of(limits, frame, shares)
        rows.append((box.words(), box.coverage, box.density, box.mass, float(foreseen[box.contains(frame)].mean())))
    ends = pd.DataFrame(rows, columns=["rule", "coverage", "density", "mass", "held_out"])
    worth = 1 - float(((shares - foreseen) ** 2).sum() / ((shares - shares.mean()) ** 2).sum())
    return ends.sort_values(["density", "mass"], ascending=False).reset_index(drop=True), worth


def _leaves(tree: Any, factors: list[str], node: int, limits: Limits) -> Iterator[Limits]:
    """Yield the limits of each end of scikit-learn's tree, from left to right."""
    if tree.children_left[node] < 0:
        yield limits
        return
    name, threshold = factors[tree.feature[node]], float(tree.threshold[node])
    low, high = limits.get(name, (-np.inf, np.inf))
    sides = ((tree.children_left[node], (low, threshold)), (tree.children_right[node], (_above(threshold), high)))
    for child, limit in sides:
        yield from _leaves(tree, factors, int(child), {**limits, name: limit})


def _above(threshold: float) -> float:
    """Return the next number above a threshold, which itself goes to the left."""
    return float(np.nextafter(threshold, np.inf))
