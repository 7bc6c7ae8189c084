"""The rooms of a process: opened, found by their code, kept on disk."""

from __future__ import annotations

import json
import secrets
import threading
import time
from pathlib import Path

from ecopark.abm.input.errors import InputError, Mistake, nearest
from ecopark.abm.input.scenario import Scenario

from .rooms import Room

LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
MOST_ROOMS = 40


class Rooms:
    """The rooms of a process. saves: a folder in which every room keeps its log, None for none."""

    def __init__(self, scenario: Scenario, source: str, saves: Path | None = None):
        self.scenario, self.source, self.saves = scenario, source, saves
        self._rooms: dict[str, Room] = {}
        self._lock = threading.Lock()
        if saves is not None:
            saves.mkdir(mode=0o700, parents=True, exist_ok=True)
            saves.chmod(0o700)
            for path in sorted(saves.glob("room-*.json")):
                self._open_again(path)

    def open(self, key: str, seed: int | None = None) -> Room:
        """Open a room; who opens it is its facilitator. seed: left out it is drawn, so that nobody knows the future."""
        with self._lock:
            if len(self._rooms) >= MOST_ROOMS:
                raise InputError([Mistake("rooms", len(self._rooms), f"at most {MOST_ROOMS} rooms at a time")])
            code = "".join(secrets.choice(LETTERS) for _ in range(5))
            room = Room(self.scenario, secrets.randbelow(2**31) if seed is None else seed, code, self.source)
            room.leaders.add(key)
            self._rooms[code] = room
        self._keep(room)
        return room

    def find(self, code: str) -> Room:
        """Return the room with a code."""
        code = code.strip().upper()
        if code not in self._rooms:
            raise InputError(
                [
                    Mistake(
                        "room",
                        code or "nothing",
                        "the code of a room that is open",
                        nearest(code.lower(), [known.lower() for known in self._rooms]),
                    )
                ]
            )
        return self._rooms[code]

    def code_of(self, key: str) -> str:
        """Return the code of the newest room that somebody is in, nothing when there is none."""
        with self._lock:
            return next((code for code, room in reversed(self._rooms.items()) if key in room.people), "")

    def close(self, room: Room) -> None:
        """Close a room for good."""
        room.pause()
        with self._lock:
            self._rooms.pop(room.code, None)
        if self.saves is not None:
            (self.saves / f"room-{room.code}.json").unlink(missing_ok=True)

    def _open_again(self, path: Path) -> None:
        try:
            saved = json.loads(path.read_text(encoding="utf-8"))
            room = Room(self.scenario, 0, path.stem.removeprefix("room-"), self.source)
            if saved["scenario"] != room.save()["scenario"]:
                raise ValueError("it was played at another park")
            room.restore(saved)
        except (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
            reason = str(error).splitlines()[-1].strip(" -") or type(error).__name__
            print(f"{path.name} cannot be opened and is kept as it is: {reason}", flush=True)
            return
        self._rooms[room.code] = room
        self._keep(room)

    def _keep(self, room: Room) -> None:
        """Write the room's log whenever it has changed, at most once a second, in a thread of its own."""
        if self.saves is None:
            return
        path = self.saves / f"room-{room.code}.json"

        def write() -> None:
            seen = None
            while room.code in self._rooms:
                state = (room.park.month // 12, len(room.main.log), len(room.people), room.ended)
                if state != seen:
                    part = path.with_suffix(".part")
                    part.touch(mode=0o600)
                    part.chmod(0o600)
                    part.write_text(json.dumps(room.save()), encoding="utf-8")
                    part.replace(path)
                    seen = state
                time.sleep(1.0)

        threading.Thread(target=write, daemon=True, name=f"save {room.code}").start()
