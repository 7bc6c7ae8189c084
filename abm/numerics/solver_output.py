"""What a solver prints from C: away from standard output, which may carry JSON.

HiGHS prints a line of its own where its options forbid all printing (github.com/ERGO-Code/HiGHS/issues/2783).
"""

from __future__ import annotations

import ctypes
import functools
import os
import platform
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

NAMES = {"glibc": "stdout", "darwin": "__stdoutp"}  # of the variable that C's own printing reads


class _Output(NamedTuple):
    """variable: where C finds its standard output; usual and nowhere: the streams that it may point to."""

    variable: Any
    usual: int
    nowhere: int


_lock = threading.Lock()
_solving: list[int] = []  # threads that are inside `silent`


@contextmanager
def silent() -> Iterator[None]:
    """Keep what is printed from C away from standard output; Python writes without C's streams and loses nothing.

    Any number of threads may be inside; the last that leaves gives C its output back. Where C keeps the variable to
    itself (Windows, musl) nothing is done, and a line of the solver may stand in the output.
    """
    output = _output()
    if output is None:
        yield
        return
    with _lock:
        _solving.append(threading.get_ident())
        output.variable.value = output.nowhere
    try:
        yield
    finally:
        with _lock:
            _solving.remove(threading.get_ident())
            if not _solving:
                output.variable.value = output.usual


@functools.cache
def _output() -> _Output | None:
    """Return C's standard output and a stream that leads nowhere, None where that cannot be had."""
    name = NAMES.get(sys.platform, NAMES.get(platform.libc_ver()[0]))
    if name is None:
        return None
    library = ctypes.CDLL(None)
    library.fopen.restype = ctypes.c_void_p
    nowhere = library.fopen(os.devnull.encode(), b"w")
    variable = ctypes.c_void_p.in_dll(library, name)
    return _Output(variable, variable.value or 0, nowhere) if nowhere else None
