"""What leaves the program runs nowhere and is JSON: texts for spreadsheets, numbers that do not exist."""

import csv
import io
import json
import math

import numpy as np
import pandas as pd
import pytest

from ecopark.analysis.run_folder.plain_json import plain_json
from ecopark.analysis.run_folder.spreadsheet_text import csv_text, harmless, write_csv


@pytest.mark.parametrize("text", ["=1+1", "+1-1|cmd", "-2+3", "@SUM(1)", "\tx", "\rx", "=HYPERLINK(1)"])
def test_formulas_are_text(text, tmp_path):
    frame = pd.DataFrame({"name": [text, "plain"], text: ["a", "b"], "n": [-1.5, 2.0]})
    rows = list(csv.reader(io.StringIO(csv_text(frame))))
    shown = "'" + text.replace("\r", " ")
    assert rows[0] == ["name", shown, "n"]
    assert rows[1][0] == shown
    assert [row[2] for row in rows[1:]] == ["-1.5", "2.0"]
    write_csv(frame, tmp_path / "t.csv")
    assert (tmp_path / "t.csv").read_bytes().decode() == csv_text(frame)


@pytest.mark.parametrize("value", ["-1", "+2.5", "-1e-3", "Brewery", "", None, 3.0, math.nan])
def test_numbers_and_words_stay(value):
    assert harmless(value) is value


def test_json_has_null_where_a_number_does_not_exist():
    value = {
        "a": math.nan,
        "b": [math.inf, np.float64("-inf"), np.array([1.0, math.nan])],
        3: (np.int64(2), None, "x", True),
    }
    assert json.loads(plain_json(value)) == {"a": None, "b": [None, None, [1.0, None]], "3": [2, None, "x", True]}
    assert "NaN" not in plain_json(value)
