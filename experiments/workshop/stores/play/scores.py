"""What people are measured by: own gain against par, the park against the attainable, forecasts.

Par and goal come from runs of the same park by agents alone; they are worked out once, in a thread of their own, and
change nothing in the workshop.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from ecopark.abm.park import Park

from ..aside import is_ending, work_aside
from .people import Person
from .plan import MONTHS_OF_A_ROUND
from .questions import forecast_score
from .state import Play

log = logging.getLogger("ecopark.workshop")
SEEDS, LEAST_PAR, MORE_POINTS = 40, 0.1, 10.0


def gains_of(park: Park) -> np.ndarray:
    """Return what every company has gained by exchanges so far [EUR]."""
    state = park.state
    table = state.exchanges[: int(state.clock.exchanges[0])]
    gained = np.zeros(len(state.companies))
    np.add.at(gained, np.asarray(table.seller), np.asarray(table.seller_gain, dtype=float))
    np.add.at(gained, np.asarray(table.buyer), np.asarray(table.buyer_gain, dtype=float))
    return gained


class Scores:
    """Scores of a workshop. share_of: returns the share of the attainable of a park at present, None where it has none.

    par: gain by agents alone, median over seeds [round, company]. spread: of the exchanges that run [round]. social: the
    public account of agents alone so far, median over seeds [round].
    """

    def __init__(self, play: Play, share_of: Callable[[Park], float | None] | None = None, seeds: int = SEEDS):
        self.share_of, self.seeds = share_of, seeds
        self.par: np.ndarray | None = None
        self.spread: np.ndarray | None = None
        self.running: np.ndarray | None = None
        self.social: np.ndarray | None = None
        self._accounts: dict[int, tuple[int, float]] = {}
        self.agents: list[float | None] = []
        self.shares: dict[int, list[float | None]] = {}
        self.rounds = play.plan.rounds
        self.found, self.seed = play.found, play.seed
        self._lock = threading.Lock()

    def prepare(self) -> None:
        """Run the park by agents alone, for par and spread."""
        gains, counts, shares, social = [], [], [], []
        for number in range(self.seeds):
            if is_ending():
                return
            park = self.found((self.seed + 1 + number) % 2**64).advance(1)
            course, running = [], []
            for _ in range(self.rounds):
                park.advance(MONTHS_OF_A_ROUND)
                course.append(gains_of(park))
                running.append(_running(park))
            gains.append(course)
            counts.append(running)
            social.append(social_so_far(park)[2 * np.arange(1, self.rounds + 1) - 1])
            if number < 5 and self.share_of is not None:
                shares.append(self._share(park))
        par = np.median(np.asarray(gains), axis=0)
        least = LEAST_PAR * np.maximum(np.median(par, axis=1, keepdims=True), 1.0)
        with self._lock:
            self.par, self.spread = np.maximum(par, least), np.maximum(1.0, np.std(np.asarray(counts), axis=0))
            self.running, self.social = np.median(np.asarray(counts), axis=0), np.median(np.asarray(social), axis=0)
            self.agents = [share for share in shares if share is not None]

    def of_a_round(self, names: Sequence[str]) -> dict[str, float]:
        """Return par by company, in the mean of the rounds [EUR]; nothing before it is worked out."""
        if self.par is None:
            return {}
        return {str(name): float(par) / self.rounds for name, par in zip(names, self.par[-1], strict=True)}

    def prepare_aside(self, then: Callable[[], None]) -> None:
        """Run the agents in a thread; call `then` when they are done."""

        def work() -> None:
            try:
                self.prepare()
            except Exception:
                if is_ending():
                    return
                log.exception("par could not be worked out")
            then()

        work_aside(work, "par")

    def _share(self, park: Park) -> float | None:
        try:
            return None if self.share_of is None else self.share_of(park)
        except Exception:
            log.exception("the share of the attainable could not be worked out")
            return None

    def forks(self, play: Play) -> list[Park]:
        """Return copies of the parks as they are, to be valued while play goes on."""
        return [] if self.share_of is None else [park.fork() for park in play.parks]

    def close_round(self, number: int, parks: list[Park]) -> None:
        """Work out the shares of the attainable at the end of a round."""
        if parks:
            self.shares[number] = [self._share(park) for park in parks]

    def park(self, play: Play, place: int) -> dict[str, Any]:
        """Return the share of the attainable of the round before, the one before that, and the goal [%]."""
        done = max(self.shares, default=0)
        share = self.shares.get(done, [None] * len(play.parks))[place]
        before = self.shares.get(done - 1, [None] * len(play.parks))[place]
        goal = None if not self.agents else 100.0 * float(np.median(np.asarray(self.agents, dtype=float))) + MORE_POINTS
        co2 = (
            play.parks[place].monthly["co2_avoided"].sum()
            if "co2_avoided" in (play.parks[place].monthly.dtype.names or ())
            else 0.0
        )
        return {
            "share": _percent(share),
            "before": _percent(before),
            "goal": _rounded(goal),
            "co2": round(float(co2) / 1000.0, 1),
        }

    def own(self, play: Play, person: Person) -> dict[str, Any]:
        """Return a person's gain so far, the par for the end of the game [EUR], and the score."""
        if person.role == "broker":
            return {"gain": gain_of_matches(play, person), "par": None, "score": None}
        if person.role == "council":
            return self._public(play, person)
        if person.role != "company":
            return {"gain": None, "par": None, "score": None}
        row = list(play.parks[person.park].names).index(person.company)
        gain = float(gains_of(play.parks[person.park])[row])
        if self.par is None:
            return {"gain": gain, "par": None, "score": None}
        done = min(max(1, play.parks[person.park].month // MONTHS_OF_A_ROUND), self.rounds)
        score = float(np.clip(100.0 * gain / self.par[done - 1, row], -100.0, 300.0)) if play.parks[0].month else 0.0
        return {"gain": gain, "par": float(self.par[self.rounds - 1, row]), "score": round(score)}

    def _public(self, play: Play, person: Person) -> dict[str, Any]:
        """Return the public account of a park so far, that of agents without levers at the end of the game [EUR], and the score."""
        park, known = play.parks[person.park], self._accounts.get(person.park)
        if known is None or known[0] != park.month:
            course = social_so_far(park)
            known = self._accounts[person.park] = (park.month, float(course[-1]) if len(course) else 0.0)
        if self.social is None:
            return {"gain": known[1], "par": None, "score": None}
        done = min(max(1, park.month // MONTHS_OF_A_ROUND), self.rounds)
        par = float(self.social[done - 1])
        score = round(float(np.clip(100.0 * known[1] / par, -100.0, 300.0))) if par > 0.0 else None
        return {"gain": known[1], "par": float(self.social[-1]), "score": score}

    def since_shock(self, play: Play, person: Person) -> float | None:
        """Return what a person has gained since the first shock against par [%], None without par or shock."""
        struck = next((deed for deed in play.course if deed["do"] == "shock" and deed["park"] == person.park), None)
        if struck is None or self.par is None or person.role != "company":
            return None
        row = list(play.parks[person.park].names).index(person.company)
        earlier, last = min(max(1, struck["month"] // MONTHS_OF_A_ROUND), self.rounds) - 1, self.rounds - 1
        expected = self.par[last, row] - self.par[earlier, row]
        gained = float(gains_of(play.parks[person.park])[row]) - struck["gains"][row]
        return 100.0 * gained / expected if expected > 0 else None

    def par_of(self, play: Play, person: Person, number: int) -> float | None:
        """Return what agents alone reach in a person's seat by the end of a round [EUR], None while it is worked out."""
        if self.par is None or person.role != "company":
            return None
        row = list(play.parks[person.park].names).index(person.company)
        return float(self.par[min(number, self.rounds) - 1, row])

    def forecast(self, play: Play, person: Person) -> float | None:
        """Return how good a person's predictions were so far, 0 to 100; None without any."""
        errors = []
        for number, truth in play.truths.items():
            given = play.predictions.get(number, {}).get(person.code, {})
            for name, value in given.items():
                spread = 1.0
                if name == "running" and self.spread is not None:
                    spread = float(self.spread[min(number, self.rounds) - 1])
                errors.append(abs(value - truth["people"][person.code][name]) / spread)
        return forecast_score(errors)


def social_so_far(park: Park) -> np.ndarray:
    """Return the social account of a park, summed up to each full year [EUR]."""
    import pandas as pd  # when somebody sits in a council, or par is worked out aside

    from ecopark.analysis.value.social_account import social_account

    if park.month < 12:
        return np.zeros(0)
    return np.cumsum(social_account(pd.DataFrame(park.yearly))["social"].to_numpy())


def gain_of_matches(play: Play, person: Person) -> float:
    """Return what both sides of all contracts have gained that a broker's introductions led to [EUR]."""
    mine = {deed["opportunity"] for deed in play.course if deed["do"] == "introduce" and deed["who"] == person.code}
    state = play.parks[person.park].state
    table = state.exchanges[: int(state.clock.exchanges[0])]
    made = np.isin(table.opportunity, list(mine))
    return float((table.seller_gain[made] + table.buyer_gain[made]).sum())


def _running(park: Park) -> int:
    from ecopark.abm.entities.codes import OPERATING

    return int((park.state.exchanges.stage[: int(park.state.clock.exchanges[0])] == OPERATING).sum())


def _percent(share: float | None) -> float | None:
    return None if share is None or share != share else round(100.0 * share, 1)


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(min(value, 100.0), 1)
