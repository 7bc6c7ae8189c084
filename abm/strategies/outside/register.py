"""Strategies by name: built in, written here with `@strategy`, of an installed package, `module:Class` or `file.py:Class`."""

from __future__ import annotations

import importlib
import importlib.util
import sys
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path
from typing import Any

from ...input.errors import nearest
from .guests import Guest, guest_of
from .names import BUILT_IN

GROUP = "ecopark.strategies"


class StrategyError(ValueError):
    """Why a strategy cannot be had. allowed: what would be; meant: the nearest name, None if none is near."""

    def __init__(self, allowed: str, meant: str | None = None):
        super().__init__(allowed)
        self.allowed, self.meant = allowed, meant


@dataclass(frozen=True)
class _Written:
    kind: type
    machine: bool


_written: dict[str, _Written] = {}  # by `@strategy`, in this process
_closed: list[bool] = []  # not empty once no more code is loaded
_guests: list[Guest] = []  # in the order of their codes, from len(BUILT_IN) on


def strategy(name: str, compiled: bool = False) -> Callable[[type], type]:
    """Name a class as a strategy: `@strategy("tough")`.

    Plain: methods `propose(self, view) -> Line | End` and `respond(self, view, line) -> Accept | Reject | End`.
    compiled: functions `propose(view, out, memory) -> int` and `respond(view, memory) -> int` of float64 arrays, whose places
    are `ecopark.abm.strategies.PLACES`. Raises StrategyError when the name is taken or a method is missing.
    """

    def keep(kind: type) -> type:
        if name in BUILT_IN:
            raise StrategyError(f"a name that no built-in strategy has; {name} is one")
        _require_methods(kind)
        _written[name] = _Written(kind, compiled)
        _guests[:] = [one if one.name != name else _made(name, kind, compiled) for one in _guests]
        return kind

    return keep


def _require_methods(kind: Any) -> None:
    lacking = [part for part in ("propose", "respond") if not callable(getattr(kind, part, None))]
    if lacking:
        raise StrategyError(
            f"a class with propose(self, view) and respond(self, view, line); it has no {', '.join(lacking)}"
        )


def known_names() -> list[str]:
    """Return the names that can be used: built-in, written in this process, of installed packages."""
    return list(dict.fromkeys([*BUILT_IN, *_written, *(one.name for one in _installed())]))


def is_known(name: str) -> bool:
    """Tell whether a strategy can be used without loading code: built in, or loaded in this process."""
    return name in BUILT_IN or name in _written or any(one.name == name for one in _guests)


def code_of(name: str) -> int:
    """Return the number by which the model knows a strategy; its code is loaded when it is new. Raises StrategyError."""
    if name in BUILT_IN:
        return BUILT_IN.index(name)
    for place, guest in enumerate(_guests):
        if guest.name == name:
            return len(BUILT_IN) + place
    if _closed:
        raise StrategyError(
            "a strategy that the scenario named when the application was started; a workshop loads no code"
        )
    _guests.append(_load(name))
    return len(BUILT_IN) + len(_guests) - 1


def load_no_more_code() -> None:
    """Load no code from now on: what a workshop or its journal names is not the user's own.

    Raises StrategyError when a strategy is in use that keeps state of its own: a workshop is opened again by playing its
    journal, and such a strategy would act otherwise the second time.
    """
    kept = [one.name for one in _guests if one.keeps_state]
    if kept:
        raise StrategyError(
            "a strategy whose class sets no attributes, because a workshop is opened again by playing its journal; "
            f"what a talk has to remember has its place in `view.memory`; not so: {', '.join(kept)}"
        )
    _closed.append(True)


def guest_by(code: int) -> Guest | None:
    """Return the strategy from outside with this number, None for a built-in one."""
    return _guests[code - len(BUILT_IN)] if code >= len(BUILT_IN) else None


def name_of(code: int) -> str:
    """Return the name of the strategy with this number."""
    return BUILT_IN[code] if code < len(BUILT_IN) else _guests[code - len(BUILT_IN)].name


def addresses() -> list[tuple[int, int]]:
    """Return (propose, respond) of every strategy from outside, in the order of their numbers."""
    return [(one.propose, one.respond) for one in _guests]


def _load(name: str) -> Guest:
    if name in _written:
        return _made(name, _written[name].kind, _written[name].machine)
    source, _, rest = name.rpartition(":")
    for point in _installed():
        if point.name == name or (source and point.name == source):
            return _of_entry_point(point, name, rest)
    if source == "negmas":
        raise StrategyError(
            "an entry point of ecopark for NegMAS; install ecopark anew, its entry points are of an older one"
        )
    if not source:
        raise StrategyError(_allowed(), nearest(name, known_names()))
    kind = _class_of(_module_of(source), rest, source)
    machine = next((one.machine for one in _written.values() if one.kind is kind), False)
    _require_methods(kind)
    return _made(name, kind, machine)


def _made(name: str, kind: type, machine: bool, version: str = "") -> Guest:
    try:
        return guest_of(name, kind, machine, version)
    except Exception as error:  # the code of somebody else
        first = str(error).strip().splitlines()[0] if str(error).strip() else ""
        raise StrategyError(f"a strategy that can be made; {type(error).__name__}: {first}") from error


def _installed() -> tuple[EntryPoint, ...]:
    return tuple(entry_points(group=GROUP))


def _of_entry_point(point: EntryPoint, name: str, rest: str) -> Guest:
    """Return the strategy of an installed package: a class, or for `source:NAME` what its function makes of NAME."""
    try:
        found = point.load()
    except Exception as error:
        raise StrategyError(
            f"a package that can be imported; {point.value}: {type(error).__name__}: {error}"
        ) from error
    version = point.dist.version if point.dist is not None else ""
    if not isinstance(found, type):
        if point.name == name:
            raise StrategyError(f"{name}:NAME, a strategy of {point.value}")
        found = found(rest)
    machine = next((one.machine for one in _written.values() if one.kind is found), False)
    _require_methods(found)
    return _made(name, found, machine, version)


def _module_of(source: str) -> Any:
    """Import a module by its name or a file by its path."""
    path = Path(source)
    try:
        if path.suffix != ".py":
            return importlib.import_module(source)
        if not path.is_file():
            raise StrategyError(f"FILE.py:CLASS; there is no file {source}")
        key = f"ecopark_strategy_{path.stem}"
        spec = importlib.util.spec_from_file_location(key, path)
        if spec is None or spec.loader is None:
            raise StrategyError(f"FILE.py:CLASS; {source} is no Python file")
        module = importlib.util.module_from_spec(spec)
        sys.modules[key] = module
        spec.loader.exec_module(module)
        return module
    except StrategyError:
        raise
    except (Exception, SystemExit) as error:  # the code of somebody else, which may also end the program
        raise StrategyError(f"code that can be imported; {source}: {type(error).__name__}: {error}") from error


def _class_of(module: Any, rest: str, source: str) -> Any:
    found = getattr(module, rest, None)
    if isinstance(found, type):
        return found
    there = [name for name, value in vars(module).items() if isinstance(value, type) and hasattr(value, "propose")]
    raise StrategyError(
        f"a class of {source}: {', '.join(there) or 'it has none with propose and respond'}", nearest(rest, there)
    )


def _allowed() -> str:
    return f"one of {', '.join(known_names())}, MODULE:CLASS or FILE.py:CLASS"
