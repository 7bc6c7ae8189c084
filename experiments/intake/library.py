"""The library as an import needs it: rows by name, which by-products are waste of which class."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from ecopark.abm.input.codes import code_table

# Sludges, ashes, slags, organic residues: what a register's share of recovery speaks of (own_park.md 4).
RESIDUES = (
    "sludge",
    "ash",
    "slag",
    "grain",
    "yeast",
    "pulp",
    "manure",
    "digestate",
    "food_waste",
    "animal_byproducts",
    "whey",
    "dross",
    "dust",
)


@dataclass(frozen=True)
class Library:
    """Rows of the library by name. processes: of each type. ways: the conversions of each by-product."""

    types: dict[str, Any]
    materials: dict[str, Any]
    processes: dict[str, tuple[Any, ...]]
    ways: dict[str, tuple[Any, ...]]


@lru_cache(maxsize=1)
def library() -> Library:
    """Return the shipped library."""
    from ecopark.abm.input.loading import load_scenario

    tables: Any = load_scenario("synthetic").tables
    processes, ways = defaultdict(list), defaultdict(list)
    for row in tables["processes"]:
        processes[row.type].append(row)
    for row in tables["conversions"]:
        ways[row.by_product].append(row)
    return Library(
        {row.type: row for row in tables["types"]},
        {row.material: row for row in tables["materials"]},
        {name: tuple(rows) for name, rows in processes.items()},
        {name: tuple(rows) for name, rows in ways.items()},
    )


@lru_cache(maxsize=1)
def waste_classes() -> dict[str, str]:
    """Return HW or NONHW for each material that some waste code stands for: hazardous where most of its codes are."""
    votes: dict[str, list[bool]] = defaultdict(list)
    for row in code_table("ewc_materials"):
        if row["material"]:
            votes[row["material"]].append(row["hazardous"] == "yes")
    return {name: "HW" if sum(found) * 2 > len(found) else "NONHW" for name, found in votes.items()}


def class_of(material: str) -> str | None:
    """Return HW or NONHW of a by-product in t that can be waste; None of gases, energy, water and goods."""
    row = library().materials.get(material)
    return waste_classes().get(material) if row is not None and row.unit == "t" else None


def is_residue(material: str) -> bool:
    """Tell whether a by-product is a sludge, an ash, a slag or an organic residue."""
    return any(word in material for word in RESIDUES)
