"""Where compiled rules are kept, and when what is found there is believed.

Compiled code is kept as pickles, and reading a pickle is running it. So a folder is read only when it, what stands in it
and the folders above it up to the cache root belong to the user and nobody else may write there. Broken files are deleted
and compiled anew. Where nothing can be kept it is said in a line, and the code goes to a private temporary folder; never
beside the sources, where edits of other files are not seen.
"""

from __future__ import annotations

import atexit
import hashlib
import logging
import os
import platform
import re
import shutil
import tempfile
from collections.abc import Iterable
from pathlib import Path

LOG = logging.getLogger("ecopark")
# Folders of other versions and states of the source that stay, those used last.
KEPT = 16
# Set by the process that had to take a temporary folder, so that its workers share it.
TEMPORARY = "ECOPARK_CODE_FOLDER"


def root() -> Path:
    """Return the folder that caches of the user stand in."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")


def key_of(sources: Iterable[Path], circumstances: Iterable[str]) -> str:
    """Return the name of the folder for the text of some files, versions and machine."""
    digest = hashlib.sha256(platform.python_version().encode())
    for path in sources:
        digest.update(path.read_bytes() if path.exists() else b"")
    for text in circumstances:
        digest.update(text.encode())
    return digest.hexdigest()[:16]


def open_folder(key: str) -> Path:
    """Return a folder for compiled code that may be read and written; it is made where it does not exist."""
    temporary = os.environ.get(TEMPORARY)
    if temporary and not why_not([Path(temporary), Path(temporary) / key]):
        return _make(Path(temporary) / key)
    folder = root() / "ecopark" / key
    reason = why_not(_parts(folder))
    if reason is None:
        try:
            return _make(folder)
        except OSError as error:
            reason = f"{folder} cannot be written ({error.strerror})"
    return _make(_take_temporary(reason) / key)


def why_not(parts: Iterable[Path]) -> str | None:
    """Return why compiled code below these folders is not believed; None when it is, or when none of them exists."""
    if not hasattr(os, "getuid"):
        return None
    for part in parts:
        try:
            status = part.stat()
        except OSError:
            continue
        if status.st_uid != os.getuid():
            return f"{part} belongs to another user"
        if status.st_mode & 0o022:
            return f"others may write {part}"
    return None


def _parts(folder: Path) -> list[Path]:
    """Return the cache root, the folders down to one, and all that stands in it."""
    return [root(), folder.parent, folder, *folder.rglob("*")]


def _make(folder: Path) -> Path:
    """Make a folder that only the user may enter, or mark it as used now; old ones go when it is new."""
    if not folder.exists():
        folder.parent.parent.mkdir(parents=True, exist_ok=True)
        folder.parent.mkdir(mode=0o700, exist_ok=True)
        folder.mkdir(mode=0o700, exist_ok=True)
        _remove_old(folder)
    os.utime(folder)
    return folder


def _remove_old(folder: Path) -> None:
    """Remove all but the folders used last."""
    named = [path for path in folder.parent.iterdir() if re.fullmatch(r"[0-9a-f]{16}(-checked)?", path.name)]
    for path in sorted(named, key=lambda path: path.stat().st_mtime, reverse=True)[KEPT:]:
        shutil.rmtree(path, ignore_errors=True)


def _take_temporary(reason: str) -> Path:
    """Say why the cache is not used, and return a private folder that goes with this process."""
    LOG.warning("The cache of compiled code is not used: %s. The model is compiled anew for this run alone.", reason)
    folder = tempfile.mkdtemp(prefix="ecopark-")
    os.environ[TEMPORARY] = folder
    atexit.register(_forget, folder, os.getpid())
    return Path(folder)


def _forget(folder: str, owner: int) -> None:
    if os.getpid() == owner:
        shutil.rmtree(folder, ignore_errors=True)
