"""What a real decision is, and how often scripted people of a workshop have one."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from ecopark.experiments.workshop.stores.play.plan import MONTHS_OF_A_ROUND
from ecopark.experiments.workshop.stores.play.scores import Scores
from ecopark.experiments.workshop.stores.play.tables import waiting
from ecopark.experiments.workshop.view_models.faces.items import items_of

WINDOW, STEP = 150, 10  # s
PLAY = ("predict", "decide", "vote", "run", "reveal")
LEAST_STAKE = 0.01  # of the par of a round
YEARS = MONTHS_OF_A_ROUND / 12
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


def stake_of(item: dict[str, Any]) -> float:
    """Return by how much the best and the worst answer to an item differ for the own side in a round [EUR]."""
    if item["kind"] == "propose":
        return YEARS * 0.5 * item["estimate"]
    if item["kind"] == "terms":
        return YEARS * (item["was"] - item["worth"])
    if item["kind"] == "membership":
        return float(abs(item["fee"] - (item["expected"] or 0.0)))
    if not item["turn"] or item["draft"] is not None or item["auto"]:
        return 0.0
    worth = [0.0, *(offer["gain"] for offer in (item["theirs"], item["suggested"]) if offer)]
    return YEARS * (max(worth) - min(worth))


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
