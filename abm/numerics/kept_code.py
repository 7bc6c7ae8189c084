"""The machine code of one rule on disk: numba's own files, in a folder of ours, and never a reason to fail."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from numba.core.caching import CompileResultCacheImpl, FunctionCache, _CacheLocator, _SourceFileBackedLocatorMixin
from numba.core.runtime import rtsys

from .code_cache import LOG

_FOLDERS: list[Callable[[], Path]] = []


def keep_in(folder: Callable[[], Path]) -> None:
    """Say where the code of all rules is kept; the folder is asked for when the first rule is compiled."""
    _FOLDERS[:] = [folder]


class _Locator(_SourceFileBackedLocatorMixin, _CacheLocator):
    """A folder for each module, below the one folder of the rules."""

    def __init__(self, function: Any, file: str):
        self._py_file = file
        self._lineno = function.__code__.co_firstlineno
        self._path = _FOLDERS[0]() / function.__module__

    def get_cache_path(self) -> str:
        """Return the folder."""
        return str(self._path)

    def ensure_cache_path(self) -> None:
        """Make the folder, for the user alone."""
        self._path.mkdir(mode=0o700, parents=True, exist_ok=True)


class _Files(CompileResultCacheImpl):
    _locator_classes = [_Locator]  # noqa: RUF012 (as in the class of numba)


class KeptCode(FunctionCache):
    """Loads and saves the code of a rule; what is broken is deleted, what cannot be written is left."""

    _impl_class = _Files

    def load_overload(self, sig: Any, target_context: Any) -> Any:
        """Return the code kept for a signature, or None when there is none that can be read.

        Numba would first load all that it can compile, with BLAS of scipy: a third of a second that code which is compiled
        already does not need. It needs the memory manager alone; the compiler loads the rest when it is asked.
        """
        try:
            rtsys.initialize(target_context)
            with self._guard_against_spurious_io_errors():
                return self._load_overload(sig, target_context)
        except Exception as error:  # whatever a broken pickle brings about
            LOG.warning("Broken compiled code of %s is deleted and made anew (%s).", self._name, type(error).__name__)
            for path in self._own_files():
                path.unlink(missing_ok=True)
            return None

    def save_overload(self, sig: Any, data: Any) -> None:
        """Keep the code for a signature, readable for the user alone; ValueError: numba has no object code of it at hand."""
        try:
            super().save_overload(sig, data)
            for path in self._own_files():
                os.chmod(path, 0o600)
        except (OSError, ValueError) as error:
            reason = getattr(error, "strerror", None) or str(error)
            LOG.warning("The compiled code of %s cannot be kept: %s.", self._name, reason)

    def _own_files(self) -> list[Path]:
        return list(Path(self.cache_path).glob(f"{self._impl.filename_base}.*"))
