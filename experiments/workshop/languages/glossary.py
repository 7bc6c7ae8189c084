"""The terms of the field with their meanings: one file for the handbook's glossary and for the help of the view."""

from __future__ import annotations

import csv
from collections.abc import Callable
from functools import cache
from pathlib import Path

PAGE = Path(__file__).with_name("glossary.csv")


@cache
def glossary() -> tuple[dict[str, str], ...]:
    """Return the terms in the order of the file: term, en (its meaning), de, da (the word in these languages)."""
    with PAGE.open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


def words(language: str = "en", t: Callable[[str], str] = str) -> list[dict[str, str]]:
    """Return term and meaning of each, in the order of the alphabet: in another language its word, and the English one behind it.

    t: puts a meaning into the language.
    """
    found = [{"term": _word(row, language), "meaning": t(row["en"])} for row in glossary()]
    return sorted(found, key=lambda one: one["term"].lower())


def _word(row: dict[str, str], language: str) -> str:
    """Return a term in a language; the English word alone where there is no other."""
    other = row.get(language, "") if language != "en" else ""
    return f"{other} ({row['term']})" if other and other != row["term"] else row["term"]
