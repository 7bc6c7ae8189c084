"""Columns to Arrow tables byte by byte: `pyarrow.array` would load pandas, which takes longer than a short run."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    import pyarrow as pa


def arrow_table(columns: Any) -> pa.Table:
    """Return a mapping of columns, or a sheet, as an Arrow table: words as strings, numbers as they are."""
    import pyarrow as pa

    names = columns if isinstance(columns, Mapping) else columns.columns
    return pa.table({name: arrow_column(columns[name]) for name in names})


def arrow_column(values: Any) -> pa.Array:
    """Return a column [row]; what is None among words is missing."""
    import pyarrow as pa

    array = np.ascontiguousarray(values)
    if array.dtype.kind in "OU":
        return _words(array.tolist())
    if array.dtype.kind == "b":
        packed = np.packbits(array, bitorder="little")
        return pa.Array.from_buffers(pa.bool_(), len(array), [None, pa.py_buffer(packed)])
    return pa.Array.from_buffers(pa.from_numpy_dtype(array.dtype), len(array), [None, pa.py_buffer(array)])


def _words(words: list[str | None]) -> pa.Array:
    """Return words as Arrow lays strings out: a bit that says which there are, where each begins, their bytes."""
    import pyarrow as pa

    bytes_of = {word: b"" if word is None else word.encode() for word in set(words)}  # most words come many times
    encoded = [bytes_of[word] for word in words]
    ends = np.cumsum([0, *map(len, encoded)], dtype=np.int64)
    known = [word is not None for word in words] if None in bytes_of else []
    there = pa.py_buffer(np.packbits(np.array(known), bitorder="little")) if known else None
    wide = ends[-1] > np.iinfo(np.int32).max
    kind, starts = (pa.large_string(), ends) if wide else (pa.string(), ends.astype(np.int32))
    return pa.Array.from_buffers(kind, len(words), [there, pa.py_buffer(starts), pa.py_buffer(b"".join(encoded))])
