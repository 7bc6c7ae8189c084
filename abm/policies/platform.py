"""Information platform on which a share of companies is registered."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..entities.tables import Table
from .base import Policy


@dataclass(frozen=True)
class Platform(Policy):
    """Information platform on which a share of companies is registered.

    fee: what every registered company pays the programme [EUR/month]; nothing by default.
    """

    fee: float | None = None

    lever = "platform"
    label = "information platform"
    unit = "share registered"
    low = 0
    high = 1
    default = 0.5
    most = 1.0
    usual_cost = 8_000.0  # EUR/month to run a platform: assumption, about 100 kEUR a year

    def programme(self, brought: np.ndarray) -> np.ndarray:
        """Return what running it costs [EUR/month], however many are registered."""
        return np.where(brought > 0, self.price, 0.0)

    def write(self, levers: Table) -> None:
        """Write into the levers of the months in force, in place, with the fee."""
        super().write(levers)
        if self.fee is not None:
            levers.platform_fee = self.fee
