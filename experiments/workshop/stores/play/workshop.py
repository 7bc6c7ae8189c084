"""A workshop that runs: one lock, one clock thread, a journal; every change is an act, and the acts repeat it."""

from __future__ import annotations

import logging
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from math import isfinite
from typing import Any

import numpy as np

from ecopark.abm.input.errors import InputError

from ..observable import Store
from .acts import ACTS, CLOCK, FACILITATOR, PERSON
from .due import next_due
from .journal import Journal
from .people import FACILITATOR as LEADER
from .people import Identities
from .presence import Presence
from .state import Play, say
from .tables import waiting

log = logging.getLogger("ecopark.workshop")
KEPT_ACKS, MOST_AT_ONCE, COOL_DOWN = 4000, 400, 5_000
BEAT, IDLE_BEAT = 0.05, 0.5
Ack = dict[str, Any]


class Workshop(Store):
    """A workshop under its code. clock: returns ms of some steady clock; the workshop counts its own from its start.

    play: what the journal repeats. identities: names and keys. presence: who is here. began: ms that had passed before.
    """

    def __init__(
        self, code: str, play: Play, journal: Journal, identities: Identities, began: int = 0, source: str = "",
        clock: Callable[[], int] | None = None,
    ):  # fmt: skip
        super().__init__()
        self.code, self.play, self.journal, self.identities, self.source = code, play, journal, identities, source
        self.presence = Presence()
        self.count = 0
        self._clock = clock or (lambda: time.monotonic_ns() // 1_000_000)
        self._offset = self._clock() - began
        self._acks: OrderedDict[tuple[str, str], Ack] = OrderedDict()
        self._cooling: dict[str, int] = {}
        self._thread: threading.Thread | None = None
        self.closed = False
        self.last_act = time.monotonic()

    def now(self) -> int:
        """Return the ms since the start of the workshop."""
        return self._clock() - self._offset

    def do(self, act: str, who: str = "", id: str = "", **terms: Any) -> Ack:
        """Do an act and write it down; return its acknowledgement. An act with an id that came before counts once.

        What is wrong with it is said in `why`, a list of messages; nothing is changed then.
        """
        with self.lock:
            if id and (who, id) in self._acks:
                return self._acks[who, id]
            now = self.now()
            entry = self._entry(act, who, id, now, terms)
            ack = apply(self.play, entry)
            entry["ack"] = ack
            self._write(entry)
            if id:
                self._acks[who, id] = ack
                if len(self._acks) > KEPT_ACKS:
                    self._acks.popitem(last=False)
            if who in self.play.people:
                self.presence.hear(who, now)
        self.ring()
        return ack

    def _entry(self, act: str, who: str, id: str, now: int, terms: dict[str, Any]) -> dict[str, Any]:
        play, kind = self.play, ACTS.get(act)
        person = play.people.get(who)
        return {
            "n": self.count + 1, "time": now, "round": play.pace.round, "phase": play.pace.phase,
            "month": play.parks[0].month, "who": who, "act": act, "id": id, "terms": terms,
            "default": bool(kind and kind.default), "autopilot": bool(person and person.autopilot),
        }  # fmt: skip

    def _write(self, entry: dict[str, Any]) -> None:
        self.count += 1
        self.last_act = time.monotonic()
        self.journal.append(entry)

    def again(self, entry: dict[str, Any]) -> Ack:
        """Repeat an entry of the journal; return what it is acknowledged with now."""
        ack = apply(self.play, entry)
        self.count = entry["n"]
        if entry.get("id"):
            self._acks[entry["who"], entry["id"]] = ack
        return ack

    def tick(self) -> None:
        """Do everything that is due."""
        for _ in range(MOST_AT_ONCE):
            with self.lock:
                now = self.now()
                due = next_due(self.play, self.presence, now)
                if due is None or self._cooling.get(str(due), 0) > now:
                    return
                ack = self.do(**due)
                if not ack["ok"]:
                    self._cooling[str(due)] = now + COOL_DOWN

    def start(self) -> None:
        """Let the clock run until the workshop is closed."""
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, daemon=True, name=f"workshop {self.code}")
            self._thread.start()

    def _run(self) -> None:
        forced = 0.0
        while not self.closed:
            try:
                self.tick()
                if time.monotonic() - forced >= 1.0:
                    forced = time.monotonic()
                    self.journal.force(self.now())
            except Exception:
                log.exception("the clock of workshop %s", self.code)
                time.sleep(1.0)
            time.sleep(IDLE_BEAT if self.play.pace.ends is None else BEAT)

    def close(self) -> None:
        """Stop the clock; the journal stays."""
        self.closed = True
        if self._thread is not None and self._thread is not threading.current_thread():
            self._thread.join(2.0)
        self.journal.force(self.now())
        self.journal.close()
        self.ring()

    def drain(self) -> tuple[bool, set[str]]:
        """Return (whether the public face has changed, whose own face has) since this was asked last."""
        with self.lock:
            changed = self.play.public, set(self.play.touched)
            self.play.public, self.play.touched = False, set()
            return changed

    def connect(self, who: str) -> None:
        """Note a device of somebody more."""
        with self.lock:
            self.presence.connect(who, self.now())

    def disconnect(self, who: str) -> None:
        """Note a device of somebody less."""
        with self.lock:
            self.presence.disconnect(who)

    def hear(self, who: str) -> None:
        """Note a sign of life."""
        with self.lock:
            self.presence.hear(who, self.now())


