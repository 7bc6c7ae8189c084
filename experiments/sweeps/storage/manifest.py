"""The manifest: what a sweep is, so that the same command continues it and another study is refused."""

from __future__ import annotations

import json
import platform
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import zip_longest
from pathlib import Path
from typing import Any

from ecopark.abm.input.errors import InputError, Mistake
from ecopark.abm.observation.results import versions

from .checked_manifest import mistakes_in, without_effect
from .parts import Folder, write_whole

FORMAT = 1
PACKAGES = ("ecopark", "numpy", "numba")
RETOLD = ("question", "analysis", "outcomes", "precision", "replicates_most")
MOST_DIFFERENCES, MOST_LETTERS = 12, 100


def identity(study: dict[str, Any], model_code: str, table: str | None) -> dict[str, Any]:
    """Return all that decides the numbers of a sweep beside its scenario. study: as JSON; table: digest of its points."""
    kept = without_effect(study)
    return kept | {"table of points": table, "made by": made_by(model_code)}


def made_by(model_code: str) -> dict[str, str]:
    """Return what makes the numbers: the code of the model, and the packages it computes with."""
    known = dict(versions())
    return {"model code": model_code} | {name: known[name] for name in PACKAGES if name in known}


def found_at(folder: Folder) -> dict[str, Any] | None:
    """Return the manifest of a folder, or None where no sweep was begun; InputError for one that no sweep wrote."""
    return checked(folder.manifest)


def checked(path: Path) -> dict[str, Any] | None:
    """Return the manifest in a file, None where there is no file; raises InputError with everything wrong with it."""
    try:
        manifest = json.loads(path.read_bytes())
    except (FileNotFoundError, NotADirectoryError):
        return None
    except (ValueError, RecursionError, OSError) as error:
        wanted = "the manifest.json of a sweep of ecopark"
        raise InputError([Mistake(str(path), type(error).__name__, wanted)]) from None
    wrong = mistakes_in(manifest, str(path))
    if wrong:
        raise InputError(wrong)
    return manifest


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


_current: dict[tuple[Path, str], tuple[int, int, int]] = {}  # what the manifest looked like when it was read last


def require_current(root: Path, hash_: str) -> None:
    """Raise `RuntimeError` where the folder has become that of another sweep since the work began."""
    seen = Folder(root).manifest.stat()
    looks = (seen.st_ino, seen.st_size, seen.st_mtime_ns)
    if _current.get((root, hash_)) == looks:
        return
    there = found_at(Folder(root))
    if there is None or there["hash"] != hash_:
        raise RuntimeError(f"the sweep in {root} was given another study by another command, which goes on with it")
    _current[root, hash_] = looks


def refuse_changes(folder: Folder, there: dict[str, Any], now: dict[str, Any]) -> None:
    """Raise `InputError` with every difference between the study in the folder and the one given now."""
    old, new = (whole["identity"] | {"scenario": whole["scenario"]} for whole in (there, json.loads(json.dumps(now))))
    changes = changes_of(folder, differences(old, new))
    if changes:
        raise InputError(changes)


def is_same(there: Mapping[str, Any], now: Mapping[str, Any]) -> bool:
    """Tell whether two manifests are of the same sweep, so that the one continues the other."""
    old, new = ((whole["identity"], whole["scenario"]) for whole in (there, json.loads(json.dumps(now))))
    return not any(differences(old[0], new[0])) and not any(differences(old[1], new[1]))


def grown_from(there: Mapping[str, Any], grown: Mapping[str, Any], name: str) -> dict[str, Any]:
    """Return the manifest of a grown sweep. there: what it grew from; name: the folder in which that is kept."""
    return {**grown, "kept": [*there.get("kept", []), name]}


def changes_of(folder: Folder, found: Iterable[tuple[str, Any, Any]]) -> list[Mistake]:
    """Return differences (place, old, new) as mistakes, of many the first ones."""
    said = f"in {folder.root}; a changed study or model needs a folder of its own"
    changes = [Mistake(place, _short(is_), f"it is {json.dumps(_short(was))} {said}") for place, was, is_ in found]
    if len(changes) > MOST_DIFFERENCES:
        more = len(changes) - MOST_DIFFERENCES
        changes[MOST_DIFFERENCES:] = [Mistake("and", f"{more} more differences", f"none {said}")]
    return changes


def retell(folder: Folder, there: dict[str, Any], now: dict[str, Any]) -> dict[str, Any]:
    """Put down how the study given now wants its results told, where that differs; return the manifest that counts.

    Question, `[analysis]` and label, unit and direction of the outcomes decide no number, so that they may change while
    a sweep is there. Call it only for a study that `refuse_changes` let pass.
    """
    told = {key: now["study"][key] for key in RETOLD}
    renewed = {**there, "study": {**there["study"], **told}, "measures": now["measures"]}
    if json.dumps(renewed) != json.dumps(there):
        folder.make()
        write_whole(folder.manifest, json.dumps(renewed, indent=1).encode())
    return renewed


def _short(value: Any) -> Any:
    """Return a value that fits on a line, else its beginning."""
    text = json.dumps(value)
    return value if len(text) <= MOST_LETTERS else f"{text[:MOST_LETTERS]}..."


def chunks_of(manifest: Mapping[str, Any]) -> int:
    """Return the number of parts of a sweep."""
    return -(-manifest["runs"] // manifest["chunk"])


def runs_in(manifest: Mapping[str, Any], chunk: int) -> int:
    """Return the number of runs of a part."""
    return min(manifest["chunk"], manifest["runs"] - chunk * manifest["chunk"])


def differences(old: Any, new: Any, place: str = "") -> Iterator[tuple[str, Any, Any]]:
    """Yield (place, old, new) wherever two nested structures differ; rows of tables are compared one by one."""
    if isinstance(old, dict) and isinstance(new, dict):
        for key in dict.fromkeys([*old, *new]):
            yield from differences(old.get(key), new.get(key), f"{place}.{key}" if place else key)
    elif _rows(old) and _rows(new):
        for number, (before, after) in enumerate(zip_longest(old, new), start=1):
            yield from differences(before, after, f"{place} row {number}")
    elif json.dumps(old) != json.dumps(new):
        yield place, old, new


def _rows(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(row, dict) for row in value)
