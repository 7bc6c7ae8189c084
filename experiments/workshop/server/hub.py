"""The hub of a workshop: what changed goes to every device, public frames encoded once for all."""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ..stores.observable import Waiter
from ..stores.play.debrief.again import parks_after
from ..stores.play.debrief.findings import Debrief
from ..stores.play.people import FACILITATOR
from ..stores.play.scores import Scores
from ..stores.play.workshop import Workshop, plain
from ..view_models.faces.console import console_view
from ..view_models.faces.phone import phone_view
from ..view_models.faces.public import public_view
from ..view_models.faces.whitelist import check
from .doors import Pin, Tries

log = logging.getLogger("ecopark.workshop")
CHECKED = os.environ.get("ECOPARK_CHECK_FACES") == "1"
MOST_QUEUED, LOOK_AGAIN = 200, 2.0
FACES = ("phone", "projector", "console")


def encode(value: Any) -> str:
    """Return a value as it travels."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


class Frames:
    """One face as its devices know it: the value of every field, and with which frame it changed last.

    So a device that has seen frame n gets exactly what changed since, however long it slept.
    """

    def __init__(self) -> None:
        self.n = 0
        self.values: dict[str, str] = {}
        self.changed: dict[str, int] = {}

    def update(self, view: Mapping[str, Any]) -> list[str]:
        """Take a new view; return the fields that changed or went (these get the value null)."""
        encoded = {name: encode(value) for name, value in view.items()}
        for name in self.values:
            encoded.setdefault(name, "null")
        fields = [name for name, text in encoded.items() if self.values.get(name) != text]
        if fields:
            self.n += 1
            self.values = encoded
            self.changed.update(dict.fromkeys(fields, self.n))
        return fields

    def write(self, kind: str, fields: list[str], head: str) -> str:
        """Return the frame of some fields as text."""
        body = ",".join(f"{encode(name)}:{self.values[name]}" for name in fields)
        return f'{{"t":"{kind}","n":{self.n},{head},"set":{{{body}}}}}'

    def since(self, seen: int) -> list[str]:
        """Return the fields that changed after a frame."""
        return [name for name, n in self.changed.items() if n > seen]


@dataclass(eq=False)
class Device:
    """A connected device. who: code of the person, the facilitator, or "" for nobody. key: its cookie."""

    face: str
    key: str
    who: str = ""
    queue: asyncio.Queue[str | None] = field(default_factory=lambda: asyncio.Queue(MOST_QUEUED))

    def send(self, text: str) -> None:
        """Queue a message; a device that takes none any more is let go."""
        try:
            self.queue.put_nowait(text)
        except asyncio.QueueFull:
            while not self.queue.empty():
                self.queue.get_nowait()
            self.queue.put_nowait(None)


class Hub:
    """Devices, frames and doors of one workshop; lives in the loop of the server."""

    def __init__(self, workshop: Workshop, scores: Scores):
        self.workshop, self.scores = workshop, scores
        self.epoch = secrets.token_hex(4)
        self.devices: set[Device] = set()
        self.public, self.console = Frames(), Frames()
        self.own: dict[str, Frames] = {}
        self.pin, self.words = Pin(), Tries()
        self._changed = asyncio.Event()
        self._loop = asyncio.get_running_loop()
        self._waiter = Waiter([workshop], self._wake)
        self._task = self._loop.create_task(self._run())
        self._scored = 0
        self.debrief = Debrief(workshop.play)
        scores.prepare_aside(self._take_par)

    def _wake(self) -> None:
        with contextlib.suppress(RuntimeError):  # the loop is closed when the server stops
            self._loop.call_soon_threadsafe(self._changed.set)

    def _take_par(self) -> None:
        """Let the workshop know what agents alone reach, so that its journal has it, and look at everything anew."""
        if self.scores.par is not None and not self.workshop.closed:
            self.workshop.do("par", values=self.scores.of_a_round(self.workshop.play.parks[0].names))
        self.refresh()

    def refresh(self) -> None:
        """Look at everything anew; may be called from any thread."""
        with self.workshop.lock:
            self.workshop.play.touch_all()
        self._wake()

    def close(self) -> None:
        """Let every device go."""
        self._waiter.close()
        self._task.cancel()
        for device in list(self.devices):
            device.send(encode({"t": "closed"}))
            with contextlib.suppress(asyncio.QueueFull):
                device.queue.put_nowait(None)

    async def _run(self) -> None:
        while True:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._changed.wait(), LOOK_AGAIN)
            self._changed.clear()
            if self.workshop.closed:
                self.close()
                return
            try:
                await self.flush()
            except Exception:
                log.exception("a frame of workshop %s", self.workshop.code)

    async def flush(self) -> None:
        """Send to every device what has changed for it."""
        self._close_round()
        _, touched = self.workshop.drain()
        self._send_public()
        if any(device.face == "console" for device in self.devices):
            self._send_console()
        wanted = {device.who for device in self.devices if device.face == "phone"} & touched
        for who in sorted(wanted):
            self.send_own(who)
            await asyncio.sleep(0)

    def _close_round(self) -> None:
        """Let the shares of the attainable be worked out once a round, and the debrief once in all, aside."""
        pace = self.workshop.play.pace
        if pace.phase in ("debrief", "ended"):
            self.debrief.ask(self.refresh)
        done = pace.round - (pace.phase not in ("reveal", "debrief", "ended"))
        for number in range(self._scored + 1, done + 1):
            self._scored = number
            with self.workshop.lock:
                now = pace.phase == "reveal" and number == pace.round
                forks = self.scores.forks(self.workshop.play) if now else None
            self._loop.run_in_executor(None, self._score, number, forks)

    def _score(self, number: int, forks: list[Any] | None) -> None:
        """Work out the share of a round; one that ended unseen, or before the server began anew, is played again."""
        try:
            with self.workshop.lock:
                course = list(self.workshop.play.course)
            self.scores.close_round(number, parks_after(self.workshop.play, course, number) if forks is None else forks)
        except Exception:
            log.exception("the share of a round could not be worked out")
        self.refresh()

    def _head(self) -> str:
        return f'"epoch":"{self.epoch}","now":{self.workshop.now()}'

    def look_public(self) -> list[str]:
        """Bring the public frame up to date; return its fields that changed."""
        with self.workshop.lock:
            view = public_view(
                self.workshop.play,
                self.workshop.presence,
                self.scores,
                self.workshop.now(),
                self.workshop.code,
                self.debrief,
                self.workshop.identities.lead,
            )
        return self._take(self.public, "projector", view)

    def _take(self, frames: Frames, face: str, view: dict[str, Any]) -> list[str]:
        if CHECKED:
            check(face, view)
        return frames.update(plain(view))

    def _send_public(self) -> None:
        fields = self.look_public()
        if fields:
            text = self.public.write("frame", fields, self._head())
            for device in self.devices:
                device.send(text)

    def look_console(self) -> list[str]:
        """Bring the console's frame up to date; return its fields that changed."""
        with self.workshop.lock:
            view = console_view(self.workshop, self.scores, self.debrief)
        return self._take(self.console, "console", view)

    def _send_console(self) -> None:
        fields = self.look_console()
        if fields:
            text = self.console.write("mine", fields, self._head())
            for device in self.devices:
                if device.face == "console" and device.who == FACILITATOR:
                    device.send(text)

    def look_own(self, who: str) -> list[str]:
        """Bring somebody's own frame up to date; return its fields that changed."""
        frames = self.own.setdefault(who, Frames())
        with self.workshop.lock:
            person = self.workshop.play.people.get(who)
            if person is None or person.gone:
                return []
            view = phone_view(
                self.workshop.play, person, self.workshop.identities.people.get(who), self.scores, self.debrief
            )
        return self._take(frames, "phone", view)

    def send_own(self, who: str) -> None:
        """Send somebody's devices what has changed for them."""
        fields = self.look_own(who)
        if fields:
            text = self.own[who].write("mine", fields, self._head())
            for device in self.devices:
                if device.who == who and device.face == "phone":
                    device.send(text)

    def greet(self, device: Device, seen: Mapping[str, Any]) -> list[str]:
        """Return what a device that comes back has missed, or everything for one that is new."""
        known = seen.get("epoch") == self.epoch
        self._send_public()  # what this look finds new is new for the others, too
        texts = [self._missed(self.public, "frame", seen.get("public") if known else 0)]
        if device.who == FACILITATOR and device.face == "console":
            self._send_console()
            texts.append(self._missed(self.console, "mine", seen.get("mine") if known else 0))
        elif device.who and device.face == "phone":
            self.send_own(device.who)
            texts.append(self._missed(self.own[device.who], "mine", seen.get("mine") if known else 0))
        texts.append(encode({"t": "hello", "who": device.who, "epoch": self.epoch, "now": self.workshop.now()}))
        return texts

    def _missed(self, frames: Frames, kind: str, seen: Any) -> str:
        number = seen if isinstance(seen, int) else 0
        return frames.write(kind, frames.since(number), self._head())
