"""A drawing as SVG text: title, key, panels with frames, ticks and labels. `strokes` draws the marks."""

from __future__ import annotations

import numpy as np

from ..colours import FAINT, FONT, INK, MUTED
from .axes import Scale, scale_of
from .mark_svg import dashes, draw_mark, stroke, text, width_of
from .marks import Drawing, Panel

POINTS = 72  # per inch
EDGE = 6.0  # free at the edge of the paper
LINE = 11.5  # height of a line of text
TITLE = 9.5  # size of the title
KEY_DASH = 18.0  # length of the stroke beside an entry of the key


def svg_of(drawing: Drawing) -> str:
    """Return a drawing as an SVG element without fixed size."""
    width, height = (POINTS * inches for inches in drawing.size)
    rows = [text(EDGE, 14.0, drawing.title, "start", INK, TITLE, "font-weight:bold")]
    if not drawing.panels:
        rows.append(text(width / 2, height / 2 + 6, drawing.words, "middle", MUTED))
    else:
        top, key = draw_key(drawing, width, 28.0)
        rows += [key, *draw_panels(drawing, width, top, height - EDGE)]
    body = "\n".join(rows)
    box = f"0 0 {width:.0f} {height:.0f}"
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}" font-size="{FONT}">\n{body}\n</svg>'


def draw_key(drawing: Drawing, width: float, y: float) -> tuple[float, str]:
    """Return where the panels begin and the entries of the key, in as many lines as they need."""
    entries, x = [], EDGE
    for label, colour, dash in drawing.entries():
        need = KEY_DASH + 4 + width_of(label, FONT) + 12
        if x > EDGE and x + need > width:
            x, y = EDGE, y + LINE
        line = f'<path d="M{x:.1f} {y - 3:.1f}h{KEY_DASH}" style="{stroke(colour, 1.6)}{dashes(dash, 1.6)}"/>'
        entries += [line, text(x + KEY_DASH + 4, y, label, "start", INK)]
        x += need
    return (y + 10 if entries else y - 6), "\n".join(entries)


def draw_panels(drawing: Drawing, width: float, top: float, bottom: float) -> list[str]:
    """Return the panels below each other; all share their left edge, the last one names the axis across."""
    panels = drawing.panels
    foot = (LINE + 3 if panels[-1].framed else 0) + (LINE if panels[-1].x.label else 0)
    head = LINE + 2 if panels[0].heading else 0
    gap = 8.0
    each = (bottom - foot - top - gap * (len(panels) - 1)) / len(panels) - head
    boxes = [(top + place * (each + head + gap) + head, panel) for place, panel in enumerate(panels)]
    upright = [scale_of(panel.y, panel.marks, 1, above + each, above) for above, panel in boxes]
    left = EDGE + max(map(left_of, panels, upright))
    marks = [mark for panel in panels for mark in panel.marks]
    right = width - (EDGE + 6 if panels[0].framed else 0)
    rows = []
    for (_, panel), up in zip(boxes, upright, strict=True):
        across = scale_of(panel.x, marks, 0, left if panel.framed else 0.0, right)
        rows += draw_panel(panel, across, up, last=panel is panels[-1])
    return rows


def left_of(panel: Panel, up: Scale) -> float:
    """Return the room that the words left of a panel need."""
    if not panel.framed:
        return 0.0
    words = max((width_of(word, FONT) for word in up.words), default=0.0)
    return words + 5 + (LINE if panel.y.label else 0)


def draw_panel(panel: Panel, across: Scale, up: Scale, last: bool) -> list[str]:
    """Return one panel: grid, marks, frame, ticks and labels."""
    marks = [draw_mark(mark, across, up) for mark in panel.marks]
    if not panel.framed:
        return marks
    rows = [grid(panel, across, up), *marks, frame(across, up), *upright_words(panel, across, up)]
    if panel.heading:
        rows.append(text(across.first, up.last - 4, panel.heading, "start", INK, FONT, "font-weight:bold"))
    return rows + (level_words(panel, across, up) if last else [])


def grid(panel: Panel, across: Scale, up: Scale) -> str:
    """Return the faint lines at the ticks."""
    lines = [f"M{x:.1f} {up.first:.1f}V{up.last:.1f}" for x in across.place(np.array(across.ticks))] * panel.x.grid
    lines += [f"M{across.first:.1f} {y:.1f}H{across.last:.1f}" for y in up.place(np.array(up.ticks))] * panel.y.grid
    return f'<path d="{"".join(lines)}" style="{stroke(FAINT, 0.6)}"/>'


def frame(across: Scale, up: Scale) -> str:
    """Return the axes on the left and below with their ticks."""
    lines = [f"M{across.first:.1f} {up.last:.1f}V{up.first:.1f}H{across.last:.1f}"]
    lines += [f"M{x:.1f} {up.first:.1f}v3" for x in across.place(np.array(across.ticks))]
    lines += [f"M{across.first:.1f} {y:.1f}h-3" for y in up.place(np.array(up.ticks))]
    return f'<path d="{"".join(lines)}" style="{stroke(MUTED, 0.7)}"/>'


def upright_words(panel: Panel, across: Scale, up: Scale) -> list[str]:
    """Return the words at the ticks of the upright axis, and its label."""
    places = up.place(np.array(up.ticks))
    rows = [text(across.first - 5, y + 3, word, "end", INK) for y, word in zip(places.tolist(), up.words, strict=True)]
    if panel.y.label:
        middle = (up.first + up.last) / 2
        turned = f'transform="rotate(-90 {EDGE + 6:.1f} {middle:.1f})"'
        rows.append(text(EDGE + 6, middle, panel.y.label, "middle", INK, FONT, "", turned))
    return rows


def level_words(panel: Panel, across: Scale, up: Scale) -> list[str]:
    """Return the words at the ticks of the axis across, and its label."""
    places = across.place(np.array(across.ticks))
    rows = [
        text(x, up.first + LINE, word, "middle", INK) for x, word in zip(places.tolist(), across.words, strict=True)
    ]
    if panel.x.label:
        rows.append(text((across.first + across.last) / 2, up.first + 2 * LINE, panel.x.label, "middle", INK))
    return rows
