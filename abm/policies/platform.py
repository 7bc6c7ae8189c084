"""Information platform on which a share of companies is registered."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .base import Policy


@dataclass(frozen=True)
class Platform(Policy):
    """Information platform on which a share of companies is registered."""

    lever = "platform"
    label = "information platform"
    unit = "share registered"
    low = 0
    high = 1
    default = 0.5
    most = 1.0
    usual_cost = 8_000.0  # EUR/month to run a platform: assumption, about 100 kEUR a year

    def programme(self, level: np.ndarray) -> np.ndarray:
        """Return what running it costs [EUR/month], however many are registered."""
        return np.where(level > 0, self.price, 0.0)
