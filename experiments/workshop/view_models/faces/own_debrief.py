"""The debrief of one person: the own talks opened up, what was missed, the own guesses, the park without this seat."""

from __future__ import annotations

from typing import Any

from ...stores.play.debrief.findings import Findings, predictions_of
from ...stores.play.debrief.talks import has_zone, opened_talks
from ...stores.play.people import Person
from ...stores.play.state import Play
from .slides import CAUSE_WORDS

MOST_TALKS, MOST_LEFT = 12, 5


def own_debrief(play: Play, person: Person, found: Findings | None) -> dict[str, Any]:
    """Return what a person sees of the debrief; the parts that are still being worked out are left out."""
    talks = opened_talks(play) if found is None else found.talks
    mine = [talk for talk in talks if talk["park"] == person.park and person.company in (talk["seller"], talk["buyer"])]
    view: dict[str, Any] = {
        "mine_talks": [own_talk(talk, person.company) for talk in mine[-MOST_TALKS:]], "mine_guesses": _guesses(play, person),
    }  # fmt: skip
    if found is not None and person.role == "company":
        view["mine_left"] = _left(found, person)
        view["mine_without"] = found.without.get(person.code)
    return view


def own_talk(talk: dict[str, Any], company: str) -> dict[str, Any]:
    """Return a talk as one of its sides sees it. mine: share of the surplus [%] that it got."""
    sells, place = talk["seller"] == company, talk["position"]
    mine = None if place is None else 100 * min(1.0, max(0.0, 1.0 - place if sells else place))
    return {
        "partner": talk["buyer"] if sells else talk["seller"], "material": talk["material"], "unit": talk["unit"], "end": talk["end"],
        "low": talk["low"], "high": talk["high"], "price": talk["price"], "sells": sells, "zone": has_zone(talk),
        "mine": None if mine is None else round(mine), "gain": talk["gain"],
    }  # fmt: skip


def _left(found: Findings, person: Person) -> list[dict[str, Any]]:
    mine = [
        line for line in found.left if line["park"] == person.park and person.company in (line["seller"], line["buyer"])
    ]
    return [
        {"partner": line["buyer"] if line["seller"] == person.company else line["seller"], "material": line["material"],
         "cause": CAUSE_WORDS[line["cause"]], "gain": line["gain"]}
        for line in mine[:MOST_LEFT]
    ]  # fmt: skip


def _guesses(play: Play, person: Person) -> list[dict[str, Any]]:
    return [
        {"round": line["round"], "guess": given["running"], "median": line["median"], "truth": line["truth"]}
        for line in predictions_of(play)
        if line["park"] == person.park
        and "running" in (given := play.predictions.get(line["round"], {}).get(person.code, {}))
    ]
