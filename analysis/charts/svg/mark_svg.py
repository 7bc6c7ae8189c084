"""The marks of a drawing as SVG elements."""

from __future__ import annotations

import math
from html import escape

import numpy as np

from ..colours import FONT, INK, PAPER
from .axes import Scale
from .marks import Arrow, Band, Bars, Dots, Line, Mark, Name, Spans, Threads, Zero

BAR = 0.72  # thickness of a bar as a share of the distance to the next
SHRINK = (6.0, 8.0)  # points that an arrow keeps from its start and from its end
HEAD = (5.0, 2.4)  # length and half width of an arrow's head
NARROW, WIDE = frozenset("iljtfrI.,:;'|!() "), frozenset("mwMW@%…")


def width_of(words: str, size: float) -> float:
    """Return about how wide words are [points] in a font without serifs."""
    wide = {True: 0.86, False: 0.0}
    shares = (0.33 if c in NARROW else wide[c in WIDE] or (0.68 if c.isupper() else 0.57) for c in words)
    return 1.05 * size * sum(shares)


def text(
    x: float, y: float, words: str, anchor: str, colour: str, size: float = FONT, style: str = "", more: str = ""
) -> str:
    """Return words at a place; anchor: start, middle or end. style, more: further CSS and attributes."""
    sized = "" if size == FONT else f"font-size:{size}px;"
    look = f"fill:{colour};{sized}{style}"
    placed = f'x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}"'
    return f'<text {placed} style="{look}"{" " + more if more else ""}>{escape(words)}</text>'


def stroke(colour: str, width: float, alpha: float = 1.0) -> str:
    """Return the CSS of a line."""
    pale = f"stroke-opacity:{alpha:g};" if alpha < 1 else ""
    return f"fill:none;stroke:{colour};stroke-width:{width:g};{pale}"


def dashes(dash: tuple[float, ...], width: float) -> str:
    """Return the CSS of a dash given in widths of its line."""
    return f"stroke-dasharray:{' '.join(f'{part * width:.1f}' for part in dash)};" if dash else ""


def draw_mark(mark: Mark, across: Scale, up: Scale) -> str:
    """Return the SVG of one mark."""
    match mark:
        case Line():
            way = path_through(across.place(mark.x), up.place(mark.y))
            look = stroke(mark.colour, mark.width) + "stroke-linejoin:round;" + dashes(mark.dash, mark.width)
            return f'<path d="{way}" style="{look}"/>'
        case Band():
            return draw_band(mark, across, up)
        case Bars():
            return draw_bars(mark, across, up)
        case Dots():
            return draw_dots(mark, across, up)
        case Spans():
            return draw_spans(mark, across, up)
        case Zero():
            return draw_zero(mark, across, up)
        case Arrow():
            return draw_arrow(mark, across, up)
        case Threads():
            return draw_threads(mark, across, up)
        case Name():
            return draw_name(mark, across, up)


def path_through(x: np.ndarray, y: np.ndarray) -> str:
    """Return the path through points; a point that does not exist leaves a gap."""
    parts, pen = [], "M"
    for left, top in zip(x.tolist(), y.tolist(), strict=True):
        if math.isnan(left) or math.isnan(top):
            pen = "M"
            continue
        parts.append(f"{pen}{left:.1f} {top:.1f}")
        pen = "L"
    return "".join(parts)


def draw_band(mark: Band, across: Scale, up: Scale) -> str:
    """Return the area between two curves."""
    known = np.isfinite(mark.low) & np.isfinite(mark.high)
    x = across.place(mark.x[known])
    edge = path_through(
        np.concatenate([x, x[::-1]]), up.place(np.concatenate([mark.high[known], mark.low[known][::-1]]))
    )
    return f'<path d="{edge}Z" style="fill:{mark.colour};fill-opacity:{mark.alpha:g};stroke:none"/>'


def draw_bars(mark: Bars, across: Scale, up: Scale) -> str:
    """Return lying bars and the words behind their ends."""
    zero, ends = float(across.place(np.zeros(1))[0]), across.place(mark.ends).tolist()
    middles = up.place(np.arange(len(ends))).tolist()
    thick = BAR * abs(float(up.place(np.ones(1))[0] - up.place(np.zeros(1))[0]))
    rows = []
    for end, middle, colour in zip(ends, middles, mark.colours, strict=True):
        box = (
            f'x="{min(zero, end):.1f}" y="{middle - thick / 2:.1f}" width="{abs(end - zero):.1f}" height="{thick:.1f}"'
        )
        rows.append(f'<rect {box} style="fill:{colour}"/>')
    for end, middle, words in zip(ends, middles, mark.words, strict=False):
        rows.append(text(end + 3, middle + 3, words, "start", INK))
    return "\n".join(rows)


