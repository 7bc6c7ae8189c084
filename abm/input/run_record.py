"""The run.json of a run, as a stranger may have written it -> what repeats the run."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .checked_values import MOST_YEARS, checked_policy
from .errors import InputError, Mistake
from .text_files import read_json

MOST_REPLICATES = 100_000
STEP = ("month", "name", "size", "start", "stop")


@dataclass(frozen=True)
class RunRecord:
    """What a run.json says beside its scenario.

    seeds: of its replicates, the first leads to all others. steps: policies set while it ran, each with its month.
    version: of the ecopark that wrote it, None when it does not say.
    """

    seeds: tuple[int, ...] = (1,)
    replicates: int | None = None
    steps: tuple[dict[str, Any], ...] = ()
    version: str | None = None

    @classmethod
    def of(cls, plain: Mapping[str, Any], place: str) -> RunRecord:
        """Return the checked record of a run.json; raises InputError with every mistake."""
        mistakes: list[Mistake] = []
        versions = plain.get("versions")
        version = versions.get("ecopark") if isinstance(versions, Mapping) else None
        record = cls(
            _seeds(plain.get("seeds", [1]), place, mistakes),
            _replicates(plain.get("replicates"), place, mistakes),
            _steps(plain.get("steps", []), place, mistakes),
            version[:40] if isinstance(version, str) else None,
        )
        if mistakes:
            raise InputError(mistakes)
        return record


def read_record(path: Path) -> dict[str, Any]:
    """Return the content of a run.json; raises InputError with the place where it breaks."""
    try:
        plain = read_json(path)
    except json.JSONDecodeError as error:
        raise _no_record(f"{path.name} line {error.lineno}, column {error.colno}", error.msg) from None
    except UnicodeDecodeError:
        raise _no_record(path.name, "no text in UTF-8") from None
    except (OSError, ValueError) as error:
        raise _no_record(path.name, getattr(error, "strerror", None) or str(error)) from None
    if not isinstance(plain, dict) or "scenario" not in plain:
        raise _no_record(path.name, "no table with a scenario")
    return plain


def _no_record(place: str, value: str) -> InputError:
    return InputError([Mistake(place, value, "the run.json of a run of ecopark")])


def _whole(value: Any, low: int, high: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and low <= value <= high


def _seeds(value: Any, place: str, mistakes: list[Mistake]) -> tuple[int, ...]:
    if isinstance(value, list) and value and all(_whole(seed, 0, 2**64 - 1) for seed in value):
        return tuple(value)
    mistakes.append(Mistake(f"{place}: seeds", value, f"a list of whole numbers from 0 to {2**64 - 1}, at least one"))
    return ()


def _replicates(value: Any, place: str, mistakes: list[Mistake]) -> int | None:
    if value is not None and not _whole(value, 1, MOST_REPLICATES):
        allowed = f"null or a whole number from 1 to {MOST_REPLICATES}"
        mistakes.append(Mistake(f"{place}: replicates", value, allowed))
    return value


def _steps(value: Any, place: str, mistakes: list[Mistake]) -> tuple[dict[str, Any], ...]:
    if not isinstance(value, list):
        mistakes.append(Mistake(f"{place}: steps", value, "a list of policies with their months"))
        return ()
    steps = []
    for number, step in enumerate(value, 1):
        here, last = f"{place}: steps row {number}", 12 * MOST_YEARS
        if not isinstance(step, dict) or set(step) - set(STEP) or not {"month", "name", "size"} <= set(step):
            mistakes.append(Mistake(here, step, f"a policy with {', '.join(STEP)}"))
        elif not _whole(step["month"], 0, last):
            mistakes.append(Mistake(f"{here}, month", step["month"], f"a whole number from 0 to {last}"))
        else:
            terms = {key: step.get(key) for key in ("size", "start", "stop")}
            checked_policy(str(step["name"]), None, terms, mistakes, f"{here}: ")
            steps.append(step)
    return tuple(steps)
