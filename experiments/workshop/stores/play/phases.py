"""The phases of a workshop. Only time and the facilitator move them, never a person who is missing."""

from __future__ import annotations

from dataclasses import dataclass

from .plan import Plan

ROUND = ("predict", "decide", "vote", "run", "reveal")
PHASES = ("lobby", "practice", *ROUND, "debrief", "ended")


@dataclass
class Pace:
    """Where a workshop stands. Times in ms since its start; ends: None where only the facilitator ends the phase.

    left: ms that were left when it was paused, None while it goes on. added: ms of the reserve that are spent.
    """

    phase: str = "lobby"
    round: int = 0
    began: int = 0
    ends: int | None = None
    paused: bool = False
    left: int | None = None
    added: int = 0

    def enter(self, plan: Plan, phase: str, number: int, now: int) -> None:
        """Begin a phase, in place."""
        seconds = plan.seconds(phase)
        self.phase, self.round, self.began = phase, number, now
        self.ends = None if seconds is None else now + round(1000 * seconds)
        self.paused, self.left = False, None

    def pause(self, now: int) -> None:
        """Stop the time, in place."""
        if not self.paused:
            self.paused, self.left = True, None if self.ends is None else max(0, self.ends - now)

    def resume(self, now: int) -> int:
        """Let the time go on with what was left, in place; return the ms by which everything that is due moves."""
        if not self.paused:
            return 0
        shift = 0
        if self.left is not None and self.ends is not None:
            shift = now + self.left - self.ends
            self.ends += shift
            self.began += shift
        self.paused, self.left = False, None
        return shift

    def add(self, ms: int) -> None:
        """Lengthen the phase, in place."""
        self.added += ms
        if self.left is not None:
            self.left += ms
        if self.ends is not None:
            self.ends += ms

    def shorten(self, end: int) -> None:
        """Let the phase end at a time, unless it ends earlier, in place."""
        if self.paused:
            self.left = None if self.left is None else min(self.left, end - self.began)
        elif self.ends is not None:
            self.ends = min(self.ends, end)

    def is_over(self, now: int) -> bool:
        """Tell whether the time of the phase has run out."""
        return not self.paused and self.ends is not None and now >= self.ends

    def left_at(self, now: int) -> int | None:
        """Return the ms that are left, None where no time runs."""
        if self.paused:
            return self.left
        return None if self.ends is None else max(0, self.ends - now)


def following(plan: Plan, phase: str, number: int) -> tuple[str, int]:
    """Return (phase, round) that come next."""
    if phase == "lobby":
        return "practice", 0
    if phase == "practice":
        return "predict", 1
    if phase == "reveal":
        return ("debrief", number) if number >= plan.rounds else ("predict", number + 1)
    if phase == "debrief":
        return "ended", number
    if phase == "ended":
        return "ended", number
    after = ROUND[ROUND.index(phase) + 1]
    if after == "vote" and number != plan.policy:
        after = "run"
    return after, number


def time_of_all(plan: Plan, phase: str, number: int) -> float:
    """Return the seconds that all phases after this one are planned to last."""
    total = 0.0
    while phase != "ended":
        phase, number = following(plan, phase, number)
        total += plan.seconds(phase) or 0.0
    return total
