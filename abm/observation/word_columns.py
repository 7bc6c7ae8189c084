"""Columns of words: names in place of rows."""

from __future__ import annotations

from typing import Any

import numpy as np

Columns = dict[str, Any]


def pick(names: Any, rows: Any) -> np.ndarray:
    """Return the name behind each row."""
    rows = np.asarray(rows, dtype=np.int64)
    if len(names) <= len(rows):
        return np.array(names, dtype=object)[rows]
    wanted, back = np.unique(rows, return_inverse=True)
    return np.array([names[row] for row in wanted], dtype=object)[back] if len(wanted) else np.empty(0, dtype=object)


def pick_optional(names: Any, rows: np.ndarray) -> np.ndarray:
    """Return the name behind each row, None where there is none."""
    known = ~np.isnan(rows)
    found = np.full(len(rows), None, dtype=object)
    found[known] = pick(names, rows[known])
    return found
