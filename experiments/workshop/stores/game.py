"""A park that is played: month by month, with a log that repeats it, rewind, fork and a clock of its own."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from ecopark.abm.entities.codes import OPEN
from ecopark.abm.input.errors import InputError, Mistake
from ecopark.abm.input.scenario import Scenario, as_number
from ecopark.abm.interventions.last_bids import unanswered
from ecopark.abm.interventions.seats import take_seat, waiting_talks
from ecopark.abm.park import Park

from .actions import Action, carry_out, replay
from .observable import Store

SPEEDS = (1, 3, 6, 12, 24)


@dataclass
class Future:
    """One course of the park: the park, the log that leads to it, and its name."""

    park: Park
    log: list[Action] = field(default_factory=list)
    label: str = "this future"


@dataclass(frozen=True, eq=False)
class Ghost:
    """A future that was left by a rewind: the year until which it went, its yearly indicators."""

    until: int
    yearly: np.ndarray


class Game(Store):
    """A park, its log and its clock; every method may be called from any thread.

    main: the future that is played. other: the one that was forked off and goes on by itself. ghost: the one that was
    left. speed: months per second. waits: the clock holds while a person in a seat has to decide. until: month
    at which the clock stops, None for the horizon.
    """

    def __init__(self, scenario: Scenario, seed: int = 0):
        super().__init__()
        self.scenario, self.seed = scenario, seed
        self.main = Future(Park(scenario, seed))
        self.other: Future | None = None
        self.ghost: Ghost | None = None
        self.playing, self.speed, self.waits = False, SPEEDS[2], True
        self.forked: int | None = None
        self.until: int | None = None
        self._clock: threading.Thread | None = None

    @property
    def park(self) -> Park:
        """Return the park that is played."""
        return self.main.park

    @property
    def horizon(self) -> int:
        """Return the last month."""
        return self.scenario.years * 12

    @property
    def year(self) -> int:
        """Return the present year."""
        return self.scenario.start_year + self.park.month // 12

    @property
    def is_over(self) -> bool:
        """Tell whether the month has come at which the clock was to stop."""
        return self.until is not None and self.park.month >= self.until

    def read(self, view: Callable[..., Any], *arguments: Any, **named: Any) -> Any:
        """Return what a view says of the park, while no month runs."""
        with self.lock:
            return view(*arguments, **named)

    def act(self, do: str, **terms: Any) -> None:
        """Do something to the park now and write it into the log. Raises InputError."""
        with self.lock:
            action = {"month": self.park.month, "do": do, **terms}
            carry_out(self.park, action)
            self.main.log.append(action)
        self.ring()

    def step(self, months: int = 1) -> int:
        """Run some months, at most to the horizon; return how many were run."""
        with self.lock:
            months = max(0, min(months, self.horizon - self.park.month))
            self.park.advance(months)
            if self.other is not None:
                self.other.park.advance(max(0, self.park.month - self.other.park.month))
        self.ring()
        return months

    def pending(self) -> list[tuple[str, int]]:
        """Return (company, talk) of every talk that waits for a person."""
        with self.lock:
            companies = self.park.state.companies
            rows = np.flatnonzero((companies.seat == 1) & (companies.status == OPEN))
            return [
                (self.park.names[row], talk) for row in rows for talk in waiting_talks(self.park, self.park.names[row])
            ]

    def asked(self) -> list[tuple[str, int]]:
        """Return (company, talk) of every talk in which a person is asked for a best price and has not answered."""
        with self.lock:
            companies = self.park.state.companies
            names = [self.park.names[row] for row in np.flatnonzero((companies.seat == 1) & (companies.status == OPEN))]
            return [(name, talk) for name in names for talk in unanswered(self.park, name)]

    def play(self) -> None:
        """Let the clock run."""
        with self.lock:
            self.playing = self.park.month < self.horizon
            if self.playing and (self._clock is None or not self._clock.is_alive()):
                self._clock = threading.Thread(target=self._tick, daemon=True, name="clock")
                self._clock.start()
        self.ring()

    def pause(self) -> None:
        """Stop the clock; no month passes after it."""
        with self.lock:
            self.playing = False
        self.ring()

    def _tick(self) -> None:
        """Run month after month until somebody pauses or the horizon is reached."""
        while self.playing:
            began = time.monotonic()
            with self.lock:
                if (
                    self.playing
                    and not (self.waits and (self.pending() or self.asked()))
                    and (self.step() == 0 or self.is_over)
                ):
                    self.pause()
            time.sleep(max(0.005, 1 / self.speed - (time.monotonic() - began)))

    def set_speed(self, speed: Any) -> None:
        """Set the months per second."""
        number = as_number(speed)
        if number is None or not 0.05 <= number <= 120:
            raise InputError([Mistake("speed", speed, "a number from 0.05 to 120 months a second")])
        self.speed = number
        self.ring()

    def set_waits(self, waits: bool) -> None:
        """Let the clock hold for people, or not."""
        self.waits = waits
        self.ring()

    def go_to(self, year: Any) -> None:
        """Go to January of a year: forward by running, back by rewinding."""
        number = as_number(year)
        first = self.scenario.start_year
        if number is None or not first <= number <= first + self.scenario.years:
            raise InputError([Mistake("year", year, f"a year from {first} to {first + self.scenario.years}")])
        month = round((number - first) * 12)
        if month < self.park.month:
            self.rewind(month)
        else:
            self.step(month - self.park.month)

    def rewind(self, month: int) -> None:
        """Go back to a month; what was done after it is taken back, and the future that is left stays as a line."""
        with self.lock:
            if not 0 <= month <= self.park.month:
                raise InputError([Mistake("month", month, f"a month from 0 to {self.park.month}")])
            self.playing = False
            kept = [action for action in self.main.log if action["month"] < month]
            if self.park.month > month:
                self.ghost = Ghost(self.year, self.park.yearly.copy())
            self.main = Future(replay(self.scenario, self.seed, kept, month), kept, self.main.label)
            if self.other is not None and self.forked is not None and month < self.forked:
                self.other, self.forked = None, None
            elif self.other is not None:
                self.other.park = replay(
                    self.scenario, self.seed, [action for action in self.other.log if action["month"] <= month], month
                )
        self.ring()

    def fork(self) -> None:
        """Fork here: the other future goes on with the levers as they are and with agents in every seat."""
        with self.lock:
            twin = Future(self.park.fork(), list(self.main.log), "the other future")
            for row in np.flatnonzero(twin.park.state.companies.seat == 1):
                name = twin.park.names[row]
                take_seat(twin.park, name, False)
                twin.log.append({"month": twin.park.month, "do": "seat", "company": name, "taken": False})
            self.other, self.forked = twin, self.park.month
        self.ring()

    def swap(self) -> None:
        """Play the other future from now on; the one that was played goes on by itself."""
        with self.lock:
            if self.other is None:
                raise InputError([Mistake("fork", "no other future", "a fork first")])
            self.main, self.other = self.other, self.main
            self.main.label, self.other.label = "this future", "the other future"
        self.ring()

    def join(self) -> None:
        """Forget the other future and the one that was left."""
        with self.lock:
            self.other, self.forked, self.ghost = None, None, None
        self.ring()

    def restart(self, seed: Any = None) -> None:
        """Begin again, with the same or another seed."""
        number = self.seed if seed is None else as_number(seed)
        if number is None or number != int(number) or not 0 <= number < 2**62:
            raise InputError([Mistake("seed", seed, "a whole number from 0 on")])
        with self.lock:
            self.playing, self.seed, self.until = False, int(number), None
            self.main, self.other, self.forked, self.ghost = Future(Park(self.scenario, self.seed)), None, None, None
        self.ring()
