"""The workshops of this process."""

from __future__ import annotations

import os
import sys
import threading
from pathlib import Path

from ecopark.abm.input.loading import load_scenario

from .environment import NO_SAVES, SAVES_VARIABLE, SCENARIO_VARIABLE
from .registry import Registry

_REGISTRY: list[Registry] = []
_GUARD = threading.Lock()


def data_folder() -> Path:
    """Return the user's own folder for workshops."""
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA", Path.home() / "AppData" / "Local"))
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Application Support"
    else:
        base = Path(os.environ.get("XDG_DATA_HOME", Path.home() / ".local" / "share"))
    return base / "ecopark" / "workshops"


def registry() -> Registry:
    """Return the workshops of this process; those of an earlier one are open again."""
    with _GUARD:
        if not _REGISTRY:
            source, saves = os.environ.get(SCENARIO_VARIABLE, "kalundborg"), os.environ.get(SAVES_VARIABLE)
            folder = None if saves == NO_SAVES else (Path(saves) if saves else data_folder())
            found = Registry(load_scenario(source), source, folder)
            found.restore_all()
            for workshop in found.open_ones.values():
                workshop.start()
            _REGISTRY.append(found)
        return _REGISTRY[0]
