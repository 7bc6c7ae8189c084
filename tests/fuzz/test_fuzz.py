"""A few cases of each kind in the suite; `python -m tests.fuzz --seconds 1800` is the long form."""

from types import SimpleNamespace

import pytest

from tests.fuzz.__main__ import KINDS, LIMIT_SECONDS, run
from tests.fuzz.judging import not_finite


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # of fork: the process has threads, the case needs none
def test_no_input_ends_in_a_traceback_a_signal_or_a_wrong_number():
    options = SimpleNamespace(kind="all", seconds=100, cases=6, seed="suite", only=None, keep=None, limit=LIMIT_SECONDS)
    verdicts, faults = run(options)
    assert not faults
    assert set(verdicts) == set(KINDS)


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
