"""Libraries that only some analyses need: imported when used, and when absent said with the line that installs them."""

from __future__ import annotations

import importlib
import warnings
from types import ModuleType

from .crossed_design import UnsuitableDesignError


class MissingExtraError(UnsuitableDesignError):
    """A part of the analysis needs a library that is not installed."""


def extra(module: str, what: str) -> ModuleType:
    """Import a module of the extra `analysis`; what: the part of the analysis that needs it."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # ema_workbench tells of engines that nobody here uses
            return importlib.import_module(module)
    except ImportError:
        package = module.partition(".")[0]
        raise MissingExtraError(
            f"{what} is left out: it needs {package}, which is not installed; pip install 'ecopark[analysis]'"
        ) from None
