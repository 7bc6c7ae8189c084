"""What all runs of a scenario share is worked out once and kept by content.

A table that does not depend on the seed is built by a function of the scenario that is marked `@kept`. While it runs it is
noted what it reads: parameters, policies, horizon, tables. It is built anew for a scenario in which any of that differs,
and for no other: the points of a sweep share all that the varied parameters do not touch. Its arrays cannot be written,
so that no run changes what another one starts with.
"""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from threading import Lock
from typing import Any

import numpy as np

from ..input.scenario import Scenario

# Results of each function that are kept, those used last.
KEPT = 8
_LOCK = Lock()
_CONTENTS: list[tuple[Any, str]] = []


class Reading:
    """A scenario that notes what is read of it; values: what was read, by its name."""

    def __init__(self, scenario: Scenario):
        self.scenario = scenario
        self.values: dict[str, Any] = {}

    def __getitem__(self, name: str) -> Any:
        """Return the value of a parameter."""
        self.note(f"[{name}]")
        return self.scenario[name]

    def __getattr__(self, name: str) -> Any:
        """Return an attribute of the scenario."""
        if name == "parameters":
            return _Groups(self)
        self.note(name)
        return getattr(self.scenario, name)

    def note(self, name: str) -> None:
        """Remember what a name stands for in this scenario."""
        if name not in self.values:
            self.values[name] = value_of(self.scenario, name)


class _Groups:
    """The groups of parameters of a scenario that notes which of them are read."""

    def __init__(self, reading: Reading):
        self._reading = reading

    def __getitem__(self, group: str) -> Any:
        self._reading.note(f"[{group}.*]")
        return self._reading.scenario.parameters[group]


def value_of(scenario: Scenario, name: str) -> Any:
    """Return what a name that was read stands for in a scenario: of tables a hash, of all else the value."""
    if name == "tables":
        return content_of(scenario.tables)
    if name.endswith(".*]"):
        return scenario.parameters[name[1:-3]]
    return scenario[name[1:-1]] if name.startswith("[") else getattr(scenario, name)


def content_of(tables: Mapping[str, tuple[Any, ...]]) -> str:
    """Return a hash of all rows; worked out once for tables that several scenarios share."""
    with _LOCK:
        for known, content in _CONTENTS:
            if known is tables:
                return content
    digest = hashlib.sha256()
    for name, rows in tables.items():
        # of a row its values by name: its own text takes five times as long
        digest.update(repr((name, [getattr(row, "__dict__", row) for row in rows])).encode())
    with _LOCK:
        _CONTENTS.insert(0, (tables, digest.hexdigest()))
        del _CONTENTS[KEPT:]
    return digest.hexdigest()


class _Result:
    """A result with what it was made of."""

    def __init__(self, reading: Reading, rest: tuple, value: Any):
        self.scenario, self.values, self.rest, self.value = reading.scenario, reading.values, rest, value

    def is_for(self, scenario: Scenario, rest: tuple) -> bool:
        """Tell whether the function would give the same result."""
        if rest != self.rest:
            return False
        if scenario is not self.scenario:
            if any(value_of(scenario, name) != value for name, value in self.values.items()):
                return False
            self.scenario = scenario  # known at once the next time
        return True


def kept(function: Callable) -> Any:
    """Keep the last results of a function `(scenario, *numbers)`; the arrays in them cannot be written."""
    results: list[_Result] = []

    @functools.wraps(function)
    def recall(scenario: Any, *rest: Any) -> Any:
        outer = scenario if isinstance(scenario, Reading) else None
        plain = outer.scenario if outer else scenario
        found = next((result for result in list(results) if result.is_for(plain, rest)), None)
        if found is None:
            reading = Reading(plain)
            found = _Result(reading, rest, freeze(function(reading, *rest)))
        with _LOCK:
            results[:] = [found, *(result for result in results if result is not found)][:KEPT]
        for name in found.values if outer else ():
            outer.note(name)  # type: ignore[union-attr]
        return found.value

    recall.forget = results.clear  # type: ignore[attr-defined]
    return recall


def freeze(value: Any) -> Any:
    """Make the arrays of a result, a tuple or a dataclass read-only, in place; return it."""
    if isinstance(value, np.ndarray):
        value.flags.writeable = False
    elif isinstance(value, tuple):
        for part in value:
            freeze(part)
    elif is_dataclass(value):
        for field in fields(value):
            freeze(getattr(value, field.name))
    return value
