"""What speaks against an exchange, in words (own_park.md 6)."""

from __future__ import annotations

from typing import Any


def words_of(row: Any, cause: Any) -> str:
    """Return a cause of a row in words."""
    return str(_WORDS[cause.kind](row, cause))


def _loses(row: Any, cause: Any) -> str:
    """Say by how much a unit an exchange loses, and which disposal price, virgin price or distance turns it."""
    unit, loss = row.carried.unit, cause.first
    turns = [f"disposal at {row.supply.disposal + loss:,.4g} EUR/{unit}"]
    if row.k > 0:
        turns.append(f"{row.input} at {row.price + loss / row.k:,.4g} EUR/{row.bought.unit}")
    haul = row.carried.haul_cost
    if haul > 0 and row.km - loss / haul > 0:
        turns.append(f"{row.km - loss / haul:.0f} km")
    return f"loses {loss:,.3g} EUR/{unit} (turns with {', or '.join(turns)})"


_WORDS: dict[str, Any] = {
    "far": lambda row, cause: f"too far ({row.km:.3g} km, reach {cause.first:.3g})",
    "known": lambda row, cause: f"not before {cause.first:.0f} (known or allowed)",
    "opens": lambda row, cause: f"not before {cause.first:.0f} (opens)",
    "closed": lambda row, cause: "closed",
    "cold": lambda row, cause: f"temperature too low ({cause.first:.0f} C, {cause.second:.0f} C needed)",
    "season": lambda row, cause: f"season ({cause.first:.0%} of the need at the wrong time)",
    "served": lambda row, cause: f"most of the input already served ({cause.first:.0%})",
    "recovered": lambda row, cause: f"already recovered elsewhere ({cause.first:.0%}: competes with what is paid now)",
    "nothing": lambda row, cause: "nothing left to give or take",
    "loses": _loses,
    "slow": lambda row, cause: f"pays back in {cause.first:.1f} years, longer than {cause.second:.1f}",
}
