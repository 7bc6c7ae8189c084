"""One open Parquet file for each table; what was written stays readable when the disk is full."""

from __future__ import annotations

import errno
import io
import os
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np

from ecopark.abm.observation.tables import Columns

from .arrow_tables import arrow_table

FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
RESERVE = 16 * 2**20  # bytes kept free for what is known at the end alone
ROWS = 2**17  # of a group, the unit in which Parquet is read


class DiskFullError(OSError):
    """Raised when the disk takes no more; what was written before can still be closed."""


class SpillingFile(io.RawIOBase):
    """A file that keeps in memory what the disk does not take, so that its end can be written and read again."""

    def __init__(self, path: Path):
        self.path = path
        self._file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o666)
        self._on_disk = self._at = 0
        self._rest = bytearray()
        self.is_full = False

    def write(self, data: Any) -> int:
        """Write all of the data, to the disk or behind it."""
        left = memoryview(data).cast("B")
        while len(left) and not self.is_full:
            try:
                done = os.pwrite(self._file, left, self._on_disk)
            except OSError as error:
                if error.errno not in FULL:
                    raise
                self.is_full = True
                break
            self._on_disk += done
            left = left[done:]
        self._rest += left
        self._at = self._on_disk + len(self._rest)
        return len(memoryview(data).cast("B"))

    def readinto(self, buffer: Any) -> int:
        """Read from the place where the file stands."""
        wanted = len(buffer)
        data = os.pread(self._file, min(wanted, max(0, self._on_disk - self._at)), self._at)
        if len(data) < wanted:
            first = max(0, self._at - self._on_disk) if not data else 0
            data += bytes(self._rest[first : first + wanted - len(data)])
        buffer[: len(data)] = data
        self._at += len(data)
        return len(data)

    def seek(self, place: int, whence: int = os.SEEK_SET) -> int:
        """Go to a place; only for reading."""
        base = {os.SEEK_SET: 0, os.SEEK_CUR: self._at, os.SEEK_END: self._on_disk + len(self._rest)}[whence]
        self._at = base + place
        return self._at

    def tell(self) -> int:
        """Return the place."""
        return self._at

    def readable(self) -> bool:
        """Return True."""
        return True

    def writable(self) -> bool:
        """Return True."""
        return True

    def seekable(self) -> bool:
        """Return True."""
        return True

    def settle(self) -> bool:
        """Try again to put what is in memory on the disk; return whether all is there."""
        if self._rest:
            rest, self._rest, self.is_full = self._rest, bytearray(), False
            self.write(rest)
        return not self._rest

    def replace(self, content: bytes) -> None:
        """Write other content in place of what there is; raises OSError when it does not fit."""
        os.ftruncate(self._file, 0)
        self._on_disk, self._rest, self.is_full = 0, bytearray(), False
        self.write(content)
        if self.is_full:
            os.ftruncate(self._file, 0)
            raise DiskFullError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(self.path))

    def close(self) -> None:
        """Close the file."""
        if not self.closed:
            os.close(self._file)
        super().close()


class Writers:
    """One Parquet file a table in a folder. Rows are added in steps (a year, some replicates), and a step counts in all tables or in none.

    replicate: number that is written as a first column of every table; None for a single run.
    """

    def __init__(self, folder: Path):
        self.folder = folder
        self.replicate: int | None = None
        self._open: dict[str, tuple[Any, SpillingFile]] = {}
        self._rows: dict[str, int] = {}
        self._done: dict[str, int] = {}
        self._limit: dict[str, int] = {}
        self._reserve = folder / ".reserve"

    def hold_reserve(self) -> None:
        """Keep some room of the disk for the end."""
        if hasattr(os, "posix_fallocate"):
            with suppress(OSError), self._reserve.open("wb") as file:
                os.posix_fallocate(file.fileno(), 0, RESERVE)

    def append(self, name: str, columns: Columns) -> None:
        """Add rows to a table; the first rows decide its columns. Raises DiskFullError."""
        import pyarrow as pa
        import pyarrow.parquet as pq

        if self.replicate is not None:
            rows = len(next(iter(columns.values())))
            columns = {"replicate": np.full(rows, self.replicate), **columns}
        table = columns if isinstance(columns, pa.Table) else arrow_table(columns)
        if name not in self._open:
            sink = SpillingFile(self.folder / f"{name}.parquet")
            words = [field.name for field in table.schema if not pa.types.is_primitive(field.type)]
            self._open[name] = (
                # numbers that hardly come twice are larger and slower as entries of a dictionary
                pq.ParquetWriter(pa.PythonFile(sink, "w"), table.schema, compression="zstd", use_dictionary=words),
                sink,
            )
        writer, sink = self._open[name]
        if table.schema != writer.schema:  # a cast loads all functions of Arrow, so it is made where there is one
            table = table.cast(writer.schema)
        writer.write_table(table, row_group_size=ROWS)
        self._rows[name] = self._rows.get(name, 0) + table.num_rows
        if sink.is_full:
            raise DiskFullError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(sink.path))

    def step_done(self) -> None:
        """Count what was added so far as finished."""
        self._done = dict(self._rows)

    def take_back(self) -> bool:
        """Leave out the rows of the step that the disk did not take, and free the reserve; return whether any step is left."""
        self._reserve.unlink(missing_ok=True)
        self._limit = {name: self._done.get(name, 0) for name in self._rows}
        return bool(self._done)

    def close(self) -> bool:
        """Close every file so that it can be read; return whether all rows are in them.

        Where the disk is full, a table keeps the rows of the finished steps, or of as many as fit.
        """
        self._reserve.unlink(missing_ok=True)
        whole = not self._limit
        for name, (writer, sink) in self._open.items():
            writer.close()
            rows = self._rows[name]
            limit = self._limit.get(name, rows)
            if not sink.settle() or limit < rows:
                whole = False
                _shorten(sink, limit)
            sink.close()
        self._open = {}
        return whole

    def drop(self) -> None:
        """Close every file as it is; nobody will read them."""
        self._reserve.unlink(missing_ok=True)
        for writer, sink in self._open.values():
            writer.close()
            sink.close()
        self._open = {}


def _shorten(sink: SpillingFile, rows: int) -> None:
    """Write a table anew with its first rows alone, fewer where these do not fit."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    sink.seek(0)
    table = pq.read_table(pa.PythonFile(sink, "r"))
    while True:
        content = pa.BufferOutputStream()
        pq.write_table(table.slice(0, rows), content, compression="zstd")
        try:
            sink.replace(content.getvalue().to_pybytes())
            return
        except DiskFullError:
            if rows == 0:
                raise
            rows = rows * 3 // 4
