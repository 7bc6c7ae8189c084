"""Parks against the history of their scenario: ensembles, scores, and what was aimed at."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from .history_files import read_history_files

NAMES = (
    "yearly", "monthly", "companies", "opportunities", "exchanges", "events", "meetings", "talks", "prices", "deliveries", "streams",
    "accounts", "assets",
)  # fmt: skip
SPLIT_YEAR = 1995
CAVEAT = (
    "No parameter of behaviour is fitted to this park: all are the values that all parks share. Some uncertain data were "
    "set or moved by somebody who knew the years of the links, so it is not a blind prediction, to 1995 or after (see "
    "README.md of the scenario)."
)
LEVEL_CAVEAT = (
    "After about 2005 the reconstruction has half to three quarters of the links that were printed: look at the shape "
    "and the turning points there, not at the level."
)


def has_history(folder: Path | None, companies: Iterable[str]) -> bool:
    """Tell whether a folder has a history of this park: history.csv, and links.csv between companies that it has.

    A park that was made from another one by changing its companies has the files, but no such history.
    """
    if folder is None or not ((folder / "history.csv").exists() and (folder / "links.csv").exists()):
        return False
    (_, links), known = read_history_files(folder), set(companies)
    sides = [*links["seller"].tolist(), *links["buyer"].tolist()]
    return all(known & {name.strip() for name in str(side).split(";")} for side in sides)


def is_kalundborg(folder: Path) -> bool:
    """Tell whether a folder holds the history that was aimed at: the links and the history of the shipped Kalundborg."""
    from ecopark.abm.input.loading import SCENARIOS

    names = ("links.csv", "history.csv")
    return all(
        (folder / name).is_file() and (folder / name).read_bytes() == (SCENARIOS / "kalundborg" / name).read_bytes()
        for name in names
    )


def score_tables(folder: Path, tables: Any) -> dict[str, Any]:
    """Return how runs compare with `history.csv` and `links.csv` of a scenario folder, without pandas.

    tables: a `RunTables`. Keys: `summary`; `history` (year, low, mid, high of the years that were simulated); `counted`
    (year, replicate, links: what operates each December, counted as history counts links).
    """
    from ecopark.analysis.validation.goodness_of_fit import closeness, live_links

    history, links = read_history_files(folder)
    years = set(tables.yearly["year"].tolist())
    counted = live_links(tables, links)
    curve = history[[place for place, year in enumerate(history["year"].tolist()) if int(year) in years]]
    return {
        "summary": closeness(tables, history, links, SPLIT_YEAR),
        "history": {name: curve[name].tolist() for name in ("year", "low", "mid", "high")},
        "counted": {name: counted[name].tolist() for name in ("year", "replicate", "links")},
    }


def score_frames(folder: Path, frames: dict[str, Any]) -> Any:
    """Return the score of result tables; `published.csv` and `turning_points.csv` of the folder count where they exist."""
    from ecopark.analysis.run_folder.tables import RunTables
    from ecopark.analysis.validation.history import read_history, score

    history, links = read_history(folder)
    extra = {"published": _read(folder / "published.csv"), "turns": _read(folder / "turning_points.csv")}
    return score(RunTables(origin={}, **frames), history, links, split_year=SPLIT_YEAR, **extra)


def _read(path: Path) -> Any:
    import pandas as pd

    return pd.read_csv(path) if path.exists() else None


def frames_of(parks: list[Any], names: tuple[str, ...] = NAMES) -> dict[str, Any]:
    """Return the result tables of several parks, each with a first column `replicate`; a single park's without.

    names: the tables wanted; the others stay empty.
    """
    import pandas as pd

    if len(parks) == 1:
        return {name: getattr(parks[0].results, name) if name in names else pd.DataFrame() for name in NAMES}
    frames = {}
    for name in NAMES:
        parts = [getattr(park.results, name) for park in parks] if name in names else []
        for number, part in enumerate(parts):
            part.insert(0, "replicate", number)
        frames[name] = pd.concat(parts, ignore_index=True) if parts else pd.DataFrame()
    return frames


def run_ensemble(
    scenario: Any,
    seed: int,
    replicates: int,
    years: int | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> list[Any]:
    """Run a scenario several times with different shocks, without the records that a score does not read."""
    from ecopark.abm.park import Park

    from .run import replicate_seed

    lean = scenario.replace({"recording.companies": False, "recording.meetings": False, "recording.events": False})
    parks = []
    for number in range(replicates):
        park = Park(lean, replicate_seed(seed, number))
        park.run(years)
        parks.append(park)
        if progress:
            progress(number + 1, replicates)
    return parks


def wasted_talks(parks: Iterable[Any], until: int) -> float:
    """Return the share of pairs that fail although both could gain: feasible failures / (these + deals), to a year.

    17 to 24 % in real alternating-offer bargaining (Larsen 2021, 265,000 sequences).
    """
    failed = deals = 0.0
    for park in parks:
        rows = park.yearly[park.yearly["year"] <= until]
        failed += float(rows["failed_feasible"].sum())
        deals += float(rows["deals"].sum())
    return failed / (failed + deals) if failed + deals > 0 else float("nan")


def aims(score: Any) -> list[dict[str, Any]]:
    """Return what was aimed at: words, the value, the bound and whether it is met."""
    summary = score.summary
    core = summary[f"core links begun by {SPLIT_YEAR}"]
    false = summary[f"false links per run by {SPLIT_YEAR}"]
    rows = [
        (f"core links that operate by {SPLIT_YEAR} in over half of the runs, of {core:.0f}",
         summary["of them found in most runs"], ">=", 12 / 17 * core),
        ("median timing error of those, years", summary["median timing error of those, years"], "<=", 6.0),
        (f"share of years to {SPLIT_YEAR} with history inside the 90 % band",
         summary[f"share of years to {SPLIT_YEAR} inside the 90 % band"], ">=", 0.9),
        (f"false links a run by {SPLIT_YEAR}, at most as many as true ones", false, "<=",
         summary[f"true links per run by {SPLIT_YEAR}"]),
    ]  # fmt: skip
    rows += [
        (f"{turn.label}: share of runs that turn the right way", turn.right, ">", 0.5)
        for turn in score.turns.itertuples()
    ]
    compare = {">=": float.__ge__, "<=": float.__le__, ">": float.__gt__}
    return [
        {"aim": text, "value": float(value), "bound": f"{sign} {bound:.3g}", "met": compare[sign](float(value), bound)}
        for text, value, sign, bound in rows
    ]
