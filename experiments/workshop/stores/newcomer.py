"""The first minute of somebody new: a door, the story's beat, the question with the guess before its answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from ecopark.abm.input.errors import InputError, Mistake
from ecopark.abm.input.scenario import Scenario
from ecopark.abm.policies import POLICIES
from ecopark.analysis.exchanges.story_line import mark

from .explorer import Explorer
from .first_talk import FirstTalk
from .handlers import guarded
from .known_history import known_history
from .observable import Store
from .settings import Values
from .shared_answer import Answer

DOORS = ("watch", "change", "sit")
GUESSES = (mark("more"), mark("about as many"), mark("fewer"))
SAME = 0.5  # exchanges: a smaller mean difference counts as none


@dataclass(frozen=True)
class Question:
    """A lever with its question. text: with a place for the size. values: the settings that answer it."""

    text: str
    size: float
    values: Values


def questions_of(scenario: Scenario) -> list[Question]:
    """Return three levers, each with a question: at their usual size, or twice what the scenario has already."""
    texts = {
        "landfill_tax": mark("What if the landfill tax had been {size:g} EUR a tonne?"),
        "carbon_price": mark("What if a tonne of CO₂ had cost {size:g} EUR?"),
        "broker": mark("What if a broker had brought companies together?"),
    }
    present = {type(policy): float(policy.size or 0.0) for policy in scenario.policies}
    sizes = {name: 2.0 * present.get(POLICIES[name], 0.0) or float(POLICIES[name].default) for name in texts}
    return [Question(text, sizes[name], {f"policy.{name}": sizes[name]}) for name, text in texts.items()]


def history_of(source: str | Path, scenario: Scenario) -> dict[int, float]:
    """Return the number of exchanges by year as it went in fact, nothing where the scenario has no history."""
    known = known_history(source, scenario)
    return {} if known is None else known.mid


class Newcomer(Store):
    """Somebody new. door: "" before one is chosen. beat: shown of the story. guess: "" before it is made.

    told: the story, worked out when somebody wants to watch. talk: the negotiation of whoever sits at the table.
    """

    def __init__(self, explorer: Explorer, scenario: Scenario, source: str):
        super().__init__()
        self.explorer, self.scenario, self.source = explorer, scenario, source
        self.door, self.beat, self.guess = "", 0, ""
        self.questions = questions_of(scenario)
        self.question: Question | None = None
        self.told = Answer(self.ring)
        self.talk: FirstTalk | None = None

    @guarded
    def enter(self, door: str) -> None:
        """Go through a door; "" goes back to all of them."""
        if door not in ("", *DOORS):
            raise InputError([Mistake("door", door, f"one of {', '.join(DOORS)}")])
        self.door, self.beat, self.question, self.guess = door, 0, None, ""
        if door == "sit" and self.talk is None:
            self.talk = FirstTalk(self.scenario, self.ring)
        self.ring()

    @guarded
    def show(self, beat: int) -> None:
        """Show a beat of the story; after the last one come the levers."""
        count = len(self.told.value.told) if self.told.value is not None else 0
        if beat >= count > 0:
            self.enter("change")
            return
        self.beat = max(0, beat)
        self.ring()

    @guarded
    def ask(self, place: int) -> None:
        """Choose a question; the answer waits for a guess."""
        self.question, self.guess = self.questions[place], ""
        self.ring()

    @guarded
    def say_guess(self, guess: str) -> None:
        """Make the guess, and move the lever."""
        if self.question is None or guess not in GUESSES:
            raise InputError([Mistake("guess", guess, f"one of {', '.join(GUESSES)}, after a question")])
        self.guess = guess
        self.explorer.load(self.question.values)
        self.ring()

    def outcome(self) -> str:
        """Return what came true: one of the guesses; nothing while the answer is worked out."""
        seen = self.explorer.seen
        if (
            self.question is None
            or seen.baseline is None
            or seen.ensemble is None
            or seen.shown != self.question.values
        ):
            return ""
        return compare_ends(seen.baseline.table, seen.ensemble.table)


def compare_ends(base: Mapping[str, np.ndarray], shown: Mapping[str, np.ndarray]) -> str:
    """Return how the number of exchanges in the last year differs, mean over pairs of runs on the same shocks."""
    change = float(np.mean(shown["links"][:, -1]) - np.mean(base["links"][:, -1]))
    return GUESSES[1] if abs(change) < SAME else GUESSES[0] if change > 0 else GUESSES[2]
