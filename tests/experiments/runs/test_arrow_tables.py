"""Arrow tables made byte by byte are those that pyarrow makes."""

import subprocess
import sys

import numpy as np
import pyarrow as pa
import pytest

from ecopark.experiments.runs.arrow_tables import arrow_column, arrow_table

COLUMNS = [
    np.array([1, -2, 3]), np.array([0.5, np.nan, np.inf]), np.array([True, False, True] * 5), np.array([], dtype=float),
    np.array(["ä", None, "", "b" * 40], dtype=object), np.array([None, None], dtype=object), np.array([], dtype=object),
    np.arange(10, dtype=np.int32)[::2], ["x", "yz"],
]  # fmt: skip


@pytest.mark.parametrize("values", COLUMNS)
def test_a_column_is_that_of_pyarrow(values):
    array = np.asarray(values)
    words = array.dtype.kind in "OU"
    expected = pa.array(array.tolist(), type=pa.string()) if words else pa.array(array)
    found = arrow_column(values)
    found.validate(full=True)
    assert found.type == expected.type
    assert repr(found.to_pylist()) == repr(expected.to_pylist())


def test_a_table_keeps_names_and_order():
    assert arrow_table({"b": np.arange(2), "a": np.array(["x", "y"], dtype=object)}).column_names == ["b", "a"]


def test_a_short_run_loads_neither_pandas_nor_matplotlib_nor_mesa(tmp_path):
    code = (
        "import sys\n"
        "from ecopark.experiments.cli import main_group\n"
        f"main_group(['run', 'kalundborg', '--out', {str(tmp_path / 'run')!r}], standalone_mode=False)\n"
        "print([name for name in ('pandas', 'matplotlib', 'mesa') if name in sys.modules])\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"
    assert (tmp_path / "run" / "report.html").stat().st_size > 20_000
