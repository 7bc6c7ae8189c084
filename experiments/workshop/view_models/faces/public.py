"""What everybody may see: the projector's face, and the upper part of every phone."""

from __future__ import annotations

from typing import Any

import numpy as np

from ecopark.abm.entities.codes import OPEN
from ecopark.abm.policies import POLICIES

from ...stores.play.debrief.findings import Debrief
from ...stores.play.presence import Presence
from ...stores.play.questions import running
from ...stores.play.scores import Scores
from ...stores.play.state import Play, say
from .links import contracts, talks
from .opening import opening_view
from .slides import slide_view

MOST_NEWS, MOST_RANKED = 12, 5
QUESTIONS = (
    say("What did you not expect?"), say("Who gained most from this round, and why?"), say("Which talk would you hold again?"),
    say("What would you have paid to know before?"),
)  # fmt: skip


def public_view(
    play: Play,
    presence: Presence,
    scores: Scores,
    now: int,
    code: str = "",
    debrief: Debrief | None = None,
    lead: str = "",
) -> dict[str, Any]:
    """Return the public face of a workshop; no price, gain, offer, trust or note of anybody is in it."""
    pace, people = play.pace, [person for person in play.people.values() if not person.gone]
    view: dict[str, Any] = {
        "code": code, "lead": lead, "phase": pace.phase, "round": pace.round, "rounds": play.plan.rounds, "paused": pace.paused,
        "ends": pace.ends, "left": pace.left, "length": _length(play),
        "here": sum(presence.light(person.code, now) == "here" for person in people), "people": len(people),
        "expected": play.expected, "signed": play.signed_now,
        "news": [{"text": line["text"]} for line in play.round_news[-MOST_NEWS:]],
        "parks": [park_view(play, scores, place) for place in range(len(play.parks))],
        "slide": play.settings["slide"], "blank": play.settings["blank"], "frozen": play.settings["frozen"],
        "language": play.settings.get("language", "en"), "dark": play.settings.get("dark", True),
    }  # fmt: skip
    view.update(PHASE_PARTS.get(pace.phase, _nothing)(play))
    if pace.phase in ("reveal", "debrief", "ended"):
        view["ranking"] = _ranking(play, scores) if play.settings["ranking"] else []
    if pace.phase in ("debrief", "ended"):
        view["debrief"] = slide_view(play, scores, debrief and debrief.found, debrief.said if debrief else "")
    return view


def _nothing(play: Play) -> dict[str, Any]:
    return {}


def _lobby(play: Play) -> dict[str, Any]:
    """Return the beat of the opening story that the console has chosen; without one nothing stands there."""
    chosen = play.settings["story"]
    return {"story": opening_view(play.scenario, chosen) if chosen else None}


def _ranking(play: Play, scores: Scores) -> list[dict[str, Any]]:
    """Return the companies that are best against their par; only where the facilitator has asked for it."""
    rows = [
        {"name": person.company, "score": scores.own(play, person)["score"]}
        for person in play.seated()
        if person.company
    ]
    known = [row for row in rows if row["score"] is not None]
    return sorted(known, key=lambda row: (-row["score"], row["name"]))[:MOST_RANKED]


def _length(play: Play) -> int | None:
    return None if play.pace.ends is None else play.pace.ends - play.pace.began


def park_view(play: Play, scores: Scores, place: int) -> dict[str, Any]:
    """Return what all may see of a park: date, exchanges and talks as links, closed companies, share of the attainable."""
    park = play.parks[place]
    month = park.month
    shown = scores.park(play, place)
    closed = np.flatnonzero(park.state.companies.status != OPEN)
    return {
        "year": park.scenario.start_year + month // 12, "month": month % 12 + 1, "running": running(play, place),
        "talks": int(park.state.clock.talks[0]), "links": [*contracts(park), *talks(park)],
        "closed": [int(row) for row in closed], "share": shown["share"], "goal": shown["goal"], "before": shown["before"],
        "co2": shown["co2"],
    }  # fmt: skip


def _predict(play: Play) -> dict[str, Any]:
    given = play.predictions.get(play.pace.round, {})
    text = say("How many exchanges run at the end of this round?")
    return {"question": text, "answered": len(given), "asked": sum(not person.gone for person in play.people.values())}


def _vote(play: Play) -> dict[str, Any]:
    packages = [
        {"name": package["name"], "cost": package["cost"],
         "levers": [say("{lever}: {size} {unit}", lever=POLICIES[name].label, size=size, unit=POLICIES[name].unit) for name, size in package["levers"].items()]}
        for package in play.packages
    ]  # fmt: skip
    return {"packages": packages, "cast": len(play.votes), "ballot": play.ballot}


def _reveal(play: Play) -> dict[str, Any]:
    """Return predictions without names and the truth; what the vote decided."""
    number = play.pace.round
    guesses = sorted(
        answers["running"] for answers in play.predictions.get(number, {}).values() if "running" in answers
    )
    truth = play.truths.get(number, {}).get("running", [])
    chosen = [
        {"name": play.packages[line["package"]]["name"], "park": line["park"]}
        for line in play.chosen
        if line["round"] == number
    ]
    return {
        "reveal": {"question": say("Exchanges that run"), "truth": truth, "guesses": guesses, "unit": "exchanges"},
        "ask": QUESTIONS[number % len(QUESTIONS)], "chosen": chosen,
    }  # fmt: skip


PHASE_PARTS = {"lobby": _lobby, "predict": _predict, "vote": _vote, "reveal": _reveal}
