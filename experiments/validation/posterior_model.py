"""The park model as a sweep runs it with `posterior = true`: each run draws the shared parameters by its seed.

What a point or a policy sets is kept; all else of the posterior takes the place of what the scenario has.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

import numpy as np

from ecopark.abm.input.scenario import Scenario

from ..sweeps.execution import park_model
from ..sweeps.execution.park_model import (
    check,
    declared,
    describe,
    horizon,
    indicators,
    known_names,
    load,
    measures,
    restore,
    terms_of,
    warm_up,
)
from .posterior import PATH, read_posterior, row_of

__all__ = [
    "check", "declared", "describe", "fingerprint", "horizon", "indicators", "known_names", "load", "measures", "prepare",
    "restore", "simulate", "terms_of", "warm_up",
]  # fmt: skip


def fingerprint() -> str:
    """Return a hash of the model's code and of the posterior."""
    read_posterior()
    return hashlib.sha256(park_model.fingerprint().encode() + PATH.read_bytes()).hexdigest()[:16]


def prepare(base: Scenario, values: Mapping[str, Any]) -> tuple[Scenario, frozenset[str]]:
    """Return the scenario of one point and policy, and the names that it sets."""
    return park_model.prepare(base, values), frozenset(values)


def simulate(prepared: tuple[Scenario, frozenset[str]], seed: int) -> np.ndarray:
    """Return the yearly indicators of one run at the row of the posterior that its seed draws."""
    scenario, kept = prepared
    drawn = {name: value for name, value in row_of(seed).items() if name not in kept}
    return park_model.simulate(scenario.replace(drawn), seed)
