"""A park that one person plays alone: the person may take seats, and hand each of them to its agent for a while."""

from __future__ import annotations

from typing import Any

from ecopark.abm.input.errors import InputError, Mistake, nearest
from ecopark.abm.input.scenario import Scenario
from ecopark.abm.interventions.last_bids import unanswered
from ecopark.abm.interventions.seats import row_of

from ..view_models.privacy import Sight
from .game import Game
from .shared_answer import Answer


class Solo(Game):
    """A game of one person. seats: companies that the person decides for. autopilot: those of them that agents play for now.

    debriefing: the answer to how the same park would have gone with agents in every seat.
    """

    def __init__(self, scenario: Scenario, seed: int = 0):
        super().__init__(scenario, seed)
        self.seats: set[str] = set()
        self.autopilot: set[str] = set()
        self.debriefing = Answer(self.ring)

    @property
    def sight(self) -> Sight:
        """Return what may be seen: everything, or what the own companies know while the person sits somewhere."""
        return Sight(not self.seats, frozenset(self.seats))

    def sit(self, company: str) -> None:
        """Decide for a company from now on."""
        with self.lock:
            row_of(self.park, company)
            self.seats.add(company)
            self.autopilot.discard(company)
            self.act("seat", company=company, taken=True)

    def stand_up(self, company: str) -> None:
        """Give a company back to its agent."""
        with self.lock:
            self._check_seat(company)
            self.seats.discard(company)
            self.autopilot.discard(company)
            self.act("seat", company=company, taken=False)

    def set_autopilot(self, company: str, on: bool) -> None:
        """Let the agent decide for a seat, for now."""
        with self.lock:
            self._check_seat(company)
            (self.autopilot.add if on else self.autopilot.discard)(company)
            self.act("seat", company=company, taken=not on)

    def decide(self, company: str, talk: int, decision: str, **terms: Any) -> None:
        """Say what the person wants of a talk; in a call for last bids an offer is its best price, to leave is to name none."""
        with self.lock:
            self._check_seat(company)
            if talk in unanswered(self.park, company):
                self.act("bid", talk=talk, company=company, **(terms if decision == "counter" else {}))
            else:
                self.act("decide", talk=talk, company=company, decision=decision, **terms)

    def leave(self, company: str, exchange: int) -> None:
        """End an exchange of the own company."""
        with self.lock:
            self._check_seat(company)
            self.act("leave", exchange=exchange, company=company)

    def _check_seat(self, company: str) -> None:
        if company not in self.seats:
            raise InputError(
                [Mistake("seat", company, "a company in whose seat you are", nearest(company, list(self.seats)))]
            )

    def rewind(self, month: int) -> None:
        """Go back to a month; the person stays seated."""
        with self.lock:
            super().rewind(month)
            self._seat_again()

    def restart(self, seed: Any = None) -> None:
        """Begin again; the person stays seated."""
        with self.lock:
            super().restart(seed)
            self._seat_again()

    def swap(self) -> None:
        """Play the other future; the person stays seated."""
        with self.lock:
            super().swap()
            self._seat_again()

    def _seat_again(self) -> None:
        for company in sorted(self.seats):
            wanted = company not in self.autopilot
            if bool(self.park.state.companies.seat[row_of(self.park, company)]) != wanted:
                self.act("seat", company=company, taken=wanted)
