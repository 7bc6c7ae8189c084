"""Files of a source (a folder, a zip, single files), and their tables read by column name, in pieces."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO, Any

from ecopark.abm.input.errors import InputError, Mistake, nearest

LARGEST = 4 * 1024**3  # bytes unpacked of one zip
PIECE = 200_000  # rows read at a time


@dataclass(frozen=True)
class SourceFile:
    """A file of a source: its name, where it lies, and the member when it lies in a zip."""

    name: str
    path: Path
    member: str = ""

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
    """
    import pandas as pd

    try:
        with file.open() as raw:
            encoding, separator, names = _look(raw, header)
        meant = {name.strip().lower(): name for name in names}
        _refuse_missing(file, needed, meant)
        asked = [name for name in (*needed, *wanted) if name.lower() in meant]
        with file.open() as raw:
            pieces = pd.read_csv(
                raw, sep=separator, encoding=encoding, encoding_errors="replace", dtype=str, keep_default_na=False,
                usecols=sorted({meant[name.lower()] for name in asked}), chunksize=PIECE, skiprows=header, on_bad_lines="skip",
            )  # fmt: skip
            for piece in pieces:
                frame = piece.rename(columns={meant[name.lower()]: name for name in asked}).fillna("")
                for name in wanted:
                    if name not in frame:
                        frame[name] = ""
                yield frame
    except (ValueError, pd.errors.ParserError, UnicodeError, zipfile.BadZipFile, OSError) as error:
        if isinstance(error, InputError):
            raise
        raise InputError([Mistake(file.name, str(error).splitlines()[0], "a readable table of the register")]) from None


def _refuse_missing(file: SourceFile, needed: Sequence[str], meant: dict[str, str]) -> None:
    lacking = [name for name in needed if name.lower() not in meant]
    if lacking:
        there = ", ".join(meant.values()) or "none"
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
    try:
        value = float(str(text).strip().replace(" ", "").replace("\u00a0", "").replace(",", "."))
    except ValueError:
        return None
    return value if abs(value) < 1e15 else None
