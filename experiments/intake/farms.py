"""Farms of a register: merged to one company per kind, without the names of people."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from .draft import ASSUMED, INFERRED, Cell, Draft, Facts
from .kinds import by_activity
from .library import library

# Activity of E-PRTR -> (name of the company, places at the threshold of the activity or 0)
FARMS = {
    "7(a)": ("Livestock farms", 0), "7(a)(i)": ("Poultry farms", 0), "7(a)(ii)": ("Pig farms", 2000), "7(a)(iii)": ("Sow farms", 750),
}  # fmt: skip
PIGS_A_PLACE = 3.0  # finished a year


def is_farm(activity: str) -> bool:
    """Tell whether an activity is intensive livestock."""
    return activity.replace(" ", "").startswith("7(a)")


def merge_farms(draft: Draft, farms: Sequence[Any], waste_of: Callable[[Any], dict[str, dict[str, float]]]) -> None:
    """Add the farms of each activity as one company at the mean of their places."""
    by_kind: dict[str, list[Any]] = {}
    for farm in farms:
        by_kind.setdefault(farm.activity.replace(" ", ""), []).append(farm)
    for activity, group in sorted(by_kind.items()):
        label, places = FARMS.get(activity, FARMS["7(a)"])
        kind = by_activity("EPRTR", activity)
        assert kind is not None
        name = draft.unused_name(f"{label} ({len(group)})", activity)
        source = f"{len(group)} farms of activity {activity}"
        row = draft.row("companies", name)
        row["name"] = Cell(name, source=source)
        for column in ("lat", "lon"):
            row[column] = Cell(
                sum(getattr(farm, column) for farm in group) / len(group), INFERRED, "C", source, "mean of the farms"
            )
        if places:
            draft.said.append(f"{name}: size from places at the threshold of the activity, a lower bound")
        total: dict[str, dict[str, float]] = {}
        for farm in group:
            for waste, by_treatment in waste_of(farm).items():
                for treatment, tonnes in by_treatment.items():
                    into = total.setdefault(waste, {})
                    into[treatment] = into.get(treatment, 0.0) + tonnes
        draft.facts[name] = Facts(kind, source, (), total, _size(kind.type, places * len(group), source))


def _size(kind: str, places: float, source: str) -> Cell:
    """Return the size of merged farms: pigs a year of the places at the threshold, else typical of the type."""
    if kind == "pig_farms" and places:
        pigs = places * PIGS_A_PLACE
        return Cell(pigs, INFERRED, "G", source, "places at the threshold, a lower bound", pigs, 3 * pigs)
    typical = library().types[kind].typical_size
    return Cell(typical, ASSUMED, "A", f"library: {kind}", "typical of the type", typical / 3, 3 * typical)
