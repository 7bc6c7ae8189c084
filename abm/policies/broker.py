"""Broker who proposes matches, paid by the public."""

from __future__ import annotations

from dataclasses import dataclass

from .base import Policy


@dataclass(frozen=True)
class Broker(Policy):
    """Broker who proposes matches, paid by the public."""

    lever = "broker"
    label = "broker"
    unit = "matches/month"
    low = 0
    high = 100
    default = 0.25
    usual_cost = 20_000.0  # EUR per proposed match: assumption, of the order of British facilitation (1 EUR/t, parameters.md section 8)
