"""What the facilitator sees: pace, people, what to say, what could be done; nothing of other people's drafts."""

from __future__ import annotations

from typing import Any

from ecopark.abm.entities.codes import AGREED, ENDED
from ecopark.abm.policies import POLICIES

from ...stores.actions import policies_now
from ...stores.play.debrief.findings import Debrief
from ...stores.play.phases import time_of_all
from ...stores.play.questions import running
from ...stores.play.roster import free_seats
from ...stores.play.scores import Scores
from ...stores.play.shocks import deck
from ...stores.play.state import Play, say
from ...stores.play.tables import waiting, waits_for_person
from ...stores.play.workshop import Workshop
from .public import public_view

LEVERS = (
    "landfill_tax",
    "incineration_tax",
    "carbon_price",
    "virgin_tax",
    "discharge_fine",
    "broker",
    "platform",
    "vision",
)
HINTS = (
    say("You may open a talk yourself: Market, then Propose a talk."), say("Look at what your by-products cost you every year."),
    say("An offer costs nothing until it is accepted."), say("A short contract binds you for one round only."),
    say("Who else could take what you throw away?"), say("Ask your agent once a talk: What would my agent do?"),
    say("Talk to the person: the phone carries only offers."), say("Think of your partner's next best choice."),
)  # fmt: skip
SAY_NOW = {
    "lobby": [say("Welcome. Open the link, take your seat, read your card."), say("Your goal is on top of your phone.")],
    "practice": [say("One minute of practice against an agent. Nothing counts yet.")],
    "predict": [say("What will happen in the next two years? Type your guess.")],
    "decide": [say("Now decide. No month passes. Walk to your partner if you like.")],
    "vote": [
        say("The council explains its packages; people talk. Approve of as many as you like."),
        say("The ballot opens one minute before the end, or when you press Next."),
    ],
    "run": [say("Two years pass.")],
    "reveal": [say("What did you not expect? Ask two people whose guess was far off.")],
    "debrief": [say("Start with how it felt, then what happened, then why.")],
    "ended": [say("Thank you. The report is yours to take home.")],
}  # fmt: skip
LIGHT_ORDER = {"away": 0, "quiet": 1, "here": 2}


def console_view(workshop: Workshop, scores: Scores, debrief: Debrief | None = None) -> dict[str, Any]:
    """Return the console's face."""
    play, now = workshop.play, workshop.now()
    seats = seat_rows(workshop, scores, now)
    return {
        **public_view(play, workshop.presence, scores, now, workshop.code, debrief, workshop.identities.lead),
        "seats": seats, "free": _free(play), "save": "" if workshop.journal.path is None else str(workshop.journal.path.name),
        "trouble": workshop.journal.trouble, "ahead": ahead_of_plan(play, now), "at_zero": at_zero(play),
        "say_now": SAY_NOW[play.pace.phase],
        "hints": [{"text": hint, "sent": any(line["text"] == hint[0] for line in play.hints)} for hint in HINTS],
        "sent": play.hints[-8:], "shocks": _shocks(play),
        "planned": [{"round": card["round"], "text": card["text"]} for card in play.shocks if card["round"] >= play.pace.round],
        "levers": _levers(play), "settings": {name: play.settings[name] for name in ("ranking", "wall", "story")},
        "notes": [{"time": line["time"], "round": line["round"], "text": line["text"]} for line in play.notes[-12:]],
    }  # fmt: skip


def seat_rows(workshop: Workshop, scores: Scores, now: int) -> list[dict[str, Any]]:
    """Return one line for everybody, those who need the facilitator first."""
    play, rows = workshop.play, []
    for person in play.people.values():
        if person.gone:
            continue
        light, items = workshop.presence.light(person.code, now), waiting(play, person)
        identity = workshop.identities.people.get(person.code)
        needs = light != "here" or bool(person.autopilot) or items > 2
        rows.append({
            "code": person.code, "name": identity.name if identity else person.code, "role": person.role, "company": person.company,
            "park": person.park, "light": light, "items": items, "decisions": person.decisions.get(play.pace.round, 0),
            "score": scores.own(play, person)["score"], "agent": person.autopilot, "needs": needs,
        })  # fmt: skip
    return sorted(rows, key=lambda row: (not row["needs"], LIGHT_ORDER[row["light"]], row["name"]))


def _free(play: Play) -> list[dict[str, Any]]:
    return [
        {"role": role, "company": company, "park": park}
        for park in range(len(play.parks))
        for role, company in free_seats(play, park)
    ]


def ahead_of_plan(play: Play, now: int) -> int | None:
    """Return by how many seconds the workshop is ahead of the time that was agreed, None before it begins."""
    if play.pace.phase in ("lobby", "ended") or play.started is None:
        return None
    left = (play.pace.left_at(now) or 0) / 1000 + time_of_all(play.plan, play.pace.phase, play.pace.round)
    planned = time_of_all(play.plan, "lobby", 0) + play.plan.reserve
    return round(planned - left - (now - play.started) / 1000)


def at_zero(play: Play) -> list[Any]:
    """Return the sentence about what happens when the time of the phase is over."""
    phase = play.pace.phase
    if phase == "decide":
        count = sum(waits_for_person(play, table) and table.draft is None for table in play.tables.values())
        return say(
            "At 0:00: offers without an answer ({count}) stay open, and two years pass without the deal.", count=count
        )
    if phase == "predict":
        missing = sum(not person.gone for person in play.people.values()) - len(
            play.predictions.get(play.pace.round, {})
        )
        return say("At 0:00: nothing is entered for those who have not predicted ({count}).", count=missing)
    if phase == "vote":
        return say("At 0:00: the package with most approvals is in force; a tie changes nothing.")
    return (
        say("At 0:00 the next phase begins.")
        if play.pace.ends is not None
        else say("The next phase begins when you start it.")
    )


def _shocks(play: Play) -> list[dict[str, Any]]:
    """Return the shocks that could be chosen, each with how many contracts it would hit."""
    if play.pace.phase in ("debrief", "ended"):
        return []
    return [{"kind": card["kind"], "text": card["text"], "hits": _hits(play, card)} for card in deck(play)]


def _hits(play: Play, card: dict[str, Any]) -> int:
    if card["kind"] == "prices":
        return running(play, 0)
    park = play.parks[0]
    row = list(park.names).index(card["company"])
    table = park.state.exchanges[: int(park.state.clock.exchanges[0])]
    mine = (table.seller == row) if card["kind"] == "permit" else (table.seller == row) | (table.buyer == row)
    return int((mine & (table.stage >= AGREED) & (table.stage < ENDED)).sum())


def _levers(play: Play) -> list[dict[str, Any]]:
    now = policies_now(play.parks[0])
    return [
        {
            "name": name,
            "label": POLICIES[name].label,
            "unit": POLICIES[name].unit,
            "size": now.get(name, 0.0),
            "most": None,
        }
        for name in LEVERS
        if name in POLICIES
    ]
