"""The only file that compiles: `@compiled` turns a rule into machine code, or leaves it plain.

`ECOPARK_COMPILE=0` runs the same files as plain Python, with the same bits. `ECOPARK_BOUNDSCHECK=1` compiles with
index checks (slower, for tests). A rule is two dispatchers of numba: one that Python calls, with wrapper and a place on
disk, and an inner one that other rules call, which is neither wrapped nor kept (`linking.py`). The folder of compiled
code is named by a hash of every compiled file, because numba does not see edits in other files than the one it compiles.
"""

from __future__ import annotations

import functools
import hashlib
import inspect
import os
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np

from .code_cache import LOG, key_of, open_folder, root

COMPILE = os.environ.get("ECOPARK_COMPILE", "1") != "0"
BOUNDSCHECK = os.environ.get("ECOPARK_BOUNDSCHECK", "0") == "1"
MODEL = Path(__file__).parents[1]
OPTIONS: dict[str, Any] = {"nogil": True, "error_model": "numpy", "boundscheck": BOUNDSCHECK}

if COMPILE:
    # Cheaper optimisation with the same bits and the same speed, unless somebody wants another; read at numba's import.
    os.environ.setdefault("NUMBA_OPT", "1")
    os.environ.setdefault("NUMBA_LOOP_VECTORIZE", "0")
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    import llvmlite.binding
    import numba
    from numba.core.compiler import Compiler
    from numba.core.registry import CPUDispatcher

    from .kept_code import KeptCode, keep_in
    from .linking import EntryCompiler, InnerCompiler, fits


def _compiled_sources() -> list[Path]:
    """Return every file whose text decides what is compiled."""
    return [
        *sorted((MODEL / "numerics").glob("*.py")),
        *sorted((MODEL / "entities").glob("*.py")),
        *sorted((MODEL / "strategies").glob("*.py")),
        *sorted((MODEL / "submodels").rglob("*.py")),
        MODEL / "schedule.py",
        MODEL / "initialization" / "row_writers.py",
    ]


def _key() -> str:
    """Return the name of the folder for the present text of the rules, these versions and this processor."""
    machine = (llvmlite.binding.get_host_cpu_name(), llvmlite.binding.get_host_cpu_features().flatten())
    versions = (numba.__version__, np.__version__, *machine) if COMPILE else ()
    return key_of(_compiled_sources(), versions) + ("-checked" if BOUNDSCHECK else "")


def cache_folder() -> Path:
    """Return the folder of the user's cache that belongs to the present text of the rules."""
    return root() / "ecopark" / _key()


@functools.cache
def _folder() -> Path:
    """Return the folder that this process keeps compiled code in; it is looked at once."""
    return open_folder(_key())


def is_cached() -> bool:
    """Tell whether an earlier run left compiled code for the present rules."""
    return not COMPILE or any(_folder().rglob("schedule.run_months*.nbc"))


def compiled(function: Callable) -> Any:
    """Compile `function` on its first call and keep the machine code on disk; plain when compilation is off.

    A rule whose argument `s` is not a `State` but small tables made by hand runs as plain Python, and so does whatever it
    calls: the machine code is written for the layout of the real tables alone.
    """
    return _rule(function, kept=True) if COMPILE else function


def _kind_of(given: Any) -> Any:
    """Return the type that an argument is passed as: whole numbers as int64, floats as float64, all else as it is."""
    kind = numba.types.unliteral(given)
    if kind in numba.types.signed_domain:
        return numba.types.int64
    return numba.types.float64 if kind in numba.types.real_domain else kind


# From so many rules on it is the whole month that is compiled.
MANY = 20


def _tell(done: int, total: int) -> None:
    """Say once that the model is compiled, and how long one waits."""
    if done == MANY < total:
        LOG.warning("Compiling the model for this machine, once, about half a minute; later runs start at once ...")


_watchers: list[Callable[[int, int], None]] = [_tell]


def watch(watcher: Callable[[int, int], None]) -> None:
    """Let `watcher(rules compiled, rules there are)` follow the first compilation, in place of a line in the log.

    Both numbers are equal when a rule that Python calls is done.
    """
    _watchers[:] = [watcher]


_running = threading.local()

