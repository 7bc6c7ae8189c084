"""Landfill ban, in force two years after it is announced, so that companies can prepare."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..entities.tables import Table
from .base import Policy


@dataclass(frozen=True)
class LandfillBan(Policy):
    """Landfill ban, in force two years after it is announced, so that companies can prepare."""

    label = "landfill ban"
    unit = "0..1 in force"
    low = 0
    high = 1
    default = 1
    lag = 2.0

    def write(self, levers: Table) -> None:
        """Write into the levers of the months in force, in place."""
        levers.landfill_ban[:] = np.minimum(1.0, levers.landfill_ban + self.size)
