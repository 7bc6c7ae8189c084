"""Pages of the reference that are made of the code: commands, functions, parameters, policies, the glossary."""

from __future__ import annotations

import importlib
import re
from collections.abc import Iterator
from pathlib import Path

import click

from ecopark.abm import odd_tables

from .. import cli
from ..workshop.languages.glossary import glossary

WIDTH = 80


def commands(
    group: click.Group | None = None, path: tuple[str, ...] = ("ecopark",)
) -> dict[tuple[str, ...], click.Command]:
    """Return every command by its words, the groups before their own."""
    group = cli.main_group if group is None else group
    found: dict[tuple[str, ...], click.Command] = {path: group}
    for name in group.list_commands(click.Context(group)):
        one = group.get_command(click.Context(group), name)
        assert one is not None
        found |= commands(one, (*path, name)) if isinstance(one, click.Group) else {(*path, name): one}
    return found


def help_of(command: click.Command, path: tuple[str, ...]) -> str:
    """Return the help of a command as a terminal of 80 columns shows it."""
    context = click.Context(command, info_name=" ".join(path), terminal_width=WIDTH, max_content_width=WIDTH)
    return command.get_help(context)


def commands_page() -> str:
    """Return the page of all commands: their help, word by word."""
    parts = ["# Commands", "What `ecopark COMMAND --help` says. Exit codes: 0 done, 1 the surroundings or failed runs, 2 wrong input, "
             "130 Ctrl-C, 143 SIGTERM."]  # fmt: skip
    for path, command in commands().items():
        parts += [f"## {' '.join(path)}", f"```text\n{help_of(command, path).rstrip()}\n```"]
    return "\n\n".join(parts) + "\n"


def parameters_page() -> str:
    """Return the page of all parameters and policies."""
    return "\n\n".join([
        "# Parameters and policies",
        "Everything that `--set NAME=VALUE`, a scenario's `scenario.toml` or the factors of a study may set. `ecopark parameters` prints "
        "the same on a terminal, `ecopark parameters SCENARIO` with the values of a scenario.",
        "## Policies",
        "A policy is set by its terms: `policy.NAME=SIZE` (or `.size`), `.scale`, `.add`, `.start`, `.stop`, `.lag`, `.cost`.",
        odd_tables.policies(),
        "## Parameters",
        odd_tables.parameters(),
        "## Indicators",
        odd_tables.indicators(),
    ]) + "\n"  # fmt: skip


def glossary_page() -> str:
    """Return the glossary as a page."""
    parts = ["# Glossary", "The terms of the field as commands, columns, charts and the view use them."]
    for row in sorted(glossary(), key=lambda one: one["term"].lower()):
        others = " · ".join(f"*{language}* {word}" for language, word in row.items() if language not in ("term", "en"))
        parts.append(f"### {row['term']}\n\n{row['en']}\n\n{others}")
    return "\n\n".join(parts) + "\n"


def odd_page() -> str:
    """Return the model description; what points into the tree is said in words."""
    text = odd_tables.PAGE.read_text(encoding="utf-8")
    return re.sub(r"\[([^\]]+)\]\((?!#|https?:)[^)]+\)", r"\1", text)


# The public face, then the rooms: heading, module, what stands there.
ROOMS = (
    ("abm", "ecopark.abm", "the model"),
    ("analysis", "ecopark.analysis", "from tables to numbers and figures"),
    ("experiments", "ecopark.experiments", "everything that runs the model"),
)


def public_names() -> Iterator[tuple[str, str]]:
    """Yield each name that `import ecopark` offers, and where it lives."""
    face = importlib.import_module("ecopark")
    for name in face.__all__:
        module, _, there = face._HOMES[name].partition(":")
        yield name, f"{module}.{there or name}"


def public_page() -> str:
    """Return the page of the public face, for mkdocstrings."""
    parts = ["# Python", "What `import ecopark` offers; each name is imported when it is first used."]
    for name, home in public_names():
        parts.append(
            f"## ecopark.{name}\n\n::: {home}\n    options:\n      show_root_heading: false\n      heading_level: 3"
        )
    return "\n\n".join(parts) + "\n"


def modules(root: Path, package: str) -> Iterator[str]:
    """Yield the modules below a folder that hold something, by their dotted names."""
    for path in sorted(root.rglob("*.py")):
        parts = path.relative_to(root).with_suffix("").parts
        if "__pycache__" in parts or parts[0] == "ecopark" or parts[-1].startswith("__"):
            continue
        yield ".".join([package, *parts])


def room_page(title: str, root: Path, package: str, meaning: str) -> str:
    """Return the page of a room: every public function and class with its docstring, for mkdocstrings."""
    parts = [f"# {title}", f"`{package}`: {meaning}. Every public function and class, with its docstring."]
    parts += [f"## {name.removeprefix(package + '.')}\n\n::: {name}\n    options:\n      show_root_heading: false\n      heading_level: 3"
              for name in modules(root, package)]  # fmt: skip
    return "\n\n".join(parts) + "\n"
