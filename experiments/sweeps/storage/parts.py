"""The folder of a sweep. The parts are the ledger: a run is done when its part is there, and a part is there whole or not at all.

manifest.json              study, resolved scenario, versions, hash, number of runs, runs per part
points.parquet             one row per design point, one column per factor
runs/part-00000000.parquet one row per run, in the order point, policy, replicate
yearly/part-...            with `keep = "yearly"`: one row per run and year
claims.lock                one byte per part; who works on a part holds the lock of its byte
kept-HASH/                 what was there before the sweep grew, until all of it is taken over (see `growing`)
tmp/                       parts being written
"""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from ecopark.abm.input.errors import InputError, Mistake

from .reading import is_damaged

OURS = {"manifest.json", "points.parquet", "runs", "yearly", "claims.lock", "tmp", "growing.json", "growing.parquet"}
KEPT = "kept-"  # how the folders begin that hold what was there before a sweep grew
HOST = socket.gethostname()
WORTH_COMPRESSING = 500
NAMES = ("point", "policy", "replicate", "error", "traceback")


@dataclass(frozen=True)
class Folder:
    """The paths of one sweep."""

    root: Path

    @property
    def manifest(self) -> Path:
        """Where the manifest is."""
        return self.root / "manifest.json"

    @property
    def points(self) -> Path:
        """Where the design points are."""
        return self.root / "points.parquet"

    @property
    def claims(self) -> Path:
        """The file whose bytes are locked by those who work on a part."""
        return self.root / "claims.lock"

    @property
    def growing(self) -> Path:
        """The manifest of the sweep that this one is growing into; gone when it has."""
        return self.root / "growing.json"

    @property
    def growing_points(self) -> Path:
        """The points of the sweep that this one is growing into."""
        return self.root / "growing.parquet"

    def kept(self, name: str) -> Folder:
        """Return the folder of what was there before the sweep grew."""
        return Folder(self.root / name)

    def runs(self, chunk: int) -> Path:
        """Where the runs of a chunk are kept."""
        return self.root / "runs" / f"part-{chunk:08d}.parquet"

    def yearly(self, chunk: int) -> Path:
        """Where the yearly series of a chunk are kept."""
        return self.root / "yearly" / f"part-{chunk:08d}.parquet"

    def make(self) -> None:
        """Make the folders; one for yearly series is no sign that there are any."""
        try:
            for name in ("runs", "yearly", "tmp"):
                (self.root / name).mkdir(parents=True, exist_ok=True)
        except OSError as error:
            wanted = f"a folder that can be written ({error.strerror})"
            raise InputError([Mistake("--out", str(self.root), wanted)]) from None

    def strangers(self) -> list[str]:
        """Return the names in the folder that no sweep puts there."""
        names = set(os.listdir(self.root)) - OURS if self.root.is_dir() else set()
        return sorted(name for name in names if not name.startswith(KEPT))

    def finished(self, chunks: int) -> bytearray:
        """Return one byte per chunk: 1 where its part is there."""
        there = bytearray(chunks)
        for name in _names(self.root / "runs"):
            chunk = int(name[5:13])
            if chunk < chunks:
                there[chunk] = 1
        return there

    def damaged(self, chunk: int) -> list[Path]:
        """Return the files of a chunk that is there whose content is damaged, runs or yearly series."""
        return [path for path in (self.runs(chunk), self.yearly(chunk)) if path.exists() and is_damaged(path)]

    def remove(self, chunk: int) -> None:
        """Remove a chunk; the runs first, which stand for all that belongs to it."""
        for path in (self.runs(chunk), self.yearly(chunk)):
            path.unlink(missing_ok=True)

    def tidy(self) -> None:
        """Remove what writers left behind, what was taken over, and folders without parts; for a complete sweep only."""
        for left in (self.root / "tmp", *self.root.glob(f"{KEPT}*")):
            shutil.rmtree(left, ignore_errors=True)
        self.growing_points.unlink(missing_ok=True)
        with contextlib.suppress(OSError):
            (self.root / "yearly").rmdir()


def _names(folder: Path) -> Iterator[str]:
    """Yield the names of the parts in a folder."""
    with contextlib.suppress(FileNotFoundError), os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.startswith("part-") and entry.name.endswith(".parquet"):
                yield entry.name


def _temporary(path: Path) -> Path:
    """Return a name of this process's own on the file system of the sweep."""
    root = path.parent if path.parent.name not in ("runs", "yearly") else path.parent.parent
    root = root.parent if root.name.startswith(KEPT) else root
    return root / "tmp" / f"{path.parent.name}-{path.name}.{HOST}.{os.getpid()}"


def write_whole(path: Path, content: bytes | pa.Buffer, replace: bool = True) -> bool:
    """Write a file that is there whole or not at all; return whether it is ours.

    With `replace` off, whoever comes first wins, also among machines on a shared file system.
    """
    temporary = _temporary(path)
    moved = False
    try:
        with open(temporary, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        if replace:
            os.replace(temporary, path)
            moved = True
        return moved or _put_first(temporary, path)
    finally:
        if not moved:
            with contextlib.suppress(OSError):
                temporary.unlink()


def _put_first(temporary: Path, path: Path) -> bool:
    """Move a file to a name that nobody may have taken yet; return whether it was free."""
    try:
        os.link(temporary, path)
    except FileExistsError:
        return False
    except OSError:  # a file system without hard links: the moment between look and move stays open
        if path.exists():
            return False
        os.replace(temporary, path)
    return True


def encode(table: pa.Table) -> pa.Buffer:
    """Return a table as Parquet; where rows are many, as zstd with floats split by byte and names as a dictionary."""
    sink = pa.BufferOutputStream()
    many = table.num_rows >= WORTH_COMPRESSING
    pq.write_table(
        table,
        sink,
        compression="zstd" if many else "none",
        use_dictionary=[name for name in table.column_names if name in NAMES] if many else False,
        use_byte_stream_split=list(_float_leaves(table.schema)) if many else False,
        write_statistics=["run", "error"],
        write_page_checksum=True,
    )
    return sink.getvalue()


def _float_leaves(schema: pa.Schema) -> Iterator[str]:
    """Yield the Parquet paths of the columns that hold floats, alone or in lists."""
    for field in schema:
        if pa.types.is_floating(field.type):
            yield field.name
        elif pa.types.is_list(field.type):
            yield f"{field.name}.list.element"
