"""Mesa's face of a park: build, step, run, fork."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import mesa
import numpy as np
from mesa.datacollection import DataCollector

from .agents import Company
from .entities.codes import OPEN
from .input.loading import load_scenario
from .input.scenario import Scenario
from .interventions.shocks import close_company
from .observation.indicators import INDICATORS
from .observation.results import Results
from .park import Park, check_seed

# What the companies are asked for in every month; the table of companies has more, year by year.
ASKED = ("company", "type", "sector", "open", "sells", "buys", "output", "jobs", "cash", "attitude")


class RecordedData(DataCollector):
    """A DataCollector that is filled from the recorded months when asked, at no cost while the model runs.

    A row of month m (0 is the first) has the label m in the tables of the model and of its agents alike. The agents have
    rows for each December, and for the month just done.
    """

    def __init__(self, model: ParkModel):
        self._model = model
        super().__init__(
            model_reporters={name: name for name in INDICATORS},
            agent_reporters={f"company_{name}" if name in INDICATORS else name: name for name in ASKED},
        )

    @property
    def model_vars(self) -> dict[str, list]:
        """Return the indicators month by month."""
        table = self._model.park.monthly
        return {name: table[name].tolist() for name in INDICATORS}

    @model_vars.setter
    def model_vars(self, _: dict) -> None:
        """Keep nothing: what Mesa would store is recorded by the park."""

    @property
    def _collection_steps(self) -> list[int]:
        """Return the labels of the months done: Mesa from 3.4 on asks for what was collected."""
        return list(range(self._model.month))

    @_collection_steps.setter
    def _collection_steps(self, _: list) -> None:
        """Keep nothing: every month is recorded as it runs."""

    @property
    def _agent_records(self) -> dict[int, list[tuple]]:
        """Return month -> one tuple (month, agent, values of ASKED) for each company, as Mesa keeps them."""
        done = self._model.month
        records: dict[int, list[tuple]] = {}
        companies = self._model.results.companies
        years = companies["year"].to_numpy() - self._model.scenario.start_year
        ids = {name: row + 1 for row, name in enumerate(self._model.park.names)}
        for year, values in zip(years, companies[list(ASKED)].itertuples(index=False, name=None), strict=True):
            month = int(year) * 12 + 11
            records.setdefault(month, []).append((month, ids[values[0]], *values))
        if done and done - 1 not in records:
            records[done - 1] = [(done - 1, *present) for present in self._present()]
        return records

    @_agent_records.setter
    def _agent_records(self, _: dict) -> None:
        """Keep nothing: what Mesa would store is recorded by the park."""

    def _present(self) -> Iterator[tuple]:
        """Yield agent and values of ASKED as they are now."""
        park = self._model.park
        kinds: Any = park.scenario.tables["types"]
        table = park.state.companies
        for row, name in enumerate(park.names):
            here = table[row]
            kind, is_open = kinds[int(here.type)], bool(here.status == OPEN)
            numbers = (int(here.sells), int(here.buys), float(here.output), float(here.jobs) if is_open else 0.0)
            yield row + 1, name, kind.type, kind.sector, is_open, *numbers, float(here.cash), float(here.attitude)

    def _new_model_reporter(self, name: str, reporter: Any) -> None:
        self.model_reporters[name] = reporter

    def collect(self, model: mesa.Model) -> None:
        """Do nothing: every month is recorded as it runs."""

    def get_agent_vars_dataframe(self) -> Any:
        """Return the companies year by year, indexed as Mesa does by step (the label of December) and agent."""
        frame = self._model.results.companies
        ids = {name: row + 1 for row, name in enumerate(self._model.park.names)}
        frame["Step"] = (frame["year"] - self._model.scenario.start_year) * 12 + 11
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
        self._has_agents = False
        self.park = Park(chosen, number)
        self.datacollector = RecordedData(self)

    @property
    def scenario(self) -> Scenario:
        """Return the scenario as it is now."""
        return self.park.scenario

    @scenario.setter
    def scenario(self, _: Any) -> None:
        """Keep nothing: Mesa from 3.4 on has a scenario of its own, which holds no more than the seed."""

    @property
    def month(self) -> int:
        """Return the number of months done."""
        return self.park.month

    @property
    def steps(self) -> int:
        """Return the number of steps done: months, however they were run."""
        return self.park.month if hasattr(self, "park") else 0

    @steps.setter
    def steps(self, _: int) -> None:
        """Keep nothing: Mesa counts calls of `step`, the park counts months."""

    @property
    def time(self) -> float:
        """Return the time of the model in steps, which are months."""
        return float(self.steps)

    @time.setter
    def time(self, _: float) -> None:
        """Keep nothing: the park knows its month."""

    @property
    def agents(self) -> Any:
        """Return the companies as Mesa agents; they are made when first asked for."""
        if not self._has_agents:
            self._has_agents = True
            for row in range(len(self.park.state.companies)):
                Company(self, row)
        return self._all_agents

    @property
    def agent_types(self) -> list[type]:
        """Return the kinds of agents: companies."""
        return list(self.agents_by_type)

    @property
    def agents_by_type(self) -> dict[type, Any]:
        """Return the agents of each kind."""
        return self._agents_by_type if len(self.agents) else {}

    def remove_all_agents(self) -> None:
        """Close every company in the month to come."""
        for agent in list(self.agents):
            agent.remove()

    def close_company(self, company: str, year: float | None = None) -> None:
        """Let a company close in the month to come, or at a decimal year. Raises InputError."""
        close_company(self.park, company, year)

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
