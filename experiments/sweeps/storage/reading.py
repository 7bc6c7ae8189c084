"""Parts as they are read: whole, in their order, and those named that are damaged or that no sweep wrote so."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from ecopark.abm.input.errors import InputError, Mistake

UNREADABLE = (pa.ArrowException, OSError, ValueError, KeyError, MemoryError)
HEALED = "a whole part; the ecopark sweep command that made it makes it anew"
CHANGED = "a part that a sweep wrote; where the file is removed, the ecopark sweep command makes it anew"


def read_part(path: Path, columns: list[str] | None = None) -> pa.Table:
    """Return one part; file by file, so that the order is that of the runs."""
    return pq.read_table(path, columns=columns, partitioning=None, use_threads=False, page_checksum_verification=True)


def read_parts(paths: list[Path], columns: list[str] | None = None) -> pa.Table:
    """Return parts in their order, or raise `InputError` that names those that are damaged."""
    from pyarrow import dataset

    verified = dataset.ParquetFileFormat(
        default_fragment_scan_options=dataset.ParquetFragmentScanOptions(page_checksum_verification=True)
    )
    with naming_damaged(paths):
        whole = dataset.dataset([str(path) for path in paths], format=verified)
        names = set(whole.schema.names)
        if any(names - set(part.physical_schema.names) for part in whole.get_fragments()):
            raise KeyError("a column is not in every part")  # else it would be read as empty there
        return whole.to_table(columns)


@contextlib.contextmanager
def naming_damaged(paths: list[Path]) -> Iterator[None]:
    """Turn what goes wrong inside the block into an `InputError` that names the parts that no sweep wrote so."""
    try:
        yield
    except UNREADABLE as error:
        mistakes = [_mistake(path, "a damaged file", HEALED) for path in paths if is_damaged(path)] or _of_others(paths)
        if not mistakes and isinstance(error, OSError | MemoryError):
            raise
        said = str(error).partition("\n")[0]
        raise InputError(mistakes or [_mistake(path, said, CHANGED) for path in paths[:1]]) from None


def _mistake(path: Path, value: str, allowed: str) -> Mistake:
    return Mistake(f"{path.parent.name}/{path.name}", value, allowed)


def _of_others(paths: list[Path]) -> list[Mistake]:
    """Return the parts whose columns are not those of most."""
    found = {path: pq.read_schema(path).remove_metadata() for path in paths}
    usual = max(found.values(), key=list(found.values()).count, default=None)
    return [_mistake(path, _unlike(here, usual), CHANGED) for path, here in found.items() if here != usual]


def _unlike(here: pa.Schema, usual: pa.Schema) -> str:
    """Say by which columns a part differs from most."""
    kinds = dict(zip(usual.names, usual.types, strict=True))
    other = [f"{field.name} ({field.type})" for field in here if kinds.get(field.name) != field.type]
    lacks = [f"no {name}" for name in usual.names if name not in here.names]
    return f"other columns than most parts: {', '.join([*other, *lacks][:5])}"


def is_damaged(path: Path) -> bool:
    """Tell whether the content of a part is not what was written; a file that may not be read raises `OSError`."""
    content = pa.py_buffer(path.read_bytes())
    try:
        pq.read_table(pa.BufferReader(content), use_threads=False, page_checksum_verification=True)
    except UNREADABLE:
        return True
    return False


def failed_in(path: Path) -> int:
    """Return how many runs of a part failed, from the footer alone."""
    file = pq.ParquetFile(path)
    column = file.schema_arrow.get_field_index("error")
    if column < 0:
        raise KeyError("no column error")
    groups = [file.metadata.row_group(group) for group in range(file.metadata.num_row_groups)]
    counts = [group.column(column).statistics for group in groups]
    if any(count is None for count in counts):  # written by another program
        return file.metadata.num_rows - file.read(["error"])["error"].null_count
    return file.metadata.num_rows - sum(count.null_count for count in counts)
