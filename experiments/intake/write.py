"""A draft -> the files of a park: tables, provenance of every cell, questions, import.json. Same draft, same bytes."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from ecopark.abm.input.codes import FOLDER

from .draft import GIVEN, Cell, Draft
from .library import library

COLUMNS = {
    "companies": (
        [
            "name",
            "type",
            "size",
            "lat",
            "lon",
            "x_km",
            "y_km",
            "opens",
            "closes",
            "payback",
            "attitude",
            "nace",
            "source_id",
            "confidence",
            "note",
        ]
    ),
    "streams": [
        "company",
        "material",
        "direction",
        "per_year",
        "unit",
        "low",
        "high",
        "profile",
        "ewc",
        "price_now",
        "recovered_share",
        "route",
        "temperature_c",
        "dry_matter_pct",
        "confidential",
        "grade",
        "source",
        "note",
    ],
    "exchanges": [
        "giver",
        "taker",
        "material",
        "input",
        "per_year",
        "unit",
        "since",
        "until",
        "price",
        "term_years",
        "invested_by",
        "note",
    ],
    "distances": ["from", "to", "km", "way", "note"],
    "outlets": ["name", "lat", "lon", "ewc", "material", "per_year", "kind"],
    "levers": ["date", "landfill_tax", "carbon_price", "note"],
    "profiles": ["profile", "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"],
}
KEYS = {
    "companies": ("name",), "streams": ("company", "material", "direction"), "exchanges": ("giver", "taker", "material", "input"),
    "distances": ("from", "to", "way"), "outlets": ("name", "ewc", "kind"), "levers": ("date",),
    "profiles": ("profile",),
}  # fmt: skip
PROVENANCE = ["table", "row", "column", "value", "status", "grade", "low", "high", "source", "rule"]
QUESTIONS = ["company", "column", "material", "asked", "proposed", "alternatives", "at_stake", "answer"]


def text_of(value: Any) -> str:
    """Return a value as it stands in a csv: numbers exactly, yes as 1, text so that no spreadsheet takes it for a formula."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, float):
        value = float(f"{value:.12g}")
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, int):
        return str(value)
    text = " ".join(str(value).split())
    return f"'{text}" if text[:1] in "=+-@" and text else text


def whole_tables(draft: Draft) -> dict[str, dict[tuple, dict[str, Cell]]]:
    """Return the tables with the cells that follow from others: keys, unit, low, high, grade and source of a stream."""
    tables: dict[str, dict[tuple, dict[str, Cell]]] = {}
    for table, rows in draft.tables.items():
        for key, row in sorted(rows.items(), key=lambda item: tuple(map(str, item[0]))):
            keys = {
                column: Cell(value, GIVEN, "C", "", "names the row")
                for column, value in zip(KEYS[table], key, strict=True)
            }
            tables.setdefault(table, {})[key] = {**row, **keys, **(_of_stream(key, row) if table == "streams" else {})}
    return tables


def _of_stream(key: tuple, row: Mapping[str, Cell]) -> dict[str, Cell]:
    """Return unit, range, grade and source of a stream's quantity as cells."""
    amount = row.get("per_year")
    if amount is None:
        return {}
    material = library().materials.get(key[1])
    values = {
        "unit": material.unit if material is not None else None, "low": amount.low, "high": amount.high, "grade": amount.grade,
        "source": amount.source,
    }  # fmt: skip
    return {
        column: Cell(value, amount.status, amount.grade, amount.source, "of per_year")
        for column, value in values.items()
        if value not in (None, "")
    }


def csv_text(columns: Iterable[str], rows: Iterable[Mapping[str, Any]]) -> str:
    """Return a csv."""
    out = io.StringIO()
    writer = csv.DictWriter(out, list(columns), lineterminator="\n", extrasaction="ignore", restval="")
    writer.writeheader()
    for row in rows:
        writer.writerow({column: text_of(row.get(column)) for column in writer.fieldnames})
    return out.getvalue()


