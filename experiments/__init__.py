"""Everything that runs the model: runs, sweeps, studies, replications and the workshop's browser view."""

from __future__ import annotations

from importlib import import_module
from typing import Any

_ROOMS = {
    "Study": "experiments.sweeps.study",
    "read_study": "experiments.sweeps.checking",
    "plan_study": "experiments.sweeps.plan",
    "describe_plan": "experiments.sweeps.plan",
    "run_study": "experiments.sweeps.sweep",
    "open_results": "experiments.sweeps.results",
}
__all__ = sorted(_ROOMS)


def __getattr__(name: str) -> Any:
    """Import a public name when it is first asked for, so that importing `experiments` costs nothing."""
    if name not in _ROOMS:
        raise AttributeError(f"module 'experiments' has no attribute {name!r}")
    return getattr(import_module(_ROOMS[name]), name)


def __dir__() -> list[str]:
    """List the public names."""
    return __all__
