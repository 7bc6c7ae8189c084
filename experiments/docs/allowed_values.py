"""What a cell of an input column may hold, in words, from the declaration of its field."""

from __future__ import annotations

from collections.abc import Iterator
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin


def allowed_of(field: Any) -> str:
    """Return in words what a cell of an input column may hold."""
    options = _options(field.annotation)
    if options:
        return ", ".join(str(option) or "empty" for option in options)
    limits = dict(_limits(field.annotation, field.metadata))
    if bool in _kinds(field.annotation):
        return "yes or no"
    if "pattern" in limits:
        return {r"^[0-9]{6}$": "six digits"}.get(str(limits["pattern"]), "a name in small letters, digits and _")
    if _kinds(field.annotation) & {int, float}:
        return _range(limits, int in _kinds(field.annotation))
    return "text"


def _options(annotation: Any) -> tuple[Any, ...]:
    if get_origin(annotation) is Literal:
        return get_args(annotation)
    parts = get_args(annotation) if get_origin(annotation) in (Union, UnionType) else ()
    return next((found for part in parts if (found := _options(part))), ())


def _kinds(annotation: Any) -> set[Any]:
    """Return the plain types within an annotation."""
    parts = get_args(annotation)
    return {annotation} if not parts else set().union(*(_kinds(part) for part in parts if not _is_mark(part)))


def _is_mark(part: Any) -> bool:
    return not isinstance(part, type) and get_origin(part) is None


def _limits(annotation: Any, metadata: Any) -> Iterator[tuple[str, Any]]:
    """Yield name and value of every limit, those inside an optional type too."""
    marks = [*metadata, *(part for part in get_args(annotation) if _is_mark(part))]
    for mark in marks:
        for part in (mark, *getattr(mark, "metadata", ())):
            yield from _of_mark(part)
    for part in get_args(annotation):
        if get_origin(part) is not None:
            yield from _limits(part, ())


def _of_mark(mark: Any) -> Iterator[tuple[str, Any]]:
    for name in ("ge", "gt", "le", "lt", "pattern"):
        value = getattr(mark, name, None)
        if value is not None:
            yield name, value


def _range(limits: dict[str, Any], whole: bool) -> str:
    kind = "a whole number" if whole else "a number"
    low = f"from {limits['ge']:g}" if "ge" in limits else "above 0" if "gt" in limits else ""
    high = f"to {limits['le']:g}" if "le" in limits else f"to before {limits['lt']:g}" if "lt" in limits else ""
    return " ".join(part for part in (kind, low, high) if part)
