"""Scenario folder -> Scenario; every mistake is reported at once, with place, value, what is allowed and the nearest name."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any, get_args

from .checked_values import HEADER, header_value
from .cross_checks import check_lines, check_references
from .csv_files import Line, read_table
from .errors import TOML, InputError, Mistake, nearest
from .merging import Broken, key_of, own_rows, put_together, read_old_disposal, tell_own_rows, tell_series
from .parameters import GROUPS
from .places import placed
from .row_fields import Row
from .row_types import LIBRARY, TABLES
from .run_record import RunRecord, read_record
from .scenario import Scenario, as_number, change
from .text_files import no_text, parsed, read_text
from .workbooks import SUFFIXES

HERE = Path(__file__).parents[1]
SCENARIOS = HERE / "scenarios"
DEFAULTS: dict[str, Any] = {
    "name": "",
    "label": "",
    "description": "",
    "start_year": 2025,
    "years": 30,
    "base_year": 2020,
}
# A table of companies alone is run as the folder that `ecopark new` makes around it: nobody closes by chance.
ALONE: dict[str, Any] = {"turnover": {"hazard": 0.0}}


def scenario_names() -> list[str]:
    """Return the names of the shipped scenarios."""
    return sorted(path.parent.name for path in SCENARIOS.glob("*/scenario.toml"))


def load_scenario(source: str | Path, values: Mapping[str, Any] | None = None) -> Scenario:
    """Return a scenario, complete and checked.

    source: the name of a shipped scenario, a scenario folder, a single table of companies, or the run.json of a run.
    values: dotted names with other values, as in `--set`. Raises InputError with every mistake found.
    """
    try:
        scenario = _load(_locate(source))
    except InputError as error:
        wrong: list[Mistake] = []
        change(_bare({}), values or {}, wrong)
        raise InputError([*error.mistakes, *wrong]) from None
    return scenario.replace(values) if values else scenario


def _bare(tables: Mapping[str, tuple[Row, ...]], **header: Any) -> Scenario:
    """Return a scenario of some tables with the defaults of every parameter."""
    return Scenario(
        **{**DEFAULTS, **header}, parameters={name: kind() for name, kind in GROUPS.items()}, policies=(), tables=tables
    )


def load_record(source: str | Path) -> RunRecord | None:
    """Return what a run.json says beside its scenario, checked; None for any other source."""
    path = _locate(source)
    return RunRecord.of(read_record(path), path.name) if _is_record(path) else None


def _is_record(path: Path) -> bool:
    return path.suffix == ".json" and not path.is_dir()


def _locate(source: str | Path) -> Path:
    """Return the folder or file that a source names."""
    path = Path(source)
    if str(source) in scenario_names():
        if (path / "scenario.toml").exists() and path.resolve() != SCENARIOS / str(source):
            wanted = f"./{source} for the folder that stands here; rename it to run the shipped scenario of that name"
            raise InputError([Mistake("scenario", str(source), wanted)])
        return SCENARIOS / str(source)
    try:
        if path.is_dir() and not (path / "scenario.toml").exists() and (path / "run.json").exists():
            return path / "run.json"
        found = path.exists()
    except (OSError, ValueError):  # a name that no file can have
        found = False
    if not found:
        known = scenario_names()
        raise InputError(
            [
                Mistake(
                    "scenario",
                    str(source),
                    f"one of {', '.join(known)}, a scenario folder, a table of companies or a run.json",
                    nearest(source, known),
                )
            ]
        )
    return path


def _load(path: Path) -> Scenario:
    """Load from a place; a shipped scenario is read once per process."""
    if _is_record(path):
        return Scenario.restore(read_record(path)["scenario"], path.name)
    if path.parent == SCENARIOS:
        return _load_shipped(path)
    return _load_folder(path)


@lru_cache(maxsize=8)
def _load_shipped(path: Path) -> Scenario:
    return _load_folder(path)


def _load_folder(path: Path) -> Scenario:
    """Load a folder, or a single table of companies with all else from the library."""
    mistakes: list[Mistake] = []
    folder = path if path.is_dir() else None
    toml = _read_toml(folder, mistakes) if folder else dict(ALONE)
    origin = _origin(toml, mistakes)
    readable = not mistakes
    own: dict[str, dict[tuple, Row]] = {}
    unsure: set[str] = set()
    broken: Broken = []
    for name in TABLES:
        before = len(mistakes)
        own[name] = _read(folder, path, name, mistakes, broken)
        unsure.update({name} if len(mistakes) > before else ())
    if folder is not None:
        mistakes.extend(_misnamed(folder))
    header = _header(toml, path, mistakes)
    notices = (*read_old_disposal(folder, own, mistakes), *tell_series(own, header["start_year"], header["years"]))
    library = {name: _library(name) for name in LIBRARY}
    if path.parent != SCENARIOS:
        notices = (*notices, *tell_own_rows(library, own))
    tables = put_together(library, own)
    if "companies" not in unsure:
        tables["companies"] = placed(tables["companies"], origin, mistakes)
    bare = replace(_bare(tables, **header), notices=notices)
    scenario = change(bare, _values(toml, mistakes), mistakes, "scenario.toml: ")
    generated = "synthetic" in toml or not readable
    mistakes.extend(check_lines(broken, scenario.tables, unsure))
    mistakes.extend(check_references(scenario.tables, generated, unsure))
    if mistakes:
        raise InputError(mistakes)
    return scenario


def _misnamed(folder: Path) -> Iterable[Mistake]:
    """Yield a mistake for each table that is called nearly as a known one which is not there."""
    present = {path.stem for path in folder.glob("*.csv")}
    for name in sorted(present - set(TABLES)):
        meant = nearest(name, sorted(set(TABLES) - present), 0.75)
        if meant is not None:
            yield Mistake(f"{name}.csv", name, f"one of {', '.join(TABLES)} if the model is to read it", meant)


def _read_toml(folder: Path, mistakes: list[Mistake]) -> dict[str, Any]:
    path = folder / "scenario.toml"
    if not path.exists():
        mistakes.append(
            Mistake(
                str(folder),
                "no scenario.toml",
                "a folder with scenario.toml and companies.csv; `ecopark new DIR` makes one",
            )
        )
        return {}
    wrong = no_text(path)
    if wrong is not None:
        mistakes.append(wrong)
        return {}
    try:
        return parsed(tomllib.loads, read_text(path))
    except ValueError as error:
        mistakes.append(Mistake("scenario.toml", str(error), TOML))
        return {}


def _header(toml: Mapping[str, Any], path: Path, mistakes: list[Mistake]) -> dict[str, Any]:
    """Return the header with defaults where it says nothing."""
    usual = _name_of(path)
    header = {**DEFAULTS, "name": usual, "label": usual}
    for key in header:
        value = header_value(key, toml.get(key, header[key]))
        if value is None:
            mistakes.append(Mistake(f"scenario.toml: {key}", toml.get(key), HEADER[key]))
        else:
            header[key] = value
    return header


def _name_of(path: Path) -> str:
    """Return the name that a folder or file gives a scenario; what a name cannot hold is left out."""
    name = Path(os.path.abspath(path)).stem.strip(" .")[:120]
    return name if header_value("name", name) is not None else "park"


def _origin(toml: dict[str, Any], mistakes: list[Mistake]) -> tuple[float, float] | None:
    """Take `origin = [lat, lon]`, from which x_km and y_km count, out of a scenario.toml."""
    value = toml.pop("origin", None)
    if value is None:
        return None
    numbers = [as_number(part) for part in value] if isinstance(value, list) else []
    if len(numbers) != 2 or None in numbers or not (abs(numbers[0]) <= 90 and abs(numbers[1]) <= 180):  # type: ignore[arg-type]
        mistakes.append(Mistake("scenario.toml: origin", value, "[lat, lon] in degrees, for example [55.2, 6.5]"))
        return None
    return float(numbers[0]), float(numbers[1])  # type: ignore[arg-type]


def _values(toml: Mapping[str, Any], mistakes: list[Mistake]) -> dict[str, Any]:
    """Return the dotted values of a scenario.toml; unknown headings are mistakes."""
    values: dict[str, Any] = {}
    for name, part in toml.items():
        if name in HEADER:
            continue
        if name not in GROUPS and name != "policy":
            known = [*GROUPS, "policy", *HEADER]
            mistakes.append(Mistake("scenario.toml", name, f"one of {', '.join(known)}", nearest(name, known)))
        elif not isinstance(part, dict):
            mistakes.append(Mistake(f"scenario.toml: {name}", part, f"a table [{name}] with keys"))
        else:
            values.update(_flatten(name, part))
    return values


def _flatten(head: str, part: Mapping[str, Any]) -> dict[str, Any]:
    flat: dict[str, Any] = {}
    for key, value in part.items():
        flat.update(_flatten(f"{head}.{key}", value) if isinstance(value, dict) else {f"{head}.{key}": value})
    return flat


def _read(folder: Path | None, path: Path, name: str, mistakes: list[Mistake], broken: Broken) -> dict[tuple, Row]:
    """Return the rows of a scenario's own table by their keys; what a row leaves empty is as the library has it."""
    local = path if folder is None and name == "companies" else (_table_file(folder, name) if folder else None)
    if local is None or not (local.exists() or local.is_symlink()):
        return {}
    library = {key_of(row): row for row in _library(name)} if name in LIBRARY else {}
    return own_rows(TABLES[name], _lines(name, local, mistakes), mistakes, broken, name, library)


