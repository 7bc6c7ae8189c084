"""What every replication declares before it runs: texts from `declarations.toml`, numbers from `published.csv`."""

from __future__ import annotations

import csv
import importlib
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from .result import Published, ReplicationResult

ROOM = Path(__file__).parent
NUMERIC = ("value", "standard_error", "runs", "last_digit")


@dataclass(frozen=True)
class Replication:
    """A published model rebuilt: everything that is declared before it runs."""

    id: str
    module: str
    title: str
    question: str
    source: str
    rule: str
    readings: dict[str, str]
    """Which reading of an ambiguous description the verdict rests on, by part."""
    defects: tuple[str, ...]
    """Defects found in the original."""

    @property
    def published(self) -> tuple[Published, ...]:
        """The published numbers, in the order of `published.csv`."""
        return tuple(number for number in read_published() if number.replication == self.id)

    def replicate(self, quick: bool = False, seed: int = 1) -> ReplicationResult:
        """Run the rebuilt model and hold it against the published numbers."""
        return importlib.import_module(f"ecopark.experiments.replications.{self.module}").replicate(quick, seed)


@cache
def read_published() -> tuple[Published, ...]:
    """Read all published numbers; an empty cell of a numeric column is NaN."""
    with (ROOM / "published.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return tuple(
        Published(**{key: float(cell or "nan") if key in NUMERIC else cell for key, cell in row.items()})
        for row in rows
    )


@cache
def declared() -> dict[str, Replication]:
    """Read all declared replications, by id."""
    with (ROOM / "declarations.toml").open("rb") as file:
        texts = tomllib.load(file)
    rule = texts.pop("rule").strip()
    return {
        name: Replication(id=name, rule=rule, defects=tuple(text.pop("defects")), **text)
        for name, text in texts.items()
    }
