"""How a side bargains: one file each, with `propose(view, out, memory)` and `respond(view, memory)`.

A new file is a new strategy: its name is what `strategy.default` and its kin choose, and no other file needs an edit. What a
side may see of a talk, and in which place of the view, says `view.py`. A strategy of one's own needs no file here: it is a
class with the decorator `strategy`, named by `module:Class`, `file.py:Class` or the entry point group `ecopark.strategies`.
"""

from __future__ import annotations

import importlib

from ..numerics.compiled import choose
from .outside.acts import Accept, End, Line, Package, Reject
from .outside.helpers import best_package, claim, price_for, worth
from .outside.names import BUILT_IN
from .outside.register import StrategyError, strategy
from .view import PLACES

NAMES = BUILT_IN
propose_by = choose([importlib.import_module(f"{__name__}.{name}").propose for name in NAMES])
respond_by = choose([importlib.import_module(f"{__name__}.{name}").respond for name in NAMES])

__all__ = [
    "NAMES", "PLACES", "Accept", "End", "Line", "Package", "Reject", "StrategyError", "best_package", "claim", "price_for",
    "propose_by", "respond_by", "strategy", "worth",
]  # fmt: skip
