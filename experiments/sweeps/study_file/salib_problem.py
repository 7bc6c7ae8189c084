"""The factors of a study as SALib's problem: names, bounds and distributions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from ecopark.abm.input.errors import InputError, Mistake

from .factors import Factor


def problem_of(factors: Mapping[str, Factor]) -> dict[str, Any]:
    """Return SALib's problem: num_vars, names, bounds, dists (Herman and Usher 2017, doi:10.21105/joss.00097).

    factors: with low and high, as a study that was read has them. SALib draws from distributions of real numbers; a list,
    whole numbers, or a lognormal that is cut off raise `InputError`, as do no factors. The designs `saltelli` and `morris` of
    a study draw those.
    """
    mistakes, bounds, kinds = [], [], []
    for name, factor in factors.items():
        found = _of(factor)
        if isinstance(found, str):
            allowed = f"{found}; the designs saltelli and morris of a study draw it as it is"
            mistakes.append(Mistake(f"factors.{name}", _words(factor), allowed))
        else:
            bounds.append(found[1])
            kinds.append(found[0])
    if not factors:
        mistakes.append(Mistake("factors", None, "at least one factor"))
    if mistakes:
        raise InputError(mistakes)
    return {"num_vars": len(bounds), "names": list(factors), "bounds": bounds, "dists": kinds}


def _of(factor: Factor) -> tuple[str, list[float]] | str:
    """Return SALib's name of a distribution and its numbers, or what the factor would have to be."""
    low, high = factor.low, factor.high
    if factor.values is not None or factor.whole:
        return "a range of real numbers for SALib"
    if factor.distribution in ("normal", "lognormal"):
        return _unbounded(factor)
    if low is None or high is None:
        return "low and high; ecopark.read_study fills in the declared ones"
    if factor.distribution == "uniform":
        return "unif", [low, high]
    if factor.distribution == "loguniform":
        return "logunif", [low, high]
    peak = 0.5 if factor.mode is None else (factor.mode - low) / (high - low)
    return "triang", [low, high, peak]


def _unbounded(factor: Factor) -> tuple[str, list[float]] | str:
    """Return what SALib calls a normal or lognormal distribution."""
    mean, sd, cut = float(factor.mean or 0.0), float(factor.sd or 0.0), (factor.low, factor.high)
    if factor.distribution == "lognormal":
        if cut != (None, None):
            return "a lognormal without low and high for SALib, which does not cut it off"
        spread = float(np.sqrt(np.log1p((sd / mean) ** 2)))
        return "lognorm", [float(np.log(mean)) - spread**2 / 2, spread]
    if cut == (None, None):
        return "norm", [mean, sd]
    low, high = (-np.inf if cut[0] is None else cut[0]), (np.inf if cut[1] is None else cut[1])
    return "truncnorm", [low, high, mean, sd]


def _words(factor: Factor) -> str:
    """Say what a factor is."""
    if factor.values is not None:
        return f"a list of {len(factor.values)} values"
    return f"{'whole ' * factor.whole}{factor.distribution} from {factor.low} to {factor.high}"
