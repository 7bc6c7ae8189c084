"""A file that is there whole or not at all: a full disk leaves what stood there before, and no half of what was to come."""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from pathlib import Path


def write_whole(path: Path, text: str) -> None:
    """Write text in UTF-8, line ends as they are, under a hidden name first; raises OSError that names the file.

    What is no file of a folder (a device, a pipe) is written to as it is; a link keeps meaning the file that it means.
    """
    target = Path(os.path.realpath(path))
    partial = target.with_name(f".{os.getpid()}.partial")
    is_special = target.exists() and not target.is_file()
    try:
        if is_special or not os.access(target.parent, os.W_OK):
            target.write_text(text, encoding="utf-8", newline="")
            return
        partial.write_text(text, encoding="utf-8", newline="")
        if target.exists():
            shutil.copymode(target, partial)
        os.replace(partial, target)
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(path)) from None
    finally:
        if not is_special:
            with suppress(OSError):
                partial.unlink(missing_ok=True)
