"""From a folder to its report: a run, an ensemble or a sweep."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from ecopark.abm.input.errors import InputError, Mistake

if TYPE_CHECKING:
    from ecopark.analysis.inference.sweep_table import Sweep

BETTER = {
    "max": ("gain", "links", "material_reused", "co2_avoided", "public_balance"),
    "min": ("disposed", "subsidies", "programme_cost"),
}


def analyse(folder: Path, against: Path | None = None, pictures: bool = True) -> Path:
    """Write the report of a folder and the tables behind its figures; return the path of report.html.

    against: folder of a baseline on the same shocks. pictures: write figures as files, too. Raises InputError when there
    is nothing to analyse.
    """
    from ecopark.analysis.report.run_report import write_report
    from ecopark.analysis.report.sweep_report import write_sweep_report

    from ..sweeps.storage.manifest import found_at
    from ..sweeps.storage.parts import Folder

    if not folder.is_dir():
        raise InputError([Mistake("FOLDER", str(folder), "the folder of a run, an ensemble or a sweep")])
    if found_at(Folder(folder.resolve())) is not None:
        return write_sweep_report(sweep_of(folder), folder)
    return write_report(folder, _score(folder), against, pictures)


def _score(folder: Path) -> dict[str, Any] | None:
    """Return the score against history of a run of a shipped scenario that has one."""
    import json

    from ecopark.abm.input.loading import SCENARIOS, scenario_names
    from ecopark.analysis.run_folder.tables import read_tables
    from ecopark.analysis.validation.history import read_history, score

    from .score import has_history

    if not (folder / "run.json").exists():
        return None
    scenario = json.loads((folder / "run.json").read_text(encoding="utf-8"))["scenario"]
    name, companies = scenario["name"], [row["name"] for row in scenario["tables"]["companies"]]
    if name not in scenario_names() or not has_history(SCENARIOS / name, companies):
        return None
    history, links = read_history(SCENARIOS / name)
    return score(read_tables(folder), history, links).as_dict()


def sweep_of(folder: Path) -> Sweep:
    """Return a sweep's store as the analysis takes it; refuses one with missing runs."""
    from ecopark.analysis.inference.sweep_table import Sweep

    from ..sweeps.storage.results import open_results

    results = open_results(folder)
    study = results.study
    outcomes = tuple(name for name, outcome in study.outcomes.items() if outcome.take != "series")
    goals = {
        name: goal
        for goal, indicators in BETTER.items()
        for name in outcomes
        if study.outcomes[name].indicator in indicators
    }
    return Sweep(
        name=study.name, runs=results.frame(), factors=tuple(results.manifest["factors"]), outcomes=outcomes,
        design=study.design.kind, points=len(results.points()), question=study.question,
        second_order=bool(getattr(study.design, "second_order", False)),
        yearly=results.yearly() if study.keep == "yearly" else None, goals=goals, origin=results.manifest,
    )  # fmt: skip
