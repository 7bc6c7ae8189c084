"""Where the sources of the project are: the slow twin is a test and is not installed."""

from __future__ import annotations

import sys
from pathlib import Path

from .clock import SkippedError


def checkout() -> Path:
    """Return the root of the source checkout: above this file, or the working folder. Raises SkippedError without one."""
    for root in (Path(__file__).parents[2], Path.cwd()):
        if (root / "tests" / "references" / "model.py").exists():
            return root
    raise SkippedError("needs a source checkout: run it in the folder with tests/references/")


def make_tests_importable() -> None:
    """Let `tests` be imported from the checkout; the command of an environment does not look there by itself."""
    root = str(checkout())
    if root not in sys.path:
        sys.path.append(root)
