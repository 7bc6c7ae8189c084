"""The story that opens a workshop: how the park could go with agents in every seat, in six beats, one sentence and a map each."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from ecopark.abm.input.scenario import Scenario
from ecopark.abm.park import Park

from ..beats import SEED, beats_of
from .links import contracts


@dataclass(frozen=True)
class Told:
    """A beat as all may see it. text: a message; links: what runs or is built at that moment."""

    text: list[Any]
    year: int
    month: int
    running: int
    links: list[list[Any]]


@lru_cache(maxsize=4)
def opening_of(scenario: Scenario) -> tuple[Told, ...]:
    """Return the beats of one run of agents alone; it is another run than the one that people will play."""
    park, told = Park(scenario, SEED), []
    for beat in beats_of(scenario, {}).told:
        park.advance(beat.month + 1 - park.month if beat.month + 1 > park.month else 0)
        links = contracts(park)
        running = sum(link[3] == 1 for link in links)
        year = scenario.start_year + beat.month // 12
        places = {
            name: str(value) if name == "last" else value for name, value in beat.said[1].items()
        }  # a year is no amount
        told.append(Told([beat.said[0], places], year, beat.month % 12 + 1, running, links))
    return tuple(told)


def opening_view(scenario: Scenario, number: int) -> dict[str, Any]:
    """Return one beat, counted from 1; a number beyond the last is the last."""
    told = opening_of(scenario)
    beat = told[min(number, len(told)) - 1]
    return {
        "n": min(number, len(told)), "of": len(told), "text": beat.text,
        "park": {"year": beat.year, "month": beat.month, "running": beat.running, "links": beat.links, "closed": []},
    }  # fmt: skip
