"""Predictive maintenance avoids a share of the outages."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..entities.tables import Table
from .base import Policy

COST = 10_000.0  # EUR/month at full size: assumption


@dataclass(frozen=True)
class Maintenance(Policy):
    """Predictive maintenance avoids a share of the outages."""

    label = "predictive maintenance"
    unit = "share avoided"
    low = 0
    high = 1
    default = 0.5

    def write(self, levers: Table) -> None:
        """Write into the levers of the months in force, in place."""
        levers.maintenance[:] = np.minimum(1.0, levers.maintenance + self.size)
        levers.programme_cost += self.size * COST
