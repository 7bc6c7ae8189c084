"""The common look of matplotlib figures (colours: `ecopark.analysis.charts.colours`), and how a figure is written."""

from __future__ import annotations

import functools
import io
import re
import textwrap
from collections.abc import Callable
from pathlib import Path
from typing import Any

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter

from ..colours import FAINT, INK, MUTED, PAPER, SIZE
from ..number_format import number

LETTERS_PER_INCH = 11.5  # of a title
STYLE: dict[Any, Any] = {
    "font.family": ["sans-serif"],
    "font.sans-serif": ["DejaVu Sans"],
    "font.size": 8.5,
    "axes.titlesize": 8.5,
    "axes.titleweight": "bold",
    "axes.titlelocation": "left",
    "axes.titlecolor": INK,
    "axes.labelsize": 8.5,
    "axes.labelcolor": INK,
    "axes.edgecolor": MUTED,
    "axes.linewidth": 0.7,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.grid": True,
    "axes.axisbelow": True,
    "axes.facecolor": "none",
    "grid.color": FAINT,
    "grid.linewidth": 0.6,
    "text.color": INK,
    "xtick.color": MUTED,
    "ytick.color": MUTED,
    "xtick.labelcolor": INK,
    "ytick.labelcolor": INK,
    "xtick.major.width": 0.7,
    "ytick.major.width": 0.7,
    "lines.linewidth": 1.6,
    "legend.frameon": False,
    "legend.fontsize": 8.0,
    "figure.facecolor": PAPER,
    "figure.dpi": 100,
    "savefig.facecolor": PAPER,
    "svg.fonttype": "none",
    "axes.formatter.useoffset": False,
    "axes.formatter.limits": (-4, 6),
}


def styled(draw: Callable[..., Figure]) -> Callable[..., Figure]:
    """Let a function draw in the common look and leave the reader's own matplotlib settings alone."""

    @functools.wraps(draw)
    def in_style(*args: Any, **named: Any) -> Figure:
        with mpl.rc_context(STYLE):
            return draw(*args, **named)

    return in_style


def new_figure(size: tuple[float, float] = SIZE) -> tuple[Figure, Axes]:
    """Open a figure of one panel (inches); no window system, no global state."""
    figure = Figure(figsize=size, layout="constrained")
    return figure, figure.add_subplot()


def title(figure: Figure, text: str) -> None:
    """Put a title over a figure, at its left edge."""
    width = int(LETTERS_PER_INCH * figure.get_figwidth())
    figure.suptitle(textwrap.fill(text, width), x=0.015, ha="left", fontsize=9.5, fontweight="bold")


def empty_figure(heading: str, words: str) -> Figure:
    """Say in words that there is nothing to draw."""
    figure, axes = new_figure((SIZE[0], 1.5))
    title(figure, heading)
    axes.axis("off")
    axes.text(0.5, 0.5, words, ha="center", va="center", color=MUTED, transform=axes.transAxes, wrap=True)
    return figure


def svg_text(figure: Figure, name: str) -> str:
    """Return a figure as SVG text for a page; the same figure gives the same text, and no id stands twice in a page."""
    buffer = io.StringIO()
    with mpl.rc_context({**STYLE, "svg.hashsalt": name}):
        figure.savefig(buffer, format="svg", metadata={"Date": None, "Creator": None})
    text = buffer.getvalue()
    text = text[text.index("<svg") :]
    return re.sub(r"(<g|<text) id=\"[^\"]*\"", r"\1", text)


def save(figure: Figure, path: Path | str) -> list[Path]:
    """Write a figure as SVG and as PNG (200 dots per inch) beside each other."""
    path = Path(path)
    files = [path.with_suffix(".svg"), path.with_suffix(".png")]
    with mpl.rc_context({**STYLE, "svg.hashsalt": path.stem}):
        figure.savefig(files[0], metadata={"Date": None})
        figure.savefig(files[1], dpi=200)
    return files


def readable(axis: Axis) -> None:
    """Write the numbers of an axis as people read them: 2 M for 2000000."""
    axis.set_major_formatter(FuncFormatter(lambda value, _: number(value)))
