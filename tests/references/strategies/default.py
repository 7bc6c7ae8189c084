"""The mixture: openly in some talks, guardedly in the others."""

from __future__ import annotations

from tests.references.strategies import guarded
from tests.references.strategies import open as openly


def respond(view) -> str:
    return openly.respond(view) if view.is_open else guarded.respond(view)


def propose(view) -> tuple[str, float, int]:
    return openly.propose(view) if view.is_open else guarded.propose(view)
