"""JSON as RFC 8259 has it: numbers that do not exist are null, so that browsers, R and jq read it."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from typing import Any


def plain_json(value: Any, indent: int | None = 1) -> str:
    """Return a value as JSON; what is not finite becomes null, numbers of numpy become plain ones."""
    return json.dumps(finite(value), indent=indent, allow_nan=False)


def finite(value: Any) -> Any:
    """Return a value with None in place of numbers that are not finite, at any depth."""
    if isinstance(value, Mapping):
        return {str(key): finite(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [finite(part) for part in value]
    if hasattr(value, "tolist"):
        return finite(value.tolist())
    return None if isinstance(value, float) and not math.isfinite(value) else value
