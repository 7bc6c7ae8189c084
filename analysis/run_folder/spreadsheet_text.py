"""Tables as CSV that a spreadsheet shows and does not run."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from .whole_files import write_whole

FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a cell of text must not begin with (OWASP, CSV injection)."""


def harmless(value: Any) -> Any:
    """Return a text so that a spreadsheet takes it for one: with an apostrophe in front where it would be a formula."""
    if not isinstance(value, str) or not value.startswith(FORMULA) or _is_number(value):
        return value
    return "'" + value.replace("\r", " ")


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def write_csv(frame: Any, path: Path) -> None:
    """Write a DataFrame as CSV, every text of it and of its heading harmless."""
    write_whole(path, csv_text(frame))


def csv_text(frame: Any) -> str:
    """Return a DataFrame as CSV, every text of it and of its heading harmless."""
    safe = frame.copy()
    for place, name in enumerate(safe.columns):
        if safe.iloc[:, place].dtype.kind not in "biufcmM":
            safe = safe.assign(**{str(name): safe.iloc[:, place].map(harmless)}) if isinstance(name, str) else safe
    safe.columns = [harmless(name) for name in safe.columns]
    return str(safe.to_csv(index=False))
