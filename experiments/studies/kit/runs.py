"""The runs of a study: one sweep per study, resumable; results of an earlier version are refused, never mixed in."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from ecopark.abm.input.errors import InputError, Mistake

from ...sweeps.plan.plan import plan_study
from ...sweeps.storage import manifest
from ...sweeps.storage.parts import Folder
from ...sweeps.study_file.study import Study
from ...sweeps.sweep import run_study
from .declaration import StudyDeclaration, StudyResult, judge

CHUNK = 10
"""Runs of a part: what a study that is stopped has to do again at most, per worker."""
PLACE = "sweep"


def run_declared(
    declaration: StudyDeclaration, folder: Path, quick: bool = False, seed: int = 1, workers: int | None = None
) -> StudyResult:
    """Run what is missing of a study in its folder and return its result; all variants of a replicate share their shocks.

    workers: processes, one per core when left out; a quick study is done in this process, which starts sooner.
    """
    if workers is None and quick:
        workers = 0
    frame = run_study(as_sweep(declaration, quick, seed), folder / PLACE, workers=workers).frame()
    failed = frame["error"].dropna()
    if len(failed):
        raise RuntimeError(
            f"{declaration.id}: {len(failed)} of {len(frame)} runs failed, the first with: {failed.iloc[0]}"
        )
    names = {_key(name): name for name in declaration.variants}
    runs = frame.assign(variant=frame["policy"].map(names))
    return judge(declaration, runs[["variant", "replicate", *declaration.outcomes, *declaration.measures]], quick)


def as_sweep(declaration: StudyDeclaration, quick: bool, seed: int) -> Study:
    """Return the sweep of a study: no factors, its variants as policies."""
    measured = {name: {"indicator": name, "take": "last"} for name in declaration.measures}
    return Study(
        name=declaration.id,
        question=declaration.question,
        scenario=declaration.scenario,
        model=f"ecopark.experiments.studies.kit.measured_park:{declaration.module}",
        years=declaration.years,
        replicates=declaration.replicates[1 if quick else 0],
        seed=seed,
        set=dict(declaration.values),
        policies={_key(name): dict(values) for name, values in declaration.variants.items()},
        outcomes=dict(declaration.outcomes) | measured,
        chunk=CHUNK,
    )


def _key(name: str) -> str:
    """Return a variant's name as the sweep machinery takes it."""
    return "".join(letter if letter.isalnum() else "_" for letter in name)


def refuse_old_results(declarations: Iterable[StudyDeclaration], out: Path, quick: bool, seed: int) -> None:
    """Raise InputError, before anything runs, when a folder holds results of another version of its study or the model."""
    old = {one.id: found for one in declarations if (found := _changed(one, out / one.id / PLACE, quick, seed))}
    if old:
        differing = ", ".join(list(dict.fromkeys(place for places in old.values() for place in places))[:5])
        allowed = (
            f"a folder without results of another version of the model or the study: it holds {', '.join(old)} (different: "
            f"{differing}). `--fresh` deletes these results and runs anew; another folder after `--out` keeps them"
        )
        raise InputError([Mistake("--out", str(out), allowed)])


def _changed(declaration: StudyDeclaration, place: Path, quick: bool, seed: int) -> list[str]:
    """Return in what the results in a folder differ from the study as it stands."""
    there = manifest.found_at(Folder(place))
    if there is None:
        return []
    try:
        manifest.refuse_changes(Folder(place), there, plan_study(as_sweep(declaration, quick, seed)).manifest)
    except InputError as error:
        return [mistake.place for mistake in error.mistakes]
    return []


def forget_results(declarations: Iterable[StudyDeclaration], out: Path) -> None:
    """Delete the runs of studies in their folders, and nothing that a study did not put there."""
    for one in declarations:
        place: Any = out / one.id / PLACE
        if (place / "manifest.json").exists():
            shutil.rmtree(place)
            (out / one.id / "result.json").unlink(missing_ok=True)
