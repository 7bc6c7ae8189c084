"""The stopping rule of a sweep: replicates are added until every compared interval is as narrow as the study asks."""

from __future__ import annotations

import math
from dataclasses import dataclass

from .plan.plan import Plan
from .storage.manifest import found_at
from .storage.parts import Folder
from .storage.results import SweepResults

LEAST = 2  # replicates without which no interval of common shocks can be had
MOST_AT_ONCE = 2  # times the replicates that are there: the spread of a few runs is itself uncertain


@dataclass(frozen=True)
class Reached:
    """How far an outcome is. half_width: the widest compared interval's; compared: of what; wanted: as the study asks.

    The half-width is NaN with one replicate, and without bound where nothing can be compared.
    """

    outcome: str
    compared: str
    half_width: float
    wanted: float

    @property
    def enough(self) -> bool:
        """Whether the interval is narrow enough; one that does not exist is not."""
        return self.half_width <= self.wanted

    def __str__(self) -> str:
        """Say it in a line."""
        there = f"half-width {self.half_width:.3g}" if math.isfinite(self.half_width) else "no interval"
        return f"{self.outcome}: {there} of {self.compared}, {self.wanted:g} wanted"


def reached(results: SweepResults) -> list[Reached]:
    """Return the widest compared interval of each outcome that the study asks a precision of."""
    from ecopark.analysis.inference.crossed_design import UnsuitableDesignError
    from ecopark.analysis.inference.precision import compared

    from ..runs.sweep_folder import sweep_of

    sweep, found = sweep_of(results.folder.root), []
    for outcome, wanted in results.study.precision.items():
        try:
            table = compared(sweep, outcome)
        except UnsuitableDesignError as error:
            found.append(Reached(outcome, f"nothing that can be compared ({error})", math.inf, wanted))
            continue
        row = table.loc[table["half_width"].fillna(math.inf).idxmax()]
        found.append(Reached(outcome, row["compared"], float(row["half_width"]), wanted))
    return found


def replicates_wanted(results: SweepResults) -> int | None:
    """Return how many replicates a finished sweep is to have next; None when it is precise enough or has the most.

    The half-width falls with the root of the replicates, so that their number follows from the widest interval; at most
    twice as many as there are, after which the interval is looked at again.
    """
    study = results.study
    there, most = study.replicates, study.replicates_most or study.replicates
    if not study.precision or there >= most:
        return None
    wide = [one for one in reached(results) if not one.enough and not math.isinf(one.half_width)]
    if not wide:
        return None
    shares = [1.0 if math.isnan(one.half_width) else (one.half_width / one.wanted) ** 2 for one in wide]
    asked = math.ceil(there * min(max(shares), MOST_AT_ONCE))
    return min(max(asked, there + 1, LEAST), most)


def resumed(plan: Plan, folder: Folder) -> Plan:
    """Return a plan with the replicates up to which the rule has brought the sweep in its folder."""
    study = plan.study
    there = found_at(folder) if study.precision else None
    count = there["study"]["replicates"] if there is not None else 0
    return plan.with_replicates(count) if study.replicates < count <= (study.replicates_most or 0) else plan
