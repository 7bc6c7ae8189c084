"""Claims: two sweeps on one folder share the work. A claim is a lock on one byte of a file, and ends with its process."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows: two sweeps on one folder do the same work twice; the parts stay the same
    fcntl = None  # type: ignore[assignment]


@contextmanager
def claim(path: Path, number: int) -> Iterator[bool]:
    """Hold the claim on part `number`; False when another process has it.

    A file system that knows no locks grants every claim: work may then be done twice, the parts are the same.
    """
    with _claimed(path, number, 1) as ours:
        yield ours


@contextmanager
def claim_all(path: Path) -> Iterator[bool]:
    """Hold the claims on all parts there are and may be; False when another process has one."""
    with _claimed(path, 0, 0) as ours:
        yield ours


@contextmanager
def _claimed(path: Path, start: int, length: int) -> Iterator[bool]:
    """Hold the lock on bytes of the file; length 0: all from the start on."""
    if fcntl is None:
        yield True
        return
    descriptor = _open(path)
    try:
        fcntl.lockf(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB, length, start)
    except (BlockingIOError, PermissionError):
        yield False
        return
    except OSError:
        yield True
        return
    try:
        yield True
    finally:
        fcntl.lockf(descriptor, fcntl.LOCK_UN, length, start)


@lru_cache(maxsize=8)
def _open(path: Path) -> int:
    """Return the one descriptor of this process; closing any other would give up all its claims."""
    return os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
