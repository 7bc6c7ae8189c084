"""What an import says: questions.csv, import.md, import.html."""

from __future__ import annotations

from .draft import Draft
from .write import QUESTIONS, csv_text


def add_reports(draft: Draft, files: dict[str, str], name: str) -> dict[str, str]:
    """Return the files of a park with its questions and reports."""
    rows = [
        {
            "company": one.company, "column": one.column, "material": one.material, "asked": one.asked, "proposed": one.proposed,
            "alternatives": one.alternatives, "at_stake": 0.0, "answer": "",
        }
        for one in draft.questions
    ]  # fmt: skip
    return {**files, "questions.csv": csv_text(QUESTIONS, rows)}
