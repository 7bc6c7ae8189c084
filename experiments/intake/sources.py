"""Files of a source (a folder, a zip, single files), and their tables read by column name, in pieces."""

from __future__ import annotations

import hashlib
import io
import re
import warnings
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import IO, Any

from ecopark.abm.input.errors import InputError, Mistake, nearest

LARGEST = 4 * 1024**3  # bytes unpacked of one zip
PIECE = 100_000  # rows read at a time
THOUSANDS = r"\s*[+-]?[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]*)?\s*"


@dataclass(frozen=True)
class SourceFile:
    """A file of a source: its name, where it lies, and the member when it lies in a zip. skipped: its lines with cells too many."""

    name: str
    path: Path
    member: str = ""
    skipped: list[str] = field(default_factory=list, compare=False)

    def open(self) -> IO[bytes]:
        """Open the file for reading bytes."""
        if not self.member:
            return self.path.open("rb")
        return zipfile.ZipFile(self.path).open(self.member)

    def origin(self) -> dict[str, Any]:
        """Return name and SHA-256, as import.json keeps them."""
        digest = hashlib.sha256()
        with self.open() as file:
            while piece := file.read(1 << 20):
                digest.update(piece)
        return {"file": self.name, "sha256": digest.hexdigest()}


def files_of(sources: Sequence[Path]) -> list[SourceFile]:
    """Return the files of all sources, by name, so that the order in which they are named does not matter."""
    found: list[SourceFile] = []
    for source in sources:
        if not source.exists():
            raise InputError([Mistake("SOURCE", str(source), "a folder, zip, csv or workbook that exists")])
        if source.is_dir():
            found += [SourceFile(path.name, path) for path in sorted(source.rglob("*")) if path.is_file()]
        elif source.suffix.lower() == ".zip":
            found += _members(source)
        else:
            found.append(SourceFile(source.name, source))
    return sorted(found, key=lambda file: (file.name, file.member))


def _members(path: Path) -> list[SourceFile]:
    """Return the files in a zip; one that would leave the folder or unpack to more than 4 GB is refused."""
    try:
        infos = zipfile.ZipFile(path).infolist()
    except (zipfile.BadZipFile, OSError) as error:
        raise InputError([Mistake(path.name, str(error), "a zip that opens")]) from None
    for info in infos:
        parts = PurePosixPath(info.filename.replace("\\", "/"))
        if parts.is_absolute() or ".." in parts.parts or ":" in info.filename:
            raise InputError([Mistake(path.name, info.filename, "names inside the zip without .. and drive letters")])
    if sum(info.file_size for info in infos) > LARGEST:
        raise InputError([Mistake(path.name, "more than 4 GB unpacked", "a part of the register")])
    return [SourceFile(PurePosixPath(info.filename).name, path, info.filename) for info in infos if not info.is_dir()]


def tables(file: SourceFile, needed: Sequence[str], wanted: Sequence[str] = (), header: int = 0) -> Iterator[Any]:
    """Yield a csv as data frames of text, with the columns asked for, named as asked, without regard to case.

    A missing needed column is refused with the names that there are; unknown columns are left. Missing wanted ones are "".
    In a file with commas between the cells, a comma within a number marks thousands. Lines with cells too many go to `skipped`.
    """
    import pandas as pd

    try:
        with file.open() as raw:
            encoding, separator, names = _look(raw, header)
        meant = {name.strip().lower(): place for place, name in reversed([*enumerate(names)])}
        _refuse_missing(file, needed, names)
        asked = {name: meant[name.lower()] for name in (*needed, *wanted) if name.lower() in meant}
        with file.open() as raw:  # all columns, as pandas looks for cells too many only then
            pieces = pd.read_csv(
                raw, sep=separator, encoding=encoding, encoding_errors="replace", dtype=str, keep_default_na=False, header=None,
                names=range(len(names)), index_col=False, chunksize=PIECE, skiprows=header + 1, on_bad_lines="warn",
            )  # fmt: skip
            rows = 0
            for piece in _heard(pieces, file.skipped):
                rows += len(piece)
                frame = pd.DataFrame({name: piece[place].fillna("") for name, place in asked.items()})
                for name in wanted:
                    if name not in frame:
                        frame[name] = ""
                yield _without_thousands(frame) if separator == "," else frame
        if file.skipped and not rows:
            raise ValueError("every line has more cells than the header")
    except (ValueError, pd.errors.ParserError, UnicodeError, zipfile.BadZipFile, OSError) as error:
        if isinstance(error, InputError):
            raise
        raise InputError([Mistake(file.name, str(error).splitlines()[0], "a readable table of the register")]) from None


