"""The manifest: what a sweep is, so that the same command continues it and another study is refused."""

from __future__ import annotations

import hashlib
import json
import platform
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from abm.errors import InputError, Mistake
from experiments.sweeps.archive import Folder, write_whole

FORMAT = 1
WITHOUT_EFFECT = {"name", "question", "time_limit", "chunk", "scenario"}


def identity(study: dict[str, Any], scenario: dict[str, Any], model_code: str, table: str | None) -> dict[str, Any]:
    """Return all that decides the numbers of a sweep. study: as JSON; table: digest of a table of points."""
    kept = {key: value for key, value in study.items() if key not in WITHOUT_EFFECT}
    kept["design"] = {key: value for key, value in study["design"].items() if key != "file"}
    whole = {**kept, "scenario": scenario, "model code": model_code, "table of points": table}
    return json.loads(json.dumps(whole))


def digest(content: Any) -> str:
    """Return a hash of anything that fits into JSON."""
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()[:32]


def found_at(folder: Folder) -> dict[str, Any] | None:
    """Return the manifest of a folder, or None where no sweep was begun."""
    try:
        return json.loads(folder.manifest.read_bytes())
    except FileNotFoundError:
        return None


@lru_cache(maxsize=8)
def read_manifest(root: Path, hash_: str) -> dict[str, Any]:
    """Return the manifest a worker was sent to; a worker that sees another one, or none, cannot take part."""
    manifest = found_at(Folder(root))
    if manifest is None or manifest["hash"] != hash_:
        seen = "no sweep" if manifest is None else "another sweep"
        raise FileNotFoundError(
            f"worker {platform.node()} sees {seen} in {root}: the folder has to be shared by all workers"
        )
    return manifest


def claim_folder(folder: Folder, manifest: dict[str, Any]) -> dict[str, Any]:
    """Put down the manifest unless another sweep did so first; return the one that counts, or refuse a changed study."""
    write_whole(folder.manifest, json.dumps(manifest, indent=1).encode(), replace=False)
    there = found_at(folder)
    assert there is not None
    refuse_changes(folder, there, manifest)
    return there


def refuse_strangers(folder: Folder) -> None:
    """Raise `InputError` for a folder that holds something else than a sweep."""
    strangers = folder.strangers()
    if strangers:
        allowed = "a new folder, or one that holds a sweep"
        raise InputError([Mistake(str(folder.root), f"a folder with {', '.join(strangers[:3])}", allowed)])


def refuse_changes(folder: Folder, there: dict[str, Any], now: dict[str, Any]) -> None:
    """Raise `InputError` with every difference between the study in the folder and the one given now."""
    changes = list(differences(there["identity"], now["identity"]))
    if changes:
        said = f"in {folder.root}; a changed study needs a folder of its own"
        raise InputError([Mistake(place, new, f"it is {json.dumps(old)} {said}") for place, old, new in changes])


def chunks_of(manifest: Mapping[str, Any]) -> int:
    """Return the number of parts of a sweep."""
    return -(-manifest["runs"] // manifest["chunk"])


def runs_in(manifest: Mapping[str, Any], chunk: int) -> int:
    """Return the number of runs of a part."""
    return min(manifest["chunk"], manifest["runs"] - chunk * manifest["chunk"])


def differences(old: Any, new: Any, place: str = "") -> Iterator[tuple[str, Any, Any]]:
    """Yield (place, old, new) wherever two nested structures differ."""
    if isinstance(old, dict) and isinstance(new, dict):
        for key in dict.fromkeys([*old, *new]):
            yield from differences(old.get(key), new.get(key), f"{place}.{key}" if place else key)
    elif json.dumps(old) != json.dumps(new):
        yield place, old, new
