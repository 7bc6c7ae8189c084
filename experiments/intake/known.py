"""How well a park is known: given, inferred and assumed cells, by grade and by money; five indicators by rule."""

from __future__ import annotations

import csv
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ecopark.abm.input.errors import InputError, Mistake
from ecopark.abm.input.run_record import read_record
from ecopark.abm.input.scenario import Scenario
from ecopark.abm.input.text_files import read_json

from .best import Best
from .draft import ASSUMED, GIVEN, INFERRED
from .opportunities import Opportunities
from .write import PROVENANCE

# Pedigree of a cell by the rule that made it: reliability, completeness, time, place, technology; 1 good to 5 poor
# (Weidema and Wesnaes 1996, doi:10.1016/S0959-6526(96)00043-1).
PEDIGREE = {
    "measured": (1, 1, 1, 1, 1), "as given": (2, 1, 1, 1, 1), "answered": (2, 1, 1, 1, 1), "changed by hand": (2, 1, 1, 1, 1),
    "register": (2, 2, 2, 1, 3), "co2": (3, 4, 2, 3, 4), "fuel": (3, 3, 2, 2, 3), "capacity": (3, 3, 2, 2, 3),
    "type x size": (3, 4, 2, 3, 4), "typical of the type": (5, 5, 3, 4, 4),
}  # fmt: skip
# Uncertainty factors of the scores 1 to 5 (Weidema et al. 2013, ecoinvent data quality guideline, table 10.5: squares of the
# geometric standard deviation per indicator are summed in logs).
FACTORS = {
    0: (1.0, 1.05, 1.10, 1.20, 1.50), 1: (1.0, 1.02, 1.05, 1.10, 1.20), 2: (1.0, 1.03, 1.10, 1.20, 1.50),
    3: (1.0, 1.01, 1.02, 1.05, 1.10), 4: (1.0, 1.05, 1.20, 1.50, 2.00),
}  # fmt: skip


@dataclass(frozen=True)
class CellRow:
    """A row of provenance.csv."""

    table: str
    row: str
    column: str
    value: str
    status: str
    grade: str
    rule: str
    low: str
    high: str


def read_provenance(folder: Path) -> list[CellRow]:
    """Return the rows of a park's provenance; none where no import has written one."""
    if not (folder / "provenance.csv").is_file():
        return []
    names = ("table", "row", "column", "value", "status", "grade", "rule", "low", "high")
    return [CellRow(*(line[name] for name in names)) for line in provenance_lines(folder)]


def provenance_lines(folder: Path) -> list[dict[str, str]]:
    """Return the lines of provenance.csv by column, empty where a line is short. Raises InputError where it cannot be read."""
    path = folder / "provenance.csv"
    whole = "the file as an import wrote it; without it the cells count as typed"
    try:
        with path.open(encoding="utf-8", newline="") as file:
            lines = list(csv.DictReader(file))
    except (csv.Error, UnicodeDecodeError) as error:
        raise InputError([Mistake("provenance.csv", str(error), whole)]) from None
    missing = [name for name in PROVENANCE if lines and name not in lines[0]]
    if missing:
        raise InputError([Mistake("provenance.csv", f"no column {name}", whole) for name in missing])
    return [{name: line[name] or "" for name in PROVENANCE} for line in lines]


def sizes_in(folder: Path) -> dict[str, tuple[float, float, str]]:
    """Return low, high and grade of the sizes in a park's provenance that have a range."""
    rows = (
        [row for row in read_provenance(folder) if (row.table, row.column) == ("companies", "size")]
        if folder.is_dir()
        else []
    )
    return {
        row.row: (float(row.low), float(row.high), row.grade)
        for row in rows
        if is_number(row.low) and is_number(row.high)
    }


def is_number(text: str) -> bool:
    """Tell whether a cell holds a number."""
    try:
        float(text)
    except ValueError:
        return False
    return True


WORDS = frozenset(
    ("name", "company", "giver", "taker", "from", "to", "nace", "ewc", "source_id", "confidential", "opens", "closes", "since", "until",
     "date", "profile", "source", "note")
)  # fmt: skip
"""Columns whose cells are no numbers, even where they look like one."""


