"""Header, parameters and policies from plain values, each with its range; what is wrong becomes a mistake."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import fields, replace
from typing import Any

from ..policies import POLICIES, TERMS, Policy
from .errors import Mistake, nearest
from .parameter_fields import Group
from .parameters import PARAMETERS
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
    found = len(mistakes)
    merged: dict[str, float | None] = {} if present is None else {**present.terms}
    if "size" in terms and "scale" in terms:
        mistakes.append(Mistake(f"{place}policy.{name}.scale", terms["scale"], "size or scale, not both"))
    for old, new in (("size", "scale"), ("scale", "size")):
        if new in terms:
            merged.pop(old, None)
    for key, value in terms.items():
        _check_term(kind, str(key), value, f"{place}policy.{name}.{key}", mistakes)
        merged[str(key)] = as_number(value)
    if len(mistakes) > found:
        return None
    policy = kind(**merged)
    return (
        replace(policy, size=kind.default) if (policy.size, policy.scale, policy.add) == (None, None, None) else policy
    )


def _check_term(kind: type[Policy], key: str, value: Any, where: str, mistakes: list[Mistake]) -> None:
    """Add what is wrong with one term of a policy to `mistakes`."""
    known = [part.name for part in fields(kind)]
    number = as_number(value)
    if key not in known:
        mistakes.append(Mistake(where, value, f"one of {', '.join(known)}", nearest(key, known)))
    elif number is None:
        if value is not None or key not in ("start", "stop"):
            mistakes.append(Mistake(where, value, "a number"))
    elif key in ("start", "stop"):
        if not FIRST_YEAR <= number <= LAST_YEAR + MOST_YEARS:
            mistakes.append(Mistake(where, value, f"a year from {FIRST_YEAR} to {LAST_YEAR + MOST_YEARS}"))
    else:
        low, high, words = TERMS.get(key, (0.0 if key == "add" else kind.low, kind.high, kind.unit))
        if not low <= number <= high:
            mistakes.append(Mistake(where, value, f"a number from {low:g} to {high:g} {words}"))


def policy_name(policy: Policy) -> str:
    """Return the name under which a policy is known."""
    return next(name for name, kind in POLICIES.items() if kind is type(policy))
