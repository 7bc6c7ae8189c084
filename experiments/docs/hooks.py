"""What mkdocs calls while it builds the site: pages made of the code join those that were written."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

from mkdocs.structure.files import File, Files

from ecopark.experiments.docs import dictionary, reference

ROOT = Path(__file__).parents[2]


def on_startup(**_: Any) -> None:
    """Show mkdocstrings the package as it is imported: one folder `ecopark` with the three rooms inside."""
    package = ROOT / "build" / "handbook" / "ecopark"
    shutil.rmtree(package, ignore_errors=True)
    package.mkdir(parents=True)
    for path in sorted((ROOT / "experiments" / "ecopark").iterdir()):
        (package / path.name).symlink_to(path)
    for room in ("abm", "analysis", "experiments"):
        (package / room).symlink_to(ROOT / room)


def on_files(files: Files, config: Any) -> Files:
    """Add the pages that are made of the code."""
    from ecopark.experiments.docs.notebooks import notebook_pages

    made = {
        "reference/commands.md": reference.commands_page(),
        "reference/parameters.md": reference.parameters_page(),
        "reference/data_dictionary.md": dictionary.page(),
        "reference/odd.md": reference.odd_page(),
        "reference/python.md": reference.public_page(),
        "reference/glossary.md": reference.glossary_page(),
        "project/changelog.md": (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"),
        **{
            f"reference/{title}.md": reference.room_page(title, ROOT / title, package, meaning)
            for title, package, meaning in reference.ROOMS
        },
    }
    for name, text in made.items():
        files.append(File.generated(config, name, content=text))
    for name, content in notebook_pages().items():
        files.append(File.generated(config, name, content=content))
    return files
