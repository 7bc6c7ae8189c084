"""A cheap model with the face of `ecopark.experiments.sweeps.execution.model_contract`: a random walk whose runs can be told to raise, die, hang or wait.

`trap.kind` says what happens and `trap.run` to which replicate at which x; `pace.seconds` is the time a run takes.
"""

from __future__ import annotations

import os
import time
from pathlib import Path

import numpy as np

from ecopark.abm.input.errors import InputError, Mistake, nearest
from ecopark.experiments.sweeps.execution.model_contract import Declared

DECLARED = {
    "walk.x": Declared(value=1.0, low=-100.0, high=100.0),
    "walk.y": Declared(value=0.0, low=0.0, high=1.0),
    "walk.steps": Declared(value=2, low=1, high=9, whole=True),
    "walk.kind": Declared(value="plain"),
    "policy.tax": Declared(low=0.0, high=100.0),
    "pace.seconds": Declared(value=0.0, low=0.0, high=10.0),
    "trap.kind": Declared(value=""),
    "trap.x": Declared(value=0.0, low=-100.0, high=100.0),
    "trap.seeds": Declared(value=""),
    "log.folder": Declared(value=""),
}
KINDS = ("plain", "wild")
RECORD = np.dtype([("year", np.int32), ("links", np.float64), ("waste", np.float64), ("trust", np.float64)])


def load(scenario, values, years):
    if scenario != "walk":
        raise InputError([Mistake("scenario", scenario, "a scenario", nearest(scenario, ["walk"]))])
    mistakes = check({}, values)
    if mistakes:
        raise InputError(mistakes)
    return {name: declared.value for name, declared in DECLARED.items()} | dict(values) | {"years": years or 5}


def describe(base):
    return base


def restore(description):
    return description


def check(base, values):
    mistakes = []
    for name, value in values.items():
        declared = DECLARED.get(name)
        if declared is None:
            mistakes.append(Mistake(name, name, "a name", nearest(name, DECLARED)))
        elif declared.low is not None and not (
            isinstance(value, (int, float)) and declared.low <= value <= declared.high
        ):
            mistakes.append(Mistake(name, value, f"between {declared.low:g} and {declared.high:g}"))
        elif declared.whole and value != int(value):
            mistakes.append(Mistake(name, value, "a whole number"))
        elif name == "walk.kind" and value not in KINDS:
            mistakes.append(Mistake(name, value, f"one of {', '.join(KINDS)}", nearest(value, KINDS)))
    return mistakes


def declared(base, name):
    return DECLARED.get(name)


def known_names():
    return list(DECLARED)


def indicators():
    return {"links": "last", "waste": "sum", "trust": "mean"}


def horizon(base):
    return 2000, base["years"]


def fingerprint():
    return os.environ.get("FAKE_CODE", "one")


def warm_up():
    pass


def prepare(base, values):
    return base | values


def simulate(prepared, seed):
    years = prepared["years"]
    if prepared["log.folder"]:
        log = Path(prepared["log.folder"]) / f"{os.getpid()}.log"
        with open(log, "a") as file:
            file.write(f"{prepared['walk.x']} {seed}\n")
    if prepared["pace.seconds"]:
        time.sleep(prepared["pace.seconds"])
    _spring(prepared, seed)
    rng = np.random.default_rng(seed)
    record = np.zeros(years, dtype=RECORD)
    record["year"] = 2000 + np.arange(years)
    record["links"] = np.cumsum(rng.integers(0, int(prepared["walk.steps"]) + 1, years)) * prepared["walk.x"]
    record["waste"] = rng.normal(
        prepared["walk.x"] - (prepared["policy.tax"] or 0.0) / 10 + prepared["walk.y"], 1.0, years
    )
    record["trust"] = np.where(record["links"] > 0, rng.random(years), np.nan)
    return record


def _spring(prepared, seed):
    """Raise, end the process, kill it or hang, where the trap is set: at its x, for its seeds (all when none are named)."""
    seeds = [int(text) for text in str(prepared["trap.seeds"]).split()]
    kind = prepared["trap.kind"]
    if not kind or prepared["walk.x"] != prepared["trap.x"] or (seeds and seed not in seeds):
        return
    if kind == "raise" or (kind == "raise_when_told" and "FAKE_TRAPS" in os.environ):
        raise ArithmeticError("the trap was sprung")
    if kind == "exit":
        os._exit(7)
    if kind == "kill":
        os.kill(os.getpid(), 9)
    while kind == "hang":
        pass
