"""Sobol indices of a Saltelli design with replicates: what the factors explain, and what the shocks do.

Estimates on the means over replicates are SALib's (first order: Saltelli and others 2010,
doi:10.1016/j.cpc.2009.09.018; total: Jansen 1999, doi:10.1016/S0010-4655(98)00154-4; second: Saltelli 2002,
doi:10.1016/S0010-4655(02)00280-1). A mean of R replicates still holds noise. Every numerator Q is quadratic in the
outcome, so that Q of the expected outcome is estimated without bias by Q(mean) - (mean of Q(single) - Q(mean)) / (R - 1).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import pandas as pd

from .crossed_design import UnsuitableDesignError
from .two_way import BOTH, NOTHING, POINTS, Chance
from .uncertainty import student

DRAWS = 1000


@dataclass(frozen=True)
class Blocks:
    """A Saltelli design taken apart, centred: A, B [N, R], AB, BA [N, k, R] (BA without rows where there is none)."""

    A: np.ndarray
    B: np.ndarray
    AB: np.ndarray
    BA: np.ndarray

    def numerators(self, pairs: bool) -> np.ndarray:
        """Return what each base sample adds to the variance, first orders, totals (and pairs): [N, terms, R].

        The first term is the mean square, the second the mean, which together give the variance.
        """
        A, B, AB, BA = self.A[:, None], self.B[:, None], self.AB, self.BA
        parts = [(A**2 + B**2) / 2, (A + B) / 2, B * (AB - A), 0.5 * (A - AB) ** 2]
        if pairs:
            two = list(combinations(range(AB.shape[1]), 2))
            parts.append(np.stack([BA[:, j] * AB[:, k] - self.A * self.B for j, k in two], axis=1))
        return np.concatenate(parts, axis=1)

    def mean(self) -> Blocks:
        """Return the means over replicates, as one replicate."""
        return Blocks(*(part.mean(axis=-1, keepdims=True) for part in (self.A, self.B, self.AB, self.BA)))


def sobol(
    values: np.ndarray,
    factors: Sequence[str],
    second_order: bool = False,
    chance: Chance | None = None,
    level: float = 0.95,
    seed: int = 0,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Estimate the indices of the factors, and of a design with second order those of their pairs.

    values: [points] or [points, replicates] in SALib's order, N (k + 2) or N (2 k + 2) points. With two or more replicates
    the estimates are those of the expected outcome, without the noise of the mean (SALib's, on the means, stand beside
    them as first_of_means, total_of_means). Interval: bootstrap over base samples, and on common shocks the jackknife
    over replicates, their half-widths added as squares. An outcome that never changes has no indices: NaN. Columns
    factor, first, first_low, first_high, total, total_low, total_high, ..., base_samples, replicates, covers; of the pairs
    factor, other, second, low, high.
    """
    blocks = saltelli_blocks(np.asarray(values, float), len(factors), second_order)
    found = _estimates(blocks, second_order, chance or Chance(), level, seed)
    count = len(factors)
    (number, replicates), raw = blocks.A.shape, of_means(blocks)
    columns: dict[str, object] = {"factor": list(factors)}
    for row, name in enumerate(("first", "total")):
        mine = slice(row * count, (row + 1) * count)
        columns |= dict(zip((name, f"{name}_low", f"{name}_high"), found.ends[:, mine], strict=True))
    if replicates > 1:
        columns |= {"first_of_means": raw[0], "total_of_means": raw[1]}
    rests = {"base_samples": number, "replicates": replicates, "covers": found.covers}
    names = list(combinations(factors, 2)) if second_order else []
    pairs = pd.DataFrame(names, columns=["factor", "other"])
    ends = found.ends[:, 2 * count :]
    pairs = pairs.assign(second=ends[0], low=ends[1], high=ends[2]) if second_order else pairs
    ordered = pairs.sort_values("second", ascending=False, key=np.abs) if len(pairs) else pairs
    return pd.DataFrame(columns).assign(**rests), ordered.reset_index(drop=True).assign(**rests)


@dataclass(frozen=True)
class Found:
    """Indices with the ends of their intervals [3, terms], and what these cover."""

    ends: np.ndarray
    covers: str


