"""A sentence that says what changed and why: paired differences on the same shocks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from ecopark.abm.observation.indicators import INDICATORS

from ..stores.ensemble import Ensemble
from ..stores.levers import Lever
from .format import figure, signed, words


def name_settings(values: Mapping[str, Any], levers: Mapping[str, Lever]) -> str:
    """Say in words what differs from the scenario."""
    parts = []
    for name, value in values.items():
        head, _, rest = name.partition(".")
        if head == "close":
            parts.append(f"{rest} closing in {value:g}")
        elif head == "price" and not rest.endswith(".year"):
            year = values.get(f"{name}.year")
            parts.append(
                f"the price of {words(rest)} times {value:g}" + (f" from {year:g}" if year is not None else "")
            )
        elif name in levers:
            parts.append(_name_lever(levers[name], value, values))
    return ", ".join(parts)


def _name_lever(lever: Lever, value: Any, values: Mapping[str, Any]) -> str:
    shown = (
        f"{value:g}"
        if isinstance(value, int | float) and not isinstance(value, bool)
        else {True: "on", False: "off"}.get(value, words(str(value)))
    )
    unit = f" {lever.unit}" if lever.kind in ("int", "float") else ""
    start, stop = values.get(f"{lever.name}.start"), values.get(f"{lever.name}.stop")
    period = (f" from {start:g}" if start is not None else "") + (f" until {stop:g}" if stop is not None else "")
    return f"{lever.label} {shown}{unit}{period}"


def explain(base: Ensemble, shown: Ensemble, named: str) -> list[str]:
    """Return what changed (first) and why (second), from pairs of runs on the same shocks."""
    if not named:
        return [
            "This is the baseline: the park as the scenario has it. Move a lever to see a different history beside it."
        ]
    year = int(shown.years[-1])
    before, after = base.values("links")[:, -1], shown.values("links")[:, -1]
    apart = after - before
    low, high = np.quantile(apart, [0.1, 0.9])
    runs = f"{signed(low)} to {signed(high)} in eight of ten pairs"
    gain, co2, purse = (_total_change(base, shown, name) for name in ("gain", "co2_avoided", "public_balance"))
    if not _differs(base, shown):
        return [f"With {named} nothing changes: in every pair of runs the two histories are the same."]
    what = (
        f"With {named}, {after.mean():.1f} exchanges run in {year} instead of {before.mean():.1f} ({runs}). Over the whole run "
        f"companies gain {signed(gain, 'EUR')}, CO₂ avoided changes by {signed(co2, 't')}, and the public purse by {signed(purse, 'EUR')}."
    )
    return [what, _why(base, shown)]


def _why(base: Ensemble, shown: Ensemble) -> str:
    """Say what the change of links is made of: contracts signed, talks failed, ends by reason."""
    deals, ends, failed = (_total_change(base, shown, name) for name in ("deals", "ends", "failed_talks"))
    reasons = {name: _total_change(base, shown, name) for name in INDICATORS if name.startswith("ends_")}
    name = max(reasons, key=lambda key: abs(reasons[key]))
    parts = [
        f"{_more(deals, 'contract is', 'contracts are')} signed",
        f"{_more(failed, 'talk fails', 'talks fail')}",
        f"{_more(ends, 'exchange ends', 'exchanges end')}",
    ]
    why = "Why: " + ", ".join(parts)
    if abs(reasons[name]) >= 0.05:
        why += f"; among the ends, the reason \u201c{words(name.removeprefix('ends_'))}\u201d changes most ({signed(reasons[name], '', 2)})"
    return why + "."


def _more(change: float, one: str, many: str) -> str:
    if abs(change) < 0.05:
        return f"no more and no fewer {many}"
    return f"{figure(abs(change), '', 2)} {'more' if change > 0 else 'fewer'} {many}"


def _differs(base: Ensemble, shown: Ensemble) -> bool:
    names = [name for name in base.table.dtype.names or () if name != "year"]
    return any(not np.array_equal(base.values(name), shown.values(name), equal_nan=True) for name in names)


def _total_change(base: Ensemble, shown: Ensemble, name: str) -> float:
    """Return the mean over pairs of the change of a total over the years."""
    return float((shown.values(name).sum(axis=1) - base.values(name).sum(axis=1)).mean())
