"""The names of the strategies that are built in: the files of `abm/strategies/`."""

from __future__ import annotations

from pathlib import Path

BUILT_IN = tuple(sorted(path.stem for path in Path(__file__).parents[1].glob("[a-z]*.py") if path.stem != "view"))
