"""How a side bargains: one file each, with `propose(view, out, memory)` and `respond(view, memory)`.

A new file is a new strategy: its name is what `strategy.default` and its kin choose, and no other file needs an edit. What a
side may see of a talk, and in which place of the view, says `view.py`.
"""

from __future__ import annotations

import importlib
import pkgutil

from ..numerics.compiled import choose

NAMES = tuple(sorted(module.name for module in pkgutil.iter_modules(__path__) if module.name != "view"))
propose_by = choose([importlib.import_module(f"{__name__}.{name}").propose for name in NAMES])
respond_by = choose([importlib.import_module(f"{__name__}.{name}").respond for name in NAMES])
