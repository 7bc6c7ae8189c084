"""The store of one tab at a table: what is selected, and what this person does to the park."""

from __future__ import annotations

from typing import Any

from ecopark.abm.input.errors import InputError
from ecopark.abm.input.scenario import as_number

from .handlers import guarded, say
from .known_history import Known
from .observable import Store
from .solo import Solo

PANELS = ("details", "seat", "levers", "talks", "log")


class Player(Store):
    """One person at a park of their own. errors: what is wrong, by the field it belongs to. compared: whether the debrief is open."""

    def __init__(self, game: Solo):
        super().__init__()
        self.game, self.compared = game, False
        self.known: Known | None = None  # how the park went in fact
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

    @guarded
    def press(self, what: dict[str, Any]) -> None:
        """Do what a button of the transport says."""
        game = self.game
        deeds = {
            "play": lambda: game.play(), "pause": lambda: game.pause(), "step": lambda: game.step(int(what["months"])),
            "speed": lambda: game.set_speed(what["speed"]), "go": lambda: game.go_to(what["year"]), "fork": lambda: game.fork(),
            "swap": lambda: game.swap(), "join": lambda: game.join(),
        }  # fmt: skip
        self.compared = False
        self._try("transport", deeds[what["do"]])

    @guarded
    def compare(self) -> None:
        """Stop the clock and open the debrief, or close it again; it closes as soon as time goes on."""
        self.game.pause()
        self.compared = not self.compared
        self.ring()

    @guarded
    def move(self, name: str, value: Any, dragged: bool = False) -> None:
        """Move a lever of the running park: it acts from this month on; None switches it off."""
        number = 0.0 if value is None or value == "" else as_number(value)
        self._try(
            name, self.game.act, "policy", name=name.removeprefix("policy."), size=value if number is None else number
        )

    @guarded
    def strike(self, do: str, **terms: Any) -> None:
        """Strike the park with a shock."""
        self._try("shock", self.game.act, do, **terms)

    @guarded
    def begin_again(self) -> None:
        """Begin the park again with the same chances."""
        self.game.restart()
        self.selected, self.talk, self.errors, self.compared = "", None, {}, False
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
        if self._try("seat", self.game.sit, company):
            self.panel = "seat"

    @guarded
    def stand_up(self, company: str) -> None:
        """Give a company back to its agent."""
        self._try("seat", self.game.stand_up, company)

    @guarded
    def set_autopilot(self, company: str, on: bool) -> None:
        """Let the agent decide for a seat, for now."""
        self._try("seat", self.game.set_autopilot, company, on)

    @guarded
    def decide(self, company: str, talk: int, decision: str, **terms: Any) -> None:
        """Accept, counter or leave a talk."""
        self._try(f"talk {talk}", self.game.decide, company, talk, decision, **terms)

    @guarded
    def leave(self, company: str, exchange: int) -> None:
        """End an exchange of the own company."""
        self._try("leave", self.game.leave, company, exchange)

    @property
    def companies(self) -> list[str]:
        """Return the companies in whose seats this person is."""
        return sorted(self.game.seats)
