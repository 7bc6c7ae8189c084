"""Policies: plug-ins with start, stop and size; one file each. A policy writes levers, never rules or state.

A new file with one subclass of `Policy` is a new policy: it is found by its file's name, which is also its name in
scenarios, on the command line (`--set policy.NAME=SIZE`), in sweeps and in the browser. A size stands in place of what
history has for the lever; `.scale` multiplies history, `.add` comes on top.
"""

from __future__ import annotations

import importlib
import pkgutil

from .base import TERMS, Policy

POLICIES: dict[str, type[Policy]] = {}
for _module in pkgutil.iter_modules(__path__):
    if _module.name != "base":
        _loaded = importlib.import_module(f"{__name__}.{_module.name}")
        _found = [kind for kind in vars(_loaded).values() if isinstance(kind, type) and issubclass(kind, Policy)]
        POLICIES[_module.name] = next(kind for kind in _found if kind is not Policy)

__all__ = ["POLICIES", "TERMS", "Policy"]
