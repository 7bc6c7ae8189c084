"""Shared back-up supply covers a share of what partners fail to deliver or take."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..entities.tables import Table
from .base import Policy

COST = 30_000.0  # EUR/month at full size: assumption


@dataclass(frozen=True)
class Backup(Policy):
    """Shared back-up supply covers a share of what partners fail to deliver or take."""

    label = "back-up supply"
    unit = "share covered"
    low = 0
    high = 1
    default = 0.5

    def write(self, levers: Table) -> None:
        """Write into the levers of the months in force, in place."""
        levers.backup[:] = np.minimum(1.0, levers.backup + self.size)
        levers.programme_cost += self.size * COST
