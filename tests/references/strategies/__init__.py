"""How a side bargains: the strategies as plain functions of a view."""

from __future__ import annotations

from tests.references.strategies import agent_v1, default, guarded
from tests.references.strategies import open as openly

STRATEGIES = {"agent_v1": agent_v1, "default": default, "guarded": guarded, "open": openly}
