"""Contract enforcement: demands after capital is sunk are turned down more often."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..entities.tables import Table
from .base import Policy

COST = 22_500.0  # EUR/month at full size: assumption, three posts of arbitration


@dataclass(frozen=True)
class Enforcement(Policy):
    """Contract enforcement: demands after capital is sunk are turned down more often."""

    label = "contract enforcement"
    unit = "added share"
    low = 0
    high = 1
    default = 0.2

    def write(self, levers: Table) -> None:
        """Write into the levers of the months in force, in place."""
        levers.enforcement[:] = np.minimum(1.0, levers.enforcement + self.size)
        levers.programme_cost += self.size * COST
