"""A script as a strategy that a company plays for a whole run: its constants become part of its code."""

from __future__ import annotations

from collections.abc import Callable

from ecopark.abm.numerics.calling import inlined
from ecopark.abm.strategies import strategy

from .scripts import C, Echo, Programme, Pump, Script, Waiter


def as_strategy(script: Script) -> str:
    """Return the name of a script as a strategy for a whole run: its constants are part of its code."""
    if not script.constants:
        return script.strategy
    numbers = script.memory.tolist()
    family = FAMILIES[script.strategy]
    kind = type("Scripted", (), {name: staticmethod(_bound(getattr(family, name), name, numbers)) for name in METHODS})
    strategy(script.label, compiled=True)(kind)
    return script.label


METHODS = ("propose", "respond")
FAMILIES = {"script_programme": Programme, "script_echo": Echo, "script_pump": Pump, "script_waiter": Waiter}


def _bound(function: Callable, name: str, numbers: list[float]) -> Callable:
    """Return a method of a family that finds these constants in its memory."""
    a, b, c, d = numbers
    inner = inlined(function)

    def propose(view, out, memory):
        memory[C], memory[C + 1], memory[C + 2], memory[C + 3] = a, b, c, d
        return inner(view, out, memory)

    def respond(view, memory):
        memory[C], memory[C + 1], memory[C + 2], memory[C + 3] = a, b, c, d
        return inner(view, memory)

    return propose if name == "propose" else respond
