"""What the tests of the model share."""

import numpy as np
import pytest


@pytest.fixture(autouse=True)
def _wrapping_integers():
    """Let 64-bit draws wrap around when the rules are tested as plain Python (ECOPARK_COMPILE=0)."""
    with np.errstate(over="ignore"):
        yield
