"""A tree of yes-no questions about the factors, beside the boxes of PRIM (CART: Breiman and others 1984)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from .scenario_discovery import Box, box_of, within


@dataclass(frozen=True)
class Leaf:
    """An end of the tree: the box it stands for."""

    box: Box


@dataclass(frozen=True)
class Question:
    """A fork: is `factor` <= `threshold`? Yes leads to `below`, no to `above`."""

    factor: str
    threshold: float
    below: Question | Leaf
    above: Question | Leaf


def cart(
    frame: pd.DataFrame, factors: Sequence[str], interest: ArrayLike, depth: int = 3, least_mass: float = 0.05
) -> Question | Leaf:
    """Grow a tree that tells runs of interest from others.

    Each fork is the question that leaves least Gini impurity 2 p (1 - p), weighted by runs, with at least
    `least_mass` of all runs on both sides. Factors are numbers; it stops at `depth`, or where a side is pure.
    """
    interest = np.asarray(interest, bool)
    if interest.size != len(frame) or not interest.any():
        raise ValueError("A tree needs a mark of interest per run, and at least one that is of interest.")
    points = frame[list(factors)].to_numpy(float)
    return grow(
        points,
        list(factors),
        interest,
        np.ones(interest.size, bool),
        {},
        depth,
        int(np.ceil(least_mass * interest.size)),
    )


def grow(
    points: np.ndarray,
    factors: list[str],
    interest: np.ndarray,
    inside: np.ndarray,
    limits: dict,
    depth: int,
    least: int,
) -> Question | Leaf:
    """Grow the tree below one fork; inside: the runs that reach it, limits: the answers that led here."""
    split = best_split(points[inside], interest[inside], least) if depth > 0 else None
    if split is None:
        return Leaf(box_of(limits, inside, interest))
    column, threshold = split
    name = factors[column]
    low, high = limits.get(name, (-np.inf, np.inf))
    sides = []
    for limit in ((low, threshold), (float(np.nextafter(threshold, np.inf)), high)):
        kept = inside & within(points[:, column], limit)
        sides.append(grow(points, factors, interest, kept, {**limits, name: limit}, depth - 1, least))
    return Question(name, threshold, *sides)


def best_split(points: np.ndarray, interest: np.ndarray, least: int) -> tuple[int, float] | None:
    """Find the column and threshold that leave least impurity; None when no split lowers it."""
    number, hits = interest.size, interest.sum()
    best, found = 2.0 * hits * (number - hits) / number - 1e-9, None
    for column in range(points.shape[1]):
        order = np.argsort(points[:, column], kind="stable")
        ranked = points[order, column]
        left = np.arange(1, number)
        hits_left = np.cumsum(interest[order])[:-1]
        impurity = gini_mass(hits_left, left) + gini_mass(hits - hits_left, number - left)
        allowed = (ranked[1:] > ranked[:-1]) & (left >= least) & (number - left >= least)
        impurity = np.where(allowed, impurity, np.inf)
        place = int(np.argmin(impurity))
        if impurity.size and impurity[place] < best:
            best, found = float(impurity[place]), (column, float((ranked[place] + ranked[place + 1]) / 2))
    return found


def gini_mass(hits: np.ndarray, number: np.ndarray) -> np.ndarray:
    """Return the impurity 2 p (1 - p) times the number of runs."""
    return 2.0 * hits * (number - hits) / number


def leaves(tree: Question | Leaf) -> pd.DataFrame:
    """List the ends of a tree as boxes: rule in words, coverage, density, mass; densest first."""
    boxes = boxes_of(tree)
    rows = [(box.words(), box.coverage, box.density, box.mass) for box in boxes]
    frame = pd.DataFrame(rows, columns=["rule", "coverage", "density", "mass"])
    return frame.sort_values(["density", "mass"], ascending=False).reset_index(drop=True)


def boxes_of(tree: Question | Leaf) -> list[Box]:
    """Return the boxes at the ends of a tree, from left to right."""
    return [tree.box] if isinstance(tree, Leaf) else boxes_of(tree.below) + boxes_of(tree.above)
