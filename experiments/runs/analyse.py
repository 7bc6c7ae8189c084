"""From a folder to its report: a run, an ensemble or a sweep."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ecopark.abm.input.errors import InputError, Mistake, nearest

from .sweep_folder import sweep_of


def analyse(
    folder: Path,
    against: Path | None = None,
    pictures: bool = True,
    outcome: str | None = None,
    policy: str | None = None,
) -> Path:
    """Write the report of a folder and the tables behind its figures; return the path of the report.

    against: folder of a baseline on the same shocks, of a run or an ensemble. pictures: write figures as files, too.
    outcome, policy: look at one of a sweep, in a report of its own beside that of all. Raises InputError when there is
    nothing to analyse, or when something is asked that the folder does not have.
    """
    from ecopark.abm.submodels.flow_programme import solve_flows
    from ecopark.analysis.report.run_report import write_report

    from ..sweeps.storage.manifest import found_at
    from ..sweeps.storage.parts import Folder

    if not folder.is_dir():
        raise InputError([Mistake("FOLDER", str(folder), "the folder of a run, an ensemble or a sweep")])
    is_sweep = found_at(Folder(folder.resolve())) is not None
    if is_sweep and against is not None:
        raise InputError([Mistake("--against", str(against), "left out: it compares two runs, and this is a sweep")])
    if is_sweep:
        return _analyse_sweep(folder, pictures, outcome, policy)
    asked = {"--outcome": outcome, "--policy": policy}
    wrong = [Mistake(name, given, "left out: this is no sweep") for name, given in asked.items() if given is not None]
    if wrong:
        raise InputError(wrong)
    return write_report(folder, _score(folder), against, pictures, solve=solve_flows)


def _analyse_sweep(folder: Path, pictures: bool, outcome: str | None, policy: str | None) -> Path:
    """Write the report of a sweep, or of one outcome or policy of it."""
    from ecopark.analysis.report.sweep_report import write_sweep_report

    sweep = sweep_of(folder)
    wrong = [
        Mistake(name, given, f"one of {', '.join(known)}", nearest(given, known))
        for name, given, known in (("--outcome", outcome, list(sweep.outcomes)), ("--policy", policy, sweep.policies))
        if given is not None and given not in known
    ]
    if wrong:
        raise InputError(wrong)
    suffix = "".join(f"_{one}" for one in (outcome, policy) if one is not None)
    return write_sweep_report(sweep.narrowed(outcome, policy), folder, pictures, suffix)


def _score(folder: Path) -> dict[str, Any] | None:
    """Return the score against history of a run of a shipped scenario that has one."""
    from ecopark.abm.input.loading import SCENARIOS, scenario_names
    from ecopark.abm.input.run_record import read_record
    from ecopark.analysis.run_folder.tables import read_tables
    from ecopark.analysis.validation.history import read_history, score

    from .score import has_history

    if not (folder / "run.json").exists():
        return None
    scenario = read_record(folder / "run.json")["scenario"]
    try:
        name, companies = scenario["name"], [row["name"] for row in scenario["tables"]["companies"]]
    except (TypeError, KeyError):
        return None
    if name not in scenario_names() or not has_history(SCENARIOS / name, companies):
        return None
    history, links = read_history(SCENARIOS / name)
    return score(read_tables(folder), history, links).as_dict()
