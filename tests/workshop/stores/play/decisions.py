"""What a real decision is, and how often scripted people of a workshop have one."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from ecopark.experiments.workshop.stores.play.scores import Scores
from ecopark.experiments.workshop.stores.play.tables import waiting
from ecopark.experiments.workshop.view_models.faces.items import items_of
from ecopark.experiments.workshop.view_models.faces.stakes import LEAST_STAKE, stake_of

WINDOW, STEP = 150, 10  # s
PLAY = ("predict", "decide", "vote", "run", "reveal")
SEEDS = 5


@dataclass
class Course:
    """For every second of play, whether a seat had a real decision before it; marks: phase and round of each second."""

    seconds: dict[str, list[bool]] = field(default_factory=dict)
    marks: list[str] = field(default_factory=list)

    def share(self, window: int = WINDOW) -> float:
        """Return the share of all windows of so many seconds in which a seat had a real decision."""
        shares = [windows(seconds, window) for seconds in self.seconds.values()]
        return sum(map(sum, shares)) / sum(map(len, shares))

    @property
    def longest_gap(self) -> int:
        """Return the longest time in which a seat had none [s]."""
        return max(map(longest_gap, self.seconds.values()))


def course_of(room: Any) -> Course:
    """Play a room to its debrief and return its course."""
    scores = Scores(room.play, seeds=SEEDS)
    scores.prepare()
    assert room.workshop.do("par", values=scores.of_a_round(room.play.parks[0].names))["ok"]
    room.lead("next")
    course = Course({person.code: [] for person in room.play.seated()})
    room.look = lambda: note(room.play, scores, course)
    while room.play.pace.phase not in ("debrief", "ended"):
        room.pass_time(1000)
    return course


def note(play: Any, scores: Scores, course: Course) -> None:
    """Note for every seat whether a real decision lies before it at present, in place."""
    if play.pace.phase not in PLAY:
        return
    course.marks.append(f"{play.pace.phase} {play.pace.round}")
    for person in play.seated():
        seconds = course.seconds.setdefault(person.code, [False] * (len(course.marks) - 1))
        seconds.append(decides(play, scores, person))


def decides(play: Any, scores: Scores, person: Any) -> bool:
    """Tell whether somebody has a prediction or a vote to give, or a choice between things that differ by 1 % of the par."""
    if play.pace.phase != "decide":
        return waiting(play, person) > 0
    if not waiting(play, person):
        return False
    par = scores.par_of(play, person, scores.rounds) or 0.0
    return any(stake_of(item) >= LEAST_STAKE * par / scores.rounds for item in items_of(play, person))


def windows(seconds: list[bool], window: int = WINDOW) -> list[bool]:
    """Return for windows that begin every ten seconds whether one of their seconds counts."""
    return [any(seconds[begin : begin + window]) for begin in range(0, max(1, len(seconds) - window + 1), STEP)]


def longest_gap(seconds: list[bool]) -> int:
    """Return the longest run of seconds that do not count."""
    longest = run = 0
    for one in seconds:
        run = 0 if one else run + 1
        longest = max(longest, run)
    return longest
