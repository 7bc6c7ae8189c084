"""A file that is written is there whole, or what stood there before is."""

import errno
import os
import stat

import pytest

from ecopark.analysis.run_folder.whole_files import write_whole


@pytest.fixture
def full(monkeypatch):
    def refuse(*_):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "replace", refuse)


def test_a_full_disk_leaves_what_was_there_and_names_the_file(tmp_path, full):
    old = tmp_path / "report.html"
    old.write_text("old")
    for path in (old, tmp_path / "new.html"):
        with pytest.raises(OSError, match="No space left") as refusal:
            write_whole(path, "new")
        assert refusal.value.filename == str(path)
    assert [path.name for path in tmp_path.iterdir()] == ["report.html"]
    assert old.read_text() == "old"


def test_rights_and_links_stay(tmp_path):
    (tmp_path / "there.csv").write_text("old")
    (tmp_path / "there.csv").chmod(0o640)
    (tmp_path / "link.csv").symlink_to("there.csv")
    write_whole(tmp_path / "link.csv", "é\r\n")
    assert (tmp_path / "link.csv").is_symlink()
    assert (tmp_path / "there.csv").read_bytes() == "é\r\n".encode()
    assert stat.S_IMODE((tmp_path / "there.csv").stat().st_mode) == 0o640


def test_a_device_is_written_to_and_stays_one():
    before = os.stat("/dev/full").st_rdev
    with pytest.raises(OSError, match="No space left"):
        write_whole("/dev/full", "text" * 10_000)
    write_whole("/dev/null", "text")
    assert os.stat("/dev/full").st_rdev == before
