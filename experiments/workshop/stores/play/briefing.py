"""Briefing cards: who one is, in at most 90 words; written by the scenario where it has them, else from its tables."""

from __future__ import annotations

from typing import Any

from ecopark.abm.entities.codes import OUT
from ecopark.abm.interventions.seats import row_of

from .people import Person
from .state import Play, say

AIMS = {
    "company": say("Earn as much as you can by exchanges, whatever the others earn."),
    "council": say("Keep the public purse in order and the environment clean; prepare what is put to the vote."),
    "broker": say("Bring together who fits; you earn by the deals that run."),
    "observer": say("Watch, predict and vote."),
}


def briefing_of(play: Play, person: Person) -> dict[str, Any]:
    """Return the card of a person's seat."""
    card: dict[str, Any] = {"aim": AIMS[person.role]}
    if person.role != "company":
        return card
    park = play.parks[person.park]
    rows = park.scenario.tables["materials"]
    company: Any = park.state.companies[row_of(park, person.company)]
    given, wanted = [], []
    for stream in park.state.streams[company.stream_first : company.stream_first + company.stream_count]:
        if stream.coefficient > 0:
            material: Any = rows[int(stream.material)]
            (given if stream.direction == OUT else wanted).append(material.label)
    kind: Any = park.scenario.tables["types"][int(company.type)]
    card["makes"] = say("Your company: {type}. You make: {product}.", type=kind.label, product=kind.product)
    card["throws"] = say("You throw away: {list}.", list={"list": given[:4]})
    card["buys"] = say("You buy: {list}.", list={"list": wanted[:4]})
    secret = next((line for line in play.secrets if line["company"] == person.company), None)
    if secret is not None:
        card["secret"] = say("{secret}", secret=secret["text"])
    return card
