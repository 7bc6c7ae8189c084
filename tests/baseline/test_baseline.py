"""Runs give what they gave; see `python -m tests.baseline`."""

import numpy as np
import pytest

from tests import baseline


@pytest.mark.parametrize("name", baseline.RUNS)
def test_run_gives_what_is_kept(name):
    columns, rows = baseline.measure(name)
    kept_columns, kept = baseline.read(name)
    assert columns == kept_columns
    assert rows.shape == kept.shape
    for place, column in enumerate(columns):
        scale = np.nanmax(np.abs(kept[:, place]), initial=0)
        message = f"{name}, {column}: see `python -m tests.baseline`, then --rewrite if it is meant"
        np.testing.assert_allclose(rows[:, place], kept[:, place], rtol=1e-9, atol=1e-9 * scale, err_msg=message)


def test_kept_years_are_the_runs(tmp_path, monkeypatch):
    years = baseline.read("kalundborg")[1][:, 0].astype(int).tolist()
    assert years == [*range(1961, 2026, 5), 2025, 0]
    monkeypatch.setattr(baseline, "FOLDER", tmp_path)
    monkeypatch.setitem(baseline.RUNS, "short", ("synthetic", {"horizon.years": 3, "synthetic.companies": 5}, 2))
    baseline.rewrite("short")
    columns, rows = baseline.read("short")
    np.testing.assert_allclose(rows, baseline.measure("short")[1], rtol=1e-11)
    assert rows[:, columns.index("year")].tolist() == [2024, 2026, 0]
