"""What an engine hands to a worker, and what it says when no worker is left."""

from __future__ import annotations

from .chunks import Report, Task, run_chunk
from .crash_guard import guarded_chunk


def do_task(task: Task) -> Report:
    """Do a chunk in a worker, under guard where it was asked for."""
    return guarded_chunk(task) if task.guarded else run_chunk(task)


class EngineLostError(RuntimeError):
    """The workers are out of reach; what is written is safe, and the same command continues."""
