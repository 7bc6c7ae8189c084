"""The park model: knows no screen, no command line, no other process."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from abm.agents import Company
    from abm.loading import load_scenario, scenario_names
    from abm.model import ParkModel
    from abm.park import Park
    from abm.scenario import Scenario

__version__ = "0.1.0"
__all__ = ["Company", "Park", "ParkModel", "Scenario", "load_scenario", "scenario_names"]
_HOMES = {
    "Company": "agents", "Park": "park", "ParkModel": "model", "Scenario": "scenario", "load_scenario": "loading",
    "scenario_names": "loading",
}  # fmt: skip


def __getattr__(name: str) -> Any:
    """Import a public name when it is first used, so that a part of the model costs no more than itself."""
    if name not in _HOMES:
        raise AttributeError(f"module 'abm' has no attribute {name!r}")
    return getattr(importlib.import_module(f"abm.{_HOMES[name]}"), name)
