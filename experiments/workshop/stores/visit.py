"""What one tab of the application shows of workshops: none, or a face of one."""

from __future__ import annotations

from typing import Any

from ecopark.abm.input.errors import InputError
from ecopark.abm.input.scenario import as_number

from .handlers import guarded, say
from .observable import Store
from .play.process import registry

FACES = ("phone", "projector", "console")


class Visit(Store):
    """A tab's visit to a workshop. code: "" for none. secret: key of the console that this tab has opened."""

    def __init__(self) -> None:
        super().__init__()
        self.code, self.face, self.secret = "", "phone", ""
        self.errors: dict[str, str] = {}

    @guarded
    def open(self, people: Any, minutes: Any, source: str) -> None:
        """Open a workshop for so many people and minutes, and show its console."""
        self.errors = {}
        try:
            numbers = [as_number(value) for value in (people, minutes)]
            whole = [int(number) if number is not None and number == int(number) else number for number in numbers]
            workshop, key = registry().open(whole[0], whole[1], source=source)
            workshop.start()
            self.code, self.face, self.secret = workshop.code, "console", key
        except InputError as error:
            self.errors = {mistake.place: say(mistake) for mistake in error.mistakes}
        self.ring()

    @guarded
    def join(self, code: str, face: str = "phone") -> None:
        """Show a face of an open workshop."""
        self.errors = {}
        try:
            self.code, self.face, self.secret = registry().find(code).code, face if face in FACES else "phone", ""
        except InputError as error:
            self.errors = {mistake.place: say(mistake) for mistake in error.mistakes}
        self.ring()

    @guarded
    def leave(self) -> None:
        """Show no workshop any more; it goes on."""
        self.code, self.secret = "", ""
        self.ring()


def open_workshops() -> list[dict[str, Any]]:
    """Return the workshops that are open: code, phase, people."""
    return [
        {"code": code, "phase": workshop.play.pace.phase, "people": len(workshop.play.people)}
        for code, workshop in registry().open_ones.items()
    ]
