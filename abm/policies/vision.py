"""Shared-vision programme: companies look past their own gain."""

from __future__ import annotations

from dataclasses import dataclass

from .base import Policy


@dataclass(frozen=True)
class Vision(Policy):
    """Shared-vision programme: companies look past their own gain."""

    lever = "vision"
    label = "shared-vision programme"
    unit = "0..1 strength"
    low = 0
    high = 1
    default = 0.3
    most = 1.0
    usual_cost = 20_000.0  # EUR/month at full strength: assumption
