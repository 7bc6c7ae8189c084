"""Header, parameters and policies from plain values, each with its range; what is wrong becomes a mistake."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from ..policies import POLICIES, Policy
from .errors import Mistake, nearest
from .parameters import PARAMETERS, Group
from .plain_text import is_control

FIRST_YEAR, LAST_YEAR, MOST_YEARS = 1800, 2200, 500
HEADER = {
    "name": "a short name: letters, digits, blanks, _ - . and no path",
    "label": "a title of at most 300 letters",
    "description": "a sentence",
    "start_year": f"a year from {FIRST_YEAR} to {LAST_YEAR}",
    "years": f"a whole number from 1 to {MOST_YEARS}",
    "base_year": f"a year from {FIRST_YEAR} to {LAST_YEAR}",
}
_LONGEST = {"name": 120, "label": 300, "description": 5000}


def as_number(value: Any) -> float | None:
    """Return a finite number, or None when the value is none."""
    if isinstance(value, bool):
        return None
    try:
        number = float(value)
    except (TypeError, ValueError, OverflowError):
        return None
    return number if math.isfinite(number) else None


def header_value(key: str, value: Any) -> str | int | None:
    """Return a value of the header, or None when it is not what `HEADER` says."""
    if key in _LONGEST:
        return _words(key, value)
    number = None if isinstance(value, str) else as_number(value)
    low, high = (1, MOST_YEARS) if key == "years" else (FIRST_YEAR, LAST_YEAR)
    return int(number) if number is not None and number == int(number) and low <= number <= high else None


def _words(key: str, value: Any) -> str | None:
    """Return a text of the header in one line, or None when it is no text, too long or, as a name, a path."""
    if not isinstance(value, str):
        return None
    text = " ".join(value.split())
    if len(text) > _LONGEST[key] or any(map(is_control, text)):
        return None
    is_path = not text or text[0] == "." or any(mark in text for mark in "/\\:")
    return None if key == "name" and is_path else text


def checked_group(name: str, kind: type[Group], values: Any, mistakes: list[Mistake], place: str = "") -> Group | None:
    """Return a group of parameters, or None and its mistakes. place: put before each dotted name."""
    from pydantic import ValidationError

    if not isinstance(values, Mapping):
        mistakes.append(Mistake(place + name, values, "a table of parameters"))
        return None
    try:
        return kind.model_validate(values)
    except ValidationError as error:
        for problem in error.errors():
            key, value = f"{name}.{problem['loc'][0]}", problem["input"]
            if key in PARAMETERS:
                declared = PARAMETERS[key]
                mistakes.append(Mistake(place + key, value, declared.allowed, nearest(value, declared.options)))
            else:
                mistakes.append(Mistake(place + key, value, "a declared parameter", nearest(key, PARAMETERS)))
        return None


def checked_policy(
    name: str, present: Policy | None, terms: Any, mistakes: list[Mistake], place: str = ""
) -> Policy | None:
    """Return a policy with the given terms, or None and its mistakes. present: what holds where the terms say nothing."""
    if name not in POLICIES:
        known = f"one of {', '.join(POLICIES)}"
        mistakes.append(Mistake(f"{place}policy.{name}", name, known, nearest(name, POLICIES)))
        return None
    if not isinstance(terms, Mapping):
        mistakes.append(Mistake(f"{place}policy.{name}", terms, "size, start and stop"))
        return None
    kind = POLICIES[name]
    merged: dict[str, Any] = {"size": kind.default, "start": None, "stop": None}
    if present is not None:
        merged = {"size": present.size, "start": present.start, "stop": present.stop}
    found = len(mistakes)
    for key, value in terms.items():
        where = f"{place}policy.{name}.{key}"
        if key not in merged:
            mistakes.append(Mistake(where, value, "size, start or stop", nearest(key, merged)))
            continue
        merged[key] = number = as_number(value)
        if number is None and not (key != "size" and value is None):
            mistakes.append(Mistake(where, value, "a number"))
        elif number is not None:
            mistakes.extend(_out_of_range(where, kind, key, value, number))
    return None if len(mistakes) > found else kind(**merged)


def _out_of_range(place: str, kind: type[Policy], key: str, value: Any, number: float) -> list[Mistake]:
    """Return the mistake of a term that is a number, if it has one."""
    if key == "size":
        allowed, wrong = f"a number from {kind.low:g} to {kind.high:g} {kind.unit}", not kind.low <= number <= kind.high
    else:
        last = LAST_YEAR + MOST_YEARS
        allowed, wrong = f"a year from {FIRST_YEAR} to {last}", not FIRST_YEAR <= number <= last
    return [Mistake(place, value, allowed)] if wrong else []


def policy_name(policy: Policy) -> str:
    """Return the name under which a policy is known."""
    return next(name for name, kind in POLICIES.items() if kind is type(policy))
