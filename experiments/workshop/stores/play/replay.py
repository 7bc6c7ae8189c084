"""A journal played again: the same states at the end of each round, or the first act that differs."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ecopark.abm.input.scenario import Scenario

from .journal import read_journal
from .plan import Plan
from .registry import check_header, play_of, scenario_of
from .workshop import apply


@dataclass(frozen=True)
class Replay:
    """What came of a replay.

    digests: SHA-256 of the state at the end of each round. differs: the first act that does not come out as it did, None
    when all do. bad_line: the first line that cannot be read, 0 for none.
    """

    acts: int
    digests: dict[int, str]
    differs: dict[str, Any] | None
    bad_line: int


def replay(path: Path, own: Scenario | None = None, source: str = "") -> Replay:
    """Play a journal again. Raises DamagedError or InputError when it cannot be."""
    reading = read_journal(path)
    scenario = scenario_of(reading.header, own, source)
    check_header(reading.header, scenario)
    play = play_of(reading.header, scenario, Plan(**reading.header["plan"]))
    for entry in reading.entries:
        if apply(play, entry) != entry.get("ack"):
            return Replay(entry["n"], play.digests, entry, reading.bad_line)
    return Replay(len(reading.entries), play.digests, None, reading.bad_line)
