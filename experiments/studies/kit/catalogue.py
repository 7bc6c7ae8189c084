"""All studies: every file of experiments/studies/questions/ that declares one."""

from __future__ import annotations

import importlib
import pkgutil
import re

from .. import questions
from .declaration import StudyDeclaration


def catalogue() -> dict[str, StudyDeclaration]:
    """Return id -> declaration, in the order K1, K2, ..., V1, ..., S1, ..., G1."""
    found = {}
    for module in pkgutil.iter_modules(questions.__path__):
        if re.match(r"[kvsg]\d+_", module.name):
            declared = importlib.import_module(f"{questions.__name__}.{module.name}").STUDY
            found[declared.id] = declared
    return dict(sorted(found.items(), key=lambda item: ("KVSG".index(item[0][0]), int(item[0][1:]))))