def apply(play: Play, entry: dict[str, Any]) -> Ack:
    """Do what an entry says, in place; the same entries in the same order give the same state and the same answers."""
    kind, who = ACTS.get(entry["act"]), entry.get("who", "")
    if kind is None or not _may(kind.by, who, entry["act"]):
        return {"ok": False, "why": [say("This cannot be done from here.")]}
    try:
        kind.check(entry["terms"])
        extras = kind.do(play, who, entry["time"], **entry["terms"])
    except InputError as error:
        return {"ok": False, "why": [_refusal(mistake) for mistake in error.mistakes]}
    except Exception as error:  # as repeatable as everything else: the journal goes on
        log.exception("an act failed: %s", entry["act"])
        return {"ok": False, "failed": True, "why": [say("That did not work ({error}).", error=type(error).__name__)]}
    settle(play, entry["time"])
    return {"ok": True, **plain(extras or {})}


def plain(values: Any) -> Any:
    """Return values as they come back from a file: numbers of the tables as plain ones, what does not exist as null."""
    if isinstance(values, dict):
        return {str(name): plain(value) for name, value in values.items()}
    if isinstance(values, list | tuple):
        return [plain(value) for value in values]
    if isinstance(values, float | np.floating):
        return float(values) if isfinite(values) else None
    return int(values) if isinstance(values, np.integer) else values


def _may(by: str, who: str, act: str) -> bool:
    """Tell whether an act may come from somebody; a join is done by the workshop for who joins."""
    if by == CLOCK:
        return who == "" or act in ("join", "away", "floor")
    return who == LEADER if by == FACILITATOR else by == PERSON and bool(who) and who != LEADER


def _refusal(mistake: Any) -> list[Any]:
    return say(
        "{value} is not possible: {allowed}",
        value=str(mistake.value),
        allowed=mistake.allowed,
        place=str(mistake.place),
    )


def settle(play: Play, now: int) -> None:
    """Note for everybody since when nothing waits, in place; whose number of items changed sees it."""
    if play.pace.phase != "decide":
        return
    for person in play.people.values():
        busy = waiting(play, person) > 0
        if busy and person.idle >= 0:
            person.idle = -1
            play.touch(person.code)
        elif not busy and person.idle < 0:
            person.idle = now
            play.touch(person.code)
