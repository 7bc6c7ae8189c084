"""What is known of how a park went in fact: the number of exchanges by year, with its bounds."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ecopark.abm.input.loading import scenario_folder
from ecopark.abm.input.scenario import Scenario

from ...runs.history_files import read_history_files
from ...runs.score import has_history


@dataclass(frozen=True)
class Known:
    """Exchanges by year: at least, most likely, at most."""

    low: dict[int, float]
    mid: dict[int, float]
    high: dict[int, float]


def known_history(source: str | Path, scenario: Scenario) -> Known | None:
    """Return the history of a scenario, None where it has none."""
    folder = scenario_folder(source)
    names = [row.name for row in scenario.tables["companies"]]
    if folder is None or not has_history(folder, names):
        return None
    history, _ = read_history_files(folder)
    columns = (
        {int(year): float(value) for year, value in zip(history["year"], history[name], strict=True)}
        for name in ("low", "mid", "high")
    )
    return Known(*columns)
