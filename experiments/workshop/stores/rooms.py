"""A room: one shared park, people in seats, a facilitator behind a PIN, a log that is the save file."""

from __future__ import annotations

import secrets
import time
from typing import Any

from ecopark.abm.input.errors import InputError, Mistake, nearest
from ecopark.abm.input.loading import scenario_names
from ecopark.abm.input.scenario import Scenario
from ecopark.abm.interventions.seats import row_of

from ..view_models.privacy import Sight
from .actions import Action, replay
from .game import Future, Game
from .shared_answer import Answer

FORMAT = "ecopark room 1"
MOST_PEOPLE, TRIES, PENALTY = 60, 10, 600.0


class Room(Game):
    """A game with people. code: in the link. pin: opens the facilitator's controls. solo: one person plays alone.

    people: name by key (a key stands for a browser). seats: key by company. autopilot: seats that agents play for now.
    """

    def __init__(self, scenario: Scenario, seed: int = 0, code: str = "", source: str = "", solo: bool = False):
        super().__init__(scenario, seed)
        self.code, self.source, self.solo = code, source, solo
        self.pin = f"{secrets.randbelow(10**6):06d}"
        self.leaders: set[str] = set()
        self.people: dict[str, str] = {}
        self.seats: dict[str, str] = {}
        self.autopilot: set[str] = set()
        self.ended = False
        self.debriefing = Answer(self.ring)
        self._tries: list[float] = []

    def enter(self, key: str, name: str) -> None:
        """Let somebody in under a name; who comes back after a reload keeps the name and the seats."""
        name = name.strip()[:30]
        with self.lock:
            taken = {other for who, other in self.people.items() if who != key}
            if not name or name in taken:
                raise InputError([Mistake("name", name or "nothing", "a name that nobody else in the room has")])
            if key not in self.people and len(self.people) >= MOST_PEOPLE:
                raise InputError([Mistake("room", self.code, f"a room with fewer than {MOST_PEOPLE} people")])
            self.people[key] = name
        self.ring()

    def may_lead(self, key: str) -> bool:
        """Tell whether somebody may set pace and levers."""
        return self.solo or key in self.leaders

    def unlock(self, key: str, pin: str) -> None:
        """Give the facilitator's controls to who knows the PIN; after ten wrong tries, whoever's, all have to wait."""
        with self.lock:
            self._tries = [when for when in self._tries if time.monotonic() - when < PENALTY]
            if len(self._tries) >= TRIES:
                raise InputError([Mistake("PIN", "too many tries", f"another try in {PENALTY / 60:.0f} minutes")])
            if not secrets.compare_digest(pin.strip().encode(), self.pin.encode()):
                self._tries.append(time.monotonic())
                raise InputError([Mistake("PIN", pin, "the six digits that the facilitator sees")])
            self.leaders.add(key)
        self.ring()

    def sight(self, key: str) -> Sight:
        """Return what somebody may see: the own companies; everything after the end, or alone without a seat."""
        own = frozenset(company for company, who in self.seats.items() if who == key)
        return Sight(self.ended or (self.solo and not own), own)

    def sit(self, key: str, company: str) -> None:
        """Let somebody decide for a company."""
        with self.lock:
            row_of(self.park, company)
            holder = self.seats.get(company)
            if holder is not None and holder != key:
                raise InputError(
                    [
                        Mistake(
                            "seat",
                            company,
                            f"a company whose seat is free; {self.people.get(holder, 'somebody')} sits there",
                        )
                    ]
                )
            self.seats[company] = key
            self.autopilot.discard(company)
            self.act("seat", company=company, taken=True)

    def stand_up(self, key: str, company: str) -> None:
        """Give a company back to its agent."""
        with self.lock:
            self._check_holder(key, company, leaders_too=True)
            self.seats.pop(company, None)
            self.autopilot.discard(company)
            self.act("seat", company=company, taken=False)

    def set_autopilot(self, key: str, company: str, on: bool) -> None:
        """Let the agent decide for a seat, for now."""
        with self.lock:
            self._check_holder(key, company, leaders_too=True)
            (self.autopilot.add if on else self.autopilot.discard)(company)
            self.act("seat", company=company, taken=not on)

    def decide(self, key: str, company: str, talk: int, decision: str, **terms: Any) -> None:
        """Write what somebody in a seat wants of a talk."""
        with self.lock:
            self._check_holder(key, company)
            self.act("decide", talk=talk, company=company, decision=decision, **terms)

    def leave(self, key: str, company: str, exchange: int) -> None:
        """End an exchange of the own company."""
        with self.lock:
            self._check_holder(key, company)
            self.act("leave", exchange=exchange, company=company)

    def _check_holder(self, key: str, company: str, leaders_too: bool = False) -> None:
        if self.seats.get(company) != key and not (leaders_too and self.may_lead(key)):
            raise InputError(
                [Mistake("seat", company, "a company in whose seat you are", nearest(company, list(self.seats)))]
            )

    def rewind(self, month: int) -> None:
        """Go back to a month; who sits stays seated."""
        with self.lock:
            super().rewind(month)
            self._seat_again()

    def restart(self, seed: Any = None) -> None:
        """Begin again; who sits stays seated."""
        with self.lock:
            super().restart(seed)
            self._seat_again()

    def swap(self) -> None:
        """Play the other future; who sits stays seated."""
        with self.lock:
            super().swap()
            self._seat_again()

    def _seat_again(self) -> None:
        for company in self.seats:
            wanted = company not in self.autopilot
            if bool(self.park.state.companies.seat[row_of(self.park, company)]) != wanted:
                self.act("seat", company=company, taken=wanted)

    def end_round(self, ended: bool = True) -> None:
        """End the round with the debrief, or open it again."""
        with self.lock:
            self.playing, self.ended = False, ended
        self.ring()

    def save(self) -> dict[str, Any]:
        """Return the save file: what repeats the park, and who sat where. It holds no PIN: who has the file cannot lead by it."""
        with self.lock:
            known = self.source in scenario_names()
            return {
                "format": FORMAT, "code": self.code, "scenario": self.source if known else self.scenario.describe(),
                "seed": self.seed, "month": self.park.month, "log": list(self.main.log), "ended": self.ended,
                "people": dict(self.people), "seats": dict(self.seats), "autopilot": sorted(self.autopilot), "leaders": sorted(self.leaders),
            }  # fmt: skip

    def restore(self, saved: dict[str, Any]) -> None:
        """Take the course of a save file. Raises InputError when it is none."""
        log, seed, month = check_save(saved)
        with self.lock:
            self.main = Future(replay(self.scenario, seed, log, month), log)
            self.seed, self.other, self.ghost, self.playing = seed, None, None, False
            self.people.update(saved.get("people", {}))
            self.seats = dict(saved.get("seats", {}))
            self.autopilot = set(saved.get("autopilot", []))
            self.leaders |= set(saved.get("leaders", []))
            self.ended = bool(saved.get("ended", False))
        self.ring()


def check_save(saved: Any) -> tuple[list[Action], int, int]:
    """Return log, seed and month of a save file."""
    try:
        if saved["format"] != FORMAT:
            raise KeyError("format")
        return [dict(action) for action in saved["log"]], int(saved["seed"]), int(saved["month"])
    except (KeyError, TypeError, ValueError) as error:
        raise InputError(
            [Mistake("save file", str(error), f"a file that a room of ecopark has saved ({FORMAT})")]
        ) from error
