"""What the loader finds in the tables of an import, in words about the sources that the user has."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace
from typing import Any

from ecopark.abm.input.errors import Mistake
from ecopark.abm.input.notices import notices_of

from .draft import Draft
from .write import KEYS


def named_by_source(mistakes: list[Mistake], files: dict[str, str], draft: Draft) -> list[Mistake]:
    """Return mistakes of tables that are not written yet with the line of the source that the row comes from."""
    named = []
    for one in mistakes:
        found = re.fullmatch(r"(\w+)\.csv line ([0-9]+)(, column \w+)?", one.place)
        source = _source(found[1], int(found[2]), files, draft) if found else ""
        named.append(replace(one, place=f"{source}{found[3] or ''}") if found and source else one)
    return named


def _source(table: str, line: int, files: dict[str, str], draft: Draft) -> str:
    """Return where the row of a line comes from, "" where nothing says it."""
    try:
        rows = list(csv.DictReader(io.StringIO(files.get(f"{table}.csv", ""))))
    except csv.Error:  # a cell longer than any cell may be, which is the mistake
        return ""
    if table not in KEYS or not 0 <= line - 2 < len(rows):
        return ""
    key = tuple(rows[line - 2].get(column, "") for column in KEYS[table])
    row = next((row for known, row in draft.rows(table).items() if tuple(map(str, known)) == key), {})
    return next((cell.source for cell in row.values() if cell.source), "")


def say_of_scenario(draft: Draft) -> None:
    """Say what the park as it loads would surprise with: places, names, plants that are closed before it begins."""
    scenario = draft.scenario
    draft.said += [sentence for sentence in notices_of(scenario) if sentence.startswith(("places:", "names:"))]
    for row in scenario.tables["companies"]:
        company: Any = row
        if company.closes is not None and float(company.closes) <= scenario.start_year:
            closes, begins = f"{float(company.closes):.7g}", scenario.start_year
            draft.said.append(
                f"{company.name} closes in {closes}, before the park begins in {begins}: it takes no part"
            )