def _estimates(blocks: Blocks, pairs: bool, chance: Chance, level: float, seed: int) -> Found:
    """Estimate the indices and their intervals; NaN ends where the data cannot carry one."""
    parts = blocks.numerators(pairs)
    own = blocks.mean().numerators(pairs)[..., 0]
    count, (number, replicates) = blocks.AB.shape[1], blocks.A.shape
    estimate = _indices(parts.mean(axis=0), own.mean(axis=0), count)
    if chance.silent(replicates) or number < 2:
        return Found(np.stack([estimate, *2 * [np.full_like(estimate, np.nan)]]), NOTHING)
    rng = np.random.default_rng(seed)
    shares = rng.multinomial(number, np.full(number, 1 / number), DRAWS) / number
    flat = (shares @ parts.reshape(number, -1)).reshape(DRAWS, *parts.shape[1:])
    spread = _indices(flat, shares @ own, count)
    low, high = np.nanquantile(spread, [(1 - level) / 2, (1 + level) / 2], axis=0)
    beside = _over_shocks(blocks, pairs, level) if chance.common and replicates > 1 else 0.0
    below, above = np.hypot(np.maximum(estimate - low, 0), beside), np.hypot(np.maximum(high - estimate, 0), beside)
    return Found(np.stack([estimate, estimate - below, estimate + above]), BOTH if replicates > 1 else POINTS)


def _indices(parts: np.ndarray, own: np.ndarray, count: int) -> np.ndarray:
    """Return first orders, totals and pairs [..., terms] from the means of numerators.

    parts: of single replicates [..., terms, R]; own: of the means over replicates [..., terms].
    """
    replicates = parts.shape[-1]
    square = np.concatenate([(own[..., :1] - own[..., 1:2] ** 2), own[..., 2:]], axis=-1)
    if replicates > 1:
        single = np.concatenate([parts[..., :1, :] - parts[..., 1:2, :] ** 2, parts[..., 2:, :]], axis=-2)
        square = square - (single.mean(axis=-1) - square) / (replicates - 1)
    variance = square[..., :1]
    with np.errstate(divide="ignore", invalid="ignore"):
        found = np.where(variance > 0, square[..., 1:] / variance, np.nan)
    first, rest = found[..., :count], found[..., 2 * count :]
    if rest.shape[-1]:
        one, two = np.array(list(combinations(range(count), 2))).T
        rest = rest - first[..., one] - first[..., two]
    return np.concatenate([found[..., : 2 * count], rest], axis=-1)


def _over_shocks(blocks: Blocks, pairs: bool, level: float) -> np.ndarray:
    """Return the half-width over shocks: the jackknife over replicates of the indices of the means."""
    replicates = blocks.A.shape[1]
    found = []
    for left_out in range(replicates):
        kept = np.arange(replicates) != left_out
        mean = Blocks(*(part[..., kept] for part in (blocks.A, blocks.B, blocks.AB, blocks.BA))).mean()
        parts = mean.numerators(pairs).mean(axis=0)
        found.append(_indices(parts, parts[..., 0], blocks.AB.shape[1]))
    variance = np.var(found, axis=0) * (replicates - 1)
    return student(level, replicates - 1) * np.sqrt(variance)


def of_means(blocks: Blocks) -> np.ndarray:
    """Return SALib's first-order and total indices of the means over replicates: [2, k]; NaN where nothing changes."""
    from SALib.analyze.sobol import first_order, total_order

    mean = blocks.mean()
    A, B, AB = mean.A[:, 0], mean.B[:, 0], mean.AB[..., 0]
    if not np.ptp(np.concatenate([A, B])) > 0:
        return np.full((2, AB.shape[1]), np.nan)
    scale = np.concatenate([A, B, AB.ravel()]).std()
    A, B, AB = A / scale, B / scale, AB / scale
    return np.array([[index(A, column, B) for column in AB.T] for index in (first_order, total_order)])


def saltelli_blocks(values: np.ndarray, factors: int, second_order: bool) -> Blocks:
    """Take a Saltelli design apart (blocks A, A with a column of B, (B with a column of A,) B), centred by replicate."""
    table = values[:, None] if values.ndim == 1 else values
    block = (2 if second_order else 1) * factors + 2
    if len(table) == 0 or len(table) % block:
        raise UnsuitableDesignError(
            f"A Saltelli design of {factors} factors has blocks of {block} points; {len(table)} is no multiple of it."
        )
    if not np.isfinite(table).all():
        raise UnsuitableDesignError("Indices cannot be computed where an outcome is missing.")
    rows = (table - table.mean(axis=0)).reshape(-1, block, table.shape[1])
    return Blocks(rows[:, 0], rows[:, -1], rows[:, 1 : factors + 1], rows[:, factors + 1 : -1])
