"""A model that does nothing: what a sweep of it costs is the cost of the sweep."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from ecopark.abm.input.errors import Mistake

from .model_contract import Declared

LEVEL = "idle.level"
YEARS = 50
_NOTHING = np.zeros(YEARS, dtype=[("year", np.int32), *((f"indicator_{i}", np.float64) for i in range(10))])


def load(scenario: str, values: Mapping[str, Any], years: int | None) -> dict:
    """Return a scenario without parts."""
    return {"scenario": scenario}


def describe(base: dict) -> dict:
    """Return the scenario as it is."""
    return base


def restore(description: dict) -> dict:
    """Return the scenario as it is."""
    return description


def check(base: dict, values: Mapping[str, Any]) -> list[Mistake]:
    """Find nothing wrong."""
    return []


def declared(base: dict, name: str) -> Declared | None:
    """Declare one level between 0 and 1."""
    return Declared(0.0, 0.0, 1.0) if name == LEVEL else None


def known_names() -> list[str]:
    """Return the one name."""
    return [LEVEL]


def indicators() -> dict[str, str]:
    """Return ten indicators."""
    return {name: "last" for name in _NOTHING.dtype.names or () if name != "year"}


def horizon(base: dict) -> tuple[int, int]:
    """Return the first year and the number of years."""
    return 0, YEARS


def fingerprint() -> str:
    """Return a name: there is no code that decides numbers."""
    return "idle"


def warm_up() -> None:
    """Compile nothing."""


def prepare(base: dict, values: Mapping[str, Any]) -> None:
    """Prepare nothing."""


def simulate(prepared: None, seed: int) -> np.ndarray:
    """Return the same empty history."""
    return _NOTHING
