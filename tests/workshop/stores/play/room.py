"""A workshop under a clock that the test moves, with people who answer by what their phone shows them."""

from __future__ import annotations

from typing import Any

from ecopark.abm.input.loading import load_scenario
from ecopark.experiments.workshop.stores.play.people import FACILITATOR
from ecopark.experiments.workshop.stores.play.registry import Registry
from ecopark.experiments.workshop.view_models.faces.items import items_of

SHORT = {"practice": 10, "predict": 10, "decide": 120, "run": 10, "reveal": 10, "vote": 10, "debrief": 10}
BEAT = 100


class Room:
    """people: codes. kinds: quick, slow or away by code. values: parameters of the scenario. look: called every second, before people answer."""

    def __init__(
        self, folder=None, people=12, minutes=30, seed=3, scenario="harbour", kinds=("quick",), values=None, **changes
    ):
        self.ms = 0
        self.registry = Registry(load_scenario(scenario, values), scenario, folder, clock=lambda: self.ms)
        self.workshop, self.key = self.registry.open(people, minutes, seed, **(changes or SHORT))
        self.codes = [f"c0de{number:04x}" for number in range(people)]  # as nothing in a table of numbers
        self.kinds = {code: kinds[place % len(kinds)] for place, code in enumerate(self.codes)}
        self.answered: dict[str, int] = {}
        for code in self.codes:
            self.workshop.identities.add(code, "", f"key {code}")
            assert self.workshop.do("join", code)["ok"]

    @property
    def play(self) -> Any:
        return self.workshop.play

    def lead(self, act: str, **terms: Any) -> dict[str, Any]:
        return self.workshop.do(act, FACILITATOR, **terms)

    def pass_time(self, ms: int) -> None:
        """Let time go on in beats; everybody but who is away gives a sign of life and may answer."""
        end = self.ms + ms
        while self.ms < end:
            self.ms += BEAT
            for code, kind in self.kinds.items():
                if kind != "away" or self.play.pace.phase == "lobby":
                    self.workshop.hear(code)
            self.workshop.tick()
            if self.ms % 1000 == 0:
                self.look()
                self.let_answer()

    def look(self) -> None:
        """Nothing; a test puts its own in place."""

    def let_answer(self) -> None:
        for code, kind in self.kinds.items():
            pause = {"quick": 3000, "slow": 30_000}.get(kind)
            if pause is not None and self.ms - self.answered.get(code, 0) >= pause:
                self.answered[code] = self.ms
                answer(self.workshop, code)

    def play_through(self) -> None:
        while self.play.pace.phase != "ended":
            self.pass_time(1000)


def answer(workshop: Any, code: str) -> None:
    """Do what a simple person would: predict, vote, accept what is enough, else meet half-way."""
    play = workshop.play
    person = play.people[code]
    phase = play.pace.phase
    if phase == "predict" and code not in play.predictions.get(play.pace.round, {}):
        assert workshop.do("predict", code, values={"running": 3})["ok"]
    elif phase == "vote" and play.ballot and code not in play.votes:
        assert workshop.do("vote", code, packages=[1])["ok"]
    elif phase == "decide" and person.seated:
        take_next(workshop, code, items_of(play, person))


def _join_if_worth(item: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    worth = item["expected"] is None or item["expected"] > item["fee"]
    return ("member", {"membership": item["membership"]}) if worth else ("decline", {"item": item["item"]})


SIMPLE: dict[str, Any] = {
    "propose": lambda item: ("open", {"opportunity": item["opportunity"]}),
    "terms": lambda item: ("ask_terms", {"exchange": item["exchange"]}),
    "forecast": lambda item: ("forecast", {"item": item["item"], "value": 1}),
    "membership": _join_if_worth,
}


def take_next(workshop: Any, code: str, items: list[dict[str, Any]]) -> None:
    for item in items:
        if item["kind"] in SIMPLE:
            act, terms = SIMPLE[item["kind"]](item)
            workshop.do(act, code, **terms)
            return
        if item["kind"] == "call":
            if item["turn"]:
                limit = item["suggested"]
                terms = {name: limit[name] for name in ("price", "share", "term")} if limit["enough"] else {}
                assert workshop.do("bid", code, talk=item["talk"], **terms)["ok"]
                return
            continue
        if item["turn"] and item["draft"] is None:
            theirs, offer = item["theirs"], item["suggested"]
            if theirs and theirs["enough"] and (item["meeting"] > 3 or item["last"]):
                workshop.do("answer", code, talk=item["talk"], decision="accept")
            elif item["last"]:  # the other side has said its last word
                workshop.do("answer", code, talk=item["talk"], decision="leave")
            else:
                ack = workshop.do(
                    "answer",
                    code,
                    talk=item["talk"],
                    decision="counter",
                    price=offer["price"],
                    share=offer["share"],
                    term=offer["term"],
                )
                assert ack["ok"], ack
            return
