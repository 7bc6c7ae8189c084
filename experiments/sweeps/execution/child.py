"""The child process of a guarded chunk: `python -m ecopark.experiments.sweeps.execution.child PARENT`, tasks in, what happens out."""

from __future__ import annotations

import os
import pickle
import sys
from typing import Any, BinaryIO

from .processes import behave


def serve(tasks: BinaryIO, answers: BinaryIO) -> None:
    """Do chunks until the worker closes the pipe."""
    from .chunks import run_chunk
    from .worker_view import open_sweep, warm_up

    def say(kind: str, content: Any) -> None:
        pickle.dump((kind, content), answers)
        answers.flush()

    while True:
        try:
            task, known = pickle.load(tasks)
        except EOFError:
            return
        try:
            warm_up(open_sweep(task.root, task.hash).study.model)
            say("report", run_chunk(task, announce=lambda run: say("run", run), known=known))
        except Exception as error:
            say("error", _portable(error))


def _portable(error: Exception) -> Exception:
    """Return the error itself where it survives the way to the parent, else its words."""
    try:
        pickle.loads(pickle.dumps(error))
    except Exception:
        return RuntimeError(f"{type(error).__name__}: {error}")
    return error


def main() -> None:
    """Keep the pipe to the worker for answers; whatever a model prints goes to the error stream."""
    behave(int(sys.argv[1]))
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    serve(sys.stdin.buffer, answers)


if __name__ == "__main__":
    main()
