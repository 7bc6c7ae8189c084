"""What every opportunity would be worth to both sides together at true values: nobody's belief, nothing promised yet."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from ..park import Park, quiet
from ..submodels.capacity import possible_quantity
from .offers import best_joint_gain
from .table import put_talk


def joint_gains(park: Park, rows: Iterable[int] | None = None) -> np.ndarray:
    """Return the joint gain above both required gains of every opportunity [EUR/year]; NaN where nothing could flow.

    rows: only these are weighed, the others are NaN. Each is weighed alone, as if a talk about all that could be promised opened now; the park is left as it is.
    """
    twin = park.fork()
    twin._extend(twin.month + 1)
    state, t = twin.state, twin.month
    p, clock = state.params[0], state.clock[0]
    state.streams.contracted = 0.0
    gains = np.full(len(state.opportunities), np.nan)
    with quiet():
        for row in range(len(state.opportunities)) if rows is None else rows:
            quantity = possible_quantity(p, state, state.opportunities[row])
            if quantity > 0.0:
                clock.talks = 0
                gains[row] = best_joint_gain(put_talk(state, t, row, float(quantity)))
    return gains


def largest_flows(park: Park) -> np.ndarray:
    """Return what each opportunity could carry if nothing else were [unit/year of the by-product]."""
    state = park.state
    with quiet():
        return np.array([float(possible_quantity(state.params[0], state, here)) for here in state.opportunities])
