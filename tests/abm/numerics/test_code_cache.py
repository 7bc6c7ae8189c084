"""Compiled code is read only from the user's own folders; what is broken is made anew; old folders go."""

import logging
import os
import stat

import pytest

from ecopark.abm.numerics import code_cache

KEY = "0123456789abcdef"


@pytest.fixture(autouse=True)
def own_cache(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.delenv(code_cache.TEMPORARY, raising=False)
    yield
    os.environ.pop(code_cache.TEMPORARY, None)


def mode_of(path):
    return stat.S_IMODE(path.stat().st_mode)


def test_the_folder_is_made_for_the_user_alone():
    before = os.umask(0)
    try:
        folder = code_cache.open_folder(KEY)
    finally:
        os.umask(before)
    assert folder == code_cache.root() / "ecopark" / KEY
    assert (mode_of(folder), mode_of(folder.parent)) == (0o700, 0o700)


@pytest.mark.parametrize("part", ["", "ecopark", f"ecopark/{KEY}", f"ecopark/{KEY}/rule.nbi"])
def test_what_others_may_write_is_not_read(part, caplog):
    code_cache.open_folder(KEY)
    (code_cache.root() / "ecopark" / KEY / "rule.nbi").write_text("")
    (code_cache.root() / part).chmod(0o777)
    with caplog.at_level(logging.WARNING):
        folder = code_cache.open_folder(KEY)
    assert code_cache.root() not in folder.parents
    assert "others may write" in caplog.text
    assert mode_of(folder.parent) == 0o700


@pytest.mark.skipif(os.getuid() != 0, reason="only root can give files to another user")
def test_what_belongs_to_another_user_is_not_read(caplog):
    os.chown(code_cache.open_folder(KEY), 65534, 65534)
    assert code_cache.root() not in code_cache.open_folder(KEY).parents
    assert "belongs to another user" in caplog.text


def test_where_nothing_can_be_written_a_private_folder_is_shared_with_workers(monkeypatch, caplog):
    monkeypatch.setenv("XDG_CACHE_HOME", "/dev/null/cache")
    folder = code_cache.open_folder(KEY)
    assert "cannot be written" in caplog.text
    assert os.environ[code_cache.TEMPORARY] == str(folder.parent)
    assert code_cache.open_folder(KEY) == folder
    code_cache._forget(str(folder.parent), -1)
    assert folder.parent.exists()
    code_cache._forget(str(folder.parent), os.getpid())
    assert not folder.parent.exists()


def test_folders_used_last_stay():
    keys = [f"{number:016x}" for number in range(code_cache.KEPT + 3)]
    for age, key in enumerate(keys):
        folder = code_cache.open_folder(key)
        os.utime(folder, (age, age))
    (code_cache.root() / "ecopark" / "notes").mkdir()
    code_cache.open_folder("f" * 16)
    left = {path.name for path in (code_cache.root() / "ecopark").iterdir()}
    assert left == {*keys[4:], "f" * 16, "notes"}


def test_the_name_depends_on_text_versions_and_machine(tmp_path):
    file = tmp_path / "rule.py"
    file.write_text("one")
    one = code_cache.key_of([file], ["0.1"])
    assert one == code_cache.key_of([file], ["0.1"])
    assert one != code_cache.key_of([file], ["0.2"])
    file.write_text("two")
    assert one != code_cache.key_of([file], ["0.1"])
