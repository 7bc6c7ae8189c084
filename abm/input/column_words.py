"""Unit and meaning of every column of every input table, declared once, as library and park have them; what is allowed stands in the files of rows.

The data dictionary and `ecopark new` read them here; a test holds it against the rows, so that no column is without words.
"""

from __future__ import annotations

from ..entities.tables import describe
from .library_words import LIBRARY_WORDS
from .park_words import PARK_WORDS

# Columns that mean the same wherever they stand: column|unit|meaning.
COMMON = """
grade|letter|how well the row is founded: V read at the source, C second-hand or computed, S stated by a party, G estimated from literature, A assumed
source|words|where the numbers come from
note|words|for the reader; no run depends on it
label|words|name that people read
"""
WORDS = LIBRARY_WORDS | PARK_WORDS
# Which levers are worked out from the policies in force, and which tables nobody but scoring and workshops reads.
NO_HISTORY = ("programme_cost", "policies", "broker_fee", "platform_fee")
BESIDE_THE_MODEL = ("history", "links", "published", "turning_points", "facts", "seats")


def column_words(table: str) -> dict[str, tuple[str, str]]:
    """Return column -> (unit, meaning) of an input table; columns that mean the same everywhere are left out."""
    own = _lines(WORDS[table])
    return own | _levers() if table == "levers" else own


def _levers() -> dict[str, tuple[str, str]]:
    """Return the levers of history, in the words of the state."""
    return {
        name: (unit, text or f"rule of history, in the unit of the policy {name}")
        for name, _, unit, text in describe("levers")
        if name not in NO_HISTORY
    }


def words_of(table: str, column: str) -> tuple[str, str]:
    """Return unit and meaning of a column of an input table; raises KeyError where nobody declared it."""
    own = column_words(table)
    return own[column] if column in own else _lines(COMMON)[column]


def _lines(text: str) -> dict[str, tuple[str, str]]:
    rows = (line.split("|") for line in text.strip().splitlines())
    return {column: (unit, meaning) for column, unit, meaning in rows}
