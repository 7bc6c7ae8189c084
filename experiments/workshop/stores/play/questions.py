"""What is asked before a round, what is voted on, and how good a forecast was."""

from __future__ import annotations

from typing import Any

import numpy as np

from ecopark.abm.entities.codes import AGREED, ENDED, OPERATING
from ecopark.abm.interventions.attention import nearest_companies
from ecopark.abm.interventions.seats import row_of
from ecopark.abm.policies import POLICIES

from .people import Person
from .plan import MONTHS_OF_A_ROUND
from .state import Play, say

NO_CHANGE = say("No change")[0]
PACKAGES = (
    {"name": "Landfill tax", "levers": {"landfill_tax": 40.0}},
    {"name": "Price on carbon", "levers": {"carbon_price": 60.0}},
    {"name": "A broker for the park", "levers": {"broker": 1.0}},
)


def running(play: Play, park: int) -> int:
    """Return the number of exchanges that deliver at present."""
    state = play.parks[park].state
    return int((state.exchanges.stage[: int(state.clock.exchanges[0])] == OPERATING).sum())


def _contracts_of(play: Play, person: Person) -> list[int]:
    """Return the contracts of a person's company that have not ended, those that end first in front."""
    park = play.parks[person.park]
    table = park.state.exchanges[: int(park.state.clock.exchanges[0])]
    row = row_of(park, person.company)
    mine = np.flatnonzero(
        ((table.seller == row) | (table.buyer == row)) & (table.stage >= AGREED) & (table.stage < ENDED)
    )
    return sorted(map(int, mine), key=lambda place: (float(table.term_start[place] + 12 * table.term[place]), place))


def _lasts(play: Play, person: Person, contract: int) -> dict[str, Any]:
    """Return the question whether a contract of the own company lasts."""
    record: Any = play.parks[person.park].state.exchanges[contract]
    names = play.parks[person.park].names
    seller, buyer = names[int(record.seller)], names[int(record.buyer)]
    text = say(
        "Will your contract with {partner} last to the end of this round?",
        partner=buyer if seller == person.company else seller,
    )
    return {"name": f"lasts {contract}", "text": text}


def questions_of(play: Play, person: Person) -> list[dict[str, Any]]:
    """Return the two questions of a round: about the park and about oneself; each with its unit."""
    about_park = {
        "name": "running", "kind": "number", "unit": "exchanges",
        "text": say("How many exchanges run at the end of this round? Now: {now}.", now=running(play, person.park)),
    }  # fmt: skip
    if person.role != "company":
        return [about_park]
    contracts = _contracts_of(play, person)
    if not contracts:
        text = say("Will your company sign a contract in this round?")
        return [about_park, {"name": "signs", "kind": "choice", "unit": "", "text": text}]
    return [about_park, {**_lasts(play, person, contracts[0]), "kind": "choice", "unit": ""}]


def more_questions(play: Play, person: Person) -> list[dict[str, Any]]:
    """Return what may be asked besides: whether the company signs, each of its contracts lasts, and the nearest companies sign."""
    park = play.parks[person.park]
    signs = {"name": "signs", "text": say("Will your company sign a contract in this round?")}
    lasts = [_lasts(play, person, contract) for contract in _contracts_of(play, person)]
    others = [
        {"name": f"signs {one}", "text": say("Will {company} sign a contract in this round?", company=one)}
        for one in nearest_companies(park, person.company, len(park.names))
    ]
    return [signs, *lasts, *others]


def truth_of(play: Play, person: Person, name: str) -> float:
    """Return how a question came out at the end of the round."""
    if name == "running":
        return float(running(play, person.park))
    park = play.parks[person.park]
    table = park.state.exchanges[: int(park.state.clock.exchanges[0])]
    if name.startswith("lasts "):
        return float(table.stage[int(name.removeprefix("lasts "))] < ENDED)
    row, since = (
        row_of(park, name.removeprefix("signs ") if name != "signs" else person.company),
        park.month - MONTHS_OF_A_ROUND,
    )
    return float((((table.seller == row) | (table.buyer == row)) & (table.signed >= since)).any())


def forecast_score(errors: list[float]) -> float | None:
    """Return the forecast score, 100 (1 - mean of min(1, |p - y| / s)); None without a prediction. errors: |p - y| / s."""
    return None if not errors else 100.0 * (1.0 - sum(min(1.0, error) for error in errors) / len(errors))


def default_packages(play: Play) -> list[dict[str, Any]]:
    """Return the packages that stand to vote where the council has prepared none; the first is to change nothing."""
    known = [package for package in PACKAGES if set(package["levers"]) <= set(POLICIES)]  # type: ignore[call-overload]
    return [{"name": NO_CHANGE, "levers": {}, "cost": 0.0}, *({**package, "cost": None} for package in known)]


def count_votes(play: Play, park: int) -> list[int]:
    """Return the approvals of each package in a park."""
    counts = [0] * len(play.packages)
    for code, approved in play.votes.items():
        if play.people[code].park == park:
            for place in approved:
                counts[place] += 1
    return counts


def winner_of(counts: list[int]) -> int:
    """Return the package with most approvals; a tie, or no vote, changes nothing."""
    best = max(counts, default=0)
    return counts.index(best) if best > 0 and counts.count(best) == 1 else 0
