"""A sweep grows in its own folder: what was there is put aside as `kept-HASH`, and its runs are taken over from there.

A study may get more replicates, more points among which are all that are there, more policies, and more outcomes where
the yearly series are kept. Anything else is another sweep. The growth is a row of steps, and whoever comes to a folder in
which they were begun goes on with them:

growing.parquet, growing.json    points and manifest of the grown sweep; with the second the growth is decided
kept-HASH/                       manifest and points, then runs/ and yearly/, of the sweep that was there: a sweep itself
points.parquet, manifest.json    become those of the grown sweep, and growing.json goes
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from ecopark.abm.input.errors import InputError, Mistake

from ..execution.locks import claim_all
from .manifest import changes_of, checked, differences, found_at, grown_from
from .parts import KEPT, Folder, write_whole

if TYPE_CHECKING:
    import pandas as pd

GROWS = ("replicates", "design", "factors", "policies", "outcomes", "table of points")
PATIENCE = 20.0  # seconds to wait for others who are at the folder


def places_of(points: pd.DataFrame, among: pd.DataFrame) -> np.ndarray:
    """Return for each of `points` (n,) the row of the equal one `among` others, -1 where there is none.

    Of points that stand more than once the first is the first one's equal, the second the second's. The columns of both
    are factors and may stand in another order.
    """
    names = list(among.columns)
    points = points[names]
    first = min(len(points), len(among))
    if points.iloc[:first].equals(among.iloc[:first]):
        return np.where(np.arange(len(points)) < len(among), np.arange(len(points)), -1)
    left, right = (_numbered(one, names) for one in (points, among))
    if any((left[name].dtype.kind == "f") != (right[name].dtype.kind == "f") for name in names):
        return np.full(len(points), -1)
    found = left.merge(right.assign(_there=np.arange(len(right))), on=[*names, "_time"], how="left")
    return found["_there"].fillna(-1).to_numpy(dtype=np.int64)


def _numbered(points: pd.DataFrame, names: list[str]) -> pd.DataFrame:
    """Return points, whole numbers as others, with how many equal ones stand before each of them."""
    points = points.astype({name: float for name in names if points[name].dtype.kind in "iu"})
    return points.assign(_time=points.groupby(names).cumcount() if names else np.arange(len(points)))


def factors_in(folder: Folder) -> pd.DataFrame:
    """Return the design points of a sweep: one row per point, one column per factor."""
    return pq.read_table(folder.points).to_pandas().set_index("point")


def refuse_all_but_growth(
    folder: Folder, there: Mapping[str, Any], now: Mapping[str, Any], columns: Mapping[str, np.ndarray]
) -> None:
    """Raise `InputError` with every difference between the sweep in a folder and a study that is no growth.

    there, now: manifests. columns: the points of the study.
    """
    old, new = (whole["identity"] | {"scenario": whole["scenario"]} for whole in (there, json.loads(json.dumps(now))))
    fixed = [{key: value for key, value in one.items() if key not in GROWS} for one in (old, new)]
    found = [*differences(*fixed), *_shrunk(old, new)]
    found += list(_points_lost(folder, there, old, new, columns))
    mistakes = [*changes_of(folder, found), *_without_series(folder, old, new)]
    if mistakes:
        raise InputError(mistakes)


def _shrunk(old: dict[str, Any], new: dict[str, Any]) -> Iterator[tuple[str, Any, Any]]:
    """Yield (place, old, new) of replicates that go, and of policies and outcomes that change or go."""
    if new["replicates"] < old["replicates"]:
        yield "replicates", old["replicates"], new["replicates"]
    before, after = (one["policies"] or {"baseline": {}} for one in (old, new))
    yield from differences(before, {name: after.get(name) for name in before}, "policies")
    before, after = old["outcomes"], new["outcomes"]
    yield from differences(before, {name: after.get(name) for name in before}, "outcomes")


def _points_lost(
    folder: Folder,
    there: Mapping[str, Any],
    old: dict[str, Any],
    new: dict[str, Any],
    columns: Mapping[str, np.ndarray],
) -> Iterator[tuple[str, Any, Any]]:
    """Yield what the design says otherwise where the points that are there are not all among the new ones."""
    import pandas as pd

    points = pd.DataFrame(dict(columns), index=range(len(next(iter(columns.values()), [None]))))
    same = set(columns) == set(there["factors"]) and new["design"]["kind"] == old["design"]["kind"]
    if same and (places_of(factors_in(folder), points) >= 0).all():
        return
    parts = ("design", "factors", "table of points")
    yield from differences(*({part: one[part] for part in parts} for one in (old, new)))


def _without_series(folder: Folder, old: dict[str, Any], new: dict[str, Any]) -> Iterator[Mistake]:
    """Yield the outcomes that cannot be taken from what is kept."""
    added = [name for name in new["outcomes"] if name not in old["outcomes"]]
    if old["keep"] != "yearly":
        allowed = (
            f'the outcomes that are in {folder.root}: it keeps no yearly series (keep = "yearly") to take others from'
        )
        yield from (Mistake(f"outcomes.{name}", name, allowed) for name in added)


def grow(folder: Folder, there: Mapping[str, Any], grown: Mapping[str, Any], points: pa.Buffer) -> None:
    """Turn the sweep in a folder into a grown one, unless it has become another one meanwhile."""
    with _alone(folder):
        now = found_at(folder)
        if now is None or now["hash"] != there["hash"]:
            return
        write_whole(folder.growing_points, points)
        write_whole(folder.growing, json.dumps(grown).encode())
        _finish(folder)


def finish_growth(folder: Folder) -> None:
    """Go on with a growth that was begun and not finished."""
    if folder.growing.exists():
        with _alone(folder):
            if folder.growing.exists():
                _finish(folder)


def _finish(folder: Folder) -> None:
    """Do the steps that are left."""
    grown, there = checked(folder.growing), found_at(folder)
    assert grown is not None
    assert there is not None
    folder.make()
    if there["hash"] != grown["hash"]:
        kept = folder.kept(f"{KEPT}{there['hash'][:12]}")
        kept.root.mkdir(exist_ok=True)
        if folder.growing_points.exists():
            write_whole(kept.points, folder.points.read_bytes())
        write_whole(kept.manifest, json.dumps(there, indent=1).encode())
        for name in ("runs", "yearly"):
            if not (kept.root / name).exists():
                os.rename(folder.root / name, kept.root / name)
        if folder.growing_points.exists():
            os.replace(folder.growing_points, folder.points)
        write_whole(folder.manifest, json.dumps(grown_from(there, grown, kept.root.name), indent=1).encode())
    folder.growing.unlink()
    folder.make()


@contextmanager
def _alone(folder: Folder) -> Iterator[None]:
    """Hold the folder while nobody works on a part of it, or refuse when somebody does not stop."""
    folder.make()
    until = time.monotonic() + PATIENCE
    while True:
        with claim_all(folder.claims) as ours:
            if ours:
                yield
                return
        if time.monotonic() > until:
            allowed = (
                "a sweep at which nobody works: it cannot grow while its parts are written; stop the other command"
            )
            raise InputError([Mistake("--out", str(folder.root), allowed)])
        time.sleep(0.1)
