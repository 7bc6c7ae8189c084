"""Landfill ban, in force two years after it is announced, so that companies can prepare."""

from __future__ import annotations

from dataclasses import dataclass

from .base import Policy


@dataclass(frozen=True)
class LandfillBan(Policy):
    """Landfill ban, in force two years after it is announced, so that companies can prepare."""

    lever = "landfill_ban"
    label = "landfill ban"
    unit = "0..1 in force"
    low = 0
    high = 1
    default = 1
    most = 1.0
    usual_lag = 2.0
