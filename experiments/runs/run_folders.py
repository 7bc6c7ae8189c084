"""Where runs are written: whole or not at all, only where it was asked for, and over nothing that is not the program's."""

from __future__ import annotations

import errno
import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from ecopark.abm.input.errors import InputError, Mistake
from ecopark.abm.input.text_files import read_json

TABLES = (
    "yearly", "monthly", "companies", "opportunities", "exchanges", "events", "meetings", "talks", "prices", "deliveries", "streams",
    "accounts", "assets",
)  # fmt: skip
FORMAT = "ecopark run 2"
OURS = {"run.json", "report.html", *(f"{name}.parquet" for name in TABLES)}


def free_folder(base: Path, name: str) -> Path:
    """Return the first folder `name-1`, `name-2`, ... that does not exist yet; what no folder should hold becomes `_`."""
    clean = re.sub(r"[^\w.-]+", "_", name).strip("._-") or "run"
    number = 1
    while os.path.lexists(base / f"{clean}-{number}"):
        number += 1
    return base / f"{clean}-{number}"


def refuse_existing(folder: Path, force: bool) -> None:
    """Raise InputError when a folder is taken and may not be replaced."""
    taken = folder.exists() and (not folder.is_dir() or any(folder.iterdir()))
    if taken and not force:
        raise _refused("--out", folder, "a folder that does not exist yet; --force replaces a run folder")
    if taken and not is_run_folder(folder):
        raise _refused("--out", folder, "a folder whose run.json a run of ecopark wrote; --force replaces nothing else")


def _refused(option: str, place: Path, allowed: str) -> InputError:
    return InputError([Mistake(option, str(place), allowed)])


def is_run_folder(folder: Path) -> bool:
    """Tell whether a folder's run.json says format and version of ecopark."""
    try:
        plain = read_json(folder / "run.json")
    except (OSError, ValueError):
        return False
    if not isinstance(plain, dict) or not isinstance(plain.get("scenario"), dict):
        return False
    versions = plain.get("versions")
    known = str(plain.get("format", "ecopark run")).startswith("ecopark run")
    return known and isinstance(versions, dict) and isinstance(versions.get("ecopark"), str)


def require_folder(folder: Path, option: str) -> None:
    """Make a folder, and make sure that files can be written there; raises InputError before any work is done."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise _refused(option, folder, f"a folder that can be written ({error.strerror})") from None


@contextmanager
def gone_when_full(folder: Path) -> Iterator[None]:
    """Remove a new or empty folder with what was written into it where not all of it can be; raises OSError that names it."""
    try:
        yield
    except OSError as error:
        shutil.rmtree(folder, ignore_errors=True)
        said = error.strerror or "it cannot be written"
        raise OSError(error.errno or errno.ENOSPC, said, str(folder)) from None


def require_file(path: Path, option: str) -> None:
    """Make sure that a file can be written; raises InputError before any work is done."""
    if path.is_dir():
        raise _refused(option, path, "the name of a file, this is a folder")
    require_folder(path.parent, option)


@dataclass
class Place:
    """A hidden folder to write into, and the name it gets when all is written; None: nothing is kept."""

    path: Path
    target: Path | None

    def keep_beside(self) -> None:
        """Take a name beside the folder that is there: what is incomplete replaces nothing."""
        if self.target is not None and self.target.exists():
            self.target = free_folder(self.target.parent, f"{self.target.name}-incomplete")


@contextmanager
def written_whole(folder: Path) -> Iterator[Place]:
    """Give a place to write into; it takes its name only when all is written, so that no half folder is left.

    Raises InputError at once when nothing can be written there. Of an older run in its place the files that a run writes
    are replaced, all others stay.
    """
    folder = Path(os.path.realpath(folder))
    place = Place(folder.with_name(f".{folder.name}.{os.getpid()}.partial"), folder)
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        place.path.mkdir()
        with tempfile.TemporaryFile(dir=place.path):
            pass
    except OSError as error:
        shutil.rmtree(place.path, ignore_errors=True)
        raise _refused("--out", folder, f"a folder that can be written ({error.strerror})") from None
    try:
        yield place
        if place.target is not None:
            _take_place(place.path, place.target)
    finally:
        shutil.rmtree(place.path, ignore_errors=True)


def _take_place(partial: Path, folder: Path) -> None:
    """Give a written folder its name; the old one is there until then, and gives back what is not the program's."""
    if not folder.exists():
        partial.replace(folder)
        return
    aside = folder.with_name(f".{folder.name}.{os.getpid()}.before")
    folder.replace(aside)
    try:
        partial.replace(folder)
    except OSError:
        aside.replace(folder)
        raise
    for entry in sorted(aside.iterdir()):
        if entry.name not in OURS:
            entry.replace(folder / entry.name)
    shutil.rmtree(aside)


def leftovers(folder: Path) -> list[Path]:
    """Return hidden half folders of runs of this name whose process was killed; nobody needs them."""
    found = []
    for path in sorted(folder.parent.glob(f".{folder.name}.*.partial")) if folder.parent.is_dir() else []:
        number = path.name.split(".")[-2]
        if number.isdigit() and not _is_alive(int(number)):
            found.append(path)
    return found


def _is_alive(process: int) -> bool:
    with suppress(ProcessLookupError):
        with suppress(PermissionError):
            os.kill(process, 0)
        return True
    return False
