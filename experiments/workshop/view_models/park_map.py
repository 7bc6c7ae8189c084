"""The map of a park: companies and directed links, as a static part and a small frame per month."""

from __future__ import annotations

from collections.abc import Collection
from functools import lru_cache
from typing import Any

import numpy as np

from ecopark.abm.entities.codes import AGREED, ENDED, OPEN, OPERATING
from ecopark.abm.initialization.found import ground_of
from ecopark.abm.input.scenario import Scenario
from ecopark.abm.park import Park
from ecopark.analysis.exchanges.story_line import mark

from .format import GROUP_COLOURS, figure, sector_colours, words
from .layout import lay_out

GROUPS = (mark("material"), mark("energy"), mark("water"))
RUNS, BUILT = mark("{material}: {quantity} a year"), mark("{material}: {quantity} a year, being built")
IN_TALKS = mark("in talks about {material}, meeting {meeting}")
SMALLEST, LARGEST = 9.0, 26.0


@lru_cache(maxsize=8)
def _sectors_of(scenario: Scenario) -> list[str]:
    kinds: Any = scenario.tables["types"]
    ground = ground_of(scenario)
    return [kinds[kind].sector for kind in ground.companies.type]


@lru_cache(maxsize=8)
def map_base(scenario: Scenario) -> dict[str, Any]:
    """Return what never changes: name, sector, colour and place of every company, and the legend."""
    ground = ground_of(scenario)
    sectors = _sectors_of(scenario)
    colours = sector_colours(sorted(set(sectors)))
    places = np.round(lay_out(ground.companies.x, ground.companies.y), 1)
    nodes = [
        {
            "name": ground.names[row],
            "sector": words(sectors[row]),
            "colour": colours[sectors[row]],
            "x": float(places[row, 0]),
            "y": float(places[row, 1]),
        }
        for row in range(len(sectors))
    ]
    legend = [{"label": words(sector), "colour": colour} for sector, colour in colours.items()]
    return {
        "nodes": nodes,
        "sectors": legend,
        "groups": [{"label": name, "colour": GROUP_COLOURS[name]} for name in GROUPS],
    }


def turnover(park: Park) -> np.ndarray:
    """Return the yearly turnover of every company at capacity [EUR], as far as the model knows it: margin and stream costs."""
    companies, streams = park.state.companies, park.state.streams
    costs = streams.coefficient * np.nan_to_num(streams.reference)
    spent = np.bincount(streams.company, costs, len(companies))
    return 12.0 * companies.capacity * np.maximum(companies.margin + spent, 0.0)


def map_frame(park: Park, seats: Collection[str] = ()) -> dict[str, Any]:
    """Return what is so this month: [radius, open, seat] of every company, and the links. said: a template and its places."""
    companies = park.state.companies
    size = np.sqrt(turnover(park))
    radius = SMALLEST + (LARGEST - SMALLEST) * size / max(float(size.max()), 1e-9)
    if len(companies) > 60:
        radius = radius * max(0.3, (60 / len(companies)) ** 0.5)
    nodes = [
        [round(float(r), 1), int(status == OPEN), int(park.names[row] in seats)]
        for row, (r, status) in enumerate(zip(radius, companies.status, strict=True))
    ]
    return {"nodes": nodes, "links": [*_exchanges(park), *_talks(park)]}


def _exchanges(park: Park) -> list[dict[str, Any]]:
    """Return the contracts that have not ended."""
    state, materials = park.state, park.scenario.tables["materials"]
    table = state.exchanges[: int(state.clock.exchanges[0])]
    rows = np.flatnonzero((table.stage >= AGREED) & (table.stage < ENDED))
    given = state.streams.material[table.supply[rows]]
    groups = state.materials.group[given]
    flow = table.quantity[rows] * state.materials.weight[given]
    widest = np.array([max(float(flow[groups == group].max(initial=0.0)), 1e-9) for group in range(3)])
    links = []
    for place, row in enumerate(rows):
        exchange: Any = table[row]
        material: Any = materials[given[place]]  # type: ignore[index]
        group = int(groups[place])
        running = exchange.stage == OPERATING
        links.append({
            "id": f"exchange {row}", "from": int(exchange.seller), "to": int(exchange.buyer), "colour": GROUP_COLOURS[GROUPS[group]],
            "width": round(1.6 + 5.4 * float(np.sqrt(flow[place] / widest[group])), 2), "kind": "runs" if running else "built",
            "said": [RUNS if running else BUILT, {"material": material.label, "quantity": figure(exchange.quantity, material.unit)}],
        })  # fmt: skip
    return links


def _talks(park: Park) -> list[dict[str, Any]]:
    """Return the talks in progress."""
    state, materials = park.state, park.scenario.tables["materials"]
    links = []
    for talk in state.talks[: int(state.clock.talks[0])]:
        given = int(state.streams.material[state.opportunities.supply[talk.opportunity]])
        material: Any = materials[given]  # type: ignore[index]
        links.append({
            "id": f"talk {talk.number}", "from": int(talk.seller), "to": int(talk.buyer), "colour": GROUP_COLOURS[GROUPS[int(state.materials.group[given])]],
            "width": 1.6, "kind": "talk", "said": [IN_TALKS, {"material": material.label, "meeting": int(talk.meeting) + 1}],
        })  # fmt: skip
    return links
