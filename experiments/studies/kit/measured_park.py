"""The park model with the measure of one study, as a sweep runs it: `ecopark.experiments.studies.kit.measured_park:MODULE OF THE STUDY`."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import lru_cache
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np
from numpy.lib import recfunctions

from ecopark.abm.input.errors import Mistake
from ecopark.abm.input.loading import load_scenario
from ecopark.abm.input.scenario import Scenario
from ecopark.abm.park import Park

from ...sweeps.execution import park_model as park_runs
from ...sweeps.execution.model_contract import Declared
from .declaration import StudyDeclaration

LAYOUTS = 1_000_000


@lru_cache(maxsize=8)
def model(module: str) -> MeasuredPark:
    """Return the model of the study that a module declares as `STUDY`."""
    return MeasuredPark(import_module(module).STUDY)


class MeasuredPark:
    """The park model; the measures of a study are indicators that have the same value in every year."""

    def __init__(self, study: StudyDeclaration):
        self.study = study

    def load(self, scenario: str, values: Mapping[str, Any], years: int | None) -> Scenario:
        """Return the scenario; what only tables need is recorded where the study measures."""
        if self.study.measure is None:
            return park_runs.load(scenario, values, years)
        return load_scenario(scenario, dict(values) | ({} if years is None else {"horizon.years": years}))

    def describe(self, base: Scenario) -> dict[str, Any]:
        """Return the scenario as plain values."""
        return park_runs.describe(base)

    def restore(self, description: dict[str, Any]) -> Scenario:
        """Return the scenario that was described."""
        return park_runs.restore(description)

    def horizon(self, base: Scenario) -> tuple[int, int]:
        """Return the first year and the number of years."""
        return park_runs.horizon(base)

    def known_names(self) -> list[str]:
        """Return the parameters and policies."""
        return park_runs.known_names()

    def declared(self, base: Scenario, name: str) -> Declared | None:
        """Return what is declared about a name."""
        return park_runs.declared(base, name)

    def check(self, base: Scenario, values: Mapping[str, Any]) -> list[Mistake]:
        """Return what is wrong with these values on this scenario."""
        return park_runs.check(base, values)

    def indicators(self) -> dict[str, str]:
        """Return how each indicator adds up; a measure is the same in every year."""
        return park_runs.indicators() | {name: "last" for name in self.study.measures}

    def fingerprint(self) -> str:
        """Return a hash of the code of the park model, of the study's file and of this one."""
        files = (import_module(self.study.module).__file__, __file__)
        digest = hashlib.sha256(park_runs.fingerprint().encode())
        for file in files:
            digest.update(Path(str(file)).read_bytes())
        return digest.hexdigest()[:16]

    def warm_up(self) -> None:
        """Compile the month, or load it compiled."""
        park_runs.warm_up()

    def prepare(self, base: Scenario, values: Mapping[str, Any]) -> Scenario:
        """Return the scenario of one variant."""
        return park_runs.prepare(base, values)

    def simulate(self, prepared: Scenario, seed: int) -> np.ndarray:
        """Return the yearly indicators and the measures of one run; its seed draws its region, too."""
        park = Park(self.region(prepared, seed), seed).run()
        yearly = park.yearly
        if self.study.measure is None:
            return yearly
        measured = self.study.measure(park)
        columns = [np.full(len(yearly), measured[name]) for name in self.study.measures]
        return recfunctions.append_fields(yearly, list(self.study.measures), columns, usemask=False)

    def region(self, prepared: Scenario, seed: int) -> Scenario:
        """Return the scenario with the region of a replicate."""
        if prepared.name != "synthetic" or not self.study.regions:
            return prepared
        return prepared.replace({"synthetic.layout": seed % LAYOUTS})