def _heard(pieces: Iterator[Any], skipped: list[str]) -> Iterator[Any]:
    """Yield the pieces of a table; the lines that pandas leaves out are kept by their numbers."""
    while True:
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            piece = next(pieces, None)
        for warning in caught:
            skipped += re.findall(r"line (\d+)", str(warning.message))
        if piece is None:
            return
        yield piece


def _without_thousands(frame: Any) -> Any:
    """Return a frame of text in which numbers have no marks of thousands."""
    for name in frame:
        marked = frame[name].str.fullmatch(THOUSANDS)
        if marked.any():
            frame.loc[marked, name] = frame.loc[marked, name].str.replace(",", "", regex=False)
    return frame


def _refuse_missing(file: SourceFile, needed: Sequence[str], names: Sequence[str]) -> None:
    meant = [name.strip().lower() for name in names]
    lacking = [name for name in needed if name.lower() not in meant]
    if lacking:
        there = ", ".join(names) or "none"
        raise InputError(
            [
                Mistake(file.name, f"no column {name}", f"one of its columns ({there})", nearest(name, meant))
                for name in lacking
            ]
        )


def _look(raw: IO[bytes], header: int) -> tuple[str, str, list[str]]:
    """Return encoding, separator and column names of a csv."""
    import csv

    data = raw.read(1 << 16)
    encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    text = (
        data.decode(encoding, errors="replace" if encoding == "utf-16" else "strict")
        if _decodes(data, encoding)
        else ""
    )
    if not text:
        encoding, text = "cp1252", data.decode("cp1252", errors="replace")
    lines = text.splitlines()
    line = lines[header] if len(lines) > header else ""
    separator = max(",;\t|", key=line.count)
    return encoding, separator, next(csv.reader(io.StringIO(line), delimiter=separator), [])


def _decodes(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except UnicodeDecodeError as error:
        return error.start > len(data) - 4  # cut in the middle of a letter
    return True


def sheet_frame(file: SourceFile, needed: Sequence[str], wanted: Sequence[str] = ()) -> Any:
    """Return a sheet of a workbook as a data frame of text: the first line with all needed columns is the header."""
    import pandas as pd

    from ecopark.abm.input.workbooks import as_text, sheet_names, sheet_rows

    for sheet in sheet_names(file.path):
        rows = [[as_text(cell) for cell in row] for row in sheet_rows(file.path, sheet)]
        for number, row in enumerate(rows[:30]):
            meant = {name.strip().lower(): place for place, name in enumerate(row)}
            if all(name.lower() in meant for name in needed):
                columns = {name: meant[name.lower()] for name in (*needed, *wanted) if name.lower() in meant}
                frame = pd.DataFrame(
                    {name: [line[place] for line in rows[number + 1 :]] for name, place in columns.items()}
                )
                return frame.reindex(columns=[*needed, *wanted], fill_value="")
    raise InputError([Mistake(file.name, "no such table", f"a sheet with the columns {', '.join(needed)}")])


def number(text: Any) -> float | None:
    """Return a finite number of a register's cell, or None; registers write points, and commas in France."""
    plain = re.sub(r"[\s\u00a0\u202f]", "", str(text))
    plain = plain.replace(",", "") if -1 < plain.find(",") < plain.find(".") else plain.replace(",", ".")
    try:
        value = float(plain)
    except ValueError:
        return None
    return value if abs(value) < 1e15 else None
