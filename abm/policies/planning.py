"""Joint production planning takes out a share of each plant's own fluctuations."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..entities.tables import Table
from .base import Policy

COST = 10_000.0  # EUR/month at full size: assumption


@dataclass(frozen=True)
class Planning(Policy):
    """Joint production planning takes out a share of each plant's own fluctuations."""

    label = "joint production planning"
    unit = "share planned away"
    low = 0
    high = 1
    default = 0.5

    def write(self, levers: Table) -> None:
        """Write into the levers of the months in force, in place."""
        levers.planning[:] = np.minimum(1.0, levers.planning + self.size)
        levers.programme_cost += self.size * COST
