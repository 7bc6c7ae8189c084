"""Tables of words for the pages of studies and replications."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

LONG = 26
SIGNS = {
    "supported": "●", "reproduced": "●", "mixed": "◐", "not supported": "○", "not reproduced": "○",
    "yes": "●", "unclear": "◐", "no": "○", "contradicted": "○", "undecided": "◐",
}  # fmt: skip
"""What stands before a verdict, so that it is seen at a glance and without colour."""


def rows_of(columns: Sequence[str], rows: Sequence[Sequence[str]], link: str = "") -> str:
    """Return a table of words; link: page of a row below the folder that its first cell names."""
    head = "".join(f"<th>{escape(name)}</th>" for name in columns) if any(columns) else ""
    body = "".join(
        f"<tr>{''.join(_cell(text, link if place == 0 else '') for place, text in enumerate(row))}</tr>" for row in rows
    )
    return f'<div class="wide"><table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>'


def _cell(text: str, link: str) -> str:
    """Return one cell; verdicts get their sign, long texts may break."""
    shown = escape(text)
    if link and text:
        shown = f'<a href="{shown}/{link}">{shown}</a>'
    sign = SIGNS.get(text.split(" (")[0], "")
    return f"<td{' class=words' if len(text) > LONG else ''}>{sign + ' ' if sign else ''}{shown}</td>"
