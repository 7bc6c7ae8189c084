"""The text of a file as programs of different systems write it, and what to say of a file that is no text."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from .errors import Mistake

# (mark at the beginning, encoding); the longer marks first, since that of UTF-32 begins like that of UTF-16
MARKS = (
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
# (how a file begins, what it is, what to do)
OTHERS = (
    (b"PK\x03\x04", "a zip archive or a damaged workbook", "a table saved as CSV"),
    (b"\xd0\xcf\x11\xe0", "an old Excel workbook (.xls)", "a workbook saved as .xlsx, or a table saved as CSV"),
    (b"%PDF", "a PDF", "a table saved as CSV"),
    (b"\x89PNG", "a picture", "a table saved as CSV"),
    (b"\xff\xd8\xff", "a picture", "a table saved as CSV"),
    (b"PAR1", "a Parquet file", "a table saved as CSV"),
    (b"\x1f\x8b", "a packed file (gzip)", "a table saved as CSV, unpacked"),
)
LONGEST = 10_000  # bits of a whole number
ENDLESS = "a number of thousands of digits"


def read_text(path: Path) -> str:
    """Return a file's text: by its byte order mark, else UTF-16 where every other byte is 0, UTF-8 or Windows Latin-1."""
    data = path.read_bytes()
    encoding = next((name for mark, name in MARKS if data.startswith(mark)), None) or _unmarked(data)
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return data.decode("cp1252" if encoding == "utf-8" else encoding, errors="replace")


def _unmarked(data: bytes) -> str:
    """Return the encoding of a text without mark."""
    start = data[:200]
    half = len(start) // 2
    if half > 4 and start[1::2].count(0) > 0.7 * half:
        return "utf-16-le"
    if half > 4 and start[0::2].count(0) > 0.7 * half:
        return "utf-16-be"
    return "utf-8"


def no_text(path: Path) -> Mistake | None:
    """Return what is wrong with what is no file, or no text by how it begins; None for a text."""
    if not path.is_file():  # a folder, a link to nothing, or a pipe that would be waited for without end
        return Mistake(path.name, "not a file", "a file that can be read")
    try:
        with path.open("rb") as file:
            data = file.read(4096)
    except OSError as error:
        return Mistake(path.name, error.strerror or type(error).__name__, "a file that can be read")
    for start, what, wanted in OTHERS:
        if data.startswith(start):
            return Mistake(path.name, f"{what}, not a text table", wanted)
    if any(data.startswith(mark) for mark, _ in MARKS) or _unmarked(data) != "utf-8" or b"\x00" not in data:
        return None
    return Mistake(path.name, "not a text table: it holds bytes that no text has", "a table saved as CSV")


def parsed(loads: Callable[[str], Any], text: str) -> Any:
    """Return what `json.loads` or `tomllib.loads` makes of a text; raises ValueError in words for all that it cannot take."""
    try:
        found = loads(text)
    except RecursionError:
        raise ValueError("lists within lists without end") from None
    except (json.JSONDecodeError, tomllib.TOMLDecodeError):
        raise
    except ValueError as error:
        raise ValueError(str(error) if "digits" not in str(error) else ENDLESS) from None
    if any(isinstance(value, int) and value.bit_length() > LONGEST for value in _values(found)):
        raise ValueError(ENDLESS)  # as 0xfff...: Python reads it and then cannot write it
    return found


def _values(found: Any) -> Iterator[Any]:
    """Yield the values within lists and tables, however deep."""
    ahead = [found]
    while ahead:
        one = ahead.pop()
        if isinstance(one, dict | list):
            ahead.extend(one.values() if isinstance(one, dict) else one)
        else:
            yield one


def read_json(path: Path) -> Any:
    """Return what a JSON file says; raises OSError or ValueError."""
    return parsed(json.loads, path.read_text(encoding="utf-8"))
