"""Protocols by which two companies come to terms: one file each, with one function `meet(p, s, talk, memory, view) -> answer`.

A new file is a new protocol: its name is the choice of `negotiation.protocol`, and no other file needs an edit.
"""

from __future__ import annotations

import importlib
import pkgutil

from ....numerics.compiled import choose

NAMES = tuple(sorted(module.name for module in pkgutil.iter_modules(__path__)))
meet_by = choose([importlib.import_module(f"{__name__}.{name}").meet for name in NAMES])
