"""Predictive maintenance avoids a share of the outages."""

from __future__ import annotations

from dataclasses import dataclass

from .base import Policy


@dataclass(frozen=True)
class Maintenance(Policy):
    """Predictive maintenance avoids a share of the outages."""

    lever = "maintenance"
    label = "predictive maintenance"
    unit = "share avoided"
    low = 0
    high = 1
    default = 0.5
    most = 1.0
    usual_cost = 10_000.0  # EUR/month at full size: assumption
