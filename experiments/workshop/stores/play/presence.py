"""Who is here: any message counts as presence; who has been silent for long is away, and the agent plays."""

from __future__ import annotations

from dataclasses import dataclass, field

QUIET, AWAY, DROPPED = 20_000, 60_000, 25_000


@dataclass
class Presence:
    """When each person was heard last [ms of the workshop] and how many devices of theirs are connected."""

    heard: dict[str, int] = field(default_factory=dict)
    devices: dict[str, int] = field(default_factory=dict)

    def hear(self, who: str, now: int) -> None:
        """Note that somebody was heard, in place."""
        self.heard[who] = now

    def connect(self, who: str, now: int) -> None:
        """Note a device more, in place."""
        self.devices[who] = self.devices.get(who, 0) + 1
        self.hear(who, now)

    def disconnect(self, who: str) -> None:
        """Note a device less, in place."""
        self.devices[who] = max(0, self.devices.get(who, 0) - 1)

    def light(self, who: str, now: int) -> str:
        """Return here, quiet (silent for 20 s) or away (silent for 60 s and without a device)."""
        silent = now - self.heard.get(who, -AWAY)
        if silent >= AWAY and self.devices.get(who, 0) == 0:
            return "away"
        return "quiet" if silent >= QUIET else "here"
