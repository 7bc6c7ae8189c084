"""A park that stands there already: what was changed by hand or answered is given, and survives every later import."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import Any

from ecopark.abm.input.errors import InputError, Mistake, nearest
from ecopark.abm.input.text_files import read_json

from .draft import GIVEN, Cell, Draft, Facts, Question
from .kinds import Kind
from .known import provenance_lines
from .library import library
from .sources import number
from .write import COLUMNS, KEYS, text_of

TEXT = {
    "name", "type", "opens", "closes", "nace", "source_id", "confidence", "note", "company", "material", "direction", "unit", "profile",
    "ewc", "route", "grade", "source", "giver", "taker", "input", "since", "until", "invested_by", "from", "to", "way", "kind", "date",
}  # fmt: skip
ANSWERED = ("changed by hand", "answered")  # rules of cells that survive every later import
YES_OR_NO = {"confidential"}
NEEDED = {
    "companies": ("name",), "streams": ("company", "material", "direction"), "exchanges": ("giver", "taker", "material"),
    "distances": ("from", "to", "km"), "outlets": ("name",), "levers": ("date",), "profiles": ("profile",), "questions": ("company", "answer"),
}  # fmt: skip
"""Columns without which the rows of a table cannot be told apart."""
DERIVED = {"unit", "low", "high", "grade", "source"}  # of a stream: they follow from its quantity


def is_park(path: Path) -> bool:
    """Tell whether a folder is a park that an import has written."""
    return path.is_dir() and (path / "provenance.csv").exists() and (path / "import.json").exists()


def read_rows(path: Path) -> list[dict[str, str]]:
    """Return the rows of a csv of a park, however a spreadsheet has saved it; none when it is not there."""
    if not path.exists():
        return []
    from ecopark.abm.input.csv_files import read_table

    mistakes: list[Mistake] = []
    name = path.stem
    known = COLUMNS.get(name) or (
        "company",
        "column",
        "material",
        "asked",
        "proposed",
        "alternatives",
        "at_stake",
        "answer",
    )
    lines = read_table(path, mistakes, known, TEXT | {"answer", "proposed", "asked", "alternatives", "column"})
    mistakes.extend(_of_header(path.name, lines[0].columns if lines else (), known))
    if mistakes:
        raise InputError(mistakes)
    return [line.cells for line in lines]


def _of_header(file: str, columns: Sequence[str], known: Collection[str]) -> Iterator[Mistake]:
    """Yield what is wrong with a header: the table is written anew, so that a column it does not keep would be lost."""
    lacking = [column for column in NEEDED.get(Path(file).stem, ()) if columns and column not in columns]
    yield from (Mistake(file, f"no column {column}", "the header line that the import wrote") for column in lacking)
    kept = f"{', '.join(known)}: the import writes the table anew and keeps no other; add others after the last import"
    if not lacking:
        yield from (
            Mistake(file, column, kept, nearest(column, known)) for column in columns if column and column not in known
        )


def own_cells(
    folder: Path, facts: dict[str, Facts]
) -> tuple[dict[tuple[str, tuple, str], Cell], set[tuple[str, tuple]]]:
    """Return the cells of a park that do not follow from facts (given by a file, by hand), and the rows that somebody took out."""
    written = {(line["table"], line["row"], line["column"]): line for line in provenance_lines(folder)}
    cells: dict[tuple[str, tuple, str], Cell] = {}
    there: set[tuple[str, str]] = set()
    for table in COLUMNS:
        for row in read_rows(folder / f"{table}.csv"):
            key = tuple(row.get(column, "") for column in KEYS[table])
            there.add((table, " | ".join(key)))
            for column, text in row.items():
                origin = written.get((table, " | ".join(key), column))
                cell = _own(table, key, column, text, origin)
                if cell is not None and not _follows(table, key, column, cell, facts):
                    cells[table, key, column] = cell
    gone = {(table, tuple(key.split(" | "))) for table, key, _ in written if (table, key) not in there}
    return cells, gone


def _follows(table: str, key: tuple, column: str, cell: Cell, facts: dict[str, Facts]) -> bool:
    """Tell whether an import makes a cell anew from the facts it keeps."""
    known = facts.get(key[0])
    if cell.status == GIVEN or known is None:
        return False
    return (
        column in ("type", "size", "confidence")
        if table == "companies"
        else table == "streams" and bool(known.reported)
    )


def _own(table: str, key: tuple, column: str, text: str, origin: dict[str, str] | None) -> Cell | None:
    """Return a cell with its origin; changed by hand it is given. None for what names the row or follows from a quantity."""
    if column in KEYS[table] or column not in COLUMNS[table] or (table == "streams" and column in DERIVED):
        return None
    value: Any = text if column in TEXT else _number(table, key, column, text)
    value = bool(value) if column in YES_OR_NO else value
    if origin is not None and (text == origin["value"] or text_of(value) == origin["value"]):
        low, high = number(origin["low"]), number(origin["high"])
        return Cell(value, origin["status"], origin["grade"], origin["source"], origin["rule"], low, high)
    return Cell(value, GIVEN, "C", f"{table}.csv", "changed by hand")


def _number(table: str, key: tuple, column: str, text: str) -> float | None:
    value = number(text)
    if value is None:
        raise InputError([Mistake(f"{table}.csv, {' | '.join(key)}, column {column}", text, "a number, without unit")])
    return value


def asked_cell(company: str, column: str, material: str) -> tuple[str, tuple, str]:
    """Return the cell of the tables that a question asks for."""
    return ("streams", (company, material, "out"), column) if material else ("companies", (company,), column)


def answers(folder: Path) -> dict[tuple[str, tuple, str], Cell]:
    """Return the answers of questions.csv as given cells; a wrong one is refused, all at once."""
    found: dict[tuple[str, tuple, str], Cell] = {}
    mistakes = []
    for row in read_rows(folder / "questions.csv"):
        text = row.get("answer", "").strip()
        if not text:
            continue
        company, column, material = (row.get(name, "") for name in ("company", "column", "material"))
        place = f"questions.csv, {company}, {column}"
        value: Any = text
        if column == "type" and text not in library().types:
            mistakes.append(Mistake(place, text, "a type of the library", nearest(text, library().types)))
            continue
        if column != "type":
            value = number(text)
            if value is None or value < 0 or (column == "size" and value == 0):
                mistakes.append(Mistake(place, text, "a number above 0, without unit"))
                continue
            if column == "recovered_share" and value > 1:
                mistakes.append(Mistake(place, text, "a share from 0 to 1"))
                continue
        found[asked_cell(company, column, material)] = Cell(value, GIVEN, "C", "questions.csv", "answered")
    if mistakes:
        raise InputError(mistakes)
    return found


def restore(folder: Path) -> Draft:
    """Return the draft of a park as its import left it: facts, and what was said; the cells come by `own_cells`."""
    try:
        record = read_json(folder / "import.json")
        draft = Draft(header=record["header"], choice=record["choice"], sources=record["sources"])
        read = record["read"]
        draft.said, draft.mass, draft.reported = list(read["said"]), dict(read["mass"]), read["reported"]
        draft.left_out = [(str(one), str(other)) for one, other in read["left_out"]]
        draft.unknown = [(str(one), str(other)) for one, other in read["unknown"]]
        draft.not_modelled = [
            (str(one), str(what), float(tonnes), str(why)) for one, what, tonnes, why in read["not_modelled"]
        ]
        draft.questions = [Question(*map(str, one)) for one in read.get("questions", ())]
        draft.facts = {name: _facts(facts) for name, facts in record["facts"].items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise InputError(
            [Mistake("import.json", str(error), "as `ecopark import` wrote it; import the sources again")]
        ) from None
    return draft


def _facts(plain: dict[str, Any]) -> Facts:
    kind = Kind(plain["kind"][0], plain["kind"][1], tuple(plain["kind"][2]), plain["kind"][3])
    size = None if plain["size"] is None else Cell(*plain["size"])
    return Facts(
        kind, plain["source"], tuple((one[0], one[1], one[2]) for one in plain["indicators"]), plain["reported"], size
    )


def put_own(draft: Draft, cells: dict[tuple[str, tuple, str], Cell], gone: set[tuple[str, tuple]]) -> None:
    """Lay given cells over a draft; rows that somebody took out leave it."""
    for (table, key, column), cell in cells.items():
        old = draft.row(table, *key).get(column)
        if old is not None and old.status == GIVEN and old.value != cell.value:
            draft.said.append(
                f"{table}, {' | '.join(map(str, key))}: {column} {text_of(cell.value)} is kept, not {text_of(old.value)}"
            )
        draft.row(table, *key)[column] = cell
    for table, key in sorted(gone, key=str):
        if draft.rows(table).pop(key, None) is not None and table == "companies":
            draft.facts.pop(key[0], None)
            draft.left_out.append((key[0], "taken out by hand"))
    settled = {where for where, cell in cells.items() if cell.rule in ANSWERED}
    names = {name for name, _ in draft.companies()}
    draft.questions = [
        one
        for one in draft.questions
        if one.company in names and asked_cell(one.company, one.column, one.material) not in settled
    ]
