"""From sources to the files of a park: what is read, what stood there already, what follows, what is written."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ecopark.abm.input.errors import InputError, Mistake
from ecopark.abm.input.places import middle_of, to_km
from ecopark.analysis.charts.number_format import counted

from . import eea, irep, us, wdi, workbook
from .again import ANSWERED, answers, is_park, own_cells, put_own, restore
from .by_code import say_inferred
from .checked import named_by_source, say_of_scenario
from .draft import Draft
from .infer import infer
from .joining import join_registers
from .park_sheets import read as read_workbook
from .selection import Selection
from .sources import SourceFile, files_of
from .workbook import refuse
from .write import files_of_park, write_files

REGISTERS: dict[str, Any] = {"eea": eea, "irep": irep, "us": us, "wdi": wdi}


@dataclass(frozen=True)
class Imported:
    """A park as it was imported: the draft, and the text of every file."""

    draft: Draft
    files: dict[str, str]


def import_park(
    sources: Sequence[Path], into: Path, register: str | None = None, selection: Selection | None = None, year: int | None = None,
    closed: bool = False, levels: Sequence[str] = ("high", "medium", "low"),
) -> Imported:  # fmt: skip
    """Read sources into a draft and return the files of the park; nothing is written. Raises InputError with every mistake.

    into: the folder that the park will stand in; what was changed there by hand, or answered, is kept.
    """
    draft = _read(sources, into, register, selection or Selection(), year, closed)
    refuse(draft)
    _keep_levels(draft, levels)
    infer(draft)
    say_inferred(draft)
    _end_confidential(draft)
    draft.said = list(dict.fromkeys(draft.said))
    refuse(draft)
    from .report import add_reports

    _set_outlines(draft, selection)
    files = files_of_park(draft, Path(os.path.realpath(into)).name)
    check_files(files, draft)
    say_of_scenario(draft)
    return Imported(draft, add_reports(draft, files, Path(os.path.realpath(into)).name))


def _read(
    sources: Sequence[Path], into: Path, register: str | None, selection: Selection, year: int | None, closed: bool
) -> Draft:  # fmt: skip
    """Return the draft of sources with what is given in the park that stands there."""
    parks = [path for path in sources if is_park(path)]
    if parks:
        if len(sources) > 1 or os.path.realpath(parks[0]) != os.path.realpath(into):
            raise InputError([Mistake("SOURCE", str(parks[0]), "one park alone, without --into another folder")])
        draft = restore(into)
        draft.remember()
        cells, gone = own_cells(into, draft.facts)
        put_own(draft, {**cells, **answers(into)}, gone)
        return draft
    _refuse_strange(into)
    draft = Draft()
    draft.choice.update(selection.describe())
    _read_files(files_of(sources), register, selection, year, closed, draft)
    draft.remember()
    if is_park(into):
        cells, gone = own_cells(into, {})
        kept = {key: cell for key, cell in cells.items() if cell.rule in ANSWERED}
        put_own(draft, {**kept, **answers(into)}, gone & _rows_of(draft))
    return draft


def _keep_levels(draft: Draft, levels: Sequence[str]) -> None:
    """Leave out the companies whose type is known with another confidence than those."""
    for name, facts in sorted(draft.facts.items()):
        confidence = "low" if facts.kind.confidence == "none" else facts.kind.confidence
        given = draft.row("companies", name).get("type")
        if confidence in levels or (given is not None and given.status == "given"):
            continue
        draft.left_out.append((name, f"type known with {confidence} confidence"))
        tonnes = sum(sum(by.values()) for by in facts.reported.values())
        draft.reported += tonnes
        draft.end("left out", tonnes)
        del draft.facts[name]
        for table, rows in draft.tables.items():
            draft.tables[table] = {key: row for key, row in rows.items() if name not in key[:2]}


def _rows_of(draft: Draft) -> set[tuple[str, tuple]]:
    return {
        (table, key)
        for table, rows in draft.tables.items()
        for key in rows
        if table in ("companies", "streams", "exchanges")
    }


def _refuse_strange(into: Path) -> None:
    """Refuse to write over a folder that holds a park somebody else has made, or a file."""
    if into.exists() and not into.is_dir():
        raise InputError([Mistake("--into", str(into), "a folder")])
    if (into / "scenario.toml").exists() and not is_park(into):
        raise InputError([Mistake("--into", str(into), "a new folder, or a park that `ecopark import` has written")])


def _read_files(
    files: list[SourceFile], register: str | None, selection: Selection, year: int | None, closed: bool, draft: Draft
) -> None:  # fmt: skip
    """Read the files by the register that they are of; a workbook comes last, so that it is the newer."""
    found = [register] if register else [name for name, module in REGISTERS.items() if module.recognises(files)]
    books = workbook.recognises(files)
    if not found and not books:
        known = "the EEA set (F4_2...csv), IREP (etablissements.csv), US (ECHO_EXPORTER.csv), Waste Data Interrogator, a workbook"
        raise InputError([Mistake("SOURCE", ", ".join(file.name for file in files)[:200] or "no file", known)])
    for name in found:
        REGISTERS[name].read(files, selection, year, closed, draft)
    draft.said += [
        f"{file.name}: {counted(len(file.skipped), 'line', 'lines')} with more cells than the header left out "
        f"(line {', '.join(file.skipped[:5])})"
        for file in files
        if file.skipped
    ]
    join_registers(draft)
    if books:
        read_workbook(books, draft)
    if "wdi" in found and len(found) == 1 and not books:
        raise InputError(
            [
                Mistake(
                    "SOURCE",
                    "outlets alone",
                    "a register or workbook with companies beside the Waste Data Interrogator",
                )
            ]
        )


def _set_outlines(draft: Draft, selection: Selection | None) -> None:
    """Keep the outlines of the choice of place in km about the middle of the companies, for the maps."""
    places = [(row["lat"].value, row["lon"].value) for _, row in draft.companies() if "lat" in row and "lon" in row]
    if selection is None or not selection.polygons or not places:
        return
    middle = middle_of(places)
    rings = [ring for polygon in selection.polygons for ring in polygon]
    draft.choice["outlines"] = [
        [[round(part, 4) for part in to_km((lat, lon), middle)] for lon, lat in ring] for ring in rings
    ]


def _end_confidential(draft: Draft) -> None:
    """Say which quantities are unknown: they are shown, and in no total."""
    for name, what in draft.unknown:
        draft.said.append(f"{name}: {what}")


def check_files(files: dict[str, str], draft: Draft) -> None:
    """Load the park in a place of its own, so that what is written is a scenario that runs."""
    from ecopark.abm.input.loading import load_scenario

    folder = Path(tempfile.mkdtemp(prefix="ecopark-import-"))
    try:
        write_files(folder, {name: text for name, text in files.items() if name.endswith((".csv", ".toml"))})
        draft.scenario = load_scenario(folder)
    except InputError as error:
        raise InputError(named_by_source(error.mistakes, files, draft)) from None
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def write_park(imported: Imported, into: Path) -> None:
    """Write the files of an imported park."""
    write_files(into, imported.files)
