"""What a company changed from and to, when its process or its size changed: for the words of events."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from ..entities.codes import CAL_PROCESS, CAL_SIZE

if TYPE_CHECKING:
    from .record import Record


def changes_of(park: Record) -> dict[tuple[int, str], list[str]]:
    """Return (month, company) -> what changed then, in the order of the calendar, which people's changes are part of."""
    types: Any = park.scenario.tables["types"]
    rows: Any = {row.name: row for row in park.scenario.tables["companies"]}
    kind = {name: row.type for name, row in rows.items()}
    known: Any = {row.type: row for row in types}
    size = {name: row.size or known[row.type].typical_size for name, row in rows.items()}
    said: dict[tuple[int, str], list[str]] = {}
    for entry in park.state.calendar:
        if entry.kind not in (CAL_PROCESS, CAL_SIZE) or not np.isnan(entry.stream):
            continue
        name = str(park.names[int(entry.company)])
        if entry.kind == CAL_PROCESS:
            text = _process(known, kind.get(name), types[int(entry.value)].type)
            kind[name] = types[int(entry.value)].type
        else:
            unit = known[kind[name]].product_unit if name in kind else "units"
            text = f"size {_amount(size.get(name))}to {12 * entry.value:,.0f} {unit} a year"
            size[name] = 12 * entry.value
        said.setdefault((max(0, int(entry.month)), name), []).append(text)
    return said


def _process(known: Any, before: str | None, now: str) -> str:
    old = f"from {known[before].label} " if before in known else ""
    return f"{old}to {known[now].label}"


def _amount(value: float | None) -> str:
    return "" if value is None else f"{value:,.0f} "
