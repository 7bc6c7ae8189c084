"""What is added up while a park is founded rounds alike on every version of Python."""

import ast
from pathlib import Path

import pytest

from ecopark.abm.input.library_rows import Profile

ROOMS = [Path(__file__).parents[3] / "abm" / room for room in ("input", "initialization")]


def test_a_profile_is_scaled_by_its_mean_added_up_in_order():
    months = dict(
        zip(
            ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"],
            [0.1] * 10 + [1000.0, 1e-13],
            strict=True,
        )
    )
    total = 0.0
    for value in months.values():
        total += value
    assert Profile(profile="odd", **months).factors[0] == 0.1 / (total / 12)


@pytest.mark.parametrize(
    "path", sorted(path for room in ROOMS for path in room.glob("*.py")), ids=lambda path: path.stem
)
def test_no_float_is_added_up_by_sum(path):
    """From Python 3.12 on `sum` of floats carries the rounding along; whole numbers (`len`, `1 for ...`) are the same."""
    calls = [
        ast.unparse(node)
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "sum"
    ]
    assert [call for call in calls if "len(" not in call and "sum((1 for" not in call] == []
