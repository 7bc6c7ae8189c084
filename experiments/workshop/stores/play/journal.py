"""The journal of a workshop: one line of JSON for everything that happened, from which all of it comes back.

The first line is the header (format, version, scenario, seed, plan). Lines are flushed at once and forced to the disk
each second; the file is the user's alone. A line that cannot be read ends the reading there: what came before holds.
"""

from __future__ import annotations

import json
import os
import threading
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

FORMAT = "ecopark workshop 1"
LONGEST_LINE, MOST_LINES = 200_000, 400_000


class DamagedError(ValueError):
    """The file is no journal, or its header cannot be read."""


def encode(entry: dict[str, Any]) -> bytes:
    """Return an entry as a line; NaN is refused, because it is no JSON."""
    return json.dumps(entry, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode() + b"\n"


@dataclass
class Reading:
    """What could be read of a journal. bad_line: number of the first line that could not be, 0 when all could."""

    header: dict[str, Any]
    entries: list[dict[str, Any]] = field(default_factory=list)
    bad_line: int = 0
    good_bytes: int = 0


def read_journal(path: Path) -> Reading:
    """Read a journal up to its first line that is damaged. Raises DamagedError when not even the header can be read."""
    with path.open("rb") as lines:
        first = lines.readline(LONGEST_LINE)
        header = _entry(first)
        if header is None or header.get("format") != FORMAT:
            raise DamagedError(f"{path.name} is no journal of a workshop ({FORMAT})")
        reading = Reading(header, good_bytes=len(first))
        number = 1
        while line := lines.readline(LONGEST_LINE):
            number += 1
            entry = _entry(line)
            if entry is None or entry.get("n") != number - 1 or number > MOST_LINES or not _has_form(entry):
                reading.bad_line = number
                return reading
            reading.entries.append(entry)
            reading.good_bytes += len(line)
    return reading


def _has_form(entry: dict[str, Any]) -> bool:
    """Tell whether an entry has what every entry has."""
    whole = isinstance(entry.get("time"), int) and not isinstance(entry.get("time"), bool) and entry["time"] >= 0
    return whole and isinstance(entry.get("act"), str) and isinstance(entry.get("terms"), dict)


def _entry(line: bytes) -> dict[str, Any] | None:
    """Return the entry of a line, None when it is damaged or cut."""
    if not line.endswith(b"\n"):
        return None
    try:
        entry = json.loads(line, parse_constant=_refuse)
    except (ValueError, RecursionError):
        return None
    return entry if isinstance(entry, dict) else None


def _refuse(name: str) -> None:
    raise ValueError(name)


def open_private(path: Path, append: bool = False) -> int:
    """Return a descriptor of a file that the user alone may read, whatever the umask."""
    flags = os.O_WRONLY | os.O_CREAT | (os.O_APPEND if append else os.O_TRUNC)
    handle = os.open(path, flags, 0o600)
    with suppress(OSError, AttributeError):
        os.fchmod(handle, 0o600)
    return handle


def write_private(path: Path, data: bytes) -> None:
    """Write a whole file that the user alone may read. Raises OSError."""
    with os.fdopen(open_private(path), "wb") as file:
        file.write(data)


class Journal:
    """A journal that is written. trouble: why it cannot be written at present, empty while it can.

    What cannot be written (a full disk) is kept and written later: play goes on.
    """

    def __init__(self, path: Path | None):
        self.path, self.trouble = path, ""
        self._lock = threading.Lock()
        self._kept = bytearray()
        self._written = 0
        self._handle = -1
        self._dirty = False
        if path is not None:
            self._written = path.stat().st_size if path.exists() else 0
            self._try(b"")

    def append(self, entry: dict[str, Any]) -> None:
        """Write an entry at once."""
        if self.path is not None:
            self._try(encode(entry))

    def _try(self, line: bytes) -> None:
        with self._lock:
            self._kept += line
            try:
                self._write()
                self.trouble = ""
            except OSError as error:
                self.trouble = error.strerror or str(error)
                self._let_go()  # what was half written is cut off when the file is opened again

    def _write(self) -> None:
        if self._handle < 0:
            self._handle = open_private(self.path, append=True)  # type: ignore[arg-type]
            os.ftruncate(self._handle, self._written)
        if self._kept:
            self._dirty = True
            done = os.write(self._handle, self._kept)
            if done < len(self._kept):
                raise OSError(28, "No space left on device")
            self._written += done
            self._kept.clear()

    def _let_go(self) -> None:
        if self._handle >= 0:
            with suppress(OSError):
                os.close(self._handle)
            self._handle = -1

    def force(self, now: int) -> None:
        """Force what was written to the disk, and note the time, so that time left is known after a crash."""
        if self.path is None:
            return
        if self._kept or self._handle < 0:
            self._try(b"")
        with suppress(OSError), self._lock:
            if self._dirty and self._handle >= 0:
                os.fsync(self._handle)
                self._dirty = False
        with suppress(OSError):
            write_private(clock_file(self.path), b"%d" % now)

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._let_go()


def clock_file(path: Path) -> Path:
    """Return where the time of a workshop is noted."""
    return path.with_suffix(".clock")


def read_clock(path: Path) -> int:
    """Return the ms that a workshop had lasted when its time was noted last, 0 when that is not known."""
    try:
        text = clock_file(path).read_text(encoding="ascii")
        return max(0, min(int(text), 10**10))
    except (OSError, ValueError):
        return 0
