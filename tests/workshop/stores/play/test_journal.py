"""Journals that are damaged, foreign, unwritable: the app starts, says what, and never opens another park."""

import json
import os
import shutil
import stat

import pytest

from ecopark.experiments.workshop.stores.play.journal import DamagedError, Journal, read_journal
from ecopark.experiments.workshop.stores.play.registry import Registry

from .room import Room


@pytest.fixture(scope="module")
def saved(tmp_path_factory):
    room = Room(
        tmp_path_factory.mktemp("saves"), people=8, practice=1, predict=1, decide=20, run=1, reveal=1, debrief=1
    )
    room.lead("next")
    room.pass_time(20_000)
    room.workshop.close()
    return room


def opened(room, folder):
    registry = Registry(room.registry.scenario, room.registry.source, folder, clock=lambda: 0)
    registry.restore_all()
    return registry


def copy_to(room, folder):
    shutil.copytree(room.registry.folder, folder, dirs_exist_ok=True)
    return folder / f"{room.workshop.code}.journal"


def test_cut_anywhere_it_opens_at_the_last_good_act(saved, tmp_path):
    path = copy_to(saved, tmp_path)
    whole = path.read_bytes()
    for cut in range(len(whole) - 2000, len(whole), 37):
        path.write_bytes(whole[:cut])
        registry = opened(saved, tmp_path)
        lines = whole[:cut].count(b"\n")
        workshop = registry.open_ones[saved.workshop.code]
        assert workshop.count == lines - 1
        at_end = whole[:cut].endswith(b"\n")
        assert bool(registry.damaged) != at_end
        if not at_end:
            assert f"line {lines + 1}" in registry.damaged[0]
            assert any(part.suffix.startswith(".damaged") for part in tmp_path.iterdir())
        for part in tmp_path.glob("*.damaged*"):
            part.unlink()


@pytest.mark.parametrize(
    "spoil",
    [
        lambda lines: [*lines[:9], b"\x00\xff garbage\n", *lines[10:]],
        lambda lines: [*lines[:9], b'{"n":1}\n', *lines[10:]],
        lambda lines: [*lines[:9], lines[9].replace(b'"ok":true', b'"ok":false'), *lines[10:]],
        lambda lines: [*lines[:9], lines[9].replace(b'"time":', b'"time":-1'), *lines[10:]],
        lambda lines: lines[:9] + lines[10:],
    ],
)
def test_a_spoilt_line_ends_the_replay_there_and_the_file_is_kept(saved, tmp_path, spoil):
    path = copy_to(saved, tmp_path)
    path.write_bytes(b"".join(spoil(path.read_bytes().splitlines(keepends=True))))
    registry = opened(saved, tmp_path)
    assert registry.damaged == [f"{path.name}: line 10"]
    assert registry.open_ones[saved.workshop.code].count == 8
    assert path.with_suffix(".damaged").exists()


@pytest.mark.parametrize(
    "change",
    [
        {"version": "0.0.1"},
        {"source": "chemelot"},
        {"scenario": "chemelot"},
        {"source": "/etc"},
        {"people": -1},
        {"format": "x"},
        {"plan": {}},
    ],
)
def test_another_scenario_or_version_is_refused_with_its_name(saved, tmp_path, change):
    path = copy_to(saved, tmp_path)
    first, rest = path.read_bytes().split(b"\n", 1)
    path.write_bytes(json.dumps({**json.loads(first), **change}).encode() + b"\n" + rest)
    registry = opened(saved, tmp_path)
    assert registry.open_ones == {}
    assert path.name in registry.damaged[0]
    assert path.exists()


def test_files_that_are_no_journals_do_not_stop_the_start(saved, tmp_path):
    (tmp_path / "AAAAAA.journal").write_bytes(os.urandom(500))
    (tmp_path / "BBBBBB.journal").mkdir()
    (tmp_path / "CCCCCC.journal").write_text("")
    (tmp_path / "DDDDDD.journal").write_text("[" * 100_000 + "\n")
    registry = opened(saved, tmp_path)
    assert len(registry.damaged) == 4
    assert (tmp_path / "DDDDDD.journal").read_text().startswith("[[[")
    assert registry.open(people=8)[0].code, "the next workshop can be opened"
    with pytest.raises(DamagedError):
        read_journal(tmp_path / "AAAAAA.journal")


def test_a_full_disk_is_said_and_what_was_not_written_is_written_later(tmp_path, monkeypatch):
    journal = Journal(tmp_path / "x.journal")
    journal.append({"n": 1})
    real = os.write
    monkeypatch.setattr(os, "write", lambda handle, data: real(handle, data[:3]))
    journal.append({"n": 2})
    assert journal.trouble == "No space left on device"
    monkeypatch.undo()
    journal.append({"n": 3})
    assert journal.trouble == ""
    assert [json.loads(line)["n"] for line in (tmp_path / "x.journal").read_text().splitlines()] == [1, 2, 3]


def test_a_folder_that_cannot_be_written_does_not_stop_play(tmp_path):
    journal = Journal(tmp_path / "missing" / "x.journal")
    journal.append({"n": 1})
    assert journal.trouble


def test_journals_hold_no_names_and_no_keys_and_are_the_users_alone(saved):
    for path in saved.registry.folder.iterdir():
        assert stat.S_IMODE(path.stat().st_mode) == 0o600, path.name
    text = (saved.registry.folder / f"{saved.workshop.code}.journal").read_text()
    for identity in saved.workshop.identities.people.values():
        assert identity.name not in text
        assert identity.word not in text
    people = (saved.registry.folder / f"{saved.workshop.code}.people").read_text()
    assert saved.key not in text + people
    assert "key 00000000" not in text + people


def test_rooms_of_the_first_version_are_named_and_kept(saved, tmp_path):
    copy_to(saved, tmp_path)
    old = tmp_path / "room-AAAAA.json"
    old.write_text('{"format": "ecopark room 1", "code": "AAAAA", "log"')
    registry = opened(saved, tmp_path)
    assert registry.damaged == ["room-AAAAA.json: a room of version 0.1, which this version does not open"]
    assert saved.workshop.code in registry.open_ones
    assert old.exists()
