"""One negotiation against an agent, at a table of one's own: found by rule, played to its end, then opened up."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from ecopark.abm.entities.codes import REASONS
from ecopark.abm.input.scenario import Scenario
from ecopark.abm.interventions.offers import zone, zone_at
from ecopark.abm.interventions.seats import waiting_talks
from ecopark.abm.observation.event_texts import REASON_WORDS
from ecopark.abm.park import Park

from .player import Player
from .solo import Solo

SEED, LONGEST_WAIT, LONGEST_ANSWER = 0, 60 * 12, 24  # months
DECADE = 120  # months


@dataclass(frozen=True)
class Opened:
    """A talk that is over. sells: whether the person sold. low, high: lowest price for the seller, highest for the buyer.

    price: NaN without a deal. why: it ended without one.
    """

    sells: bool
    unit: str
    low: float
    high: float
    price: float
    why: str

    @property
    def share(self) -> float:
        """Return the person's share of the surplus, 0 to 1; NaN without a deal or a zone."""
        width = self.high - self.low
        share = (self.price - self.low) / width if width > 0 else np.nan
        return share if self.sells else 1.0 - share


class FirstTalk:
    """A person's first negotiation. player: at a park of its own. number: of the talk, None where the park has none.

    opened: the talk with both sides' numbers, None before it is over.
    """

    def __init__(self, scenario: Scenario, ring: Callable[[], None]):
        self.player = Player(Solo(scenario, SEED))
        self.opened: Opened | None = None
        self.number: int | None = None
        self._ring = ring
        self._before: Park | None = None
        self.company = first_seat(scenario)
        if self.company:
            self.player.sit(self.company)
            self._wait_for_a_talk()

    def _wait_for_a_talk(self) -> None:
        game = self.player.game
        while not game.pending() and game.park.month < min(LONGEST_WAIT, game.horizon):
            game.step()
        if game.pending():
            self.number = game.pending()[0][1]
            self._before = game.park.fork()

    def decide(self, decision: str, **terms: object) -> None:
        """Decide, and let months pass until the other side has answered or the talk is over."""
        game = self.player.game
        self.player.decide(self.company, self.number or 0, decision, **terms)
        if self.number is None or self.player.errors.get(f"talk {self.number}"):
            self._ring()
            return
        for _ in range(LONGEST_ANSWER):
            game.step()
            if self.number not in _open_talks(game.park) or self.number in waiting_talks(game.park, self.company):
                break
        if self.number in _open_talks(game.park):
            self._before = game.park.fork()
        else:
            self.opened = self._open_up()
        self._ring()

    def hand_over(self) -> Player:
        """Return the person at the park, which stops when ten years have passed."""
        game = self.player.game
        game.until = min(game.park.month + DECADE, game.horizon)
        self.player.panel = "seat"
        game.play()
        return self.player

    def _open_up(self) -> Opened | None:
        """Return the talk as it ended, with the prices that would have suited both, at the terms of the deal where there is one."""
        park, before = self.player.game.park, self._before
        if before is None or self.number is None:
            return None
        used = park.state.past_talks[: int(park.state.clock.past_talks[0])]
        row = used[int(np.flatnonzero(used.talk == self.number)[-1])]
        chance = park.state.opportunities[int(row.opportunity)]
        material: Any = park.scenario.tables["materials"][int(park.state.streams.material[int(chance.supply)])]
        sells, signed = park.names[int(chance.seller)] == self.company, bool(row.price == row.price)
        best = zone(before, self.number)
        low, high = zone_at(before, self.number, float(row.share), float(row.term)) if signed else (best.low, best.high)
        why = "" if signed else REASON_WORDS.get(REASONS[int(row.reason)], "")
        return Opened(sells, material.unit, low, high, float(row.price), why)


def _open_talks(park: Park) -> set[int]:
    return set(np.asarray(park.state.talks.number[: int(park.state.clock.talks[0])]).tolist())


def first_seat(scenario: Scenario) -> str:
    """Return the company whose first talk could suit both sides earliest, where agents play alone; "" where there is none."""
    park = Park(scenario, SEED).advance(min(LONGEST_WAIT, scenario.years * 12))
    used = park.state.past_talks[: int(park.state.clock.past_talks[0])]
    first: dict[int, tuple[int, bool]] = {}
    for row in sorted(used, key=lambda row: (int(row.opened), int(row.talk))):
        chance = park.state.opportunities[int(row.opportunity)]
        for company in (int(chance.seller), int(chance.buyer)):
            first.setdefault(company, (int(row.opened), bool(row.zone > 0)))
    fitting = [(opened, company) for company, (opened, suits) in first.items() if suits]
    return str(park.names[min(fitting)[1]]) if fitting else ""
