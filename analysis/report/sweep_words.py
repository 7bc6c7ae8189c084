"""What the parts of the report of a sweep share: one table over all policies, and words for what it rests on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

from ..charts.number_format import counted
from ..inference.crossed_design import UnsuitableDesignError
from ..inference.sweep_table import Sweep
from ..inference.time_to_event import Measure

COVERED = {
    "points": "95 % intervals cover which points were drawn, not other shocks",
    "shocks": "95 % intervals cover which shocks occur, at these points",
    "both": "95 % intervals cover which points were drawn and which shocks occur",
    "": "no intervals",
    "complete": "no interval, as the points are a complete list and not drawn",
}
SILENT = "one replicate on common shocks: nothing can be said about other shocks, so no interval is given"


@dataclass(frozen=True)
class Gathered:
    """A table over all policies (column `policy`, the first), and what has to be said about it."""

    table: pd.DataFrame
    notes: tuple[str, ...]

    @property
    def words(self) -> str:
        """What was left out or refused, as sentences."""
        return " ".join(f"{note.rstrip('.')}." for note in self.notes)


def gather(sweep: Sweep, make: Callable[[pd.DataFrame], tuple[pd.DataFrame | None, str]]) -> Gathered:
    """Make a table of the runs of each policy and put them below each other; make returns it and what was left out."""
    tables, notes = [], []
    for policy in sweep.policies:
        try:
            table, note = make(sweep.of_policy(policy))
        except UnsuitableDesignError as refusal:
            table, note = None, str(refusal)
        if table is not None:
            tables.append(table.assign(policy=policy)[["policy", *table.columns]])
        if note:
            notes.append(note if len(sweep.policies) < 2 else f"{policy}: {note}")
    whole = pd.concat(tables, ignore_index=True) if tables else pd.DataFrame(columns=["policy"])
    return Gathered(whole, tuple(same_for_all(notes, sweep.policies)))


def same_for_all(notes: list[str], policies: list[str]) -> list[str]:
    """Say once what holds for every policy."""
    bare = {note.split(": ", 1)[-1] for note in notes}
    if len(policies) > 1 and len(notes) == len(policies) and len(bare) == 1:
        return [f"{next(iter(bare))} (the same for every policy)"]
    return notes


def rests(table: pd.DataFrame, sweep: Sweep) -> str:
    """Say what a table rests on and which chance its intervals cover."""
    units = [
        counted(int(table[name].max()), one, many)
        for name, one, many in (
            ("points", "point", "points"),
            ("base_samples", "base sample", "base samples"),
            ("trajectories", "trajectory", "trajectories"),
        )
        if name in table
    ]
    count = f"{' x '.join([*units, counted(sweep.replicates, 'replicate', 'replicates')])}"
    covers = str(table["covers"].iloc[0]) if "covers" in table and len(table) else ""
    if not covers and not sweep.chance.drawn:
        covers = "complete"
    words = SILENT if sweep.chance.silent(sweep.replicates) else COVERED[covers]
    return f"{count}; {words}."


def title_of(measure: Measure) -> str:
    """Return the label of an outcome as a heading."""
    return measure.label[:1].upper() + measure.label[1:]


def with_unit(words: str, unit: str) -> str:
    """Return words with a unit behind them."""
    return f"{words}, {unit}" if unit else words


def printed(sweep: Sweep, columns: dict[str, str]) -> dict[str, str]:
    """Return the columns a page prints: the policy only where there are several."""
    return ({"policy": "policy"} if len(sweep.policies) > 1 else {}) | columns


def by(sweep: Sweep) -> str | None:
    """Return the column that tells policies apart, where there are several."""
    return "policy" if len(sweep.policies) > 1 else None
