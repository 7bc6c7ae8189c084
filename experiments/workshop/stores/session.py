"""The store of one tab: which screen it shows, and the stores of the screens."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import parse_qs

from ecopark.abm.input.errors import InputError, Mistake
from ecopark.abm.input.scenario import as_number

from ..server.shared import Workshop
from .explorer import Explorer
from .handlers import guarded, say
from .observable import Store
from .player import Player
from .rooms import Room, check_save
from .settings import from_link
from .visit import Visit

SCREENS = ("explore", "live", "rooms")


class Session(Store):
    """One tab of a browser. key: stands for the browser and survives a reload. query: of the address.

    guest: this person at the table of the room it is in, None outside. invited: the code in the address.
    """

    def __init__(self, workshop: Workshop, key: str, query: str = ""):
        super().__init__()
        self.workshop, self.key = workshop, key
        self.errors: dict[str, str] = {}
        self.explorer: Explorer = workshop.remembered(f"explorer {key}")
        linked = from_link(query)
        if linked or self.explorer is None:
            self.explorer = Explorer(workshop.laboratory, linked)
            workshop.remember(f"explorer {key}", self.explorer)
        self.player = Player(self._own_table(), key)
        self.name: str = workshop.remembered(f"name {key}") or ""
        self.invited = parse_qs(query.lstrip("?")).get("room", [""])[0].upper()
        self.guest = self._return_to_room()
        self.visit: Visit = workshop.remembered(f"visit {key}") or Visit()
        workshop.remember(f"visit {key}", self.visit)
        self.screen = "rooms" if self.invited or self.guest else (workshop.remembered(f"screen {key}") or "explore")
        if linked:
            self.screen = "explore"

    def _own_table(self) -> Room:
        """Return the park that this browser plays alone; a reload finds it again."""
        room = self.workshop.remembered(f"table {self.key}")
        if room is None:
            room = Room(self.workshop.scenario, source=self.workshop.source, solo=True)
            self.workshop.remember(f"table {self.key}", room)
        return room

    def _return_to_room(self) -> Player | None:
        """Return to the room that this browser was in before a reload, unless it is invited to another."""
        code = self.workshop.remembered(f"room {self.key}")
        if code is None:  # the server has been started again: the rooms come back from their logs
            code = self.workshop.rooms.code_of(self.key)
        if not code or (self.invited and self.invited != code):
            return None
        try:
            room = self.workshop.rooms.find(code)
        except InputError:
            return None
        if self.key not in room.people:
            return None
        guest = Player(room, self.key)
        guest.panel, self.name = "seat", room.people[self.key]
        return guest

    def stores(self) -> list[Store]:
        """Return what the page has to follow."""
        guest = [self.guest, self.guest.room] if self.guest else []
        return [self, self.explorer, self.player, self.player.room, self.visit, *guest]

    def go(self, screen: str) -> None:
        """Show another screen."""
        if screen in SCREENS:
            self.screen = screen
            self.workshop.remember(f"screen {self.key}", screen)
            self.ring()

    def _answer(self, form: str, error: InputError) -> None:
        """Say what is wrong beside its field of a form."""
        self.errors = {f"{form} {mistake.place}": say(mistake) for mistake in error.mistakes}
        self.ring()

    def _be_in(self, room: Room, name: str) -> None:
        room.enter(self.key, name)
        self.name, self.guest, self.errors, self.message = name, Player(room, self.key), {}, ""
        self.guest.panel = "seat"
        self.workshop.remember(f"name {self.key}", name)
        self.workshop.remember(f"room {self.key}", room.code)
        self.ring()

    @guarded
    def join(self, code: str, name: str) -> None:
        """Join a room by its code."""
        try:
            self._be_in(self.workshop.rooms.find(code), name)
        except InputError as error:
            self._answer("join", error)

    @guarded
    def open_room(self, name: str, seed: Any) -> None:
        """Open a room and lead it."""
        number = as_number(seed)
        try:
            wrong = [] if name.strip() else [Mistake("name", "nothing", "your name")]
            if number is None or number != int(number) or not 0 <= number < 2**62:
                wrong.append(Mistake("seed", seed, "a whole number from 0 on"))
            if wrong:
                raise InputError(wrong)
            self._be_in(self.workshop.rooms.open(self.key, int(number or 0) or None), name)
        except InputError as error:
            self._answer("open", error)

    @guarded
    def open_saved(self, data: bytes, name: str) -> None:
        """Open a room from its save file and lead it."""
        room = None
        try:
            saved = json.loads(data)
            check_save(saved)
            room = self.workshop.rooms.open(self.key)
            room.restore(saved)
            self._be_in(room, name or "facilitator")
        except (ValueError, TypeError, LookupError, AttributeError, RecursionError, InputError) as error:
            if room is not None:
                self.workshop.rooms.close(room)
            self.errors = {"open file": f"This is not a save file of a room ({error})."}
            self.ring()

    @guarded
    def unlock(self, pin: str) -> None:
        """Take the facilitator's controls by the PIN."""
        self.errors.pop("PIN", None)
        try:
            if self.guest is not None:
                self.guest.room.unlock(self.key, pin)
        except InputError as error:
            self.errors["PIN"] = say(error.mistakes[0])
        self.ring()

    @guarded
    def leave_room(self) -> None:
        """Leave the room; the agents take the seats."""
        if self.guest is not None:
            for company in self.guest.companies:
                self.guest.room.stand_up(self.key, company)
            self.guest.room.people.pop(self.key, None)
            self.guest.room.ring()
        self.guest = None
        self.workshop.remember(f"room {self.key}", "")
        self.ring()