def draw_dots(mark: Dots, across: Scale, up: Scale) -> str:
    """Return discs."""
    pale = f"opacity:{mark.alpha:g};" if mark.alpha < 1 else ""
    look = f"fill:{mark.colour};stroke:{mark.edge};stroke-width:.9;{pale}"
    places = zip(across.place(mark.x).tolist(), up.place(mark.y).tolist(), np.sqrt(mark.areas).tolist(), strict=True)
    discs = "".join(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{wide / 2:.1f}"/>' for x, y, wide in places)
    return f'<g style="{look}">{discs}</g>'


def draw_spans(mark: Spans, across: Scale, up: Scale) -> str:
    """Return level strokes."""
    starts, ends, heights = across.place(mark.start), across.place(mark.end), up.place(mark.y)
    ways = "".join(
        f"M{start:.1f} {height:.1f}H{end:.1f}"
        for start, end, height in zip(starts.tolist(), ends.tolist(), heights.tolist(), strict=True)
        if math.isfinite(start + end + height)
    )
    return f'<path d="{ways}" style="{stroke(mark.colour, mark.width, mark.alpha)}"/>'


def draw_zero(mark: Zero, across: Scale, up: Scale) -> str:
    """Return the line of zero."""
    if mark.axis == "y":
        way = f"M{across.first:.1f} {float(up.place(np.zeros(1))[0]):.1f}H{across.last:.1f}"
    else:
        way = f"M{float(across.place(np.zeros(1))[0]):.1f} {up.first:.1f}V{up.last:.1f}"
    return f'<path d="{way}" style="{stroke(mark.colour, 0.8)}"/>'


def draw_arrow(mark: Arrow, across: Scale, up: Scale) -> str:
    """Return a bow (a quadratic Bezier curve) and its head."""
    x, y = across.place(np.array([mark.start[0], mark.end[0]])), up.place(np.array([mark.start[1], mark.end[1]]))
    start, end = np.array([x[0], y[0]]), np.array([x[1], y[1]])
    along = end - start
    bow = (start + end) / 2 + mark.bend * np.array([-along[1], along[0]])
    start, tip = towards(start, bow, SHRINK[0]), towards(end, bow, SHRINK[1])
    foot = towards(tip, bow, HEAD[0])
    aside = HEAD[1] * unit(tip - bow)[::-1] * np.array([-1, 1])
    way = f"M{pair(start)}Q{pair(bow)} {pair(foot)}"
    head = f"M{pair(tip)}L{pair(foot + aside)}L{pair(foot - aside)}Z"
    line = stroke(mark.colour, round(mark.width, 2), 0.85) + dashes(mark.dash, mark.width)
    return f'<path d="{way}" style="{line}"/><path d="{head}" style="fill:{mark.colour}"/>'


def towards(point: np.ndarray, goal: np.ndarray, length: float) -> np.ndarray:
    """Return the point that lies a length further towards a goal."""
    return point + length * unit(goal - point)


def unit(vector: np.ndarray) -> np.ndarray:
    """Return a vector's direction; of none, none."""
    length = math.hypot(*vector)
    return vector / length if length > 0 else vector


def pair(point: np.ndarray) -> str:
    """Write a point."""
    return f"{point[0]:.1f} {point[1]:.1f}"


def draw_threads(mark: Threads, across: Scale, up: Scale) -> str:
    """Return many thin strokes."""
    x, y = across.place(mark.ends[:, :, 0]).tolist(), up.place(mark.ends[:, :, 1]).tolist()
    ways = "".join(f"M{a:.1f} {b:.1f}L{c:.1f} {d:.1f}" for (a, c), (b, d) in zip(x, y, strict=True))
    return f'<path d="{ways}" style="{stroke(mark.colour, 0.5, 0.45)}"/>'


def draw_name(mark: Name, across: Scale, up: Scale) -> str:
    """Return a name below its point, on a little paper so that lines do not cross it out."""
    x, y = float(across.place(np.array([mark.x]))[0]), float(up.place(np.array([mark.y]))[0])
    halo = f"paint-order:stroke;stroke:{PAPER};stroke-width:2.5;stroke-opacity:.8"
    return text(x, y + 13, mark.text, "middle", mark.colour, 7.5, halo)
