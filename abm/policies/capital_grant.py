"""Grant to the capital of connections, paid when building starts."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..entities.tables import Table
from .base import Policy


@dataclass(frozen=True)
class CapitalGrant(Policy):
    """Grant to the capital of connections, paid when building starts."""

    label = "capital grant"
    unit = "share of capital"
    low = 0
    high = 1
    default = 0.25

    def write(self, levers: Table) -> None:
        """Write into the levers of the months in force, in place."""
        levers.capital_grant[:] = np.minimum(1.0, levers.capital_grant + self.size)
