"""Who may come in by which door: the device's cookie, the console's link and PIN, return words; wrong tries are counted."""

from __future__ import annotations

import secrets
import time
from collections import deque

COOKIE = "ecopark_device"
MOST_TRIES, WINDOW = 10, 600.0
PIN_DIGITS = 8


class Tries:
    """Wrong tries of all devices together: after ten within ten minutes there is a pause for all."""

    def __init__(self) -> None:
        self._wrong: deque[float] = deque()

    @property
    def locked(self) -> bool:
        """Tell whether no further try is heard at present."""
        while self._wrong and time.monotonic() - self._wrong[0] > WINDOW:
            self._wrong.popleft()
        return len(self._wrong) >= MOST_TRIES

    def miss(self) -> None:
        """Count a wrong try."""
        self._wrong.append(time.monotonic())


class Pin:
    """The PIN of a console: drawn by the process, never kept, compared in constant time."""

    def __init__(self) -> None:
        self.digits = f"{secrets.randbelow(10**PIN_DIGITS):0{PIN_DIGITS}d}"
        self.tries = Tries()

    def fits(self, said: str) -> bool:
        """Tell whether a PIN is right; a wrong one counts, and while too many were wrong none is right."""
        if self.tries.locked:
            return False
        if secrets.compare_digest("".join(said.split()).encode(), self.digits.encode()):
            return True
        self.tries.miss()
        return False


def new_device() -> str:
    """Return the key of a device, 128 bits."""
    return secrets.token_urlsafe(16)


def is_device(key: str | None) -> bool:
    """Tell whether a cookie has the form of a device's key."""
    return key is not None and 20 <= len(key) <= 64 and key.replace("-", "").replace("_", "").isalnum()
