"""The store of one tab at a table: what is selected, and the actions of one person on a room (alone or shared)."""

from __future__ import annotations

from typing import Any

from ecopark.abm.input.errors import InputError, Mistake
from ecopark.abm.input.scenario import as_number

from .handlers import guarded, say
from .observable import Store
from .rooms import Room

PANELS = ("details", "seat", "levers", "talks", "log")


class Player(Store):
    """One person at a table. key: stands for the browser. errors: what is wrong, by the field it belongs to."""

    def __init__(self, room: Room, key: str):
        super().__init__()
        self.room, self.key = room, key
        self.selected, self.panel, self.everything, self.indicator = "", "log", False, "links"
        self.talk: int | None = None
        self.errors: dict[str, str] = {}

    def _try(self, place: str, action: Any, *arguments: Any, **terms: Any) -> bool:
        """Do something; what is wrong with it is answered at its place."""
        self.errors.pop(place, None)
        try:
            action(*arguments, **terms)
        except InputError as error:
            self.errors[place] = ". ".join(say(mistake) for mistake in error.mistakes)
        self.ring()
        return place not in self.errors

    def _lead(self) -> Room:
        """Return the room if this person may set pace and levers."""
        if not self.room.may_lead(self.key):
            raise InputError([Mistake("controls", "this", "the facilitator's PIN first")])
        return self.room

    @guarded
    def press(self, what: dict[str, Any]) -> None:
        """Do what a button of the transport says."""
        room = self._lead()
        deeds = {
            "play": lambda: room.play(), "pause": lambda: room.pause(), "step": lambda: room.step(int(what["months"])),
            "speed": lambda: room.set_speed(what["speed"]), "go": lambda: room.go_to(what["year"]), "fork": lambda: room.fork(),
            "swap": lambda: room.swap(), "join": lambda: room.join(),
        }  # fmt: skip
        self._try("transport", deeds[what["do"]])

    @guarded
    def move(self, name: str, value: Any, dragged: bool = False) -> None:
        """Move a lever of the running park: it acts from this month on; None switches it off."""
        room = self._lead()
        number = 0.0 if value is None or value == "" else as_number(value)
        self._try(name, room.act, "policy", name=name.removeprefix("policy."), size=value if number is None else number)

    @guarded
    def strike(self, do: str, **terms: Any) -> None:
        """Strike the park with a shock."""
        self._try("shock", self._lead().act, do, **terms)

    @guarded
    def begin_again(self) -> None:
        """Begin the park again with the same chances."""
        self._lead().restart()
        self.selected, self.talk, self.errors = "", None, {}
        self.ring()

    @guarded
    def pick(self, what: str) -> None:
        """Select a company, an exchange or a talk; nothing clears the selection."""
        if what.startswith("talk "):
            self.talk, self.panel = int(what.removeprefix("talk ")), "talks"
        else:
            self.selected = what
            self.panel = "details" if what else self.panel
        self.ring()

    @guarded
    def look(self, **changes: Any) -> None:
        """Change what the tab shows: panel, talk, everything, indicator."""
        for name, value in changes.items():
            setattr(self, name, value)
        self.ring()

    @guarded
    def sit(self, company: str) -> None:
        """Take the seat of a company."""
        if self._try("seat", self.room.sit, self.key, company):
            self.panel = "seat"

    @guarded
    def stand_up(self, company: str) -> None:
        """Give a company back to its agent."""
        self._try("seat", self.room.stand_up, self.key, company)

    @guarded
    def set_autopilot(self, company: str, on: bool) -> None:
        """Let the agent decide for a seat, for now."""
        self._try("seat", self.room.set_autopilot, self.key, company, on)

    @guarded
    def decide(self, company: str, talk: int, decision: str, **terms: Any) -> None:
        """Accept, counter or leave a talk."""
        self._try(f"talk {talk}", self.room.decide, self.key, company, talk, decision, **terms)

    @guarded
    def leave(self, company: str, exchange: int) -> None:
        """End an exchange of the own company."""
        self._try("leave", self.room.leave, self.key, company, exchange)

    @property
    def companies(self) -> list[str]:
        """Return the companies in whose seats this person is."""
        return sorted(company for company, who in self.room.seats.items() if who == self.key)
