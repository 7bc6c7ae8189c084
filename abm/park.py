"""A park that runs: state, scenario and seed, without Mesa and without pandas."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import nullcontext
from typing import Any

import numpy as np

from .entities.state import State
from .entities.tables import Table, blank, duplicate
from .initialization.found import found, names_of
from .initialization.levers import lay_history, lay_levers
from .initialization.price_paths import lay_emissions, lay_paths
from .input.errors import InputError, Mistake
from .input.scenario import Scenario
from .input.whole_scenario import require_right_values
from .numerics.compiled import COMPILE
from .observation.event_chain import Chain
from .observation.indicators import MONTH, sum_up
from .schedule import run_months
from .strategies.outside.faults import raise_fault
from .submodels.planner import is_planning_due


class UnbalancedError(RuntimeError):
    """A payment without a payee: the model has a mistake, and the run ends."""


class Park:
    """A park at one moment of its history.

    scenario: what is simulated, with the policies as they are now; founded: as it began. seed: 0 to 2^64 - 1; the same
    seed gives the same run, bit by bit. state: all tables. steps: policies set while it ran, each with its month.
    """

    def __init__(self, scenario: Scenario, seed: int = 0, steps: Iterable[Mapping[str, Any]] = ()):
        """Found a park; `steps` of an earlier run are taken again in their months."""
        require_right_values(scenario)
        self.scenario = self.founded = scenario
        self.steps: list[dict[str, Any]] = []
        self.chain = Chain()
        self._ahead = sorted(map(dict, steps), key=lambda step: step["month"])
        self.seed = check_seed(seed)
        with quiet():
            self.state: State = found(scenario, self.seed, scenario.years * 12)

    @property
    def month(self) -> int:
        """Return the number of months done."""
        return int(self.state.clock.view(np.ndarray)["month"][0])

    @property
    def names(self) -> Any:
        """Return the names of the companies in the order of their rows."""
        return names_of(self.scenario)

    def run(self, years: float | None = None) -> Park:
        """Run for a number of years, by default to the horizon; return the park itself."""
        months = self.scenario.years * 12 - self.month if years is None else round(years * 12)
        return self.advance(max(0, months))

    def advance(self, months: int) -> Park:
        """Run a number of months; return the park itself."""
        end = self.month + months
        while self._ahead and self._ahead[0]["month"] <= end:
            step = self._ahead.pop(0)
            self._run(step.pop("month") - self.month)
            self.set_policy(**step)
        return self._run(end - self.month)

    def _run(self, months: int) -> Park:
        """Run a number of months in which nobody decides anything; return the park itself."""
        self._extend(self.month + months)
        left = months
        with quiet():
            while True:
                left -= run_months(left, self.state)
                self._check_books()
                self._check_strategies()
                if left <= 0:
                    return self
                self._make_room()
                if is_planning_due(self.state.params[0], self.state.clock[0]):
                    from .submodels.planner_solver import assign_optimum

                    assign_optimum(self.state)

    def _check_books(self) -> None:
        """Raise UnbalancedError when the accounts of the latest month are not in balance."""
        wrong = float(self.state.clock.imbalance[0])
        if wrong > 0:
            raise UnbalancedError(f"the accounts of month {self.month - 1} are {wrong:,.6g} EUR out of balance")

    def _check_strategies(self) -> None:
        """Raise StrategyFault when a strategy from outside has failed in the latest month."""
        if self.state.clock.fault[0] > 0:
            raise_fault(self)

    def fork(self) -> Park:
        """Return an independent copy that continues with the same shocks."""
        twin = object.__new__(Park)
        twin.scenario, twin.founded, twin.seed = self.scenario, self.founded, self.seed
        twin.steps, twin._ahead = list(self.steps), [dict(step) for step in self._ahead]
        twin.state, twin.chain = self.state.copy(), self.chain.copy()
        return twin

    def forget(self) -> None:
        """Forget the events, meetings and past talks so far, for a run that has written them elsewhere, in place."""
        self.chain.follow(self.state.events[: int(self.state.clock.events[0])], self.state)
        self.state.clock.events = 0
        self.state.clock.meetings = 0
        self.state.clock.past_talks = 0

    def set_policy(self, name: str, size: float, start: float | None = None, stop: float | None = None) -> None:
        """Put a policy in force from now on (or from `start`), in place of what it was. Raises InputError."""
        now = self.scenario.start_year + self.month / 12
        terms = {"size": size, "start": now if start is None else max(start, now), "stop": stop}
        self.scenario = self.scenario.replace({f"policy.{name}.{key}": value for key, value in terms.items()})
        self.steps.append({"month": self.month, "name": name, **terms})
        self._renew_levers()

    def _renew_levers(self) -> None:
        """Write the levers of the months to come anew, in place."""
        fresh = lay_levers(self.scenario, len(self.state.levers))
        self.state.levers[self.month :] = fresh[self.month :]

    @property
    def monthly(self) -> Table:
        """Return the indicators of the months done [month]."""
        return self.state.months[: self.month]

    @property
    def yearly(self) -> np.ndarray:
        """Return the indicators of the years done, the present one with what it has so far [year]."""
        return sum_up(self.monthly, self.scenario.start_year)

    @property
    def results(self) -> Any:
        """Return the tables of the run so far."""
        from .observation.results import Results

        return Results(self)

    def _make_room(self) -> None:
        """Give the growing tables room for a month and more, in place."""
        state, clock = self.state, self.state.clock[0]
        each = 2 * len(state.companies) + 3 * len(state.opportunities) + 3 * len(state.talks) + len(state.calendar)
        if state.params.recording_events[0]:
            state.grow("events", int(clock.events) + each + 6 * int(clock.exchanges))
        if state.params.recording_meetings[0]:
            held = len(state.talks) * (int(state.params.negotiation_meetings[0]) + 1)  # as `has_room` counts
            state.grow("meetings", int(clock.meetings) + held)
        if state.params.recording_talks[0]:
            state.grow("past_talks", int(clock.past_talks) + len(state.talks))
        contracts = int(clock.exchanges) + len(state.talks)
        state.grow("exchanges", contracts)
        state.grow("deliveries", int(clock.deliveries) + contracts)
        for name in ("connections", "assets"):
            state.grow(name, int(clock[name]) + 2 * len(state.talks))
        if state.params.recording_accounts[0]:
            state.grow("pages", int(clock.pages) + 2 * len(state.streams))

    def _extend(self, months: int) -> None:
        """Let the tables that have a row per month reach to a later horizon, in place."""
        state, old = self.state, len(self.state.months)
        if months <= old:
            return
        months = max(months, old + 120)
        state.months = _longer(state.months, blank("months", months, MONTH))
        levers = duplicate(lay_levers(self.scenario, months))
        levers[: self.month] = state.levers[: self.month]
        state.levers = levers
        state.paths = lay_paths(self.scenario, months)
        state.history, state.emissions = lay_history(self.scenario, months), lay_emissions(self.scenario, months)
        for name in ("prices", "disposal"):
            wide = np.full((len(state.materials), months), np.nan)
            wide[:, :old] = getattr(state, name)
            setattr(state, name, wide)
        if state.params.recording_companies[0]:
            pages = -(-months // 12) * len(state.companies)
            state.yearbook = _longer(state.yearbook, blank("yearbook", pages))
        if state.params.recording_accounts[0]:
            rows = -(-months // 12) * int(state.clock.accounts[0])
            state.books = _longer(state.books, np.zeros((rows, state.books.shape[1])))


def check_seed(seed: Any) -> int:
    """Return a seed as a whole number; raises InputError when it is none from 0 to 2^64 - 1."""
    if isinstance(seed, bool) or not isinstance(seed, int | np.integer) or not 0 <= seed < 2**64:
        raise InputError([Mistake("seed", seed, f"a whole number from 0 to {2**64 - 1}")])
    return int(seed)


def quiet() -> Any:
    """Let whole numbers wrap around without a warning when the rules run as plain Python."""
    return nullcontext() if COMPILE else np.errstate(over="ignore")


def _longer(old: Table, new: Table) -> Table:
    new[: len(old)] = old
    return new