def _table_file(folder: Path, name: str) -> Path:
    """Return the file of a table: NAME.csv, or where there is none a workbook NAME.xlsx or NAME.ods."""
    found = [folder / f"{name}{suffix}" for suffix in (".csv", *SUFFIXES)]
    return next((path for path in found if path.exists()), found[0])


def _lines(name: str, path: Path, mistakes: list[Mistake]) -> list[Line]:
    """Return the lines of a table's file."""
    fields = TABLES[name].model_fields
    names = {column: field.alias or column for column, field in fields.items()}
    words = {names[column] for column, field in fields.items() if str in (field.annotation, *_options(field))}
    return read_table(path, mistakes, list(names.values()), words - {"value"})  # the value of an event may be a number


def _options(field: Any) -> tuple[Any, ...]:
    """Return the types that a cell may have when it may also be empty."""
    return tuple(get_args(option)[0] if get_args(option) else option for option in get_args(field.annotation))


@lru_cache(maxsize=16)
def _library(name: str) -> tuple[Row, ...]:
    """Return the rows of a shipped library table; a mistake there is ours."""
    mistakes: list[Mistake] = []
    path = HERE / "library" / f"{name}.csv"
    rows = own_rows(TABLES[name], _lines(name, path, mistakes), mistakes, [], name) if path.exists() else {}
    if mistakes:
        raise InputError(mistakes)
    return tuple(rows.values())


def scenario_folder(source: str | Path) -> Path | None:
    """Return the folder a scenario comes from, or None when it has none."""
    path = _locate(source)
    return path if path.is_dir() else None
