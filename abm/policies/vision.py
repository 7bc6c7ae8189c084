"""Shared-vision programme: companies look past their own gain."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..entities.tables import Table
from .base import Policy

COST = 20_000.0  # EUR/month at full strength: assumption


@dataclass(frozen=True)
class Vision(Policy):
    """Shared-vision programme: companies look past their own gain."""

    label = "shared-vision programme"
    unit = "0..1 strength"
    low = 0
    high = 1
    default = 0.3

    def write(self, levers: Table) -> None:
        """Write into the levers of the months in force, in place."""
        levers.vision[:] = np.minimum(1.0, levers.vision + self.size)
        levers.programme_cost += self.size * COST
