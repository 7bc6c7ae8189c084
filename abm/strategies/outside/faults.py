"""A strategy from outside that failed ends the run: said with strategy, talk and month, the view in a file beside it."""

from __future__ import annotations

import json
import os
import tempfile
from pathlib import Path
from typing import Any

from ...input.errors import InputError, Mistake
from ..view import FIRST_WORTH, PLACES
from .guests import latest


def raise_fault(park: Any) -> None:
    """Raise InputError with the strategy, the talk, the month and the file that holds what it saw."""
    number = int(park.state.clock.fault[0]) - 1
    year, month = divmod(park.month - 1, 12)
    when = f"month {park.month - 1} ({park.scenario.start_year + year}-{month + 1:02d})"
    raise InputError([fault_of(f"talk {number}, {when}")])


def fault_of(place: str) -> Mistake:
    """Return the latest failure of a strategy as a mistake; what it saw is written to a file and forgotten."""
    name, said, seen = latest.name or "a compiled strategy", latest.error, latest.view
    latest.name, latest.error, latest.view = "", "", ()
    said = said or "it said something that is no offer: the price has to be finite, the package one of the talk"
    shown = f"; what it saw is in {write_view(seen)}" if seen else ""
    return Mistake(f"strategy {name}, {place}", said, f"a strategy that answers{shown}")


def write_view(numbers: tuple[float, ...]) -> Path:
    """Write the numbers that a strategy saw to a new file and return it."""
    count = (len(numbers) - FIRST_WORTH) // 2
    plain = {
        **dict(zip(PLACES, numbers, strict=False)),
        "own_worth": list(numbers[FIRST_WORTH : FIRST_WORTH + count]),
        "other_worth_by_reference": list(numbers[FIRST_WORTH + count :]),
    }
    handle, path = tempfile.mkstemp(prefix="ecopark-view-", suffix=".json")
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        json.dump({key: None if value != value else value for key, value in plain.items()}, file, indent=1)
    return Path(path)
