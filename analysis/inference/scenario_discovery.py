"""Under which conditions does an outcome of interest come about? Boxes in the space of the factors, judged on held-out points.

PRIM (Friedman and Fisher 1999, doi:10.1023/A:1008894516817; for scenarios Bryant and Lempert 2010,
doi:10.1016/j.techfore.2009.08.002) is ema_workbench's. The unit is the point: the share of its runs that are of interest.
A box that was searched for fits the points it was found on better than others, so that density, coverage and the test of
each restriction come from points that were held out.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from .boxes import Box, Limits, box_of
from .crossed_design import UnsuitableDesignError
from .extras import extra

FOLDS = 5
SHUFFLES = 1999
WHAT = "Scenario discovery"


@dataclass(frozen=True)
class Discovery:
    """The box that was chosen, the boxes on the way to it, and what held-out points say.

    trajectory: step, coverage, density, mass, restricted, as found. coverage, density: of the chosen box on held-out
    points. chance: restricted factor -> quasi-p, the probability that a factor without any influence does as well.
    """

    box: Box
    trajectory: pd.DataFrame
    coverage: float
    density: float
    chance: dict[str, float]


def discover(frame: pd.DataFrame, factors: Sequence[str], shares: np.ndarray, seed: int = 0) -> Discovery:
    """Search the box of conditions and judge it by 5-fold cross-validation over points.

    frame: a row per point with its factors; shares: [points], the share of the runs of each that are of interest. Of the
    boxes from the whole space to the smallest the one with the largest harmonic mean of coverage and density is taken.
    """
    table, shares = _table(frame, factors), np.asarray(shares, float)
    if len(shares) != len(table):
        raise ValueError(f"{len(table)} points but {len(shares)} shares of interest: one per point is needed.")
    if not 0 < shares.sum() < shares.size:
        none = "No run is" if shares.sum() == 0 else "Every run is"
        raise UnsuitableDesignError(f"{none} of interest, so there are no conditions to find.")
    boxes = peel(table, shares)
    box = choose(boxes)
    held_out = list(_held_out(table, shares, seed))
    inside = np.concatenate([found.contains(part) for found, part, _ in held_out])
    judged = np.concatenate([part for *_, part in held_out])
    rows = [(step, one.coverage, one.density, one.mass, len(one.limits)) for step, one in enumerate(boxes)]
    return Discovery(
        box,
        pd.DataFrame(rows, columns=["step", "coverage", "density", "mass", "restricted"]),
        float(judged[inside].sum() / judged.sum()),
        float(judged[inside].mean()) if inside.any() else float("nan"),
        quasi_p(box, held_out, table.shape[1], seed),
    )


def choose(boxes: Sequence[Box]) -> Box:
    """Return the box with the largest harmonic mean of coverage and density."""

    def worth(box: Box) -> float:
        total = box.coverage + box.density
        return 2 * box.coverage * box.density / total if total > 0 else 0.0

    return max(boxes, key=worth)


def peel(table: pd.DataFrame, shares: np.ndarray) -> list[Box]:
    """Return ema_workbench's boxes from the whole space to the smallest, of at least 5 % of the points."""
    prim = extra("ema_workbench.analysis.prim", WHAT)
    if not np.ptp(shares) > 0:
        return [box_of({}, table, shares)]
    with warnings.catch_warnings(), np.errstate(divide="ignore", invalid="ignore"):
        warnings.simplefilter("ignore")  # of the library about its own future
        search = _search(prim, table, shares)
        found = search.find_box()
    return [box_of(_limits(one, search.box_init), table, shares) for one in found.box_lims]


def _search(prim: Any, table: pd.DataFrame, shares: np.ndarray) -> Any:
    """Return the search of either version of the library: 3 has a class of its own for shares, 2.5 a mode of one class."""
    sizes = {"peel_alpha": 0.05, "mass_min": 0.05}
    if hasattr(prim, "RegressionPrim"):
        return prim.RegressionPrim(table, shares, **sizes)
    rules = extra("ema_workbench.analysis.scenario_discovery_util", WHAT).RuleInductionType
    return prim.Prim(table, shares, threshold=0.0, mode=rules.REGRESSION, **sizes)


def _limits(lims: pd.DataFrame, whole: pd.DataFrame) -> Limits:
    """Return the restrictions of a box of ema_workbench; an end that was not moved is open."""
    limits: Limits = {}
    for name in lims.columns:
        low, high = lims[name]
        if isinstance(low, set | frozenset):
            if low != whole[name][0]:
                limits[name] = frozenset(low)
        elif (low, high) != tuple(whole[name]):
            open_low, open_high = whole[name]
            limits[name] = (-np.inf if low == open_low else float(low), np.inf if high == open_high else float(high))
    return limits


def _table(frame: pd.DataFrame, factors: Sequence[str]) -> pd.DataFrame:
    """Return the factors that change, numbers as float, everything else as words."""
    changing = [name for name in factors if frame[name].nunique() > 1]
    columns = {
        name: frame[name].astype(float)
        if pd.api.types.is_numeric_dtype(frame[name]) and not pd.api.types.is_bool_dtype(frame[name])
        else frame[name].astype(str).astype(object)
        for name in changing
    }
    return pd.DataFrame(columns).reset_index(drop=True)


def _held_out(table: pd.DataFrame, shares: np.ndarray, seed: int) -> Iterator[tuple[Box, pd.DataFrame, np.ndarray]]:
    """Yield for each fold the box chosen without it, its points and their shares."""
    fold = np.random.default_rng(seed).permutation(len(shares)) % FOLDS
    for number in range(FOLDS):
        rest, mine = fold != number, fold == number
        inner = table[rest].reset_index(drop=True)
        boxes = peel(inner, shares[rest]) if shares[rest].sum() > 0 else [box_of({}, inner, shares[rest])]
        yield choose(boxes), table[mine].reset_index(drop=True), shares[mine]


def quasi_p(box: Box, held_out: Sequence[tuple[Box, pd.DataFrame, Any]], factors: int, seed: int) -> dict[str, float]:
    """Return for each restriction of a box how likely a factor without influence does as well on held-out points.

    In each fold the points inside the box are compared with those inside it without the restriction; their shares are
    shuffled among these. Times the number of factors (Bonferroni), as the search looks at all of them.
    """
    rng = np.random.default_rng(seed)
    found = {}
    for name in box.limits:
        seen, by_chance = 0.0, np.zeros(SHUFFLES)
        for one, part, shares in held_out:
            wider = one.without(name).contains(part) if name in one.limits else np.zeros(len(part), bool)
            inside = one.contains(part)[wider]
            if inside.any() and not inside.all():
                seen += shares[wider][inside].sum()
                by_chance += rng.permuted(np.tile(shares[wider], (SHUFFLES, 1)), axis=1)[:, inside].sum(axis=1)
        p = (1 + (by_chance >= seen - 1e-12).sum()) / (SHUFFLES + 1)
        found[name] = min(1.0, float(p) * factors)
    return found
