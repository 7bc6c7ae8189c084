"""Codes that others use: waste by the European list (2014/955/EU), economic activity by NACE Rev. 2."""

from __future__ import annotations

import csv
import re
from functools import lru_cache
from pathlib import Path

FOLDER = Path(__file__).parents[1] / "library" / "codes"


@lru_cache(maxsize=16)
def code_table(name: str) -> tuple[dict[str, str], ...]:
    """Return the rows of a mapping table of library/codes."""
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


@lru_cache(maxsize=1)
def waste_codes() -> dict[str, dict[str, str]]:
    """Return the rows of ewc_materials.csv by their six digits."""
    return {row["ewc"]: row for row in code_table("ewc_materials")}


def waste_code(text: str) -> str | None:
    """Return the six digits of `10 01 02`, `100102`, `10.01.02*`, `20402`; None when it is no such code."""
    digits = re.fullmatch(r"[0-9]{2}[ .\-/]?[0-9]{2}[ .\-/]?[0-9]{2}\s?\*?|[0-9]{5}\s?\*?", text.strip())
    return re.sub(r"\D", "", text).zfill(6) if digits else None


def nace_class(text: str) -> str | None:
    """Return the digits of `35.11`, `1105`, `C11.05`, `1081Z` (French), two to four of them; None when it is no NACE code."""
    found = re.fullmatch(r"[A-U]?\s?([0-9]{2})\.?([0-9]{0,2})[A-Z]?", text.strip())
    return (found[1] + found[2]) if found else None


def meant_by_waste_code(text: str) -> str | None:
    """Say which material a waste code stands for; None when the text is no known code."""
    code = waste_code(text)
    row = waste_codes().get(code or "")
    if row is None:
        return None
    spaced = f"{row['ewc'][:2]} {row['ewc'][2:4]} {row['ewc'][4:]}"
    return f"{row['material'] or 'no material of the library'} (waste code {spaced}: {row['title']})"


def meant_by_nace(text: str) -> str | None:
    """Say which types of company a NACE class stands for; None when the text is no known class."""
    code = nace_class(text)
    rows = [row for row in code_table("nace_types") if code and row["nace"].startswith(code)]
    if not rows:
        return None
    types: dict[str, None] = {}
    for row in rows:
        types.update(dict.fromkeys(name for name in (row["type"], *row["alternatives"].split(";")) if name))
    title = rows[0]["title"] if len(rows) == 1 else f"{len(rows)} classes"
    return f"{' or '.join(list(types)[:6]) or 'no type of the library'} (NACE {text.strip()}: {title})"