def known_line_of(folder: Path, scenario: Scenario, share: float | None) -> str:
    """Return the line that every report of a park bears."""
    rows = (
        [row for row in read_provenance(folder) if is_number(row.value) and row.column not in WORDS]
        if folder.is_dir()
        else []
    )
    counts = Counter(row.status for row in rows) if rows else _of_tables(scenario)
    total = sum(counts.values())
    rests = "" if share is None else f"; {share:.0%} of the possible value rests on assumptions"
    return f"{counts[GIVEN]} of {total} numbers given, {counts[INFERRED]} inferred, {counts[ASSUMED]} assumed{rests}"


def _of_tables(scenario: Scenario) -> Counter[str]:
    """Return the counts of a park that was typed: cells are given, sizes that are left empty assumed, the types' streams inferred."""
    tables: Any = scenario.tables
    counts: Counter[str] = Counter()
    for row in tables["companies"]:
        counts[GIVEN if row.size is not None else ASSUMED] += 1
        counts[GIVEN] += 2
        counts[INFERRED] += sum(one.type == row.type for one in tables["processes"])
    counts[GIVEN] += sum(row.per_year is not None for row in tables["streams"])
    return counts


def pedigree_of(rule: str, status: str) -> tuple[int, ...]:
    """Return the five indicators of a cell by the rule that made it."""
    for words, scores in PEDIGREE.items():
        if rule.startswith(words):
            return scores
    return (
        PEDIGREE["register"]
        if status == GIVEN
        else PEDIGREE["type x size"]
        if status == INFERRED
        else PEDIGREE["typical of the type"]
    )


def spread_of(scores: tuple[int, ...]) -> float:
    """Return the geometric standard deviation that five indicators stand for."""
    import math

    return math.exp(math.sqrt(sum(math.log(FACTORS[place][score - 1]) ** 2 for place, score in enumerate(scores))))


def shares_by_money(best: Best) -> dict[str, float]:
    """Return the share of the best total by the worst grade of the cells that each flow rests on."""
    values: Counter[str] = Counter()
    for row in best.chosen:
        values[row.letter] += row.in_best * max(0.0, row.unit)
    total = sum(values.values())
    return {letter: value / total for letter, value in sorted(values.items())} if total > 0 else {}


def signed_share(scenario: Scenario, found: Opportunities, runs: Path = Path("runs")) -> float | None:
    """Return the share of worthwhile rows that the latest ensemble of the park signed within 20 years; None without one."""
    folders = sorted(runs.glob(f"{scenario.name}*/run.json"), key=lambda path: path.stat().st_mtime)
    wanted = {(row.giver, row.taker, row.material) for row in found.best.rows if not row.causes and not row.in_use}
    for path in reversed(folders) if wanted else ():
        try:
            record = read_record(path)
            replicates = int(record["replicates"] or 1)
            if replicates < 2 or record["scenario"]["name"] != scenario.name:
                continue
            signed = _signed_early(path.parent / "exchanges.parquet")
        except (InputError, OSError, ValueError, KeyError, TypeError):  # broken, or of somebody else
            continue
        return sum(one[1:] in wanted for one in signed) / (len(wanted) * replicates)
    return None


def _signed_early(path: Path) -> set[tuple[Any, ...]]:
    """Return (replicate, seller, buyer, material) of what was signed within 20 years."""
    import pandas as pd

    columns = ["replicate", "seller", "buyer", "material"]
    table = pd.read_parquet(path, columns=[*columns, "signed_month"])
    return set(map(tuple, table.loc[table["signed_month"] < 240, columns].drop_duplicates().itertuples(index=False)))


def outlines_of(folder: Path) -> list[Any]:
    """Return the outlines of an import's choice of place [km], for the map."""
    path = folder / "import.json"
    if not path.is_file():
        return []
    try:
        return [[(float(x), float(y)) for x, y in ring] for ring in read_json(path)["choice"]["outlines"]]
    except (OSError, ValueError, KeyError, TypeError):
        return []
