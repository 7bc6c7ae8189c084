"""What may strike the park in the shock round; drawn by the seed or chosen, hidden until the reveal."""

from __future__ import annotations

from typing import Any

import numpy as np

from ecopark.abm.entities.codes import ENDED, OPEN, OPERATING
from ecopark.abm.interventions.shocks import close_company, shock_price, withdraw_permit
from ecopark.abm.park import Park

from .scores import gains_of
from .state import Play, say

PRICE_FACTOR = 1.6


def deck(play: Play) -> list[dict[str, Any]]:
    """Return the shocks that are possible in this park, each with what it does and how it is told.

    A company with a person in its seat is never closed.
    """
    park = play.parks[0]
    cards = [
        {
            "kind": "prices",
            "factor": PRICE_FACTOR,
            "text": say("Virgin materials cost {factor} times as much.", factor=PRICE_FACTOR),
        }
    ]
    largest = _largest_exchange(park)
    if largest is not None:
        company, material, label = largest
        cards.append({"kind": "permit", "company": company, "material": material,
                      "text": say("{company} loses its permit to hand on {material}.", company=company, material=label)})  # fmt: skip
    anchor = _anchor(play)
    if anchor:
        cards.append({"kind": "anchor", "company": anchor, "text": say("{company} closes.", company=anchor)})
    return cards


def draw(play: Play) -> dict[str, Any]:
    """Return the shock that the seed draws."""
    cards = deck(play)
    return cards[(play.seed * 2_654_435_761 % 2**32 >> 7) % len(cards)]


def strike(play: Play, card: dict[str, Any]) -> None:
    """Let a shock strike every park in the month to come, in place."""
    for place, park in enumerate(play.parks):
        play.did(place, "shock", card=card, gains=[float(gain) for gain in gains_of(park)])
        strike_park(park, card)


def strike_park(park: Park, card: dict[str, Any]) -> None:
    """Let a shock strike a park in the month to come, in place."""
    if card["kind"] == "prices":
        shock_price(park, "material", card["factor"])
    elif card["kind"] == "permit":
        withdraw_permit(park, card["company"], card["material"])
    else:
        close_company(park, card["company"])


def _largest_exchange(park: Park) -> tuple[str, str, str] | None:
    """Return (company, material, its label) of the by-product of which most is delivered, None when none is."""
    state, rows = park.state, park.scenario.tables["materials"]
    table = state.exchanges[: int(state.clock.exchanges[0])]
    alive = np.flatnonzero(table.stage == OPERATING)
    if len(alive) == 0:
        return None
    weight = state.materials.weight[state.streams.material[table.supply[alive]]]
    best: Any = table[int(alive[int(np.argmax(table.quantity[alive] * weight))])]
    material: Any = rows[int(state.streams.material[best.supply])]  # type: ignore[index]
    return park.names[int(best.seller)], material.material, material.label


def _anchor(play: Play) -> str:
    """Return the company with most exchanges in whose seat nobody sits, "" when there is none."""
    park = play.parks[0]
    state = park.state
    table = state.exchanges[: int(state.clock.exchanges[0])]
    alive = table[(table.stage == OPERATING) | ((table.stage < ENDED) & (table.stage > 0))]
    count = np.zeros(len(state.companies), dtype=int)
    np.add.at(count, np.asarray(alive.seller), 1)
    np.add.at(count, np.asarray(alive.buyer), 1)
    for row in np.argsort(-count, kind="stable"):
        name = park.names[int(row)]
        free = all(play.at(place, name) is None for place in range(len(play.parks)))
        if free and count[row] > 0 and state.companies.status[row] == OPEN:
            return str(name)
    return ""
