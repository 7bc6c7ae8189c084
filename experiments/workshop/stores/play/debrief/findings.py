"""All that the debrief shows of a workshop, worked out once; and the thread in which it is."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from statistics import median
from typing import Any

import numpy as np

from ecopark.abm.entities.codes import OPERATING, REASONS
from ecopark.abm.observation.event_texts import REASON_WORDS
from ecopark.abm.park import Park

from ...aside import work_aside
from ..plan import MONTHS_OF_A_ROUND
from ..scores import gains_of
from ..state import Play
from .again import play_without, release
from .left import left_on_table, losses_of
from .talks import opened_talks

log = logging.getLogger("ecopark.workshop")
LEAST_KEPT = 0.6


@dataclass(frozen=True)
class Findings:
    """What came of a workshop, as plain values.

    talks, left: see `opened_talks` and `left_on_table`. timeline: contracts that began and ended. predictions: by round.
    losses: by park, None where nothing could be reached. agents: by park, the same park with agents in every seat, by
    year. without: by person, the park's gain without them [EUR]. vote: by park, with and without the package.
    """

    talks: list[dict[str, Any]] = field(default_factory=list)
    left: list[dict[str, Any]] = field(default_factory=list)
    timeline: list[dict[str, Any]] = field(default_factory=list)
    predictions: list[dict[str, Any]] = field(default_factory=list)
    losses: list[dict[str, Any] | None] = field(default_factory=list)
    agents: list[dict[str, Any]] = field(default_factory=list)
    without: dict[str, dict[str, Any]] = field(default_factory=dict)
    vote: list[dict[str, Any]] = field(default_factory=list)


def findings_of(play: Play) -> Findings:
    """Work out what came of a workshop; the workshop is left as it is."""
    talks = opened_talks(play)
    return Findings(
        talks, left_on_table(play, talks), timeline_of(play), predictions_of(play), [losses_of(park) for park in play.parks],
        [beside_agents(play, place) for place in range(len(play.parks))], without_each(play),
        [effect_of_vote(play, place) for place in range(len(play.before_vote))],
    )  # fmt: skip


def round_of(month: float) -> int:
    """Return the round in which a month lies: the first month is practice's, then each round has 24."""
    return max(1, int((month - 1) // MONTHS_OF_A_ROUND) + 1)


def timeline_of(play: Play) -> list[dict[str, Any]]:
    """Return every contract that was signed, renewed or ended, by month; reason: of the end."""
    lines = []
    for place, park in enumerate(play.parks):
        state, rows = park.state, park.scenario.tables["materials"]
        for contract in state.exchanges[: int(state.clock.exchanges[0])]:
            material: Any = rows[int(state.streams.material[contract.supply])]  # type: ignore[index]
            who = {
                "park": place,
                "seller": park.names[int(contract.seller)],
                "buyer": park.names[int(contract.buyer)],
                "material": material.label,
            }
            began = "renewed" if contract.predecessor >= 0 else "signed"
            lines.append({**who, "month": int(contract.signed), "what": began, "reason": ""})
            if np.isfinite(contract.end) and contract.end >= 0 and contract.reason >= 0:
                lines.append(
                    {
                        **who,
                        "month": int(contract.end),
                        "what": "ended",
                        "reason": REASON_WORDS[REASONS[int(contract.reason)]],
                    }
                )
    return sorted(
        ({**line, "round": round_of(line["month"])} for line in lines), key=lambda line: (line["month"], line["park"])
    )


def predictions_of(play: Play) -> list[dict[str, Any]]:
    """Return by round what the crowd thought of the exchanges that run, and what came."""
    lines = []
    for number in sorted(play.truths):
        for place, truth in enumerate(play.truths[number]["running"]):
            guesses = sorted(
                answers["running"] for who, answers in play.predictions.get(number, {}).items()
                if "running" in answers and play.people[who].park == place
            )  # fmt: skip
            lines.append({"round": number, "park": place, "truth": truth, "guesses": guesses,
                          "median": median(guesses) if guesses else None})  # fmt: skip
    return lines


def beside_agents(play: Play, place: int) -> dict[str, Any]:
    """Return a park beside the same park with agents in every seat: by whole year, exchanges that run, gain [EUR], CO2 [t]."""
    park, whole = play.parks[place], play.parks[place].month // 12
    alone = play_without(play, place, (), everybody=True).park
    return {
        "year": [int(year) for year in park.yearly["year"][:whole]],
        **{f"{name}_people": [float(value) for value in park.yearly[name][:whole]] for name in ("links", "gain", "co2_avoided")},
        **{f"{name}_agents": [float(value) for value in alone.yearly[name][:whole]] for name in ("links", "gain", "co2_avoided")},
    }  # fmt: skip


def without_each(play: Play) -> dict[str, dict[str, Any]]:
    """Return for everybody with a company what the park would have gained without them, where enough could be kept."""
    whole = [float(gains_of(park).sum()) for park in play.parks]
    found = {}
    for person in play.seated():
        again = play_without(play, person.park, (person.company,))
        row = list(again.park.names).index(person.company)
        enough = again.share_kept >= LEAST_KEPT
        found[person.code] = {
            "kept": again.share_kept,
            "park": whole[person.park] - float(gains_of(again.park).sum()) if enough else None,
            "own": float((gains_of(play.parks[person.park]) - gains_of(again.park))[row]) if enough else None,
        }  # fmt: skip
    return found


def effect_of_vote(play: Play, place: int) -> dict[str, Any]:
    """Return what a package did: two forks from the vote, agents in every seat, with it and without it."""
    line = next(line for line in play.chosen if line["park"] == place)
    package, ends = play.packages[line["package"]], []
    for levers in (package["levers"], {}):
        fork = play.before_vote[place].fork()
        release(fork, fork.names)
        for name, size in levers.items():
            fork.set_policy(name, size, stop=None)
        ends.append(fork.advance(play.parks[place].month - fork.month))
    since = line["month"]
    return {"park": place, "package": package["name"], "with": _sums(ends[0], since), "without": _sums(ends[1], since)}


def _sums(park: Park, since: int) -> dict[str, float]:
    months = park.monthly[since:]
    running = int((park.state.exchanges.stage[: int(park.state.clock.exchanges[0])] == OPERATING).sum())
    sums = {name: float(np.sum(months[name])) for name in ("gain", "co2_avoided", "public_balance")}
    return {**sums, "running": float(running)}


class Debrief:
    """The findings of a workshop as they become ready. found: None until then. said: what went wrong, "" if nothing."""

    def __init__(self, play: Play, lock: threading.RLock | None = None):
        self.play, self.found, self.said = play, None, ""
        self.seconds = 0.0
        self._lock = lock or threading.RLock()
        self._asked = False

    def ask(self, then: Callable[[], None]) -> None:
        """Work the findings out in a thread, once; call `then` when they are there."""
        if not self._asked:
            self._asked = True
            work_aside(lambda: self._work(then), "debrief")

    def _work(self, then: Callable[[], None]) -> None:
        began = time.monotonic()
        try:
            self.found: Findings | None = findings_of(self.play)
        except Exception as error:
            log.exception("the debrief could not be worked out")
            self.said = type(error).__name__
        self.seconds = time.monotonic() - began
        then()
