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
    """A tab's visit to a workshop. code: "" for none. secret: key of the console that this tab has opened.

    name: what somebody who joins is called.
    """

    def __init__(self) -> None:
        super().__init__()
        self.code, self.face, self.secret = "", "phone", ""
        self.errors: dict[str, str] = {}
        self.name = ""

    @classmethod
    def returning(cls, device: str) -> Visit:
        """Return the visit of a device that has the console or a seat of an open workshop, the newest first; else an empty one.

        So a page whose server was started again comes back to its seat. device: its cookie, "" for none.
        """
        visit = cls()
        for code, workshop in reversed(registry().open_ones.items() if device else ()):
            leads = workshop.identities.leads(device)
            if leads or workshop.identities.who_has(device):
                visit.code, visit.face = code, "console" if leads else "phone"
                break
        return visit

    @guarded
    def open(self, people: Any, minutes: Any, source: str, lead: str = "") -> None:
        """Open a workshop for so many people and minutes, and show its console. lead: name of who leads it."""
        self.errors = {}
        try:
            workshop, key = registry().open(_whole(people), _whole(minutes), source=source)
            workshop.identities.call_lead(lead)
            workshop.start()
            self.code, self.face, self.secret = workshop.code, "console", key
        except InputError as error:
            self.errors = {mistake.place: say(mistake) for mistake in error.mistakes}
        self.ring()

    @guarded
    def join(self, code: str, face: str = "phone", name: str = "") -> None:
        """Show a face of an open workshop. name: what the phone's form of coming in begins with."""
        self.errors, self.name = {}, name
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


def _whole(typed: Any) -> Any:
    """Return the whole number that was typed, else what was typed, so that the mistake can be named."""
    number = as_number(typed)
    return int(number) if number is not None and number == int(number) else typed
