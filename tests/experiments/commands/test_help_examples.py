"""Every example that a command's help shows: the real command line reads it; the cheap ones run in an empty folder."""

import re
import shlex
import shutil
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from ecopark.experiments.cli import main_group
from tests.experiments.commands.test_help import ALL
from tests.experiments.intake.conftest import SAMPLES


def examples():
    """Return every line of a help that begins with `ecopark`, with the command that shows it."""
    found = {}
    for path, command in ALL.items():
        text = f"{command.help or ''}\n{command.epilog or ''}".partition("Example")[2]
        for line in re.findall(r"(?m)^(?:s?:| ) *(ecopark .*)$", text):
            found.setdefault(line.strip(), path)
    return found


EXAMPLES = examples()
CHEAP = (
    "ecopark new", "ecopark import", "ecopark check my_park", "ecopark parameters", "ecopark scenarios", "ecopark strategy list",
    "ecopark strategy new", "ecopark opportunities", "ecopark data", "ecopark share", "ecopark study list",
)  # fmt: skip
"""Beginnings of the examples that run here; what runs a model for long has its turn in the handbook's pages (-m handbook)."""


def parse(words):
    """Read words as the command line does, command by command, without doing anything; return the last command."""
    command, context = main_group, None
    while True:
        context = command.make_context(words[0], list(words[1:]), parent=context)
        if not isinstance(command, click.Group) or not context._protected_args:
            return command, context
        rest = [*context._protected_args, *context.args]
        name, command, rest = command.resolve_command(context, rest)
        words = [name, *rest]


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """Stand in a folder that holds what the examples name."""
    monkeypatch.chdir(tmp_path)
    shutil.make_archive("eea", "zip", SAMPLES / "eea_sample")
    shutil.copy(SAMPLES / "park_sample.xlsx", "park.xlsx")
    return tmp_path


def test_the_examples_are_those_of_every_command():
    shown = {path[1] for path in EXAMPLES.values() if len(path) > 1}
    assert {path[1] for path in ALL if len(path) > 1} - shown == set()


@pytest.mark.parametrize("line", EXAMPLES)
def test_an_example_is_read_by_the_command_line(line, folder):
    words = shlex.split(line.replace("$SLURM_ARRAY_TASK_ID", "3").replace("~", str(folder)))
    for word in words:
        if word.endswith(".journal"):
            Path(word).parent.mkdir(parents=True)
            Path(word).touch()
    command, context = parse(words)
    assert not context.args
    assert command is ALL[command_path(line)]


def command_path(line):
    """Return the path of the command that a line calls: the longest that there is."""
    words = tuple(shlex.split(line))
    return next(words[:length] for length in (3, 2, 1) if words[:length] in ALL)


def test_cheap_examples_run(folder):
    lines = [line for start in CHEAP for line in EXAMPLES if line.startswith(start)]
    assert len(lines) >= 12
    for line in lines:
        if line.startswith("ecopark new") or "--into my_park" in line:
            shutil.rmtree("my_park", ignore_errors=True)
        done = CliRunner().invoke(main_group, shlex.split(line)[1:])
        assert done.exit_code == 0, (line, done.output[-500:], done.exception)
