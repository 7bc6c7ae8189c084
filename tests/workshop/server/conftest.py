"""What the tests of the server share: a workshop whose phases do not end by themselves."""

import pytest

LONG = {"practice": 3000, "predict": 3000, "decide": 3000, "run": 20, "reveal": 3000}  # s: no phase ends by itself


@pytest.fixture
def opened(registry):
    """A workshop for fourteen people and the key of its console."""
    return registry.open(14, 30, 3, **LONG)
