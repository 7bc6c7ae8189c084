"""Joint production planning takes out a share of each plant's own fluctuations."""

from __future__ import annotations

from dataclasses import dataclass

from .base import Policy


@dataclass(frozen=True)
class Planning(Policy):
    """Joint production planning takes out a share of each plant's own fluctuations."""

    lever = "planning"
    label = "joint production planning"
    unit = "share planned away"
    low = 0
    high = 1
    default = 0.5
    most = 1.0
    usual_cost = 10_000.0  # EUR/month at full size: assumption
