"""What one person sees beside what all see: the own seat, and nothing of anybody else's numbers."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import numpy as np

from ecopark.abm.entities.codes import AGREED, ENDED, OPERATING, OUT, SCREENED
from ecopark.abm.interventions.introductions import matches
from ecopark.abm.interventions.memberships import MEMBERSHIPS, membership
from ecopark.abm.interventions.permits import permits_wanted
from ecopark.abm.interventions.seats import cost_of_leaving, row_of
from ecopark.abm.interventions.talks import may_open

from ...stores.play.acts.roles import introductions_left
from ...stores.play.briefing import briefing_of
from ...stores.play.debrief.findings import Debrief
from ...stores.play.people import Identity, Person
from ...stores.play.plan import MONTHS_OF_A_ROUND
from ...stores.play.practice import practice_view
from ...stores.play.questions import questions_of, truth_of
from ...stores.play.scores import Scores
from ...stores.play.state import Play, say
from .items import items_of
from .own_debrief import own_debrief

MOST_OPENINGS, MOST_SEEN, MOST_CONTRACTS = 12, 5, 12


def phone_view(
    play: Play, person: Person, identity: Identity | None, scores: Scores, debrief: Debrief | None = None
) -> dict[str, Any]:
    """Return the own part of a phone's face."""
    own = scores.own(play, person)
    shown = scores.park(play, person.park)
    view: dict[str, Any] = {
        "who": _who(play, person, identity),
        "goal": {
            "gain": own["gain"], "par": own["par"], "share": shown["share"], "target": shown["goal"], "scale": _scale(own),
            "forecast": scores.forecast(play, person),
        },
        "agent": person.autopilot, "agent_did": _did(play, person), "tokens": play.tokens.get(person.code, 0),
        "more_time": person.extra != play.pace.round, "items": [], "vote": play.votes.get(person.code),
        "news": _news(person), "unread": sum(line["time"] > person.looked for line in person.news),
        "feeling": play.feelings.get(person.code), "home": play.home.get(person.code),
        "briefing": briefing_of(play, person),
    }  # fmt: skip
    view.update(_of_phase(play, person, debrief))
    if person.role == "company":
        view["items"] = items_of(play, person) if play.pace.phase == "decide" else []
        view["company"] = {
            "books": _books(play, person, own), "contracts": _contracts(play, person), "memberships": _memberships(play, person),
        }  # fmt: skip
        view["market"] = _market(play, person)
    if person.role == "broker":
        view["market"] = _broker_market(play, person)
    if person.role == "council":
        view["market"] = _council_market(play, person)
    return view


def _who(play: Play, person: Person, identity: Identity | None) -> dict[str, Any]:
    labels: Any = play.scenario.tables.get("companies") or ()
    label = next(
        (row.label for row in labels if row.name == person.company and getattr(row, "label", None)), person.company
    )
    return {
        "name": identity.name if identity else "", "word": identity.word if identity else "", "role": person.role,
        "company": person.company, "label": label, "park": person.park, "language": person.language, "number": person.number,
    }  # fmt: skip


def _scale(own: dict[str, Any]) -> str:
    """Return the unit that is fixed for a seat for the whole game: million where par is one or more, else thousand."""
    return "M" if abs(own["par"] or own["gain"] or 0.0) >= 1e6 else "k"


def _did(play: Play, person: Person) -> dict[str, int]:
    """Return what the agent signed and refused for the person in this round."""
    mine = [
        move
        for move in play.history
        if move["who"] == person.code and move.get("autopilot") and move["round"] == play.pace.round
    ]
    return {
        "signed": sum(bool(move.get("signed")) for move in mine),
        "refused": sum(move["act"] == "walk_out" for move in mine),
    }


def _news(person: Person) -> list[dict[str, Any]]:
    """Return the newest lines, newest first."""
    return [
        {"time": line["time"], "round": line["round"], "kind": line["kind"], "text": line["text"], "link": line["link"],
         "fresh": line["time"] > person.looked}
        for line in reversed(person.news[-MOST_SEEN:])
    ]  # fmt: skip


def _of_phase(play: Play, person: Person, debrief: Debrief | None) -> dict[str, Any]:
    if play.pace.phase == "predict":
        given = play.predictions.get(play.pace.round, {}).get(person.code, {})
        return {
            "questions": [{**question, "value": given.get(question["name"])} for question in questions_of(play, person)]
        }
    if play.pace.phase == "practice":
        return {"practice": practice_view(play, person)}
    if play.pace.phase == "reveal":
        given = play.predictions.get(play.pace.round, {}).get(person.code, {})
        return {"outcome": [
            {"text": _question(play, person, name), "guess": value, "truth": truth_of(play, person, name)}
            for name, value in given.items()
        ]}  # fmt: skip
    if play.pace.phase in ("debrief", "ended"):
        return own_debrief(play, person, debrief and debrief.found)
    return {}


