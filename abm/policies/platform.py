"""Information platform on which a share of companies is registered."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..entities.tables import Table
from .base import Policy

COST = 8_000.0  # EUR/month to run a platform: assumption, about 100 kEUR a year


@dataclass(frozen=True)
class Platform(Policy):
    """Information platform on which a share of companies is registered."""

    label = "information platform"
    unit = "share registered"
    low = 0
    high = 1
    default = 0.5

    def write(self, levers: Table) -> None:
        """Write into the levers of the months in force, in place."""
        levers.platform[:] = np.minimum(1.0, levers.platform + self.size)
        levers.programme_cost += COST if self.size > 0 else 0.0
