"""Manners of processes that work for a sweep: they end with their parent, leave Ctrl-C to it, and use one thread."""

from __future__ import annotations

import contextlib
import ctypes
import multiprocessing
import os
import signal
import sys
import threading
import time
from collections.abc import Iterator

THREADS = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS", "NUMBA_NUM_THREADS")
# One thread each; and the folder one stands in is no place that modules come from.
OF_A_WORKER = dict.fromkeys((*THREADS, "PYTHONSAFEPATH"), "1")
PARENT_DEATH_SIGNAL = 1
LOOK_SECONDS = 0.5


def behave(parent: int) -> None:
    """Set up a worker process whose parent has the id `parent`."""
    with contextlib.suppress(ValueError):
        signal.signal(signal.SIGINT, signal.SIG_IGN)
    end_with(parent)
    import pyarrow as pa

    pa.set_cpu_count(1)
    pa.set_io_thread_count(1)


def end_with(parent: int) -> None:
    """End this process when its parent is gone: by the kernel on Linux, by a watching thread everywhere.

    The kernel's signal also ends a run that holds the interpreter in compiled code; the thread ends it after that run.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PARENT_DEATH_SIGNAL, signal.SIGKILL)
    if _parent_gone(parent):
        os._exit(1)
    threading.Thread(target=_watch, args=(parent,), daemon=True, name="parent watch").start()


def _watch(parent: int) -> None:
    known = multiprocessing.parent_process()
    if known is not None:
        known.join()
    while known is None and not _parent_gone(parent):
        time.sleep(LOOK_SECONDS)
    os._exit(1)


def _parent_gone(parent: int) -> bool:
    return os.name == "posix" and os.getppid() != parent


@contextlib.contextmanager
def launching() -> Iterator[None]:
    """Start processes inside this block: one thread each, deaf to Ctrl-C, and without running the user's script again."""
    with _environment_of_a_worker(), _without_script(), _deaf():
        yield


@contextlib.contextmanager
def _environment_of_a_worker() -> Iterator[None]:
    before = {name: os.environ.get(name) for name in OF_A_WORKER}
    os.environ.update(OF_A_WORKER)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


@contextlib.contextmanager
def _without_script() -> Iterator[None]:
    """Keep the main module out of sight.

    A spawned process imports the main module of its parent, and would begin a script's sweep again; workers need only
    what can be imported by name.
    """
    script = sys.modules["__main__"]
    hidden = {name: getattr(script, name) for name in ("__file__", "__spec__") if hasattr(script, name)}
    for name in hidden:
        setattr(script, name, None)
    try:
        yield
    finally:
        for name, value in hidden.items():
            setattr(script, name, value)


@contextlib.contextmanager
def _deaf() -> Iterator[None]:
    """Block Ctrl-C: children inherit that, and one that comes meanwhile is heard here afterwards."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
