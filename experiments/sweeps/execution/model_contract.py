"""What a sweep asks of a model: a module with the functions below, named by its import path.

The park model is `ecopark.experiments.sweeps.execution.park_model`. A replication of a published model becomes sweepable by a module of
the same shape: `model = "package.module"` in the study file. `package.module:argument` is what that module's function
`model(argument)` returns.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import Any, Protocol

import numpy as np

from ecopark.abm.input.errors import Mistake

PARK = "ecopark.experiments.sweeps.execution.park_model"
POSTERIOR = "ecopark.experiments.validation.posterior_model"
"""The park model with shared parameters drawn from the saved posterior."""


@dataclass(frozen=True)
class Declared:
    """What the model declares about one name that a study may set.

    value: in the scenario as it stands; None where it has none. low, high: allowed range; None for names and switches.
    whole: only whole numbers are allowed.
    """

    value: Any = None
    low: float | None = None
    high: float | None = None
    whole: bool = False


class Model(Protocol):
    """The functions of a model's module. `base` is whatever the model takes for a scenario."""

    def load(self, scenario: str, values: Mapping[str, Any], years: int | None) -> Any:
        """Return the scenario with the fixed values and horizon of a study; what is wrong raises `InputError`."""

    def describe(self, base: Any) -> dict:
        """Return the scenario as plain values, complete and fit for JSON."""

    def restore(self, description: dict) -> Any:
        """Return the scenario that was described."""

    def horizon(self, base: Any) -> tuple[int, int]:
        """Return the first year and the number of years."""

    def known_names(self) -> list[str]:
        """Return every dotted name a study may set."""

    def declared(self, base: Any, name: str) -> Declared | None:
        """Return what is declared about a dotted name, or None for a name a study cannot set."""

    def check(self, base: Any, values: Mapping[str, Any]) -> list[Mistake]:
        """Return what is wrong with these values on this scenario; an empty list when nothing is."""

    def indicators(self) -> dict[str, str]:
        """Return indicator -> how it adds up over time: last, mean or sum."""

    def measures(self) -> dict[str, dict[str, str]]:
        """Return indicator -> its label, unit and better ("more", "less" or "none"); a model may leave this out."""

    def fingerprint(self) -> str:
        """Return a hash of the code that decides the numbers; another one is another sweep."""

    def warm_up(self) -> None:
        """Compile what is compiled at first use, so that no run's time limit pays for it."""

    def prepare(self, base: Any, values: Mapping[str, Any]) -> Any:
        """Return the scenario with the values of one point and policy, ready to be simulated any number of times."""

    def simulate(self, prepared: Any, seed: int) -> np.ndarray:
        """Return one run as a structured array: one row per year, field `year`, one field per indicator."""


# Where what a study or manifest of 0.1 names stands now.
MOVED = {
    "experiments.sweeps.park_runs": PARK,
    "experiments.study_model": "ecopark.experiments.studies.kit.measured_park",
    "experiments.studies": "ecopark.experiments.studies.questions",
}


def name_today(path: str) -> str:
    """Return the name of a model, `module` or `module:argument`, as it is today; files written by 0.1 have older ones."""
    parts = path.split(":")
    for place, part in enumerate(parts):
        for old, new in MOVED.items():
            if part == old or part.startswith(old + "."):
                parts[place] = new + part[len(old) :]
    return ":".join(parts)


def load_model(path: str) -> Model:
    """Import the module of a model, or make the model it has for an argument."""
    name, _, argument = name_today(path).partition(":")
    module = import_module(name)
    return module.model(argument) if argument else module  # type: ignore[return-value]


def measures_of(model: Model) -> dict[str, dict[str, str]]:
    """Return what a model declares about its indicators; nothing for a model that declares nothing."""
    return model.measures() if hasattr(model, "measures") else {}
