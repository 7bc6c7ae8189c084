"""Permits for exchanges take less time."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..entities.tables import Table
from .base import Policy

COST = 15_000.0  # EUR/month at full size: assumption, two more posts that handle permits


@dataclass(frozen=True)
class PermitEasing(Policy):
    """Permits for exchanges take less time."""

    label = "permit easing"
    unit = "share of time"
    low = 0
    high = 1
    default = 0.5

    def write(self, levers: Table) -> None:
        """Write into the levers of the months in force, in place."""
        levers.permit_easing[:] = np.minimum(1.0, levers.permit_easing + self.size)
        levers.programme_cost += self.size * COST
