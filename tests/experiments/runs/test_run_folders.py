"""Folders of runs: whole or not at all, over nothing that is not ours, nowhere but where it was asked for."""

import errno
import json
import os

import pytest

from ecopark.abm.input.errors import InputError
from ecopark.experiments.intake.write import write_files
from ecopark.experiments.runs.run_folders import (
    FORMAT,
    free_folder,
    gone_when_full,
    is_run_folder,
    leftovers,
    refuse_existing,
    require_file,
    require_folder,
    written_whole,
)

RUN = {"format": FORMAT, "scenario": {}, "versions": {"ecopark": "0.2"}}


def a_run(folder, content=RUN):
    folder.mkdir()
    (folder / "run.json").write_text(json.dumps(content))
    (folder / "yearly.parquet").write_text("old")
    return folder


def write(folder):
    with written_whole(folder) as place:
        (place.path / "run.json").write_text(json.dumps({**RUN, "new": 1}))
        assert not any(child.name == "new" for child in place.path.iterdir())
    return place.target


def test_notes_and_figures_beside_the_tables_survive(tmp_path):
    folder = a_run(tmp_path / "r")
    (folder / "notes.md").write_text("six weeks")
    (folder / "figures").mkdir()
    (folder / "figures" / "one.svg").write_text("figure")
    write(folder)
    assert (folder / "notes.md").read_text() == "six weeks"
    assert (folder / "figures" / "one.svg").exists()
    assert "new" in (folder / "run.json").read_text()
    assert not (folder / "yearly.parquet").exists()
    assert os.listdir(tmp_path) == ["r"]


@pytest.mark.parametrize(
    "content",
    [
        {"launch": "app"},
        [],
        {"scenario": {}},
        {"scenario": {}, "versions": {}},
        {**RUN, "format": "other 1"},
        {**RUN, "versions": []},
    ],
)
def test_a_strange_run_json_makes_no_run_folder(tmp_path, content):
    folder = a_run(tmp_path / "g", content)
    assert not is_run_folder(folder)
    with pytest.raises(InputError):
        refuse_existing(folder, force=True)


def test_an_older_run_is_one(tmp_path):
    folder = a_run(tmp_path / "r", {"scenario": {}, "versions": {"ecopark": "0.1"}})
    refuse_existing(folder, force=True)
    with pytest.raises(InputError):
        refuse_existing(folder, force=False)


def test_what_fails_leaves_the_old_run_and_nothing_else(tmp_path):
    folder = a_run(tmp_path / "r")

    def fail():
        with written_whole(folder) as place:
            (place.path / "yearly.parquet").write_text("half")
            raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space"):
        fail()
    assert (folder / "yearly.parquet").read_text() == "old"
    assert os.listdir(tmp_path) == ["r"]


def test_what_is_incomplete_replaces_nothing(tmp_path):
    folder = a_run(tmp_path / "r")
    with written_whole(folder) as place:
        (place.path / "run.json").write_text("{}")
        place.keep_beside()
    assert (folder / "yearly.parquet").read_text() == "old"
    assert place.target == tmp_path / "r-incomplete-1"
    assert place.target.exists()


def test_a_link_to_a_folder_stays_one(tmp_path):
    folder = a_run(tmp_path / "r")
    (tmp_path / "link").symlink_to(folder)
    write(tmp_path / "link")
    assert (tmp_path / "link").is_symlink()
    assert "new" in (folder / "run.json").read_text()


@pytest.mark.parametrize(
    "name", ["../../evil", "/etc/x", "..", ".", "a/b", "a\\b", "x\x00y", "", "ümlaut park (2)", "-rf"]
)
def test_a_name_becomes_one_folder_below_its_base(tmp_path, name):
    folder = free_folder(tmp_path / "runs", name)
    assert folder.parent == tmp_path / "runs"
    assert folder.name[0] not in ".-"
    folder.mkdir(parents=True)


@pytest.mark.parametrize("place", ["/dev/null/x", "/proc/x", "file/run"])
def test_what_cannot_be_written_is_said_before_any_work(tmp_path, monkeypatch, place):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "file").write_text("a file")
    for function in (
        lambda path: write(path),
        lambda path: require_folder(path, "--out"),
        lambda path: require_file(path, "--json"),
    ):
        with pytest.raises(InputError, match="can be written"):
            function(tmp_path / place if place[0] != "/" else type(tmp_path)(place))


def test_a_folder_is_no_file(tmp_path):
    with pytest.raises(InputError, match="folder"):
        require_file(tmp_path, "--json")


def test_half_folders_of_killed_runs_are_named(tmp_path):
    (tmp_path / f".r.{2**22 + 1}.partial").mkdir()
    (tmp_path / f".r.{os.getpid()}.partial").mkdir()
    assert leftovers(tmp_path / "r") == [tmp_path / f".r.{2**22 + 1}.partial"]


def test_what_cannot_be_written_whole_is_gone_with_its_new_folder(tmp_path, monkeypatch):
    def refuse(*_, **__):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    folder = tmp_path / "new"
    folder.mkdir()
    with pytest.raises(OSError, match=r"No space left on device: '.*new'"), gone_when_full(folder):
        refuse()
    assert not folder.exists()
    monkeypatch.setattr(type(folder), "write_text", refuse)
    with pytest.raises(OSError, match=r"No space left on device: '.*new'"):
        write_files(folder, {"companies.csv": "name"})
    assert not folder.exists()
