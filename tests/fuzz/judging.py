"""A case in a fork of its own, and what is right about how it ends.

Right: a clear error with exit code 2, or a valid run. Wrong: a traceback, a signal, a hang, a number in a table that is
not finite, a file outside the folder that was asked for.
"""

import os
import re
import resource
import signal
import sys
import time
import traceback
from pathlib import Path

import numpy as np

from .registers import unsound

LIMIT_MEMORY = 6 * 2**30
PATIENCE = 5  # times the seconds of the processor that a case may take on the clock
LARGEST = 1e30  # no quantity, price or sum of a park comes near
# Columns that may be empty: dates that have not come, a name that is not meant, the price of what nobody buys or agreed.
MAY_BE_EMPTY = {
    "exchanges": {
        "end_month", "start_month", "trigger", "asset", "successor", "predecessor", "until", "cause", "origin", "planned_end",
    },
    "yearly": {"trust"}, "monthly": {"trust"}, "companies": {"trust"},
    "events": {"exchange", "opportunity", "company", "partner", "amount", "value", "cause", "origin"},
    "opportunities": {"identified_month", "operating_month", "screened_month", "signed_month", "talks_month"},
    "prices": {"price"}, "assets": {"main"},
    "talks": {  # of a talk that ended without a deal, or in which a side never spoke
        "exchange", "accepted", "price", "seller_share", "term_years", "seller_gain", "buyer_gain", "last_price_seller",
        "last_price_buyer",
    },
}  # fmt: skip


def not_finite(folder):
    """Return what is no number, infinite or beyond belief in the tables of a folder."""
    import pyarrow.parquet as pq

    paths = sorted(Path(folder).glob("*.parquet"))
    found = [] if paths else ["no tables"]
    for path in paths:
        table = pq.read_table(path)
        for column in table.column_names:
            values = table[column].to_numpy()
            if values.dtype.kind == "f":
                found += [
                    f"{path.stem}.{column} {what}" for what in _wrong(values, column in MAY_BE_EMPTY.get(path.stem, ()))
                ]
    return found


def _wrong(values, may_be_empty):
    if np.isinf(values).any():
        yield "holds inf"
    elif (np.abs(values[np.isfinite(values)]) > LARGEST).any():
        yield f"holds numbers above {LARGEST:g}"
    if np.isnan(values).any() and not may_be_empty:
        yield "holds NaN"


def do(arguments):
    """Run a command as the command line does, or open a folder of journals as the server does; return the exit code."""
    if arguments[0] == "journal":
        return _open_journals(Path(arguments[1]))
    from ecopark.experiments.cli import main

    sys.argv = ["ecopark", *arguments]
    try:
        main()
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else int(end.code is not None)
    return 0


def _open_journals(folder):
    """Open again what can be opened; what cannot is named, and kept."""
    from ecopark.abm.input.loading import load_scenario
    from ecopark.experiments.workshop.stores.play.registry import Registry

    before = {path.read_bytes() for path in folder.iterdir()}
    registry = Registry(load_scenario("kalundborg"), "kalundborg", folder)
    registry.restore_all()
    if before - {path.read_bytes() for path in folder.iterdir()}:
        raise RuntimeError("a journal is gone")
    if not registry.open_ones and not registry.damaged:
        raise RuntimeError("neither opened nor named")
    print(" ".join(registry.damaged) or "opened", file=sys.stderr)
    return 2 if registry.damaged else 0


def in_fork(arguments, place, seconds):
    """Run a case in a fork; return (exit code or -signal, what it said, whether it ended by itself)."""
    said = place / "said.txt"
    sys.stdout.flush()
    child = os.fork()
    if child == 0:
        _child(arguments, place, said, seconds)
    until = time.monotonic() + PATIENCE * seconds
    while True:
        done, status = os.waitpid(child, os.WNOHANG)
        ended = bool(done)
        if not done and time.monotonic() > until:
            os.killpg(child, signal.SIGKILL)
            _, status = os.waitpid(child, 0)
            break
        if done:
            break
        time.sleep(0.005)
    text = said.read_text(encoding="utf-8", errors="replace") if said.exists() else ""
    return os.waitstatus_to_exitcode(status), text, ended


def _child(arguments, place, said, seconds):
    """Do a case in this process, and end it. seconds: of the processor, so that a busy machine makes no fault."""
    code = 99
    try:
        os.setsid()
        resource.setrlimit(resource.RLIMIT_AS, (LIMIT_MEMORY, LIMIT_MEMORY))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_CPU, (int(seconds), int(seconds) + 5))
        os.chdir(place)
        file = os.open(said, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        os.dup2(file, 1)
        os.dup2(file, 2)
        sys.stdout, sys.stderr = os.fdopen(1, "w"), os.fdopen(2, "w")
        try:
            code = do(arguments)
        except BaseException:
            traceback.print_exc()
            code = 1
        sys.stdout.flush()
        sys.stderr.flush()
    finally:
        os._exit(code & 255)


def judge(arguments, place, root, seconds):
    """Return (verdict, what is wrong): verdict is refused, valid or fault."""
    code, said, ended = in_fork(arguments, place, seconds)
    wrong = _outside(place, root) or _how_it_ended(code, said, ended, seconds)
    if arguments[0] in ("import", "opportunities"):  # no month is run, so nothing may overflow on purpose
        wrong = wrong or _warned(said)
    if wrong:
        return "fault", wrong
    if code == 2:
        return ("refused", "") if said.strip() else ("fault", "exit code 2 without a word")
    if arguments[0] == "import":
        wrong = unsound(place / arguments[-1])
        return ("fault", f"park: {wrong}") if wrong else ("valid", "")
    found = not_finite(place / "out") if arguments[0] == "run" else []
    return ("fault", f"tables: {found[0]}") if found else ("valid", "")


def _outside(place, root):
    inside = [place / part for part in ("input", "out", "runs", "said.txt")]
    files = (
        path for path in root.rglob("*") if path.is_file() and not any(path.is_relative_to(part) for part in inside)
    )
    return next((f"a file outside: {path.relative_to(root)}" for path in files), "")


def _warned(said):
    """Return a warning of Python in what a case said, nothing when there is none."""
    warned = re.search(r"(\w+Warning): (.{0,60})", said)
    return f"a warning of Python: {warned[0]}" if warned else ""


def _how_it_ended(code, said, ended, seconds):
    """Say what is wrong with the end of a case, nothing when it is right."""
    if not ended or code == -signal.SIGXCPU:
        return f"did not end within {seconds} s"
    if code < 0:
        return f"ended by {signal.Signals(-code).name}"
    last = [
        re.sub(r"[0-9]+", "N", line) for line in said.splitlines() if line and not line.startswith((" ", "Traceback"))
    ]
    if "Traceback (most recent call last)" in said:
        places = re.findall(r'File "[^"]*?((?:abm|analysis|experiments)/[^"]*)", line \d+, in (\w+)', said)
        where = " ".join(places[-1]) if places else "?"
        return f"traceback in {where}: {last[-1][:90] if last else ''}"
    if code not in (0, 2):
        return f"exit code {code}: {last[-1][:80] if last else 'nothing said'}"
    return "a letter that controls the terminal" if "\x1b" in said else ""