if COMPILE:
    keep_in(_folder)
    LINKED = fits()
    _counts = {"compiled": 0, "rules": 0}

    def _rule(function: Callable, kept: bool) -> Any:
        """Return the dispatcher of a rule that Python calls."""
        rule: Any = numba.njit(**OPTIONS, pipeline_class=EntryCompiler if LINKED else Compiler)(function)
        rule.__class__ = _Rule
        names = list(inspect.signature(function).parameters)
        rule.inner, rule.outer, rule.kept = None, None, kept
        rule.tables_at = names.index("s") if "s" in names else -1
        _counts["rules"] += 1
        return rule

    class _Rule(CPUDispatcher):
        """A rule as Python calls it: machine code, or plain Python on tables made by hand."""

        inner: Any
        outer: Any
        kept: bool
        tables_at: int

        def get_call_template(self, arguments: Any, named: Any) -> Any:
            """Give another rule the inner dispatcher to call."""
            return self.callee().get_call_template(arguments, named)

        def get_overload(self, sig: Any) -> Any:
            """Return what stands for the code that another rule calls."""
            return self.callee().get_overload(sig)

        def callee(self) -> Any:
            """Return the dispatcher that compiled code calls: linked into rules, on its own for code from outside."""
            if getattr(_running, "outside", False):
                self.outer = self.outer or numba.njit(**OPTIONS)(self.py_func)
                return self.outer
            self.inner = self.inner or _inner(self.py_func)
            return self.inner

        def compile(self, sig: Any) -> Any:
            """Load or compile the code for a call from Python."""
            if self.kept:
                self._cache, self.kept = KeptCode(self.py_func), False
            before = _counts["compiled"]
            entry = super().compile(sig)
            if _counts["compiled"] > before:
                _watchers[0](_counts["rules"], _counts["rules"])
            return entry

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

    def _inner(function: Callable) -> Any:
        """Return the dispatcher of a rule that other rules call."""
        unwrapped: Any = {"no_cpython_wrapper": True, "no_cfunc_wrapper": True}
        kind = InnerCompiler if LINKED else Compiler
        inner: Any = numba.njit(**OPTIONS, **unwrapped, pipeline_class=kind)(function)
        inner.__class__ = _Inner
        return inner

    class _Inner(CPUDispatcher):
        """A rule as other rules call it: never called from Python, never kept."""

        def get_call_template(self, arguments: Any, named: Any) -> Any:
            """Let a constant or a narrow number count as any number of its kind: nothing is compiled for each of them."""
            return super().get_call_template(tuple(map(_kind_of, arguments)), named)

        def add_overload(self, cres: Any) -> None:
            """Remember the code of a signature."""
            self.overloads[tuple(cres.signature.args)] = cres
            _counts["compiled"] += 1
            _watchers[0](_counts["compiled"], _counts["rules"])


@contextmanager
def code_from_outside() -> Iterator[None]:
    """Compile what is compiled in here as code of somebody else: the rules it calls get machine code of their own, not kept.

    Rules are otherwise linked as they were lowered, which only the compiler of rules can do.
    """
    _running.outside = True
    try:
        yield
    finally:
        _running.outside = False


def choose(functions: Sequence[Callable]) -> Any:
    """Return a function `(index, *arguments)` that calls the function of that index; all must return the same type."""

    def link(index: int, function: Callable, rest: Callable | None) -> Any:
        if rest is None:

            def last(selected, *arguments):
                return function(*arguments)

            return _choice(last, functions[index:])

        def either(selected, *arguments):
            if selected == index:
                return function(*arguments)
            return rest(selected, *arguments)

        return _choice(either, functions[index:])

    chain = None
    for index in reversed(range(len(functions))):
        chain = link(index, functions[index], chain)
    return chain


def _choice(function: Callable, among: Sequence[Callable]) -> Any:
    """Return the rule of one choice, with a name of its own.

    Machine code is linked by names that numba makes of module, function and a count that begins anew in each process: two
    choices of one name, compiled in two processes and loaded together, could take each other's place.
    """
    names = "\n".join(f"{one.__module__}.{one.__qualname__}" for one in among)
    function.__qualname__ = f"choose.{hashlib.blake2s(names.encode(), digest_size=8).hexdigest()}"
    return _rule(function, kept=False) if COMPILE else function
