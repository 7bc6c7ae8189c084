"""The questions of R1 put to the park model: distance, threshold of a deal, planned clusters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from ecopark.abm.entities.codes import OPEN, OPERATING, OUT
from ecopark.abm.park import Park

from ..result import Beside
from ..three_models import Setting, change, relative, run_settings

NEAR, FAR = 0.3, 0.3 / 49
"""Companies per km2: seven times the distances, as c 3.5 is seven times c 0.5."""
BASE = {"synthetic.companies": 50, "synthetic.density": NEAR, "contract.smallest": 0.0}
SETTINGS = {
    "base": Setting(BASE),
    "far": Setting(BASE | {"synthetic.density": FAR}),
    "threshold": Setting(BASE | {"contract.smallest": 0.5}),
    "plan 0": Setting(BASE | {"synthetic.scatter": 0.0}),
    "plan 1/2": Setting(BASE | {"synthetic.scatter": 0.5}),
    "no plan": Setting(BASE | {"synthetic.scatter": 1.0}),
}
WASTE, FLOWS, COMPONENTS = "total waste", "in-degree", "components"
QUESTIONS = (
    ("transport costs seven times as much", "far", "base", "companies seven times as far apart"),
    ("a deal needs an overlap of 0.5 instead of 0", "threshold", "base", "contract.smallest 0.5 instead of 0"),
    ("a strict plan (spread 0) against a loose one (20)", "plan 0", "no plan", "synthetic.scatter 0 instead of 1"),
    ("half a plan (spread 8) against a loose one (20)", "plan 1/2", "no plan", "synthetic.scatter 0.5 instead of 1"),
)
CASES = {
    "far": ("c 3.5, T0 0", "c 0.5, T0 0"),
    "threshold": ("c 0.5, T0 0.5", "c 0.5, T0 0"),
    "plan 0": ("spread 0", "spread 20"),
    "plan 1/2": ("spread 8", "spread 20"),
}


def measure(park: Park) -> dict[str, float]:
    """Return the indicators of R1 at the end of a run.

    total waste: mean share of a by-product stream that is not under contract, every stream of an open company counted once
    (as in R1, where each has mass 1). in-degree: running exchanges per open company. components: weak ones among open companies.
    """
    companies, streams = park.state.companies, park.state.streams
    table = park.state.exchanges[: int(park.state.clock.exchanges[0])]
    running = table[table.stage == OPERATING]
    is_open = companies.status == OPEN
    yearly = 12 * streams.coming * companies.capacity[streams.company]
    given = (streams.direction == OUT) & is_open[streams.company] & (yearly > 0)
    unused = 1 - np.minimum(1.0, streams.contracted[given] / yearly[given])
    links = coo_array((np.ones(len(running)), (running.seller, running.buyer)), shape=(len(companies), len(companies)))
    _, labels = connected_components(links, directed=False)
    return {
        WASTE: float(unused.mean()),
        FLOWS: len(running) / max(1, int(is_open.sum())),
        COMPONENTS: float(len(np.unique(labels[is_open]))),
    }


def ask_park(runs: int, seed: int) -> dict[str, dict[str, np.ndarray]]:
    """Run the settings; return indicators by setting."""
    return run_settings(SETTINGS, measure, runs, seed)


def side_by_side(
    published: Mapping[tuple[str, str], float],
    replicated: Mapping[tuple[str, str], float],
    park: Mapping[str, Mapping[str, np.ndarray]],
) -> Sequence[Beside]:
    """Return the three answers to every question; numbers of the first two by (case, indicator)."""
    rows = []
    for question, treated, control, lever in QUESTIONS:
        new, old = CASES[treated]
        for indicator in (WASTE, FLOWS, COMPONENTS):
            if treated.startswith("plan") and indicator == COMPONENTS:
                continue  # the published count includes the centres, which are no companies
            mean, error = relative(park[treated][indicator], park[control][indicator])
            rows.append(
                Beside(
                    question=f"{indicator} when {question}",
                    lever=lever,
                    unit="change in %",
                    published=change(published[new, indicator], published[old, indicator]),
                    replicated=change(replicated[new, indicator], replicated[old, indicator]),
                    park=mean,
                    park_error=error,
                    runs=len(park[treated][indicator]),
                )
            )
    return rows
