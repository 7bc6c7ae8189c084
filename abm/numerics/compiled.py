"""The only file that compiles: `@compiled` turns a rule into machine code, or leaves it plain.

`ECOPARK_COMPILE=0` runs the same files as plain Python, with the same bits. `ECOPARK_BOUNDSCHECK=1` compiles with
index checks (slower, for tests). The cache is a folder below the user's cache directory whose name is a hash of every
compiled file, because numba does not see edits in other files than the one it compiles.
"""

from __future__ import annotations

import hashlib
import inspect
import os
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

COMPILE = os.environ.get("ECOPARK_COMPILE", "1") != "0"
BOUNDSCHECK = os.environ.get("ECOPARK_BOUNDSCHECK", "0") == "1"
MODEL = Path(__file__).parents[1]


def _compiled_sources() -> list[Path]:
    """Return every file whose text decides what is compiled."""
    return [
        *sorted((MODEL / "numerics").glob("*.py")),
        *sorted((MODEL / "entities").glob("*.py")),
        *sorted((MODEL / "submodels").rglob("*.py")),
        MODEL / "schedule.py",
        MODEL / "initialization" / "row_writers.py",
    ]


def cache_folder() -> Path:
    """Return the folder of compiled code that belongs to the present text of the rules."""
    base = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "ecopark"
    digest = hashlib.sha256()
    for path in _compiled_sources():
        digest.update(path.read_bytes() if path.exists() else b"")
    return base / (digest.hexdigest()[:16] + ("-checked" if BOUNDSCHECK else ""))


if COMPILE:
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    import numba
    from numba.core.registry import CPUDispatcher

    setattr(numba.config, "CACHE_DIR", str(cache_folder()))  # noqa: B010


def is_cached() -> bool:
    """Tell whether an earlier run left compiled code for the present rules."""
    return not COMPILE or any(cache_folder().rglob("schedule.run_months*.nbc"))


def compiled(function: Callable) -> Any:
    """Compile `function` on its first call and keep the machine code on disk; plain when compilation is off.

    A rule whose argument `s` is not a `State` but small tables made by hand runs as plain Python, and so does whatever it
    calls: the machine code is written for the layout of the real tables alone.
    """
    if not COMPILE:
        return function
    rule: Any = numba.njit(cache=True, nogil=True, error_model="numpy", boundscheck=BOUNDSCHECK)(function)
    rule.__class__ = _Rule
    return rule.reading(list(inspect.signature(function).parameters))


def _kind_of(given: Any) -> Any:
    """Return the type that an argument is passed as: whole numbers as int64, floats as float64, all else as it is."""
    kind = numba.types.unliteral(given)
    if kind in numba.types.signed_domain:
        return numba.types.int64
    return numba.types.float64 if kind in numba.types.real_domain else kind


if COMPILE:
    _running = threading.local()

    class _Rule(CPUDispatcher):
        """A compiled rule; plain Python on tables made by hand."""

        tables_at = -1  # which argument is `s`

        def reading(self, names: list[str]) -> Any:
            """Learn from the names of the arguments which one holds the tables; return the rule itself."""
            self.tables_at = names.index("s") if "s" in names else -1
            return self

        def get_call_template(self, arguments: Any, named: Any) -> Any:
            """Let a constant or a narrow number count as any number of its kind: nothing is compiled for each of them."""
            return super().get_call_template(tuple(map(_kind_of, arguments)), named)

        def __call__(self, *arguments: Any) -> Any:
            """Run the machine code, or the source when the tables are made by hand."""
            if getattr(_running, "plain", False):
                return self.py_func(*arguments)
            if self.tables_at < 0 or hasattr(arguments[self.tables_at], "address"):
                return super().__call__(*arguments)
            _running.plain = True
            try:
                with np.errstate(over="ignore"):
                    return self.py_func(*arguments)
            finally:
                _running.plain = False


def choose(functions: Sequence[Callable]) -> Any:
    """Return a function `(index, *arguments)` that calls the function of that index; all must return the same type."""

    def link(index: int, function: Callable, rest: Callable | None) -> Any:
        if rest is None:

            def last(selected, *arguments):
                return function(*arguments)

            return last if not COMPILE else numba.njit(nogil=True, error_model="numpy")(last)

        def either(selected, *arguments):
            if selected == index:
                return function(*arguments)
            return rest(selected, *arguments)

        return either if not COMPILE else numba.njit(nogil=True, error_model="numpy")(either)

    chain = None
    for index in reversed(range(len(functions))):
        chain = link(index, functions[index], chain)
    return chain
