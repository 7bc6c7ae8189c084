"""The data dictionary: every column of every table that is read or written, from the declarations."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from inspect import cleandoc
from typing import Any

import numpy as np

from ecopark.abm.entities.codes import (
    ANSWERS,
    CHANNELS,
    CONNECTIONS,
    EVENT_KINDS,
    NO_DEALS,
    REASONS,
    STAGES,
    TALK_KINDS,
)
from ecopark.abm.input.column_words import BESIDE_THE_MODEL, column_words, words_of
from ecopark.abm.input.loading import load_scenario
from ecopark.abm.input.parameters import PARAMETERS
from ecopark.abm.input.row_fields import ROUTE_KINDS, UNITS
from ecopark.abm.input.row_types import TABLES
from ecopark.abm.observation.indicators import INDICATORS
from ecopark.abm.observation.tables import TABLES as RUN_TABLES
from ecopark.abm.odd_tables import meaning_of
from ecopark.abm.park import Park
from ecopark.analysis.report import column_words as analysis_words

from ..validation.points import NAMES
from .allowed_values import allowed_of


@dataclass(frozen=True)
class Column:
    """A column of a table: unit, meaning, and what its cells may hold."""

    name: str
    unit: str
    meaning: str
    allowed: str


# What columns of names may hold; `table.column` where that depends on the table.
VOCABULARY: dict[str, tuple[str, ...]] = {
    "stage": STAGES,
    "channel": CHANNELS[1:],
    "exchanges.reason": REASONS[1:],
    "events.reason": (*REASONS[1:], *NO_DEALS[1:], *CHANNELS[1:], "and others"),
    "events.kind": EVENT_KINDS,
    "assets.kind": CONNECTIONS,
    "talks.kind": TALK_KINDS,
    "talks.outcome": ("signed", *NO_DEALS[1:]),
    "asker": ("seller", "buyer"),
    "answer": ANSWERS,
    "speaker": ("seller", "buyer"),
    "direction": ("out", "in"),
    "route_kind": ROUTE_KINDS,
    "unit": UNITS,
    "group": ("material", "energy", "water"),
    "carrier": ("truck", "pipe", "wire", "ship"),
}
GRADES = "V, C, S, G, A"


def input_tables() -> dict[str, list[Column]]:
    """Return the tables of a scenario and of the library, those that only scoring and workshops read, then the posterior."""
    of_model = {
        table: [_input_column(table, name, field) for name, field in kind.model_fields.items()]
        for table, kind in TABLES.items()
    }
    beside = {
        table: [Column(name, *words, _by_unit(words[0])) for name, words in _with_common(table)]
        for table in BESIDE_THE_MODEL
    }
    return of_model | beside | {"posterior": _posterior()}


def _posterior() -> list[Column]:
    """Return the columns of the posterior: the parameters that are inferred, in the words of their declarations."""
    release = Column(
        "version", "name", "release of ecopark whose rules the row was inferred with", "text; no run depends on it"
    )
    inferred = (PARAMETERS[name] for name in NAMES)
    return [
        release,
        *(Column(one.name, one.unit, one.meaning, f"a number from {one.low:g} to {one.high:g}") for one in inferred),
    ]


def _with_common(table: str) -> Iterator[tuple[str, tuple[str, str]]]:
    yield from column_words(table).items()
    if table in ("facts", "published", "turning_points"):
        common = {"facts": ("grade", "source"), "published": ("grade",), "turning_points": ("note",)}
        yield from ((name, words_of(table, name)) for name in common[table])


def _by_unit(unit: str) -> str:
    """Say what a column of a table that the model does not read may hold."""
    return {"words": "text", "name": "a name", "letter": GRADES, "0 or 1": "0 or 1", "year": "a year"}.get(
        unit, "a number"
    )


def _input_column(table: str, name: str, field: Any) -> Column:
    shown = field.alias or name
    unit, meaning = words_of(table, shown)
    allowed = "a date" if unit == "date" else allowed_of(field)
    needed = "needed" if field.is_required() else _left_empty(field.default)
    return Column(shown, unit, meaning, f"{allowed}; {needed}")


def _left_empty(default: Any) -> str:
    if default in (None, ""):
        return "may be empty"
    return f"empty: {'no' if default is False else 'yes' if default is True else default}"


def run_tables() -> dict[str, list[Column]]:
    """Return the tables of a run folder, column by column as they are written."""
    park = Park(load_scenario("kalundborg", {"horizon.years": 1})).run(years=1)
    found = {}
    for table, make in RUN_TABLES.items():
        values = make(park)
        found[table] = [_run_column(table, name, np.asarray(values[name])) for name in values]
    return found


def _run_column(table: str, name: str, values: np.ndarray) -> Column:
    if name in INDICATORS and table in ("yearly", "monthly"):
        one = INDICATORS[name]
        total = {"sum": "sum of the months", "mean": "mean of the months", "last": "at the end of the year"}[one.total]
        return Column(name, one.unit, f"{one.label} ({total})" if table == "yearly" else one.label, "a number")
    unit, meaning = meaning_of(table, name)
    return Column(name, unit, meaning, _stored(table, name, values))


def _stored(table: str, name: str, values: np.ndarray) -> str:
    """Say what a column of a run folder may hold: its names, or its kind of value."""
    options = VOCABULARY.get(f"{table}.{name}", VOCABULARY.get(name))
    if options and values.dtype.kind not in "biuf":
        return ", ".join(options)
    if values.dtype.kind == "b":
        return "yes or no"
    if values.dtype.kind in "iu":
        return "a whole number"
    if values.dtype.kind == "f":
        return "a number, empty where there is none"
    return "a name" if meaning_of(table, name)[0] == "name" else "text"


SWEEP = {
    "points": (
        ("point", "number", "row of the design", "a whole number from 0"),
        ("FACTOR", "as the factor", "one column for each factor, called by its dotted name", "a number or a name"),
    ),
    "runs": (
        ("run", "number", "of the sweep, in a fixed order", "a whole number from 0"),
        ("point", "number", "row of the design", "a whole number from 0"),
        ("policy", "name", "policy of the study", "a name"),
        ("replicate", "number", "runs of one replicate share their shocks", "a whole number from 0"),
        ("seed", "number", "of the shocks", "a whole number from 0"),
        ("FACTOR", "as the factor", "one column for each factor", "a number or a name"),
        ("OUTCOME", "as the outcome", "one column for each outcome; a series is a list of one number a year", "a number, empty where the run failed"),
        ("error", "words", "of a failed run", "text, empty where it did not fail"),
        ("traceback", "words", "of a failed run", "text, empty where it did not fail"),
    ),
    "yearly": (
        ("run", "number", "of the sweep", "a whole number from 0"),
        ("point", "number", "row of the design", "a whole number from 0"),
        ("policy", "name", "policy of the study", "a name"),
        ("replicate", "number", "runs of one replicate share their shocks", "a whole number from 0"),
        ("year", "year", "calendar year", "a whole number"),
        ("INDICATOR", "as the indicator", "every indicator of the yearly table of a run", "a number"),
    ),
}  # fmt: skip


def sweep_tables() -> dict[str, list[Column]]:
    """Return the tables of the folder of a sweep."""
    return {table: [Column(*row) for row in rows] for table, rows in SWEEP.items()}


def analysis_columns() -> list[tuple[str, str, str]]:
    """Return (column, unit, meaning) of the tables beside the figures; `TABLE.column` where a table has its own meaning."""
    return [
        (name, unit, meaning)
        for name, unit, meaning in (line.split("|") for line in analysis_words.WORDS.strip().splitlines())
    ]


def workbook_sheets() -> dict[str, list[Column]]:
    """Return the sheets of the workbook that `ecopark new --workbook` writes and `ecopark import` reads."""
    from ..intake.template import HELP, LISTS

    return {
        sheet: [
            Column(name, "", help_line, LISTS.get((sheet, name), "as described").replace(",", ", "))
            for name, help_line in columns.items()
        ]
        for sheet, columns in HELP.items()
    }


def page() -> str:
    """Return the data dictionary as a page."""
    parts = [
        "# Data dictionary",
        "Every column of every table that ecopark reads or writes, made from the declarations in the code. Money is constant EUR of "
        "the base year of the scenario; `unit` stands for the unit of the material, `product` for that of the main product of a "
        "company; a month counts from January of the start year.",
        "## Tables of a scenario and of the library",
        "A scenario is a folder with `scenario.toml` and these tables as CSV or Excel files; `companies` is enough. A row over the "
        "library keeps what it leaves empty. `history`, `links`, `published`, `turning_points`, `facts` and `seats` are read by "
        "scoring and workshops alone. `posterior` of the library holds the draws that `ecopark run --posterior` takes its parameters from.",
        *_sections(input_tables(), {name: cleandoc(kind.__doc__ or "") for name, kind in TABLES.items()}),
        "## Tables of a run",
        "`ecopark run` writes these as Parquet files; of an ensemble each has the column `replicate` (a whole number from 0) in front.",
        *_sections(run_tables(), {name: cleandoc(make.__doc__ or "") for name, make in RUN_TABLES.items()}),
        "## Tables of a sweep",
        "`points.parquet`, `runs/part-*.parquet` and, with `keep = \"yearly\"`, `yearly/part-*.parquet`.",
        *_sections(sweep_tables(), {}),
        "## Tables of an analysis",
        "`ecopark analyse` writes the table behind every figure as CSV into the folder `analysis`, `ecopark score` beside its page. A "
        "column means the same in all of them, unless a line `TABLE.column` says otherwise; `map_1978` is a table of the family "
        "`map`. Columns called like a factor or an outcome of the study hold just that, and `contracts` has the columns of the "
        "table of exchanges.",
        _grid(("column", "unit", "meaning"), [(f"`{name}`", unit, text) for name, unit, text in analysis_columns()]),
        "## The workbook",
        "Sheets of the workbook for a park of your own.",
        *_sections(workbook_sheets(), {}),
    ]  # fmt: skip
    return "\n\n".join(parts) + "\n"


def _sections(tables: dict[str, list[Column]], docs: dict[str, str]) -> Iterator[str]:
    for name, columns in tables.items():
        yield f"### {name}"
        if docs.get(name):
            yield re.sub(r"\s+", " ", docs[name].split("\n\n")[0].split(", from ")[0]).strip().rstrip(".") + "."
        rows = [(f"`{one.name}`", one.unit, one.meaning, one.allowed) for one in columns]
        yield _grid(("column", "unit", "meaning", "values"), rows)


def _grid(head: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    from ecopark.abm.odd_tables import grid

    return grid(head, rows)
