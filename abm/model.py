"""Mesa's face of a park: build, step, run, fork."""

from __future__ import annotations

from typing import Any

import mesa
import numpy as np
from mesa.datacollection import DataCollector

from .agents import Company
from .input.loading import load_scenario
from .input.scenario import Scenario
from .observation.indicators import INDICATORS
from .observation.results import Results
from .park import Park, check_seed


class RecordedData(DataCollector):
    """A DataCollector that is filled from the recorded months when asked, at no cost while the model runs."""

    def __init__(self, model: ParkModel):
        self._model = model
        super().__init__(model_reporters={name: name for name in INDICATORS})

    @property
    def model_vars(self) -> dict[str, list]:
        """Return the indicators month by month."""
        table = self._model.park.monthly
        return {name: table[name].tolist() for name in INDICATORS}

    @model_vars.setter
    def model_vars(self, _: dict) -> None:
        """Keep nothing: what Mesa would store is recorded by the park."""

    def _new_model_reporter(self, name: str, reporter: Any) -> None:
        self.model_reporters[name] = reporter

    def collect(self, model: mesa.Model) -> None:
        """Do nothing: every month is recorded as it runs."""

    def get_agent_vars_dataframe(self) -> Any:
        """Return the companies year by year, indexed as Mesa does by step (the year's last) and agent."""
        frame = self._model.results.companies
        ids = {company.name: company.unique_id for company in self._model.agents}
        frame["Step"] = (frame["year"] - self._model.scenario.start_year + 1) * 12
        frame["AgentID"] = frame["company"].map(ids)
        return frame.set_index(["Step", "AgentID"])


class ParkModel(mesa.Model):
    """An eco-industrial park as a Mesa model; one step is a month.

    scenario: a `Scenario`, the name of a shipped one or a folder. rng: a seed (whole number), a numpy Generator or None
    for entropy of the system. values: other values by dotted names; in keyword arguments a double underscore stands for
    the dot, as in `policy__landfill_tax=60`. Raises InputError on wrong input.
    """

    def __init__(
        self, scenario: Scenario | str = "kalundborg", rng: Any = None, seed: int | None = None, **values: Any
    ):
        chosen = scenario if isinstance(scenario, Scenario) else load_scenario(scenario)
        if values:
            chosen = chosen.replace({name.replace("__", "."): value for name, value in values.items()})
        number = seed_of(seed if rng is None else rng)
        super().__init__(rng=number)
        self.park = Park(chosen, number)
        self.datacollector = RecordedData(self)

    @property
    def scenario(self) -> Scenario:
        """Return the scenario as it is now."""
        return self.park.scenario

    @property
    def month(self) -> int:
        """Return the number of months done."""
        return self.park.month

    @property
    def agents(self) -> Any:
        """Return the companies as Mesa agents; they are made when first asked for."""
        if len(self._all_agents) == 0:
            for row in range(len(self.park.state.companies)):
                Company(self, row)
        return self._all_agents

    @property
    def results(self) -> Results:
        """Return the tables of the run so far."""
        return self.park.results

    def step(self) -> None:
        """Run one month; at the scenario's horizon the model stops running."""
        self.park.advance(1)
        self.running = self.park.month < self.scenario.years * 12

    def run(self, years: float | None = None) -> ParkModel:
        """Run a number of years in one call, by default to the horizon: the same bits as that many steps."""
        self.park.run(years)
        self.running = self.park.month < self.scenario.years * 12
        return self

    def fork(self) -> ParkModel:
        """Return an independent copy that continues with the same shocks."""
        twin = ParkModel(self.scenario, rng=self.park.seed)
        twin.park = self.park.fork()
        twin.running = self.running
        return twin

    def set_policy(self, name: str, size: float, start: float | None = None, stop: float | None = None) -> None:
        """Put a policy in force from now on (or from `start`). Raises InputError."""
        self.park.set_policy(name, size, start, stop)


def seed_of(rng: Any) -> int:
    """Return the seed that stands for what Mesa takes as `rng`: a whole number, a Generator, or None."""
    if isinstance(rng, int | np.integer) and not isinstance(rng, bool):
        return check_seed(rng)
    return int(np.random.default_rng(rng).integers(2**62))
