"""Distances that a scenario gives in place of the straight line: around a harbour, along a pipe, by rail."""

from __future__ import annotations

from typing import Any

import numpy as np

from ..entities.codes import OUT
from ..entities.tables import Table
from ..input.scenario import Scenario
from .companies import Roster

# Which carriers a given way concerns.
CARRIERS = {"road": ("truck",), "pipe": ("pipe", "wire"), "rail": ("ship",), "both": ("truck", "pipe", "wire", "ship")}


def set_distances(
    scenario: Scenario, roster: Roster, streams: Table, links: Table, identities: np.ndarray
) -> tuple[Table, np.ndarray]:
    """Return the opportunities with the distances of distances.csv, without those that are thereby out of reach.

    A distance holds both ways, for the by-products that are carried that way; streams learn anew where their own
    opportunities begin, in place.
    """
    tables: Any = scenario.tables
    carried = {row.material: row for row in tables["materials"]}
    carriers = np.array([carried[row.by_product].carrier for row in tables["conversions"]])
    limits = np.array([carried[row.by_product].max_km for row in tables["conversions"]], dtype=float)
    rows = {name: place for place, name in enumerate(roster.names)}
    touched = np.zeros(len(links), dtype=bool)
    for given in tables["distances"]:
        one, other = rows[given.from_], rows[given.to]
        pair = ((links.seller == one) & (links.buyer == other)) | ((links.seller == other) & (links.buyer == one))
        pair &= np.isin(carriers[links.conversion], CARRIERS[given.way])
        links.distance[pair] = given.km
        touched |= pair
    kept = ~(touched & (links.distance >= limits[links.conversion]))
    links, identities = links[kept], identities[kept]
    gives = np.flatnonzero(streams.direction == OUT)
    streams.opportunity_first[gives] = np.searchsorted(links.supply, gives, side="left")
    streams.opportunity_count[gives] = (
        np.searchsorted(links.supply, gives, side="right") - streams.opportunity_first[gives]
    )
    return links, identities
