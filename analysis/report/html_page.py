"""A page that needs nothing but itself: sections, figures as inline SVG, tables; light and dark, desk and phone."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from html import escape
from typing import TYPE_CHECKING, Any

import numpy as np

from ..charts.colours import BLUE, FAINT, INK, MUTED, PAPER
from ..charts.number_format import number
from ..charts.svg.marks import Drawing
from ..charts.svg.svg_text import svg_of

if TYPE_CHECKING:
    from matplotlib.figure import Figure

COLOURS = ((INK, "ink"), (MUTED, "muted"), (FAINT, "faint"), (PAPER, "paper"), (BLUE, "blue"))
LOOK = """
:root{--blue:#0072b2;--ink:#1d2733;--muted:#5a6673;--faint:#d5dbe1;--paper:#ffffff;--ground:#f3f5f7;--accent:#00629a}
@media(prefers-color-scheme:dark){:root{--blue:#4aa8e0;--ink:#e8edf2;--muted:#a3afbb;--faint:#3a4450;--paper:#1b2229;--ground:#12171c;
--accent:#6cc0f0}}
*{box-sizing:border-box}
body{margin:0;background:var(--ground);color:var(--ink);font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,
Helvetica,Arial,sans-serif;overflow-wrap:anywhere}
main{max-width:1120px;margin:0 auto;padding:24px 16px 48px}
h1{font-size:1.75rem;line-height:1.2;margin:0 0 4px}h2{font-size:1.25rem;margin:32px 0 8px}
h3{font-size:1rem;margin:20px 0 6px}
p{margin:8px 0;max-width:72ch}.lead{font-size:1.05rem}.muted{color:var(--muted)}
.figures{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,430px),1fr));gap:14px;align-items:start}
figure{margin:0;background:var(--paper);border:1px solid var(--faint);border-radius:8px;padding:8px}
figure svg{display:block;width:100%;height:auto;max-width:640px;margin:0 auto}
figure svg text{font-family:system-ui,-apple-system,"Segoe UI",Roboto,Helvetica,Arial,sans-serif!important}
figcaption{font-size:.875rem;color:var(--muted);padding:4px 6px 2px}
.facts{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(47%,225px),1fr));gap:10px;margin:14px 0;padding:0}
.facts div{background:var(--paper);border:1px solid var(--faint);border-radius:8px;padding:8px 12px}
.facts dt{font-size:.8125rem;color:var(--muted)}.facts dd{margin:0;font-size:1.2rem;font-weight:600}
.facts dd small{display:block;font-size:.75rem;font-weight:400;color:var(--muted)}
.slim{max-width:640px}.wide{overflow-x:auto;background:var(--paper);border:1px solid var(--faint);border-radius:8px;
margin:8px 0}
table{border-collapse:collapse;width:100%;font-size:.875rem;overflow-wrap:normal}
th,td{padding:5px 10px;text-align:left;border-bottom:1px solid var(--faint);white-space:nowrap}
td.words{white-space:normal;min-width:12em}
th{color:var(--muted);font-weight:600;white-space:normal;vertical-align:bottom}tr:last-child td{border-bottom:0}
td.number,th.number{text-align:right;font-variant-numeric:tabular-nums}
.notice{background:var(--paper);border-left:4px solid var(--accent);padding:10px 14px;border-radius:4px}
code{font:.875rem ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;background:var(--paper);
border:1px solid var(--faint);border-radius:4px;padding:1px 5px}
a{color:var(--accent)}nav ul{margin:0;padding-left:18px}nav li{margin:3px 0}
summary{cursor:pointer;color:var(--accent);padding:6px 0}
@media print{body{background:#fff}figure,.facts div{break-inside:avoid}}
"""


def page(title: str, parts: Iterable[str], language: str = "en") -> str:
    """Return a whole HTML document; it loads nothing from anywhere. language: of its text."""
    return (
        f'<!doctype html>\n<html lang="{language}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        '<meta name="color-scheme" content="light dark"><link rel="icon" href="data:,">'
        f"<title>{escape(title)}</title><style>{LOOK}</style></head>\n<body><main>\n"
        + "\n".join(part for part in parts if part)
        + "\n</main></body></html>\n"
    )


def heading(text: str) -> str:
    """Return the title of a page."""
    return f"<h1>{escape(text)}</h1>"


def section(title: str, *parts: str, place: str = "", level: int = 2) -> str:
    """Return a heading with what belongs below it; place: its anchor."""
    mark = f' id="{place}"' if place else ""
    inner = "\n".join(part for part in parts if part)
    return f"<section{mark}><h{level}>{escape(title)}</h{level}>\n{inner}</section>"


def anchor(heading: str, above: str = "") -> str:
    """Return the anchor of a heading; above: that of the part it belongs to."""
    name = re.sub(r"[^a-z0-9]+", "-", heading.lower()).strip("-")
    return f"{above}.{name}" if above else f"part-{name}"


def index(entries: Sequence[tuple[str, str, list[tuple[str, str]]]]) -> str:
    """Return a table of contents: (heading, anchor, entries below it)."""
    lines = []
    for heading_text, place, below in entries:
        inner = " · ".join(f'<a href="#{where}">{escape(text)}</a>' for text, where in below)
        lines.append(f'<li><a href="#{place}">{escape(heading_text)}</a>' + (f": {inner}" if inner else "") + "</li>")
    return f'<nav class="notice"><ul>{"".join(lines)}</ul></nav>'


def words(text: str, kind: str = "") -> str:
    """Return a paragraph; kind: lead, muted or notice."""
    return f'<p class="{kind}">{escape(text)}</p>' if kind else f"<p>{escape(text)}</p>"


def drawing(name: str, figure: Figure | Drawing, caption: str = "") -> str:
    """Return a figure as inline SVG whose text and paper take the colours of the page."""
    svg = svg_of(figure) if isinstance(figure, Drawing) else _svg_of_matplotlib(figure, name)
    for colour, variable in COLOURS:
        svg = svg.replace(colour, f"var(--{variable})")
    label = escape(caption or name.replace("_", " "), quote=True)
    svg = svg.replace("<svg ", f'<svg role="img" aria-label="{label}" ', 1)
    below = f"<figcaption>{escape(caption)}</figcaption>" if caption else ""
    return f'<figure id="{escape(name)}">{svg}{below}</figure>'


def _svg_of_matplotlib(figure: Figure, name: str) -> str:
    from ..charts.matplotlib_figures.style import svg_text

    return svg_text(figure, name)


def gallery(*drawings: str) -> str:
    """Return figures side by side where there is room."""
    return '<div class="figures">' + "\n".join(drawings) + "</div>"


def facts(rows: Sequence[tuple[str, str, str]]) -> str:
    """Return tiles of (name, value, remark)."""
    tiles = "".join(
        f"<div><dt>{escape(name)}</dt><dd>{escape(value)}"
        + (f"<small>{escape(remark)}</small>" if remark else "")
        + "</dd></div>"
        for name, value, remark in rows
    )
    return f'<dl class="facts">{tiles}</dl>'


def folded(title: str, body: str) -> str:
    """Return a part that opens on a click."""
    return f"<details><summary>{escape(title)}</summary>{body}</details>"


MORE = "{count} more rows are in the tables."


def table(
    frame: Any,
    columns: dict[str, str] | None = None,
    most: int = 200,
    write: Callable[[str], str] = str,
    more: str = MORE,
) -> str:
    """Return a table (DataFrame or Sheet) of at most `most` rows; columns: name in the frame -> heading.

    write: puts a number as it is written in English into another language; more: what is said of rows that are left out.
    """
    columns = columns or {str(name): str(name).replace("_", " ") for name in frame.columns}
    numeric = {name: getattr(frame[name].dtype, "kind", "O") in "iuf" for name in columns}
    head = (
        ""
        if not any(columns.values())
        else "".join(
            f"<th{' class=number' if numeric[name] else ''}>{escape(text)}</th>" for name, text in columns.items()
        )
    )
    rows = zip(*(frame[name][:most].tolist() for name in columns), strict=True)
    body = "".join(
        "<tr>" + "".join(cell(value, numeric[name], write) for name, value in zip(columns, row, strict=True)) + "</tr>"
        for row in rows
    )
    rest = f'<p class="muted">{more.format(count=len(frame) - most)}</p>' if len(frame) > most else ""
    kind = "wide" if len(columns) > 2 else "wide slim"
    return f'<div class="{kind}"><table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>{rest}'


def cell(value: Any, numeric: bool, write: Callable[[str], str] = str) -> str:
    """Return one cell of a table; what does not exist is a dash."""
    if value is None or (isinstance(value, float) and np.isnan(value)):
        return f"<td{' class=number' if numeric else ''}>–</td>"
    if numeric:
        return f"<td class=number>{write(number(float(value)))}</td>"
    text = {"True": "yes", "False": "no"}.get(str(value), str(value))
    return f"<td{' class=words' if len(text) > 32 else ''}>{escape(text)}</td>"
