"""Pages of an import and of opportunities: the look of the reports, tables of text and numbers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape


def page(title: str, parts: Sequence[str]) -> str:
    """Return a whole HTML document; it loads nothing from anywhere."""
    from ecopark.analysis.report.html_page import heading
    from ecopark.analysis.report.html_page import page as whole

    return whole(title, [heading(title), *parts])


def table(head: Sequence[str], rows: Sequence[Sequence[object]], title: str = "") -> str:
    """Return a table with its title, numbers to the right; "" without rows."""
    if not rows:
        return ""
    lines = "".join("<tr>" + "".join(_cell(str(cell)) for cell in row) + "</tr>" for row in rows)
    names = "".join(f"<th>{escape(name)}</th>" for name in head)
    above = f"<h2>{escape(title)}</h2>" if title else ""
    header = f"<thead><tr>{names}</tr></thead>" if any(head) else ""
    if not any(head):  # names and what they are: lines may break on a phone
        lines = lines.replace("<td>", '<td style="white-space:normal">').replace(
            'class="words"', 'style="white-space:normal"'
        )
    return f'<section>{above}<div class="wide"><table>{header}<tbody>{lines}</tbody></table></div></section>'


def _cell(text: str) -> str:
    kind = "number" if re.fullmatch(r"[-+]?[0-9][0-9,.]*( ?%| t)?|-|∞", text) else "words" if len(text) > 30 else ""
    return f'<td class="{kind}">{escape(text)}</td>' if kind else f"<td>{escape(text)}</td>"


def amount(value: float) -> str:
    """Return a quantity to four digits, thousands marked, never with a power of ten."""
    if value == 0 or abs(value) == float("inf") or value != value:
        return f"{value:g}"
    size = 10.0 ** (int(f"{abs(value):e}".partition("e")[2]) - 3)
    rounded = round(value / size) * size
    return f"{rounded:,.0f}" if abs(rounded) >= 1000 else f"{rounded:.4g}"


def money(value: float) -> str:
    """Return EUR to three digits, with thousands marked."""
    if value != value or abs(value) == float("inf"):
        return "∞" if value > 0 else "-"
    size = 10 ** max(0, len(str(int(abs(value)))) - 3)
    return f"{round(value / size) * size:,.0f}"
