"""What `--help` prints reads well on a terminal of 80 columns, for every command."""

import click
import pytest

from ecopark.experiments.cli import COMMANDS, main_group


def commands(group=main_group, path=("ecopark",)):
    """Return every command with its path, the groups included."""
    found = {path: group}
    for name in group.list_commands(click.Context(group)):
        one = group.get_command(click.Context(group), name)
        found |= commands(one, (*path, name)) if isinstance(one, click.Group) else {(*path, name): one}
    return found


ALL = commands()


def help_of(path):
    context = click.Context(ALL[path], info_name=" ".join(path), terminal_width=80, max_content_width=80)
    return ALL[path].get_help(context)


@pytest.mark.parametrize("path", ALL, ids=" ".join)
def test_help_fits_80_columns_and_has_no_control_signs(path):
    text = help_of(path)
    assert "\b" not in text
    assert "\\b" not in text
    assert [line for line in text.splitlines() if len(line) > 80] == []


@pytest.mark.parametrize("path", ALL, ids=" ".join)
def test_every_command_says_what_it_does_and_shows_an_example(path):
    command = ALL[path]
    assert (command.help or "").strip()
    if not isinstance(command, click.Group) and len(path) == 2:
        assert "Example" in help_of(path), path


@pytest.mark.parametrize("path", ALL, ids=" ".join)
def test_every_option_is_explained(path):
    bare = [one.name for one in ALL[path].params if isinstance(one, click.Option) and not one.help]
    assert bare == []


def test_every_command_has_a_line_in_the_list():
    text = help_of(("ecopark",))
    assert all(f"  {name} " in text for name in COMMANDS)
