"""What the tests of the model share."""

import numpy as np
import pytest
from hypothesis import settings

# The same examples in every run, so that a red test stays red; `--hypothesis-profile=search` looks for new ones.
settings.register_profile("repeatable", deadline=None, derandomize=True, max_examples=25)
settings.register_profile("search", deadline=None, max_examples=500)
settings.load_profile("repeatable")


@pytest.fixture(autouse=True)
def _wrapping_integers():
    """Let 64-bit draws wrap around when the rules are tested as plain Python (ECOPARK_COMPILE=0)."""
    with np.errstate(over="ignore"):
        yield
