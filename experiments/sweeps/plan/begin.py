"""The folder of a sweep, made once or opened again."""

from __future__ import annotations

import sys
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from ..storage import growing, manifest
from ..storage.parts import Folder, encode, write_whole
from .plan import Plan, runs_per_chunk
from .trial import try_out


def begin(plan: Plan, folder: Folder) -> dict[str, Any]:
    """Make the folder of a sweep, or open the one that is there, or let it grow; return its manifest.

    A study that is neither the one there nor one into which that can grow is refused.
    """
    growing.finish_growth(folder)
    there = manifest.found_at(folder)
    if there is not None:
        if not manifest.is_same(there, plan.manifest):
            there = _grown(plan, folder, there)
        return manifest.retell(folder, there, plan.manifest)
    manifest.refuse_strangers(folder)
    folder.make()
    begun = _with_chunk(plan)
    _put_points(plan, folder)
    return manifest.claim_folder(folder, begun)


def _with_chunk(plan: Plan) -> dict[str, Any]:
    """Return the manifest with the number of runs per part."""
    return {**plan.manifest, "chunk": plan.study.chunk or runs_per_chunk(plan.runs, try_out(plan).seconds)}


def _grown(plan: Plan, folder: Folder, there: dict[str, Any]) -> dict[str, Any]:
    """Let the sweep in a folder grow into a plan, and say so; return the manifest that is there afterwards."""
    growing.refuse_all_but_growth(folder, there, plan.manifest, plan.columns)
    growing.grow(folder, there, _with_chunk(plan), _points_of(plan))
    now = manifest.found_at(folder)
    assert now is not None
    manifest.refuse_changes(folder, now, plan.manifest)
    runs = f"{there['runs']:,} to {plan.runs:,} runs"
    print(f"The sweep in {folder.root} grows from {runs}; those that are there are kept.", file=sys.stderr)
    return now


def _points_of(plan: Plan) -> pa.Buffer:
    """Return the design points as they are stored, with the hash of the study they are of."""
    return encode(plan.table_of_points().replace_schema_metadata({"study": plan.manifest["hash"]}))


def _put_points(plan: Plan, folder: Folder) -> None:
    """Store the design points; of sweeps begun at the same moment the first one's count, those of a stale start do not."""
    study = plan.manifest["hash"]
    content = _points_of(plan)
    while not write_whole(folder.points, content, replace=False):
        if pq.read_schema(folder.points).metadata[b"study"].decode() == study or folder.manifest.exists():
            return
        folder.points.unlink(missing_ok=True)
