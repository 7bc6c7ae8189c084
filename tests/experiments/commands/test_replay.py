"""A journal is a stranger's file: what cannot be played again is named, and is wrong input."""

import json

import pytest
from click.testing import CliRunner

from ecopark.abm.input.errors import InputError
from ecopark.abm.input.loading import load_scenario
from ecopark.experiments.commands.workshop import command
from ecopark.experiments.workshop.stores.play.registry import Registry


@pytest.fixture(scope="module")
def lines(tmp_path_factory):
    """Return the lines of the journal of a workshop that was opened."""
    folder = tmp_path_factory.mktemp("workshops")
    Registry(load_scenario("harbour"), "harbour", folder).open(people=6)
    return next(folder.glob("*.journal")).read_text(encoding="utf-8").splitlines()


def again(path):
    return CliRunner().invoke(command, ["replay", str(path)])


@pytest.mark.parametrize("content", [b"", b"\x00\xff" * 50, b"[" * 100_000 + b"\n", b'{"format": 1}\n', b"null\n"])
def test_what_is_no_journal_is_refused(tmp_path, content):
    (tmp_path / "a.journal").write_bytes(content)
    assert isinstance(again(tmp_path / "a.journal").exception, InputError)


@pytest.mark.parametrize("value", [None, [], {}, "x", 10**400])
def test_whatever_part_of_the_header_is_changed_it_is_refused_or_played(tmp_path, lines, value):
    header = json.loads(lines[0])
    for key in header:
        changed = "\n".join([json.dumps({**header, key: value}), *lines[1:], ""])
        (tmp_path / "a.journal").write_text(changed, encoding="utf-8")
        done = again(tmp_path / "a.journal")
        assert done.exit_code == 0 or isinstance(done.exception, InputError | SystemExit), (key, repr(done.exception))
