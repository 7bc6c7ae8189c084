"""Tables without pandas say the same as tables with it."""

import numpy as np
import pandas as pd
import pytest

from ecopark.analysis.run_folder.columns import Sheet, grouped, level, read_csv, stacked


def test_rows_and_columns_are_picked_as_in_a_frame():
    frame = pd.DataFrame({"a": [1, 2, 3], "b": ["x", None, "z"]})
    sheet = Sheet.of(frame)
    assert len(sheet) == 3
    assert sheet.columns == ["a", "b"]
    assert sheet[sheet["a"] > 1]["b"].tolist()[-1] == "z"
    assert sheet[[2, 0]]["a"].tolist() == [3, 1]
    assert sheet.pick(["b"]).columns == ["b"]
    assert sheet.but(c=[0, 0, 0])["c"].tolist() == [0, 0, 0]
    assert Sheet.of(sheet) is sheet
    assert len(Sheet({})) == 0


def test_sheets_are_stacked_with_the_number_of_each():
    both = stacked([Sheet({"a": [1, 2]}), Sheet({"a": [3]})], "replicate")
    assert both["replicate"].tolist() == [0, 0, 1]
    assert both["a"].tolist() == [1, 2, 3]


def test_groups_are_those_of_pandas():
    rng = np.random.default_rng(1)
    frame = pd.DataFrame({"year": rng.integers(1990, 1995, 60), "x": rng.normal(size=60)})
    for share in (0.05, 0.5, 0.95):
        years, found = grouped(frame["year"], frame["x"], level(share))
        expected = frame.groupby("year")["x"].quantile(share)
        assert years.tolist() == expected.index.tolist()
        assert found == pytest.approx(expected.to_numpy())


def test_a_file_is_read_with_numbers_as_numbers(tmp_path):
    (tmp_path / "t.csv").write_text("\ufeffid,start,cause\nK1,1961,\nK2,,tax\n", encoding="utf-8")
    sheet = read_csv(tmp_path / "t.csv")
    assert sheet["id"].tolist() == ["K1", "K2"]
    assert sheet["start"][0] == 1961
    assert np.isnan(sheet["start"][1])
    assert sheet["cause"].tolist() == ["", "tax"]
