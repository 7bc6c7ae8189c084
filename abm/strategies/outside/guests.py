"""How the model calls a strategy from outside: a pair of addresses, of machine code or of Python behind ctypes.

Whatever goes wrong in a strategy stops the run at the end of the month with the strategy, the talk and the view; nothing is
raised through compiled code.
"""

from __future__ import annotations

import ctypes
import hashlib
import inspect
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ...numerics.calling import FORM, array_at, machine_code
from ..view import ACCEPT, END, FAILED, LAST_OFFER, LEAVE, MEMORY, OFFER, PACKAGE, PRICE, REJECT
from .acts import Accept, End, Line, Reject
from .view import View


@dataclass(frozen=True)
class Guest:
    """A strategy from outside, ready to be called.

    name: as it was asked for. propose, respond: addresses. version: of the distribution it comes from, "" if none.
    sha256: of its source. compiled: machine code. keeps_state: it has attributes of its own, so that playing a journal again cannot repeat it.
    kept: what must live as long as the addresses.
    """

    name: str
    propose: int
    respond: int
    version: str
    sha256: str
    compiled: bool
    keeps_state: bool
    kept: tuple[Any, ...] = field(repr=False)

    def describe(self) -> dict[str, Any]:
        """Return what a run.json says of it."""
        return {"version": self.version, "sha256": self.sha256, "compiled": self.compiled}


@dataclass
class Fault:
    """The latest failure of a strategy: its name, the error, and the numbers it saw."""

    name: str = ""
    error: str = ""
    view: tuple[float, ...] = ()


latest = Fault()


def guest_of(name: str, kind: type, machine: bool, version: str = "") -> Guest:
    """Return a strategy class as a guest. machine: its `propose` and `respond` are functions of arrays, to be compiled."""
    digest = _digest(kind)
    if machine:
        parts = [machine_code(getattr(kind, part), speaks) for part, speaks in (("propose", True), ("respond", False))]
        return Guest(name, parts[0][0], parts[1][0], version, digest, True, False, tuple(parts))
    side = kind()
    propose, respond = _offering(name, side), _answering(name, side)
    first, second = (ctypes.cast(one, ctypes.c_void_p).value or 0 for one in (propose, respond))
    keeps_state = bool(getattr(side, "__dict__", None))
    return Guest(name, first, second, version, digest, False, keeps_state, (side, propose, respond))


def _digest(kind: Any) -> str:
    """Return the hash of the file that a strategy is written in, of its own source where there is no file."""
    try:
        path = inspect.getsourcefile(kind)
        text = Path(path).read_bytes() if path and Path(path).exists() else inspect.getsource(kind).encode()
    except (OSError, TypeError):
        text = repr(kind).encode()
    return hashlib.sha256(text).hexdigest()


def _offering(name: str, side: Any) -> Any:
    """Return `propose` as a C function."""

    def propose(view: int, count: int, out: int, memory: int) -> int:
        def work(seen: View) -> int:
            said = side.propose(seen)
            if isinstance(said, End):
                return LEAVE
            if not isinstance(said, Line):
                raise TypeError(f"propose returned {said!r}; it has to return Line(price, package) or End()")
            place = array_at(out, 2)
            place[PRICE], place[PACKAGE] = float(said.price), said.package.number
            return LAST_OFFER if said.last else OFFER

        return _guarded(name, view, count, memory, work)

    return FORM(propose)


def _answering(name: str, side: Any) -> Any:
    """Return `respond` as a C function."""

    def respond(view: int, count: int, out: int, memory: int) -> int:
        def work(seen: View) -> int:
            said = side.respond(seen, seen.heard)
            for kind, code in ((Accept, ACCEPT), (Reject, REJECT), (End, END)):
                if isinstance(said, kind):
                    return code
            raise TypeError(f"respond returned {said!r}; it has to return Accept(), Reject() or End()")

        return _guarded(name, view, count, memory, work)

    return FORM(respond)


def _guarded(name: str, view: int, count: int, memory: int, work: Callable[[View], int]) -> int:
    """Return what a strategy says; an error of it is noted and becomes FAILED."""
    numbers, kept = array_at(view, count).tolist(), array_at(memory, MEMORY)
    try:
        seen = View(numbers, kept.tolist())
        answer = work(seen)
        kept[:] = seen.memory
        return answer
    except Exception as error:  # whatever a strategy of one's own may do
        latest.name, latest.view = name, tuple(numbers)
        latest.error = f"{type(error).__name__}: {error}"
        return FAILED
