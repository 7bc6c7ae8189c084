"""Contract enforcement: demands after capital is sunk are turned down more often."""

from __future__ import annotations

from dataclasses import dataclass

from .base import Policy


@dataclass(frozen=True)
class Enforcement(Policy):
    """Contract enforcement: demands after capital is sunk are turned down more often."""

    lever = "enforcement"
    label = "contract enforcement"
    unit = "added share"
    low = 0
    high = 1
    default = 0.2
    most = 1.0
    usual_cost = 22_500.0  # EUR/month at full size: assumption, three posts of arbitration