def files_of_park(draft: Draft, name: str) -> dict[str, str]:
    """Return the text of every file of a park but the reports."""
    tables = whole_tables(draft)
    files = {"scenario.toml": toml_of(draft, name)}
    for table in COLUMNS:
        rows = [{column: cell.value for column, cell in row.items()} for row in tables.get(table, {}).values()]
        if rows or table in ("companies", "streams"):
            columns = [
                column
                for column in COLUMNS[table]
                if column in KEYS[table] or any(row.get(column) is not None for row in rows)
            ]
            files[f"{table}.csv"] = csv_text(columns, rows)
    files["provenance.csv"] = csv_text(PROVENANCE, provenance_rows(tables))
    files["import.json"] = json.dumps(record_of(draft), indent=1, sort_keys=True, ensure_ascii=False) + "\n"
    return files


def provenance_rows(tables: Mapping[str, Mapping[tuple, Mapping[str, Cell]]]) -> Iterable[dict[str, Any]]:
    """Yield one row for every cell that is not left empty."""
    for table in COLUMNS:
        for key, row in tables.get(table, {}).items():
            for column in COLUMNS[table]:
                cell = row.get(column)
                if cell is not None and cell.value is not None and cell.value != "":
                    yield {
                        "table": table, "row": " | ".join(map(str, key)), "column": column, "value": cell.value,
                        "status": cell.status, "grade": cell.grade, "low": cell.low, "high": cell.high, "source": cell.source,
                        "rule": cell.rule,
                    }  # fmt: skip


def toml_of(draft: Draft, name: str) -> str:
    """Return scenario.toml: what the data say, and no invented policy."""
    header = {"name": name, "label": name, "years": 30, **draft.header}
    lines = ["# Written by `ecopark import`; import.md says from what."]
    for key in ("name", "label", "description", "start_year", "years", "base_year", "origin"):
        if header.get(key) is not None:
            lines.append(f"{key} = {json.dumps(header[key], ensure_ascii=False)}")
    lines += ["", "[turnover]", "hazard = 0.0                # companies close only at the dates of companies.csv", ""]
    return "\n".join(lines)


def record_of(draft: Draft) -> dict[str, Any]:
    """Return what import.json keeps: sources, choice, versions, and the facts from which everything inferred follows."""
    from importlib.metadata import version

    return {
        "ecopark": version("ecopark"),
        "mapping": {path.stem: _digest(path) for path in sorted(FOLDER.glob("*.csv"))},
        "sources": draft.sources,
        "choice": draft.choice,
        "header": draft.header,
        "read": draft.read,
        "mass": {"reported": draft.reported, **draft.mass},
        "not_modelled": draft.not_modelled,
        "facts": {name: _facts(facts) for name, facts in sorted(draft.facts.items())},
    }


def _facts(facts: Any) -> dict[str, Any]:
    size = facts.size
    return {
        "kind": [facts.kind.type, facts.kind.confidence, list(facts.kind.alternatives), facts.kind.by],
        "source": facts.source,
        "indicators": [list(one) for one in facts.indicators],
        "reported": facts.reported,
        "size": None
        if size is None
        else [size.value, size.status, size.grade, size.source, size.rule, size.low, size.high],
    }


def _digest(path: Path) -> str:
    import hashlib

    return hashlib.sha256(path.read_bytes()).hexdigest()[:16]


def write_files(folder: Path, files: Mapping[str, str]) -> None:
    """Write all files of a park, each whole: a half-written one never stands under its name."""
    is_new = not folder.exists()
    partial = {name: folder / f".{name}.part" for name in files}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in files.items():
            partial[name].write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        for path in partial.values():
            path.unlink(missing_ok=True)
        if is_new and folder.exists():
            folder.rmdir()
        raise OSError(error.errno, error.strerror, str(folder)) from None
    for name in files:
        partial[name].replace(folder / name)
