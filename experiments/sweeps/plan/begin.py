"""The folder of a sweep, made once or opened again."""

from __future__ import annotations

from typing import Any

import pyarrow.parquet as pq

from ..storage import manifest
from ..storage.parts import Folder, encode, write_whole
from .plan import Plan, runs_per_chunk
from .trial import try_out


def begin(plan: Plan, folder: Folder) -> dict[str, Any]:
    """Make the folder of a sweep, or open the one that is there; return its manifest, or refuse a changed study."""
    there = manifest.found_at(folder)
    if there is not None:
        manifest.refuse_changes(folder, there, plan.manifest)
        return manifest.retell(folder, there, plan.manifest)
    manifest.refuse_strangers(folder)
    folder.make()
    chunk = plan.study.chunk or runs_per_chunk(plan.runs, try_out(plan).seconds)
    _put_points(plan, folder)
    return manifest.claim_folder(folder, {**plan.manifest, "chunk": chunk})


def _put_points(plan: Plan, folder: Folder) -> None:
    """Store the design points; of sweeps begun at the same moment the first one's count, those of a stale start do not."""
    study = plan.manifest["hash"]
    content = encode(plan.table_of_points().replace_schema_metadata({"study": study}))
    while not write_whole(folder.points, content, replace=False):
        if pq.read_schema(folder.points).metadata[b"study"].decode() == study or folder.manifest.exists():
            return
        folder.points.unlink(missing_ok=True)
