"""What the tables of a run need of a park, so that they need not know the park itself."""

from __future__ import annotations

from typing import Any, Protocol

import numpy as np

from ..entities.state import State
from ..entities.tables import Table
from ..input.scenario import Scenario
from .event_chain import Chain


class Record(Protocol):
    """A park's history so far, as tables and words are made of it.

    scenario: what is simulated, with the policies as they are now; founded: as it began. seed: of its chance. steps:
    policies set while it ran, each with its month. state: all tables. chain: where its history
    stands before the events that are kept.
    """

    scenario: Scenario
    founded: Scenario
    seed: int
    steps: list[dict[str, Any]]
    state: State
    chain: Chain

    @property
    def month(self) -> int:
        """Return the number of months done."""

    @property
    def names(self) -> Any:
        """Return the names of the companies in the order of their rows."""

    @property
    def monthly(self) -> Table:
        """Return the indicators of the months done."""

    @property
    def yearly(self) -> np.ndarray:
        """Return the indicators of the years done."""
