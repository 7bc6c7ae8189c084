"""Compiled delivery against the same loop in C: d. The source is tests/benchmarks/park.c."""

from __future__ import annotations

import ctypes
import shutil
import subprocess
import tempfile
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np

from ecopark.abm.entities.tables import describe, record
from ecopark.abm.numerics.compiled import compiled
from ecopark.abm.park import Park
from ecopark.abm.submodels.delivery import deliver
from ecopark.abm.submodels.negotiation.meetings import hold_meetings

from .clock import Row, SkippedError, ratio, side_by_side
from .reference_model import region
from .source_tree import checkout

KINDS = {
    "f8": "double", "f4": "float", "i8": "int64_t", "i4": "int32_t", "i2": "int16_t", "i1": "int8_t", "u8": "uint64_t",
}  # fmt: skip
SHARED = ("companies", "streams", "conversions", "seasons", "opportunities", "talks", "exchanges")
COMPANIES, YEARS, TURNS, COPIES = 1000, 12, 40, 4


@compiled
def hold_many(count, s, outcomes):
    """Hold `count` rounds of meetings, in place, with tables as a month has them."""
    for _ in range(count):
        hold_meetings(s.params[0], s.clock[0], s, outcomes)


@compiled
def deliver_many(first, count, s):
    """Deliver in `count` months from month `first` on, in place, with tables as a month has them."""
    for t in range(first, first + count):
        deliver(t, s.clock[0], s.levers[0], s)


def against_c(quick: bool) -> list[Row]:
    """Return d: delivery / C, on the tables of a park of a thousand companies after twelve years."""
    with tempfile.TemporaryDirectory() as place:
        library = build(Path(place))
        park = Park(region(COMPANIES, **{"recording.meetings": False}), 1).advance(12 * YEARS)
        return [_delivery(library, park, 5 if quick else 15)]


def build(place: Path) -> Any:
    """Compile the C source into a folder and return the loaded library. Raises SkippedError without source or compiler."""
    source = checkout() / "tests" / "benchmarks" / "park.c"
    if shutil.which("gcc") is None:
        raise SkippedError("gcc is not installed")
    (place / "tables.h").write_text("\n".join(struct_of(table) for table in SHARED))
    target = place / "park.so"
    command = [
        "gcc",
        "-O3",
        "-ffp-contract=off",
        "-shared",
        "-fPIC",
        f"-I{place}",
        str(source),
        "-o",
        str(target),
        "-lm",
    ]
    subprocess.run(command, check=True)
    return ctypes.CDLL(str(target))


def struct_of(table: str) -> str:
    """Return the C struct with the bytes of a table's records."""
    names = {"signed": "signed_month"}  # a word of C
    kinds = {name: KINDS[kind] for name, kind, _, _ in describe(table)}
    fields = "".join(f"    {kinds[name]} {names.get(name, name)};\n" for name in record(table).names or ())
    return f"typedef struct {{\n{fields}}} {table};\n"


def pointer(table: np.ndarray) -> ctypes.c_void_p:
    """Return the address of a table."""
    return ctypes.c_void_p(table.ctypes.data)


def _delivery(library: Any, park: Park, repeats: int) -> Row:
    """Deliver on all contracts of the park, month after month; on so many copies of them that calls cost nothing."""
    ours, theirs = park.fork().state, park.fork().state
    month, backup = park.month, float(ours.levers.backup[0])
    for state in (ours, theirs):
        state.exchanges = np.tile(state.exchanges[: int(state.clock.exchanges[0])], COPIES)
        state.clock.exchanges = len(state.exchanges)
    count = len(ours.exchanges)

    def by_rules() -> None:
        deliver_many(month, TURNS, ours)

    def in_c() -> None:
        for turn in range(TURNS):
            library.deliver(
                ctypes.c_int64(month + turn), ctypes.c_int64(count), ctypes.c_double(backup), pointer(theirs.companies),
                ctypes.c_int64(len(theirs.streams)), pointer(theirs.streams), pointer(theirs.conversions),
                pointer(theirs.seasons), pointer(theirs.opportunities), pointer(theirs.exchanges), pointer(theirs.profiles),
            )  # fmt: skip

    return _compare(
        "delivery", by_rules, in_c, [(ours.exchanges, theirs.exchanges), (ours.streams, theirs.streams)], repeats
    )


def _compare(what: str, by_rules: Any, in_c: Any, results: list[tuple[np.ndarray, np.ndarray]], repeats: int) -> Row:
    """Measure both; their tables must be equal bit by bit."""
    by_rules()
    in_c()
    if any(ours.tobytes() != theirs.tobytes() for ours, theirs in results):
        raise AssertionError(f"{what} in C and compiled differ: tests/benchmarks/park.c has to follow abm/rules")
    ours, theirs = side_by_side([by_rules, in_c], repeats)
    detail = {"compiled_s": median(ours), "c_s": median(theirs)}
    return Row("d", f"{what}: compiled / C (gcc -O3), the same bits", ratio(ours, theirs), 1.3, False, detail=detail)
