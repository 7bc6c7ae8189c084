"""A factor: the values one parameter or policy takes in a study, as a list, a range or a distribution."""

from __future__ import annotations

from typing import Any, Literal

import numpy as np
from pydantic import Field, model_validator

from .forms import Frozen, Plain

EDGE = 1e-12
BOUNDED = ("uniform", "loguniform", "triangular")


class Factor(Frozen):
    """What one dotted name does over the design points.

    Either `values` (a list), or `low` and `high` (a range; left out: the declared one) with a distribution over it.
    `levels` says how many values of a range a grid or a one-at-a-time design takes. `whole` rounds to whole numbers.
    `base` is the value of a one-at-a-time design while the others vary (left out: the scenario's own).
    """

    values: tuple[Plain, ...] | None = Field(None, min_length=1)
    low: float | None = None
    high: float | None = None
    levels: int | None = Field(None, ge=2)
    distribution: Literal["uniform", "loguniform", "triangular", "normal", "lognormal"] = "uniform"
    mean: float | None = None
    sd: float | None = Field(None, gt=0)
    mode: float | None = None
    whole: bool = False
    base: Plain | None = None

    @model_validator(mode="before")
    @classmethod
    def _short_forms(cls, given: Any) -> Any:
        """Read `[1, 2, 3]` as a list of values and `"declared"` as the range the model declares."""
        if isinstance(given, (list, tuple)):
            return {"values": given}
        if isinstance(given, str) and given == "declared":
            return {}
        if not isinstance(given, (dict, cls)):
            raise ValueError('a list of values, a table with low and high, or "declared"')
        return given

    @model_validator(mode="after")
    def _consistent(self) -> Factor:
        if self.values is not None:
            self._check_list()
        elif self.low is not None and self.high is not None and not self.low < self.high:
            raise ValueError("low below high")
        self._check_shape()
        return self

    def _check_shape(self) -> None:
        if self.distribution in BOUNDED and (self.mean is not None or self.sd is not None):
            raise ValueError('distribution = "normal" or "lognormal" beside mean and sd')
        if self.distribution not in BOUNDED and (self.mean is None or self.sd is None):
            raise ValueError(f"a {self.distribution} distribution needs mean and sd")
        if self.distribution == "lognormal" and (self.mean or 0) <= 0:
            raise ValueError("mean above 0 for a lognormal distribution")
        if self.distribution == "loguniform" and self.low is not None and self.low <= 0:
            raise ValueError("low above 0 for a loguniform distribution")
        ends = (-np.inf if self.low is None else self.low, np.inf if self.high is None else self.high)
        if self.mode is not None and not ends[0] <= self.mode <= ends[1]:
            raise ValueError("mode between low and high")

    def _check_list(self) -> None:
        if self.low is not None or self.high is not None or self.levels is not None:
            raise ValueError("either a list of values or a range, not both")
        if len({_kind(value) for value in self.values or ()}) > 1:
            raise ValueError("a list of one kind: all numbers, all texts, or all true and false")
        if len(set(self.values or ())) < len(self.values or ()):
            raise ValueError("a list without repetition")

    def limits(self) -> tuple[Any, ...]:
        """Return the values by which the factor can be checked against what the model allows."""
        ends = (
            self.values if self.values is not None else tuple(end for end in (self.low, self.high) if end is not None)
        )
        ends = tuple(int(end) if self.whole and isinstance(end, float) else end for end in ends)
        return ends if self.base is None else (*ends, self.base)

    def listed(self) -> list:
        """Return the values of a grid: the list itself, or `levels` values over the range."""
        if self.values is not None:
            return list(self.values)
        if self.levels is None:
            raise ValueError("levels: how many values of the range")
        middles = (np.arange(self.levels) + 0.5) / self.levels
        shares = np.linspace(0, 1, self.levels) if self.bounded else middles
        return list(dict.fromkeys(self.spread(shares).tolist()))

    @property
    def bounded(self) -> bool:
        """Whether the factor has a lowest and a highest value."""
        return self.values is not None or (self.low is not None and self.high is not None)

    def spread(self, shares: np.ndarray) -> np.ndarray:
        """Return the values at cumulative probabilities `shares` (n,) in [0, 1]."""
        if self.values is not None:
            cells = np.minimum((shares * len(self.values)).astype(int), len(self.values) - 1)
            return np.asarray(self.values)[cells]
        if self.whole:
            return self._whole(shares)
        return self._quantile(shares)

    def cut(self) -> tuple[float, float, float]:
        """Return the share of the distribution outside low and high, and mean and sd of what is left inside."""
        shape = _shape(self)
        low, high = (-np.inf if self.low is None else self.low), (np.inf if self.high is None else self.high)
        inside = shape.cdf(high) - shape.cdf(low)
        middles = (np.arange(2000) + 0.5) / 2000
        left = shape.ppf(shape.cdf(low) + middles * inside)
        return float(1.0 - inside), float(left.mean()), float(left.std())

    def _whole(self, shares: np.ndarray) -> np.ndarray:
        """Return whole numbers; each number of a uniform range has the same probability, its ends included."""
        if self.distribution != "uniform":
            return np.rint(self._quantile(shares)).astype(np.int64)
        low, high = round(self.low), round(self.high)  # type: ignore[arg-type]
        return np.minimum(low + np.floor(shares * (high - low + 1)).astype(np.int64), high)

    def _quantile(self, shares: np.ndarray) -> np.ndarray:
        """Return the quantiles of the distribution, cut off at low and high where they are given."""
        if self.distribution == "uniform":
            found = self.low + shares * (self.high - self.low)  # type: ignore[operator]
        elif self.distribution == "loguniform":
            low, high = np.log([self.low, self.high])  # type: ignore[arg-type]
            found = np.exp(low + shares * (high - low))
        else:
            shape = _shape(self)
            below = 0.0 if self.low is None else shape.cdf(self.low)
            above = 1.0 if self.high is None else shape.cdf(self.high)
            found = shape.ppf(below + np.clip(shares, EDGE, 1 - EDGE) * (above - below))
        return np.clip(found, -np.inf if self.low is None else self.low, np.inf if self.high is None else self.high)


def _kind(value: Any) -> str:
    return "number" if isinstance(value, (int, float)) and not isinstance(value, bool) else type(value).__name__


def _shape(factor: Factor) -> Any:
    """Return scipy's frozen distribution; mean and sd of the lognormal are those of the value, not of its logarithm."""
    from scipy import stats

    if factor.distribution == "triangular":
        width = factor.high - factor.low  # type: ignore[operator]
        peak = 0.5 if factor.mode is None else (factor.mode - factor.low) / width  # type: ignore[operator]
        return stats.triang(peak, loc=factor.low, scale=width)
    if factor.distribution == "normal":
        return stats.norm(factor.mean, factor.sd)
    spread = np.sqrt(np.log1p((factor.sd / factor.mean) ** 2))  # type: ignore[operator]
    return stats.lognorm(spread, scale=factor.mean * np.exp(-(spread**2) / 2))
