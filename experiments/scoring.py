"""Parks against the history of their scenario."""

from __future__ import annotations

from pathlib import Path
from typing import Any


def score_parks(folder: Path, parks: list[Any]) -> dict[str, Any]:
    """Return the score of finished parks against `history.csv` and `links.csv` of a scenario folder."""
    from analysis.history import read_history, score
    from analysis.tables import RunTables

    history, links = read_history(folder)
    return score(RunTables(origin={}, **frames_of(parks)), history, links).as_dict()


def frames_of(parks: list[Any]) -> dict[str, Any]:
    """Return the result tables of several parks, each with a first column `replicate`; a single park's without."""
    import pandas as pd

    names = ("yearly", "monthly", "companies", "opportunities", "exchanges", "events", "meetings", "prices")
    if len(parks) == 1:
        return {name: getattr(parks[0].results, name) for name in names}
    frames = {}
    for name in names:
        parts = [getattr(park.results, name) for park in parks]
        for number, part in enumerate(parts):
            part.insert(0, "replicate", number)
        frames[name] = pd.concat(parts, ignore_index=True)
    return frames
