"""The workshops of a process: opened, found by their code, restored from their journals, closed."""

from __future__ import annotations

import secrets
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ecopark import __version__
from ecopark.abm.input.errors import InputError, Mistake
from ecopark.abm.input.loading import load_scenario, scenario_names
from ecopark.abm.input.scenario import Scenario

from .journal import FORMAT, DamagedError, Journal, encode, read_clock, read_journal, write_private
from .people import Identities
from .plan import MONTHS_OF_A_ROUND, Plan, plan_of
from .roster import in_roster, parks_for, roster_for, rosters_of, seat_file
from .state import Play
from .workshop import Workshop

LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
MOST_OPEN, IDLE_FOR = 40, 24 * 3600.0


@dataclass
class Registry:
    """The workshops of a process. folder: where journals are kept, None for nowhere. damaged: what could not be read."""

    scenario: Scenario
    source: str
    folder: Path | None = None
    clock: Callable[[], int] | None = None
    open_ones: dict[str, Workshop] = field(default_factory=dict)
    damaged: list[str] = field(default_factory=list)
    lock: threading.RLock = field(default_factory=threading.RLock)

    def open(
        self, people: int = 24, minutes: int = 60, seed: int | None = None, parks: int | None = None, source: str = "",
        **changes: Any,
    ) -> tuple[Workshop, str]:  # fmt: skip
        """Open a workshop; return it with the key of its console, 128 bits, which is kept as a hash alone.

        A seed that nobody names is drawn. Raises InputError.
        """
        plan = plan_of(minutes, **changes)
        source = source or self.source
        scenario = self.scenario if source == self.source else load_scenario(source)
        _check_opening(scenario, plan, people, parks)
        parks = parks or parks_for(people)
        roster = roster_for(scenario, source, -(-people // parks))
        with self.lock:
            self.close_idle()
            if len(self.open_ones) >= MOST_OPEN:
                raise InputError(
                    [
                        Mistake(
                            "workshops",
                            MOST_OPEN,
                            f"fewer than {MOST_OPEN} open; {self.longest_idle()} is idle longest",
                        )
                    ]
                )
            code = self._free_code()
            header = {
                "format": FORMAT, "version": __version__, "code": code, "source": source, "scenario": scenario.name,
                "seed": secrets.randbits(48) if seed is None else seed, "plan": plan.describe(), "people": people,
                "parks": parks, "roster": roster,
            }  # fmt: skip
            if source not in scenario_names():
                header["tables"] = scenario.describe()
            workshop = self._begin(header, scenario, plan)
            key = workshop.identities.make_link()
            self.open_ones[code] = workshop
        return workshop, key

    def _begin(self, header: dict[str, Any], scenario: Scenario, plan: Plan) -> Workshop:
        path = self._path(header["code"])
        if path is not None:
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            with suppress(OSError):
                write_private(path, encode(header))
        play = play_of(header, scenario, plan)
        return Workshop(header["code"], play, Journal(path), self._identities(path), 0, header["source"], self.clock)

    def _path(self, code: str) -> Path | None:
        return None if self.folder is None else self.folder / f"{code}.journal"

    @staticmethod
    def _identities(path: Path | None) -> Identities:
        return Identities(None if path is None else path.with_suffix(".people"))

    def _free_code(self) -> str:
        while True:
            code = "".join(secrets.choice(LETTERS) for _ in range(6))
            path = self._path(code)
            if code not in self.open_ones and (path is None or not path.exists()):
                return code

    def find(self, code: str) -> Workshop:
        """Return the workshop with a code; case, spaces and dashes do not matter. Raises InputError."""
        cleaned = "".join(letter for letter in code.upper() if letter.isalnum())
        if cleaned not in self.open_ones:
            raise InputError([Mistake("code", code[:20] or "nothing", "the code of a workshop that is open")])
        return self.open_ones[cleaned]

    def close(self, code: str) -> None:
        """Close a workshop; its journal is kept."""
        with self.lock:
            workshop = self.open_ones.pop(self.find(code).code)
        workshop.close()
        if workshop.journal.path is not None:
            with suppress(OSError):
                workshop.journal.path.with_suffix(".closed").touch(mode=0o600)

    def delete(self, code: str) -> None:
        """Close a workshop and remove what is kept of it."""
        workshop = self.find(code)
        self.close(code)
        if workshop.journal.path is not None:
            for suffix in (".journal", ".people", ".clock", ".closed"):
                workshop.journal.path.with_suffix(suffix).unlink(missing_ok=True)

    def longest_idle(self) -> str:
        """Return the code of the workshop in which nothing has happened for longest, "" when there is none."""
        return min(self.open_ones, key=lambda code: self.open_ones[code].last_act, default="")

    def close_idle(self) -> None:
        """Close every workshop in which nothing has happened for a day."""
        for code, workshop in list(self.open_ones.items()):
            if time.monotonic() - workshop.last_act > IDLE_FOR:
                self.close(code)

    def restore_all(self) -> None:
        """Open again every workshop that was open when the process ended; what is damaged is named, and kept."""
        if self.folder is None or not self.folder.is_dir():
            return
        for path in sorted(self.folder.glob("*.journal")):
            if path.with_suffix(".closed").exists() or len(self.open_ones) >= MOST_OPEN:
                continue
            try:
                workshop = self.restore(path)
            except (DamagedError, InputError, OSError, KeyError, TypeError, ValueError) as error:
                self.damaged.append(f"{path.name}: {error}")
                continue
            self.open_ones[workshop.code] = workshop
        for path in sorted(self.folder.glob("room-*.json")):
            self.damaged.append(f"{path.name}: a room of version 0.1, which this version does not open")

    def restore(self, path: Path) -> Workshop:
        """Return the workshop of a journal at its last good act; a damaged file is kept beside it as `.damaged`.

        Raises DamagedError or InputError when it cannot be opened at all: never another park than its own.
        """
        reading = read_journal(path)
        header = reading.header
        scenario, plan = scenario_of(header, self.scenario, self.source), Plan(**header["plan"])
        check_header(header, scenario)
        play = play_of(header, scenario, plan)
        workshop = Workshop(
            header["code"], play, Journal(None), self._identities(path), 0, header["source"], self.clock
        )
        bad_line, good = reading.bad_line, reading.entries
        for place, entry in enumerate(reading.entries):
            if workshop.again(entry) != entry.get("ack"):
                bad_line, good = place + 2, reading.entries[:place]
                break
        if bad_line:
            self.damaged.append(f"{path.name}: line {bad_line}")
            _set_aside(path, header, good)
            return self.restore(path)
        last = good[-1]["time"] if good else 0
        again = Workshop(
            header["code"],
            play,
            Journal(path),
            workshop.identities,
            max(last, read_clock(path)),
            header["source"],
            self.clock,
        )
        again.count, again._acks = len(good), workshop._acks
        for code in play.people:
            again.presence.hear(code, again.now())
        play.touch_all()
        return again


def _set_aside(path: Path, header: dict[str, Any], good: list[dict[str, Any]]) -> None:
    """Keep a damaged journal as `.damaged` and write the good part in its place."""
    place, number = path.with_suffix(".damaged"), 1
    while place.exists():
        number += 1
        place = path.with_suffix(f".damaged{number}")
    part = path.with_suffix(".part")
    write_private(part, encode(header) + b"".join(encode(entry) for entry in good))
    path.replace(place)
    part.replace(path)


def scenario_of(header: dict[str, Any], own: Scenario | None, source: str) -> Scenario:
    """Return the scenario that a journal was written for: a shipped one by name, else the tables in the header."""
    if header.get("tables") is not None:
        return Scenario.restore(header["tables"])
    if own is not None and header.get("source") == source:
        return own
    if header.get("source") not in scenario_names():
        raise InputError([Mistake("scenario", header.get("source"), "the name of a shipped scenario")])
    return load_scenario(header["source"])


def play_of(header: dict[str, Any], scenario: Scenario, plan: Plan) -> Play:
    """Return the workshop of a header at its beginning, with the roster and the private facts of its scenario."""
    names = rosters_of(scenario, header["source"]).get(header["roster"])
    played = scenario if not header["roster"] or names is None else in_roster(scenario, names)
    seats = seat_file(header["source"])
    play = Play(played, header["seed"], plan, header["parks"], header["people"], staged=bool(seats))
    play.secrets = [{"company": line["company"], "text": line["secret"]} for line in seats]
    return play


def check_header(header: dict[str, Any], scenario: Scenario) -> None:
    """Raise InputError when a journal cannot be repeated here."""
    if header.get("version") != __version__:
        raise InputError([Mistake("version", header.get("version"), f"a workshop of version {__version__}")])
    if header.get("scenario") != scenario.name:
        raise InputError([Mistake("scenario", header.get("scenario"), f"a workshop of {scenario.name}")])
    counts = {"parks": (1, 3), "people": (1, 200), "roster": (0, 10_000)}
    for name, (least, most) in counts.items():
        value = header.get(name)
        if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
            raise InputError([Mistake(name, value, f"a whole number from {least} to {most}")])


def _check_opening(scenario: Scenario, plan: Plan, people: int, parks: int | None) -> None:
    mistakes = []
    if isinstance(people, bool) or not isinstance(people, int) or not 1 <= people <= 200:
        mistakes.append(Mistake("people", people, "a whole number from 1 to 200"))
    if parks is not None and parks not in (1, 2, 3):
        mistakes.append(Mistake("parks", parks, "1, 2 or 3"))
    if plan.rounds * MONTHS_OF_A_ROUND >= scenario.years * 12:
        mistakes.append(
            Mistake(
                "rounds",
                plan.rounds,
                f"at most {(scenario.years * 12 - 1) // MONTHS_OF_A_ROUND}: the scenario has {scenario.years} years",
            )
        )
    if mistakes:
        raise InputError(mistakes)
