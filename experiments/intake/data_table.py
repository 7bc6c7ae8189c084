"""The text of `ecopark data`: cells by table, column and status, shares by money, companies, tornado."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

from ecopark.abm.input.scenario import Scenario

from .again import read_rows
from .best import best_of
from .draft import ASSUMED, GIVEN, INFERRED
from .known import (
    WORDS,
    CellRow,
    is_number,
    known_line_of,
    pedigree_of,
    read_provenance,
    shares_by_money,
    sizes_in,
    spread_of,
)
from .opportunities import assumed_share
from .page import amount, money
from .streams import read_park
from .tornado import MOST, Bar, bars_of
from .worth import rows_of


def data_text(folder: Path, scenario: Scenario, tornado: bool) -> tuple[str, list[Bar]]:
    """Return the text, and the bars of the tornado (none when it is not asked for)."""
    cells = read_provenance(folder) if folder.is_dir() else []
    park = read_park(scenario, sizes_in(folder))
    best = best_of(park, rows_of(park))
    lines = [f"{scenario.label}: how it is known", "", known_line_of(folder, scenario, assumed_share(best))]
    lines += (
        by_column(cells)
        if cells
        else ["", "No provenance.csv: a park that was typed, not imported; its cells count as given."]
    )
    shares = (
        ", ".join(f"{letter} {share:.0%}" for letter, share in shares_by_money(best).items()) or "nothing is possible"
    )
    lines += ["", f"Best total {money(best.value)} EUR a year, by the worst cell each flow rests on: {shares}"]
    lines += [
        "  (V measured, C accounts or register, S permit, G estimate, A guess; cells of the park and figures of the library)"
    ]
    lines += by_company(cells)
    bars = bars_of(park, best.value, _alternatives(folder)) if tornado else []
    if bars:
        lines += ["", "Tornado: the best total with each cell at its ends, EUR a year"]
        width = max(len(bar.name) for bar in bars[:MOST])
        lines += [
            f"  {bar.name:<{width}}  {_ends(bar)}  {money(bar.total_low)} to {money(bar.total_high)}"
            for bar in bars[:MOST]
        ]
    return "\n".join(lines), bars


def _ends(bar: Bar) -> str:
    return " or ".join(bar.options) if bar.kind == "type" else f"{amount(bar.low)} to {amount(bar.high)}"


def _alternatives(folder: Path) -> dict[str, tuple[str, ...]]:
    """Return other types that a company may be, of the questions."""
    rows = read_rows(folder / "questions.csv") if folder.is_dir() else []
    return {
        row["company"]: tuple(kind for kind in row.get("alternatives", "").split(";") if kind)
        for row in rows
        if row.get("column") == "type"
    }


def by_column(cells: list[CellRow]) -> list[str]:
    """Return a line per table and column: cells by status and by grade, and the spread that their origin stands for."""
    numbers = [
        cell
        for cell in cells
        if is_number(cell.value) and cell.column not in ("low", "high") and cell.column not in WORDS
    ]
    groups: dict[tuple[str, str], list[CellRow]] = {}
    for cell in numbers:
        groups.setdefault((cell.table, cell.column), []).append(cell)
    lines = ["", f"  {'table, column':<32} {GIVEN:>6} {INFERRED:>9} {ASSUMED:>8}  grades; geometric sd by origin"]
    for (table, column), found in groups.items():
        counts, grades = Counter(cell.status for cell in found), Counter(cell.grade for cell in found)
        spread = sum(spread_of(pedigree_of(cell.rule, cell.status)) for cell in found) / len(found)
        letters = " ".join(f"{letter} {grades[letter]}" for letter in "VCSGA" if grades[letter])
        lines.append(
            f"  {table + ', ' + column:<32} {counts[GIVEN]:>6} {counts[INFERRED]:>9} {counts[ASSUMED]:>8}  {letters}; {spread:.2f}"
        )
    return lines


def _written(value: str) -> str:
    return amount(float(value)) if is_number(value) else value


def by_company(cells: list[CellRow]) -> list[str]:
    """Return a line per company: its type and size, how each is known."""
    about: dict[str, dict[str, Any]] = {}
    for cell in cells:
        if cell.table == "companies" and cell.column in ("type", "size"):
            about.setdefault(cell.row, {})[cell.column] = (
                f"{_written(cell.value)} ({cell.status}, {cell.grade}: {cell.rule})"
            )
    width = max((len(name) for name in about), default=0)
    rows = [
        f"  {name:<{width}}  {found.get('type', '')}; {found.get('size', 'no size')}"
        for name, found in sorted(about.items())
    ]
    return ["", "Companies", *rows] if rows else []
