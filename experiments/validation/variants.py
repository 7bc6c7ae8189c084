"""What is taken out of the model: ablations, each with the score named in advance, and the frictionless null N10."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Ablation:
    """An ingredient that is taken out. values: parameters that do it. score: what must worsen, named in advance."""

    label: str
    values: Mapping[str, Any]
    score: str


TRUSTLESS = {
    f"trust.{name}": 0.0
    for name in ("exit", "gain", "loss", "loss_demand", "loss_hold_up", "reputation", "drift", "noise", "breaking")
}
ABLATIONS: dict[str, Ablation] = {
    "trust": Ablation("trust and reputation", TRUSTLESS, "survival"),
    "negotiation": Ablation(
        "negotiation: equal split, accepted if both gain", {"negotiation.protocol": "equal_gain"}, "explored"
    ),
    "hold_up": Ablation("hold-up of sunk capital", {"investment.hold_up": 0.0}, "pipes"),
    "attitude": Ablation("attitude and norms", {"behaviour.planned_behaviour": False}, "growth"),
    "search": Ablation("cost of search and attention", {"search.hours": 2_000.0, "search.see": 1.0}, "starts"),
    "broker": Ablation(
        "broker", {"governance.mode": "self_organised", "discovery.by_broker": False}, "facilitated"
    ),
}  # fmt: skip
SCORES = {
    "survival": "integrated Brier score of Kalundborg's links to 1995",
    "explored": "log score of rows that were explored and not realised",
    "pipes": "log score of documented rows that need a pipe or a wire",
    "growth": "CRPS of Kalundborg's counts 1961 to 1995",
    "starts": "log score of dated starts",
    "facilitated": "log score of the rows of facilitated parks",
}
FRICTIONLESS: Mapping[str, Any] = {
    **ABLATIONS["negotiation"].values, **ABLATIONS["attitude"].values, **ABLATIONS["hold_up"].values,
    **ABLATIONS["search"].values, "discovery.information": "costs", "negotiation.error_costs": 0.0,
    "behaviour.required_gain": 0.0,
}  # fmt: skip
"""N10: every company willing, informed and splitting equally; no search, no hold-up."""
