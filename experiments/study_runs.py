"""The runs of a study: through the sweep machinery, or measured on finished parks; both resumable."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from experiments.study_kit import StudyDeclaration, StudyResult, judge


def run_declared(
    declaration: StudyDeclaration, folder: Path, quick: bool = False, seed: int = 1, workers: int | None = None
) -> StudyResult:
    """Run what is missing of a study in its folder and return its result; all variants of a replicate share their shocks."""
    replicates = declaration.replicates[1 if quick else 0]
    place = folder / ("quick" if quick else "full")
    swept = _sweep(declaration, place / "sweep", replicates, seed, workers) if declaration.outcomes else None
    measured = (
        _measure(declaration, place / f"measured-{seed}.parquet", replicates, seed) if declaration.measure else None
    )
    if swept is None or measured is None:
        runs = measured if swept is None else swept
    else:
        runs = swept.merge(measured, on=["variant", "replicate"])
    return judge(declaration, runs, quick)


def _sweep(declaration: StudyDeclaration, folder: Path, replicates: int, seed: int, workers: int | None) -> Any:
    """Return one row per variant and replicate, from a resumable sweep."""
    from experiments.sweeps.study import Study
    from experiments.sweeps.sweep import run_study

    study = Study(
        name=declaration.id, question=declaration.question, scenario=declaration.scenario, years=declaration.years,
        replicates=replicates, seed=seed, set=dict(declaration.values),
        policies={_key(name): dict(values) for name, values in declaration.variants.items()}, outcomes=dict(declaration.outcomes),
    )  # fmt: skip
    frame = run_study(study, folder, workers=workers, quiet=True).frame()
    names = {_key(name): name for name in declaration.variants}
    return frame.assign(variant=frame["policy"].map(names)).drop(columns=["policy"])


def _key(name: str) -> str:
    """Return a variant's name as the sweep machinery takes it."""
    return "".join(letter if letter.isalnum() else "_" for letter in name)


def _measure(declaration: StudyDeclaration, path: Path, replicates: int, seed: int) -> Any:
    """Return one row per variant and replicate, measured on finished parks; rows already there are kept."""
    import pandas as pd

    from abm.loading import load_scenario
    from abm.park import Park
    from experiments.runs import replicate_seed

    done = pd.read_parquet(path) if path.exists() else pd.DataFrame({"variant": [], "replicate": []})
    there = set(zip(done["variant"], done["replicate"].astype(int), strict=True))
    rows = []
    for name, values in declaration.variants.items():
        horizon = {} if declaration.years is None else {"horizon.years": declaration.years}
        scenario = load_scenario(declaration.scenario, {**horizon, **declaration.values, **values})
        for number in range(replicates):
            if (name, number) not in there:
                park = Park(scenario, replicate_seed(seed, number)).run()
                assert declaration.measure is not None
                rows.append({"variant": name, "replicate": number, **declaration.measure(park)})
    if rows:
        done = pd.concat([done, pd.DataFrame(rows)], ignore_index=True)
        path.parent.mkdir(parents=True, exist_ok=True)
        done.to_parquet(path)
    return done[done["replicate"] < replicates].astype({"replicate": int})
