"""What one process shares between all sessions: the scenario, the laboratory, what a reload brings back."""

from __future__ import annotations

import os
import threading
from collections import OrderedDict
from importlib import import_module
from typing import Any

from ecopark.abm.input.loading import load_scenario
from ecopark.abm.park import Park

from ..stores.known_history import known_history
from ..stores.laboratory import Laboratory
from ..stores.play.environment import SCENARIO_VARIABLE

KEPT_SESSIONS = 200


class Workshop:
    """One scenario, its laboratory, and what the tabs of a browser left here."""

    def __init__(self, source: str = "kalundborg"):
        self.source = source
        self.scenario = load_scenario(source)
        self.laboratory = Laboratory(self.scenario)
        self.laboratory.known = known_history(source, self.scenario)
        self._kept: OrderedDict[str, Any] = OrderedDict()
        self._lock = threading.Lock()

    def remembered(self, key: str) -> Any:
        """Return what a browser left here before its reload, None if nothing."""
        with self._lock:
            return self._kept.get(key)

    def remember(self, key: str, what: Any) -> None:
        """Keep something for a browser's reload; the oldest are forgotten."""
        with self._lock:
            self._kept[key] = what
            self._kept.move_to_end(key)
            while len(self._kept) > KEPT_SESSIONS:
                self._kept.popitem(last=False)

    def warm_up(self) -> None:
        """Load the compiled model, the baseline and the search for the optimum before somebody asks."""
        Park(self.scenario, 0).advance(12)
        self.laboratory.run({})
        import_module("ecopark.analysis.value.central_optimum")


_SHARED: list[Workshop] = []
_GUARD = threading.Lock()


def shared() -> Workshop:
    """Return the workshop of this process; the launcher says by environment variables which one."""
    with _GUARD:
        if not _SHARED:
            _SHARED.append(Workshop(os.environ.get(SCENARIO_VARIABLE, "kalundborg")))
        return _SHARED[0]
