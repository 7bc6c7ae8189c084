"""The forms of a study file: frozen parts, dotted names from nested tables, and mistakes in a modeller's words."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError

from ecopark.abm.input.errors import Mistake, nearest


class Frozen(BaseModel):
    """A part of a study: unknown keys are refused and nothing changes after reading."""

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False, populate_by_name=True)


def plain_value(value: Any) -> Any:
    """Accept a finite number, a text or a truth value; refuse anything else."""
    if not isinstance(value, (bool, int, float, str)) or (isinstance(value, float) and not math.isfinite(value)):
        raise ValueError("a finite number, a text, true or false")
    return value


Plain = Annotated[Any, BeforeValidator(plain_value)]


def dotted(tree: Mapping[str, Any], is_leaf: Callable[[Any], bool]) -> Iterator[tuple[str, Any]]:
    """Yield (dotted name, leaf): `[set] policy.tax.size = 60` and `"policy.tax.size" = 60` mean the same."""
    for key, value in tree.items():
        if isinstance(value, Mapping) and value and not is_leaf(value):
            yield from ((f"{key}.{name}", leaf) for name, leaf in dotted(value, is_leaf))
        else:
            yield key, value


def mistakes_of(error: ValidationError, source: str, keys_at: Callable[[list[str]], list[str]]) -> list[Mistake]:
    """Return each mistake pydantic found. source: the file, before every place. keys_at: the keys known at a place."""
    return [_mistake(details, source, keys_at) for details in error.errors(include_url=False)]


def _mistake(details: Any, source: str, keys_at: Callable[[list[str]], list[str]]) -> Mistake:
    steps = [str(step) for step in details["loc"]]
    place = source + ".".join(steps)
    given, context = details["input"], details.get("ctx", {})
    if details["type"] == "extra_forbidden":
        keys = keys_at(steps[:-1])
        return Mistake(place, steps[-1], f"known here: {', '.join(keys)}", nearest(steps[-1], keys))
    if details["type"] == "missing":
        return Mistake(place, None, "a value")
    if details["type"] == "union_tag_invalid":
        return _choice(place, context["tag"], context["expected_tags"])
    if details["type"] == "union_tag_not_found":
        return Mistake(place, given, "a name, or a table with kind")
    if details["type"] == "literal_error":
        return _choice(place, given, context["expected"])
    return Mistake(place, given, str(context["error"]) if "error" in context else details["msg"].removeprefix("Input "))


def _choice(place: str, given: Any, expected: object) -> Mistake:
    options = [option.strip("' ") for option in str(expected).replace(" or ", ", ").split(",")]
    return Mistake(place, given, f"one of {', '.join(options)}", nearest(given, options))
