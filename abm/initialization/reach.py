"""Who is in reach of whom: the nearest takers of every by-product, from one spatial index per input."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from ..entities.codes import IN, OUT
from ..entities.tables import Table, records
from ..input.scenario import Scenario
from .companies import Roster
from .nearest import nearest

LARGE = 10_000  # companies from which a region counts as large
USE = records({"conversion": "i8", "input": "i8", "limit": "f8"})


class Takers(NamedTuple):
    """The nearest takers of each input, for every company that could give something for it.

    uses: (conversion, number of the input, limit [km]), ordered by by-product and conversion. first: where the uses of
    each material begin [material + 1]. place: which answer is a company's [input, company]. start, width: where the
    answers for an input begin, and how many takers each has [input]. distance [km] and taker (row of the stream): nearest
    first, infinitely far where there is no other.
    """

    uses: np.ndarray
    first: np.ndarray
    place: np.ndarray
    start: np.ndarray
    width: np.ndarray
    distance: np.ndarray
    taker: np.ndarray


def find_takers(scenario: Scenario, roster: Roster, streams: Table) -> Takers:
    """Return the nearest takers of every by-product that somebody has and somebody can use.

    All by-products that can replace one input share its index, and a company asks it once.
    """
    tables: Any = scenario.tables
    materials = {row.material: index for index, row in enumerate(tables["materials"])}
    limits = {row.material: float(row.max_km) for row in tables["materials"]}
    given, taken = _rows_by_material(streams, OUT), _rows_by_material(streams, IN)
    inputs: dict[str, int] = {}
    uses = []
    for number, row in enumerate(tables["conversions"]):
        if materials[row.by_product] in given and materials[row.input] in taken:
            place = inputs.setdefault(row.input, len(inputs))
            uses.append((materials[row.by_product], number, place, limits[row.by_product]))
    asked = []
    for name in inputs:
        by_products = {line.by_product for line in tables["conversions"] if line.input == name}
        givers = [given[materials[one]] for one in by_products if materials[one] in given]
        asking = _companies_of(streams, givers, len(roster.x))
        asked.append((asking, taken[materials[name]], max(limits[one] for one in by_products)))
    uses.sort()
    first = np.searchsorted([use[0] for use in uses], np.arange(len(materials) + 1))
    return Takers(np.array([use[1:] for use in uses], dtype=USE), first, *_ask(scenario, roster, streams, asked))


def _companies_of(streams: Table, rows: list[np.ndarray], companies: int) -> np.ndarray:
    """Return the rows of the companies that have any of some streams."""
    has = np.zeros(companies, dtype=bool)
    for some in rows:
        has[streams.company[some]] = True
    return np.flatnonzero(has)


def _ask(scenario: Scenario, roster: Roster, streams: Table, asked: list[tuple]) -> tuple[np.ndarray, ...]:
    """Return place, start, width, distance and taker of `Takers` for (asking companies, taking streams, limit [km])."""
    where, most = np.column_stack([roster.x, roster.y]), partners_of(scenario, len(roster.x))
    width = np.array([min(most + 1, len(takes)) for _, takes, _ in asked], dtype=np.int64)
    sizes = [len(asking) * wide for (asking, _, _), wide in zip(asked, width, strict=True)]
    start = np.cumsum([0, *sizes]).astype(np.int64)
    place = np.zeros((len(asked), len(where)), dtype=np.int32)
    distance, taker = np.empty(start[-1]), np.empty(start[-1], dtype=np.int32)
    for number, (asking, takes, limit) in enumerate(asked):
        far, index = nearest(where[streams.company[takes]], where[asking], width[number], limit)
        own = slice(start[number], start[number + 1])
        place[number, asking] = np.arange(len(asking))
        distance[own] = far.ravel()
        taker[own] = np.append(takes, 0)[index.ravel()]  # where none is left the index is one too large
    return place, start[:-1], width, distance, taker


def _rows_by_material(streams: Table, direction: int) -> dict[int, np.ndarray]:
    """Return the rows of all streams of a direction by material."""
    rows = np.flatnonzero(streams.direction == direction)
    material = streams.material[rows]
    order = np.argsort(material, kind="stable")
    found, first = np.unique(material[order], return_index=True)
    return dict(zip(found.tolist(), np.split(rows[order], first[1:]), strict=True)) if len(rows) else {}


def partners_of(scenario: Scenario, companies: int) -> int:
    """Return the most partners considered for one stream and conversion; fewer in regions of many companies."""
    partners = scenario["discovery.partners"]
    return partners if companies <= LARGE else min(partners, scenario["discovery.partners_region"])
