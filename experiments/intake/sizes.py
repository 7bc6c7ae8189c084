"""The size of a plant from what is known of it, with its range: capacity, fuel, CO2, else typical of its type."""

from __future__ import annotations

from dataclasses import dataclass

from ecopark.abm.input.codes import code_table

from .draft import ASSUMED, INFERRED, Cell
from .library import library

THREEFOLD = 3.0


RULES = {"capacity_t_h": "capacity"}


@dataclass(frozen=True)
class Indicator:
    """A reported number that a size may follow from. name: as in size_from.csv; amount: in its unit there."""

    name: str
    amount: float
    source: str


def size_of(kind: str, indicators: list[Indicator]) -> tuple[Cell, str]:
    """Return the size of a plant and, where two indicators differ more than threefold, what must be asked; else "".

    indicators: in the order in which they are believed. Waste is none of them: per tonne of CO2 it varies 3 to 23 times.
    """
    found = [cell for cell in (_from(kind, one) for one in indicators) if cell is not None]
    if not found:
        typical = library().types[kind].typical_size
        return Cell(typical, ASSUMED, "A", f"library: {kind}", "typical of the type", typical / 3, typical * 3), ""
    others = [cell for cell in found[1:] if not 1 / THREEFOLD <= cell.value / found[0].value <= THREEFOLD]
    asked = "; ".join(f"{cell.rule} gives {cell.value:,.4g}" for cell in [found[0], *others]) if others else ""
    return found[0], asked


def _from(kind: str, indicator: Indicator) -> Cell | None:
    """Return a size by an indicator, or None where none is known for the type."""
    for row in code_table("size_from"):
        if row["type"] != kind or row["indicator"] != indicator.name:
            continue
        mid, low, high = (float(row[column]) for column in ("mid", "low", "high"))
        if row["how"] == "divides":
            values = (indicator.amount / mid, indicator.amount / high, indicator.amount / low)
        else:
            values = (indicator.amount * mid, indicator.amount * low, indicator.amount * high)
        rule = RULES.get(indicator.name, indicator.name)
        return Cell(values[0], INFERRED, row["grade"], indicator.source, rule, values[1], values[2])
    return None