def _question(play: Play, person: Person, name: str) -> list[Any]:
    if name == "running":
        return say("Exchanges that run at the end of the round")
    if name == "signs":
        return say("Your company signed a contract in this round")
    return say("Your contract lasted to the end of the round")


def _books(play: Play, person: Person, own: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the own books in three lines."""
    park = play.parks[person.park]
    company: Any = park.state.companies[row_of(park, person.company)]
    return [
        {"label": say("Gained by exchanges so far"), "value": own["gain"], "unit": "EUR"},
        {"label": say("Result of the last month"), "value": float(company.result), "unit": "EUR"},
        {"label": say("The same month without exchanges"), "value": float(company.result_alone), "unit": "EUR"},
    ]


def _contracts(play: Play, person: Person) -> list[dict[str, Any]]:
    """Return the contracts of the own company that have not ended, those that end first on top."""
    park = play.parks[person.park]
    row, rows = row_of(park, person.company), park.scenario.tables["materials"]
    table = park.state.exchanges[: int(park.state.clock.exchanges[0])]
    mine = np.flatnonzero(
        ((table.seller == row) | (table.buyer == row)) & (table.stage >= AGREED) & (table.stage < ENDED)
    )
    lines = []
    for place in mine:
        contract: Any = table[place]
        sells = int(contract.seller) == row
        material: Any = rows[int(park.state.streams.material[contract.supply])]
        lines.append({
            "exchange": int(place), "partner": park.names[int(contract.buyer if sells else contract.seller)],
            "material": material.label, "unit": material.unit, "quantity": float(contract.quantity),
            "price": float(contract.price), "sells": sells, "stage": "runs" if contract.stage == OPERATING else "built",
            "left": max(0, round(float(contract.term_start + 12 * contract.term) - park.month)), "gain": float(contract.seller_gain if sells else contract.buyer_gain),
            "cost": cost_of_leaving(park, int(place), person.company), "talking": bool(contract.talking == 1),
        })  # fmt: skip
    return sorted(lines, key=lambda line: (line["left"], line["exchange"]))[:MOST_CONTRACTS]


def _market(play: Play, person: Person) -> dict[str, Any]:
    """Return the own streams, who could fit, and whom one could look at; costs of others stay hidden."""
    park = play.parks[person.park]
    state, row = park.state, row_of(park, person.company)
    company: Any = state.companies[row]
    rows = park.scenario.tables["materials"]
    streams = []
    for stream in state.streams[company.stream_first : company.stream_first + company.stream_count]:
        yearly = 12.0 * float(stream.coefficient) * float(company.capacity)
        if yearly > 0:
            material: Any = rows[int(stream.material)]
            streams.append({
                "label": material.label, "sells": bool(stream.direction == OUT), "unit": material.unit, "quantity": yearly,
                "free": max(0.0, yearly - float(stream.contracted)),
            })  # fmt: skip
    openings = [
        {"opportunity": one.opportunity, "partner": one.partner, "material": _label(rows, one.material), "unit": one.unit,
         "quantity": one.quantity, "distance": round(one.distance, 1), "sells": one.sells,
         "studied": bool(state.funnel.stage[one.opportunity] == SCREENED)}
        for one in may_open(park, person.company)[:MOST_OPENINGS]
    ]  # fmt: skip
    partners = sorted(name for name in park.names if name != person.company)
    return {"streams": streams[:8], "openings": openings, "partners": partners if play.pace.phase != "decide" else []}


def _broker_market(play: Play, person: Person) -> dict[str, Any]:
    """Return whom a broker could bring together, and how many introductions are left in this round."""
    pairs = matches(play.parks[person.park]) if play.pace.phase == "decide" else []
    return {
        "matches": [
            {"opportunity": one.opportunity, "seller": one.seller, "buyer": one.buyer, "material": one.material, "unit": one.unit,
             "quantity": one.quantity, "distance": round(one.distance, 1)}
            for one in pairs
        ],
        "left": introductions_left(play, person.code),
    }  # fmt: skip


def _council_market(play: Play, person: Person) -> dict[str, Any]:
    """Return the permits that a council could grant, and whether it has granted the one of this round."""
    wanted = permits_wanted(play.parks[person.park]) if play.pace.phase == "decide" else []
    return {
        "permits": [asdict(one) for one in wanted[:MOST_OPENINGS]],
        "granted": (person.park, play.pace.round) in play.permits,
    }


def _memberships(play: Play, person: Person) -> list[dict[str, Any]]:
    """Return the memberships that a company could take for the round, as price against what they bring."""
    found = []
    for name in MEMBERSHIPS:
        one = membership(play.parks[person.park], person.company, name, MONTHS_OF_A_ROUND)
        taken = (person.park, person.company, name) in play.members
        expected = None if one.gain != one.gain else one.gain
        found.append(
            {"membership": name, "fee": one.fee, "expected": expected, "companies": one.companies, "taken": taken}
        )
    return found


def _label(rows: Any, material: str) -> str:
    return next(row.label for row in rows if row.material == material)
