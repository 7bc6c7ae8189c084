"""A few cases of each kind in the suite; `python -m tests.fuzz --seconds 1800` is the long form."""

import shutil
from types import SimpleNamespace

import pytest

from tests.fuzz.__main__ import KINDS, LIMIT_SECONDS, run
from tests.fuzz.judging import not_finite
from tests.fuzz.registers import imported, unsound


@pytest.fixture
def imported_park(tmp_path):
    return shutil.copytree(imported("workbook"), tmp_path / "park")


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # of fork: the process has threads, the case needs none
def test_no_input_ends_in_a_traceback_a_signal_or_a_wrong_number():
    options = SimpleNamespace(kind="all", seconds=100, cases=6, seed="suite", only=None, keep=None, limit=LIMIT_SECONDS)
    verdicts, faults = run(options)
    assert not faults
    assert set(verdicts) == set(KINDS)


@pytest.mark.heavy
@pytest.mark.timeout(36_000)
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_ten_thousand_damages_of_the_samples_give_an_error_or_a_sound_park():
    """I5; about an hour of CPU, as `python -m tests.fuzz --kind import --cases 10000 --seconds 36000`."""
    options = SimpleNamespace(
        kind="import", seconds=36_000, cases=10_000, seed="10000", only=None, keep=None, limit=LIMIT_SECONDS
    )
    verdicts, faults = run(options)
    assert not faults
    assert verdicts["import"].total() == 10_000
    assert min(verdicts["import"][kind] for kind in ("refused", "valid")) > 2000  # both ends are tried


def test_the_judge_sees_a_park_that_is_not_sound(imported_park):
    folder, text = imported_park, (imported_park / "streams.csv").read_text(encoding="utf-8")
    assert unsound(folder) == ""
    head, first, *rest = text.splitlines()
    for wrong, words in (("-5", "streams.per_year is -5"), ("nan", "streams.per_year is nan"), ("1e308", "is 1e308")):
        cells = first.split(",")
        cells[head.split(",").index("per_year")] = wrong
        (folder / "streams.csv").write_text("\n".join([head, ",".join(cells), *rest]) + "\n", encoding="utf-8")
        assert words in unsound(folder)
    (folder / "streams.csv").write_text(text + "Nobody,fly_ash,out,5,t,,,,,,\n", encoding="utf-8")
    assert "unknown origin" in unsound(folder)


def test_the_judge_sees_wrong_numbers(tmp_path):
    import numpy as np
    import pyarrow as pa
    import pyarrow.parquet as pq

    assert not_finite(tmp_path) == ["no tables"]
    pq.write_table(
        pa.table({"gain": np.array([1.0, np.nan]), "trust": [np.nan, 0.1], "price": [np.inf, 1e31]}),
        tmp_path / "yearly.parquet",
    )
    assert not_finite(tmp_path) == ["yearly.gain holds NaN", "yearly.price holds inf"]
