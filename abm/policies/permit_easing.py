"""Permits for exchanges take less time."""

from __future__ import annotations

from dataclasses import dataclass

from .base import Policy


@dataclass(frozen=True)
class PermitEasing(Policy):
    """Permits for exchanges take less time."""

    lever = "permit_easing"
    label = "permit easing"
    unit = "share of time"
    low = 0
    high = 1
    default = 0.5
    most = 1.0
    usual_cost = 15_000.0  # EUR/month at full size: assumption, two more posts that handle permits
