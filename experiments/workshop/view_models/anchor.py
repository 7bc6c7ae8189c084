"""The anchor of a park: the company with the most possible exchanges."""

from __future__ import annotations

import numpy as np

from ecopark.abm.initialization.found import ground_of
from ecopark.abm.input.scenario import Scenario


def anchor_of(scenario: Scenario) -> str:
    """Return the company that takes part in the most opportunities."""
    ground = ground_of(scenario)
    ends = np.concatenate([ground.opportunities.seller, ground.opportunities.buyer]).astype(np.int64)
    if len(ends) == 0:
        return ground.names[0]
    return ground.names[int(np.bincount(ends, minlength=len(ground.companies)).argmax())]
