"""A table whose rows are numbered in 16 bits refuses row 32,768, and says the limit."""

import numpy as np
import pytest

from ecopark.abm.entities.tables import COLUMNS, describe
from ecopark.abm.input.cross_checks import MOST_ROWS, NUMBERED_SHORT, check_references
from tests.parks import trio


@pytest.mark.parametrize("table", NUMBERED_SHORT)
def test_the_limit_stands_in_the_error(table):
    tables = dict(trio().tables)
    tables[table] = (None,) * (MOST_ROWS + 1)
    (mistake,) = check_references(tables, False)
    assert mistake.place == f"{table}.csv"
    assert "at most 32767 rows" in str(mistake)


def test_the_limit_is_that_of_the_columns():
    kinds = {(table, name): kind for table in COLUMNS for name, kind, _, _ in describe(table)}
    for column in (
        ("companies", "type"),
        ("companies", "sector"),
        ("streams", "material"),
        ("opportunities", "conversion"),
    ):
        assert np.iinfo(kinds[column]).max >= MOST_ROWS
