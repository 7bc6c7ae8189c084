"""Who is in reach of whom: the nearest takers of every by-product, from one spatial index per input."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from scipy.spatial import cKDTree

from abm.roster import Roster
from abm.scenario import Scenario
from abm.state import IN, OUT, Table, records

THREADS = -1  # as many as there are; results do not depend on it
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
    answers = []
    for name in inputs:
        by_products = {line.by_product for line in tables["conversions"] if line.input == name}
        givers = [given[materials[one]] for one in by_products if materials[one] in given]
        limit = max(limits[one] for one in by_products)
        answers.append(_nearest_takers(scenario, roster, streams, givers, taken[materials[name]], limit))
    uses.sort()
    first = np.searchsorted([use[0] for use in uses], np.arange(len(materials) + 1))
    return _together(np.array([use[1:] for use in uses], dtype=USE), first, answers, len(roster.x))


def _together(uses: np.ndarray, first: np.ndarray, answers: list[tuple], companies: int) -> Takers:
    """Return the answers for all inputs one behind the other."""
    place = np.zeros((len(answers), companies), dtype=np.int32)
    for number, (asking, _, _) in enumerate(answers):
        place[number, asking] = np.arange(len(asking))
    width = np.array([distance.shape[1] for _, distance, _ in answers], dtype=np.int64)
    sizes = [distance.size for _, distance, _ in answers]
    start = np.cumsum([0, *sizes])[:-1].astype(np.int64)
    nothing = np.empty(0), np.empty(0, dtype=np.int32)
    distances = np.concatenate([nothing[0], *(distance.ravel() for _, distance, _ in answers)])
    takers = np.concatenate([nothing[1], *(taker.ravel() for _, _, taker in answers)])
    return Takers(uses, first, place, start, width, distances, takers)


def _rows_by_material(streams: Table, direction: int) -> dict[int, np.ndarray]:
    """Return the rows of all streams of a direction by material."""
    rows = np.flatnonzero(streams.direction == direction)
    material = streams.material[rows]
    order = np.argsort(material, kind="stable")
    found, first = np.unique(material[order], return_index=True)
    return dict(zip(found.tolist(), np.split(rows[order], first[1:]), strict=True)) if len(rows) else {}


def _nearest_takers(
    scenario: Scenario, roster: Roster, streams: Table, givers: list[np.ndarray], takes: np.ndarray, limit: float
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return (rows of the giving companies, their nearest takers [km], rows of their streams)."""
    asks = np.zeros(len(roster.x), dtype=bool)
    for rows in givers:
        asks[streams.company[rows]] = True
    asking, takers = np.flatnonzero(asks), streams.company[takes]
    tree = cKDTree(np.column_stack([roster.x[takers], roster.y[takers]]), balanced_tree=False, compact_nodes=False)
    count = min(partners_of(scenario, len(roster.x)) + 1, len(takes))
    distance, index = tree.query(
        np.column_stack([roster.x[asking], roster.y[asking]]), k=count, distance_upper_bound=limit, workers=THREADS
    )
    stream = np.append(takes, 0).astype(np.int32)[index]  # where none is left the index is one too large
    return asking, distance.reshape(len(asking), -1), stream.reshape(len(asking), -1)


def partners_of(scenario: Scenario, companies: int) -> int:
    """Return the most partners considered for one stream and conversion; fewer in regions of many companies."""
    partners = scenario["discovery.partners"]
    return partners if companies <= LARGE else min(partners, scenario["discovery.partners_region"])
