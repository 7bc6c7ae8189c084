"""The question of R3 put to the park model: what ends, what falls, what lost trust does."""

from __future__ import annotations

import numpy as np

from ecopark.abm.entities.codes import OPERATING
from ecopark.abm.input.loading import load_scenario
from ecopark.abm.park import Park

SCENARIO = "kalundborg"
SHOCK_YEARS, YEARS_AFTER = 40, 10
"""When all trust is lost, years from the start, and how long the park is followed from there on."""


def follow_park(seed: int) -> dict[str, float] | None:
    """Run Kalundborg undisturbed and with all trust set to 0 in one month, on the same shocks; return shares in %.

    ended: exchange-years that end, years in which mean willingness falls, and of the exchanges that run at the shock
    those that end within ten years, undisturbed and after it. None where no exchange runs at the shock: nothing can be lost.
    """
    park = Park(load_scenario(SCENARIO), seed).advance(12 * SHOCK_YEARS)
    running = np.flatnonzero(park.state.exchanges.stage == OPERATING)
    if not len(running):
        return None
    calm, shaken = park.fork(), park.fork()
    shaken.state.pairs.trust[:] = 0
    for one in (calm, shaken):
        one.advance(12 * YEARS_AFTER)
    years = calm.yearly
    return {
        "exchanges that end per year (%)": 100 * years["ends"].sum() / years["links"].sum(),
        "years in which mean willingness falls (%)": 100 * float(np.mean(np.diff(years["willingness"]) < 0)),
        "exchanges gone ten years on, undisturbed (%)": 100 * _gone(calm, running),
        "exchanges gone ten years after all trust is lost (%)": 100 * _gone(shaken, running),
    }


def _gone(park: Park, rows: np.ndarray) -> float:
    """Return the share of these exchanges that no longer operate; rows of the table of exchanges never move."""
    return float(np.mean(park.state.exchanges.stage[rows] != OPERATING))
