"""Whether a manifest is what a sweep wrote: a stranger's file is data, and each key of it decides what is read or run."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from ecopark.abm.input.errors import Mistake

from ..study_file.outcomes import TELLING

WITHOUT_EFFECT = {"name", "question", "time_limit", "chunk", "scenario", "analysis", "precision", "replicates_most"}
"""Keys of a study that decide no number."""


def digest(content: Any) -> str:
    """Return a hash of anything that fits into JSON."""
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()[:32]


def _whole(least: int) -> Callable[[Any], bool]:
    return lambda value: isinstance(value, int) and not isinstance(value, bool) and least <= value < 2**62


def _texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(one, str) for one in value)


def _table(value: Any) -> bool:
    return isinstance(value, dict)


def _told(value: Any) -> bool:
    """Tell whether each indicator is told in words."""
    return _table(value) and all(
        _table(one) and all(isinstance(words, str) for words in one.values()) for one in value.values()
    )


# key -> (what it has to be, in words; whether it is)
KEYS: dict[str, tuple[str, Callable[[Any], bool]]] = {
    "hash": ("32 letters", lambda value: isinstance(value, str) and len(value) == 32),
    "study": ("a table", _table),
    "scenario": ("what the model says of its scenario", lambda value: value is not None),
    "identity": ("a table", _table),
    "first_year": ("a whole number", _whole(-(10**6))),
    "years": ("a whole number from 1", _whole(1)),
    "points": ("a whole number from 1", _whole(1)),
    "runs": ("a whole number from 1", _whole(1)),
    "chunk": ("a whole number from 1", _whole(1)),
    "factors": ("a list of names", _texts),
    "indicators": ("a list of names", _texts),
    "versions": ("a table of text", lambda value: _told({"versions": value})),
}
MAY_LACK = {"measures": ("a table of what each indicator is called", _told), "kept": ("a list of names", _texts)}


def mistakes_in(manifest: Any, place: str) -> list[Mistake]:
    """Return everything by which a manifest differs from one that a sweep writes. place: of the file, for the mistakes."""
    if not isinstance(manifest, dict):
        return [Mistake(place, type(manifest).__name__, "the manifest.json of a sweep of ecopark")]
    known = KEYS | {key: rule for key, rule in MAY_LACK.items() if key in manifest}
    wrong = [
        Mistake(f"{place}: {key}", manifest.get(key), words)
        for key, (words, is_right) in known.items()
        if not is_right(manifest.get(key))
    ]
    return wrong or list(_changed(manifest, place))


def _changed(manifest: Mapping[str, Any], place: str) -> Iterator[Mistake]:
    """Yield what was changed since the sweep wrote it: what decides its numbers, its study, its number of runs."""
    if digest([manifest["identity"], manifest["scenario"]]) != manifest["hash"]:
        yield Mistake(f"{place}: hash", manifest["hash"], "that of its identity and scenario; one of them was changed")
        return
    identity, study = manifest["identity"], manifest["study"]
    kept = without_effect(study)
    for key in sorted(set(identity) & set(kept)):
        if json.dumps(identity[key], sort_keys=True) != json.dumps(kept[key], sort_keys=True):
            yield Mistake(f"{place}: study.{key}", kept[key], "what its identity says; one of them was changed")
    compared = max(1, len(study.get("policies") or {}))
    runs = manifest["points"] * compared * study.get("replicates", 1)
    if manifest["runs"] != runs:
        yield Mistake(f"{place}: runs", manifest["runs"], f"{runs}: points x policies x replicates")
    if sorted(manifest["factors"]) != sorted(study.get("factors") or manifest["factors"]):
        yield Mistake(f"{place}: factors", manifest["factors"], "the factors of its study")


def without_effect(study: Mapping[str, Any]) -> dict[str, Any]:
    """Return what of a study, as JSON, decides the numbers of its sweep."""
    kept = {key: value for key, value in study.items() if key not in WITHOUT_EFFECT}
    if isinstance(study.get("outcomes"), dict):
        kept["outcomes"] = {
            column: {key: value for key, value in outcome.items() if key not in TELLING}
            if isinstance(outcome, dict)
            else outcome
            for column, outcome in study["outcomes"].items()
        }
    if isinstance(study.get("design"), dict):
        kept["design"] = {key: value for key, value in study["design"].items() if key != "file"}
    return kept
