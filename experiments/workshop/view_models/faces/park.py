"""What never changes of a park, for the maps of all faces: names, places, sectors."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from ecopark.abm.input.scenario import Scenario

from ..park_map import map_base


@lru_cache(maxsize=8)
def park_page(scenario: Scenario) -> dict[str, Any]:
    """Return names, places on a canvas of 1000 x 640 and sectors of all companies."""
    base = map_base(scenario)
    sectors = [line["label"] for line in base["sectors"]]
    return {
        "names": [node["name"] for node in base["nodes"]],
        "x": [node["x"] for node in base["nodes"]], "y": [node["y"] for node in base["nodes"]],
        "sector": [sectors.index(node["sector"]) for node in base["nodes"]],
        "sectors": [[line["label"], line["colour"]] for line in base["sectors"]],
        "groups": [[line["label"], line["colour"]] for line in base["groups"]],
    }  # fmt: skip
