"""A part that was cut short or changed on the disk is named, and made anew by the command that made it."""

from __future__ import annotations

import pandas as pd
import pytest

from ecopark import open_results, run_study
from ecopark.abm.input.errors import InputError
from ecopark.experiments.sweeps.storage.reading import is_damaged
from tests.experiments.sweeps.sweeping import STUDY, executed


def cut_short(content: bytes) -> bytes:
    return content[:50]


def without_magic(content: bytes) -> bytes:
    return content[:-4] + b"    "


def with_a_flipped_bit(content: bytes) -> bytes:
    """Return the content with one bit of a page changed."""
    place = len(content) // 4
    return content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :]


DAMAGES = [cut_short, without_magic, with_a_flipped_bit, lambda content: b""]


@pytest.fixture
def study(tmp_path):
    log = tmp_path / "log"
    log.mkdir()
    return {**STUDY, "set": {"log.folder": str(log)}}


@pytest.mark.parametrize("damage", DAMAGES)
def test_damaged_part_is_named_and_made_anew_and_no_other(tmp_path, study, damage, capsys):
    whole = run_study(study, tmp_path / "out", workers=0).frame()
    part = tmp_path / "out" / "runs" / "part-00000002.parquet"
    part.write_bytes(damage(part.read_bytes()))
    healed = run_study(study, tmp_path / "out", workers=0)
    assert "runs/part-00000002.parquet is damaged and made anew (7 runs)." in capsys.readouterr().err
    assert len(executed(tmp_path / "log")) == 60 + 7
    pd.testing.assert_frame_equal(healed.check_complete().frame(), whole, check_exact=True)


@pytest.mark.parametrize("damage", DAMAGES)
def test_reading_a_damaged_part_names_it_and_what_heals_it(tmp_path, damage):
    run_study(STUDY, tmp_path / "out", workers=0)
    part = tmp_path / "out" / "runs" / "part-00000002.parquet"
    part.write_bytes(damage(part.read_bytes()))
    with pytest.raises(InputError, match=r"part-00000002.*a damaged file.*makes it anew"):
        open_results(tmp_path / "out").frame()


def test_damaged_yearly_series_are_made_anew_with_their_runs(tmp_path, study, capsys):
    whole = run_study(study, tmp_path / "out", workers=0, keep="yearly").yearly()
    part = tmp_path / "out" / "yearly" / "part-00000001.parquet"
    part.write_bytes(cut_short(part.read_bytes()))
    healed = run_study(study, tmp_path / "out", workers=0, keep="yearly")
    assert "yearly/part-00000001.parquet" in capsys.readouterr().err
    assert len(executed(tmp_path / "log")) == 60 + 7
    pd.testing.assert_frame_equal(healed.yearly(), whole, check_exact=True)


def test_whole_parts_are_not_damaged(tmp_path):
    run_study(STUDY, tmp_path / "out", workers=0)
    assert not any(map(is_damaged, (tmp_path / "out" / "runs").iterdir()))
