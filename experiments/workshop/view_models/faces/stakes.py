"""What a decision is worth: by how much the best and the worst answer to an item differ for the own side."""

from __future__ import annotations

from math import inf
from typing import Any

from ...stores.play.people import Person
from ...stores.play.plan import MONTHS_OF_A_ROUND
from ...stores.play.state import Play
from .items import items_of

LEAST_STAKE = 0.01  # of the par of a round
YEARS = MONTHS_OF_A_ROUND / 12


def stake_of(item: dict[str, Any]) -> float:
    """Return by how much the best and the worst answer to an item differ in a round [EUR]; a forecast is scored: infinite."""
    if item["kind"] == "forecast":
        return inf
    if item["kind"] == "propose":
        return YEARS * 0.5 * float(item["estimate"])
    if item["kind"] == "terms":
        return YEARS * float(item["was"] - item["worth"])
    if item["kind"] == "membership":
        return abs(float(item["fee"]) - float(item["expected"] or 0.0))
    if not item["turn"] or item["draft"] is not None or item["auto"]:
        return 0.0
    worth = [0.0, *(offer["gain"] for offer in (item["theirs"], item["suggested"]) if offer)]
    return YEARS * (max(worth) - min(worth))


def least_stake(play: Play, person: Person) -> float:
    """Return from which stake on a decision counts for a seat [EUR]; 0 while par is worked out."""
    return LEAST_STAKE * play.par.get(person.company, 0.0)


def has_stake(play: Play, person: Person) -> bool:
    """Tell whether something waits for a seat that counts."""
    least = least_stake(play, person)
    return any(stake_of(item) > 0.0 and stake_of(item) >= least for item in items_of(play, person))
