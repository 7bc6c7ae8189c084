"""Runs of a large region: their tables go to Parquet year by year, so that memory stays bounded."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from ecopark.abm.initialization.reach import LARGE
from ecopark.abm.input.scenario import Scenario
from ecopark.abm.observation.tables import companies, events, meetings, opportunities, talks
from ecopark.abm.park import Park

from .parquet_writers import DiskFullError, Writers
from .run import Outcome, Progress, Recorded, outcome_of
from .stopping import interrupted

SLICE = 200_000  # rows that are turned into words at a time


def is_large(scenario: Scenario) -> bool:
    """Tell whether a scenario has so many companies that its tables are streamed."""
    listed = len(scenario.tables["companies"])
    return (listed or scenario["synthetic.companies"]) > LARGE


def stream(
    scenario: Scenario,
    seeds: Sequence[int],
    folder: Path,
    progress: Progress,
    steps: Iterable[Mapping[str, Any]] = (),
) -> Recorded:
    """Run a scenario with each seed in turn and write the tables into a folder as it goes: one park at a time in memory.

    Ctrl-C and SIGTERM end it with the year that is being simulated, a full disk with the last that fits; all years done
    are kept.
    """
    outcomes: list[Outcome] = []
    writers = Writers(folder)
    writers.hold_reserve()
    try:
        with interrupted() as is_interrupted:
            for number, seed in enumerate(seeds):
                writers.replicate = number if len(seeds) > 1 else None
                park = Park(scenario, seed, steps)
                whole = _years(park, writers, progress, (number * scenario.years, len(seeds)), is_interrupted)
                _finish(park, writers)
                outcomes.append(outcome_of(park))
                if not whole:
                    break
    except BaseException:
        writers.drop()
        raise
    whole = writers.close()
    ended = len(outcomes) == len(seeds) and outcomes[-1].months == 12 * scenario.years
    return Recorded(outcomes, whole and ended, is_full=not whole)


def _years(
    park: Park, writers: Writers, progress: Progress, place: tuple[int, int], is_interrupted: Callable[[], bool]
) -> bool:
    """Run a park year by year and write each; return whether the horizon was reached and the disk took everything.

    place: years done by the runs before, and runs in all.
    """
    before, runs = place
    total = park.scenario.years
    for year in range(total):
        park.advance(12)
        try:
            _flush(park, year, writers)
        except DiskFullError:
            if not writers.take_back():
                raise
            return False
        progress(before + year + 1, runs * total)
        if is_interrupted():
            return year + 1 == total and before + total == runs * total
    return True


def _flush(park: Park, year: int, writers: Writers) -> None:
    """Write a year's events, meetings, talks and companies, and forget the first three."""
    clock = park.state.clock
    for first in range(0, max(1, int(clock.events[0])), SLICE):
        writers.append("events", events(park, first, first + SLICE))
    for first in range(0, max(1, int(clock.meetings[0])), SLICE):
        writers.append("meetings", meetings(park, first, first + SLICE))
    for first in range(0, max(1, int(clock.past_talks[0])), SLICE):
        writers.append("talks", talks(park, first, first + SLICE))
    writers.append("companies", companies(park, year))
    writers.step_done()
    park.forget()


def _finish(park: Park, writers: Writers) -> None:
    """Write what is known at the end alone, as far as the disk takes it."""
    with suppress(DiskFullError):
        for name in ("yearly", "monthly", "prices", "exchanges", "deliveries", "streams", "accounts", "assets"):
            writers.append(name, park.results.columns(name))
        for first in range(0, max(1, len(park.state.opportunities)), SLICE):
            writers.append("opportunities", opportunities(park, first, first + SLICE))
