"""What a run calls its materials in sentences, tables and charts: by the label of its own materials.csv, as events do."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def names_of(origin: Mapping[str, Any]) -> dict[str, str]:
    """Return {name in the tables: label} of the materials, from the scenario in run.json; empty where it is not there."""
    scenario = origin.get("scenario")
    tables = scenario.get("tables") if isinstance(scenario, Mapping) else None
    rows = tables.get("materials") if isinstance(tables, Mapping) else None
    return {
        str(row["material"]): str(row["label"])
        for row in rows or ()
        if isinstance(row, Mapping) and row.get("material") and row.get("label")
    }


def spoken_material(origin: Mapping[str, Any], name: Any) -> str:
    """Return what people call a material; without a label its name with blanks."""
    return names_of(origin).get(str(name), str(name).replace("_", " "))
