"""Shared back-up supply covers a share of what partners fail to deliver or take."""

from __future__ import annotations

from dataclasses import dataclass

from .base import Policy


@dataclass(frozen=True)
class Backup(Policy):
    """Shared back-up supply covers a share of what partners fail to deliver or take."""

    lever = "backup"
    label = "back-up supply"
    unit = "share covered"
    low = 0
    high = 1
    default = 0.5
    most = 1.0
    usual_cost = 30_000.0  # EUR/month at full size: assumption
