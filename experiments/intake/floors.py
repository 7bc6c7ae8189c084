"""Reported waste against the by-products of the type: its sum is a floor for them (own_park.md 4, EEA rule 6)."""

from __future__ import annotations

from typing import Any

from .draft import INFERRED, SPREAD, Cell, Draft
from .library import class_of, is_residue, library

MOST = 3.0  # times what the type gives: above that the rest is another waste, not more of the same
NOTHING = Cell(0.0)  # the size of a plant whose type has no streams
WORDS = {"HW": "hazardous waste", "NONHW": "non-hazardous waste"}


def check_floors(draft: Draft, name: str, reported: dict[str, dict[str, float]], source: str) -> None:
    """Scale a company's inferred by-products up to what it reported, write shares recovered, book every tonne.

    reported: t by class (HW, NONHW) and treatment (R, D).
    """
    company = draft.row("companies", name)
    kind, size = company["type"].value, company.get("size", NOTHING)
    rows = [row for row in library().processes.get(kind, ()) if row.direction == "out"]
    for waste, by_treatment in sorted(reported.items()):
        tonnes = sum(by_treatment.values())
        own = [row for row in rows if class_of(row.material) == waste]
        modelled = sum(row.coefficient for row in own) * size.value
        factor = tonnes / modelled if modelled < tonnes <= MOST * modelled else 1.0
        _book(draft, name, waste, tonnes, modelled, factor)
        share = by_treatment.get("R", 0.0) / tonnes if tonnes else None
        for row in own:
            if factor > 1 or (share is not None and is_residue(row.material)):
                _write(draft, name, row, size, factor, share if is_residue(row.material) else None, source)


def _book(draft: Draft, name: str, waste: str, tonnes: float, modelled: float, factor: float) -> None:
    """Book reported tonnes: in streams, checked as a floor, or not modelled."""
    if factor > 1:
        draft.end("stream", tonnes)
        return
    if tonnes <= modelled:
        draft.end("floor checked", tonnes)
        return
    draft.end("stream", modelled)
    draft.end("not modelled", tonnes - modelled)
    why = "more than three times what its type gives off" if modelled else "its type gives off none of that class"
    draft.not_modelled.append((name, WORDS.get(waste, f"waste of class {waste}"), tonnes - modelled, why))


def _write(draft: Draft, name: str, row: Any, size: Cell, factor: float, share: float | None, source: str) -> None:
    """Write an inferred by-product, scaled, with the share that is recovered already."""
    key = (name, row.material, "out")
    amount = row.coefficient * size.value * factor
    spread = SPREAD[row.grade]
    low = (row.low if row.low is not None else row.coefficient * spread[0]) * (size.low or size.value) * factor
    high = (row.high if row.high is not None else row.coefficient * spread[1]) * (size.high or size.value) * factor
    if factor > 1:
        low = max(low, amount)  # the reported sum is a floor
    rule = "type x size" + (f" x {factor:.4g} (reported waste as a floor)" if factor > 1 else "")
    where = f"library: {row.type}, {row.material}; {source}" if factor > 1 else f"library: {row.type}, {row.material}"
    draft.put(
        "streams", key, "per_year", Cell(amount, INFERRED, row.grade, where, rule, min(low, amount), max(high, amount))
    )
    if share is not None:
        draft.put(
            "streams", key, "recovered_share", Cell(share, INFERRED, "C", source, "R / (R + D) of its class", 0.0, 1.0)
        )
