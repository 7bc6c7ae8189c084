"""What a drawing is made of: panels with axes and marks. Lengths are points (1/72 inch), positions units of the data."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from ..colours import BLUE, INK, MUTED, SIZE, SOLID


@dataclass(frozen=True)
class Line:
    """A curve. label: its words in the key."""

    x: np.ndarray
    y: np.ndarray
    colour: str
    dash: tuple[float, ...] = SOLID
    width: float = 1.6
    label: str = ""


@dataclass(frozen=True)
class Band:
    """The area between two curves."""

    x: np.ndarray
    low: np.ndarray
    high: np.ndarray
    colour: str
    alpha: float = 0.22


@dataclass(frozen=True)
class Bars:
    """Bars from 0 to `ends`, lying, the first one lowest. words: what stands behind the end of each."""

    ends: np.ndarray
    colours: tuple[str, ...]
    words: tuple[str, ...] = ()


@dataclass(frozen=True)
class Dots:
    """Discs. areas: square points, as matplotlib counts them (diameter squared)."""

    x: np.ndarray
    y: np.ndarray
    areas: np.ndarray
    colour: str
    edge: str = INK
    alpha: float = 1.0


@dataclass(frozen=True)
class Spans:
    """Level strokes from `start` to `end` at the height `y`."""

    y: np.ndarray
    start: np.ndarray
    end: np.ndarray
    colour: str = BLUE
    width: float = 1.8
    alpha: float = 0.75
    label: str = ""


@dataclass(frozen=True)
class Zero:
    """The line of zero: of the values of `axis` ("x" or "y")."""

    axis: str = "y"
    colour: str = MUTED


@dataclass(frozen=True)
class Arrow:
    """A bent arrow. bend: height of the bow as a share of its length, times two."""

    start: tuple[float, float]
    end: tuple[float, float]
    bend: float
    colour: str
    dash: tuple[float, ...]
    width: float


@dataclass(frozen=True)
class Threads:
    """Many thin straight strokes: [stroke, end, x and y]."""

    ends: np.ndarray
    colour: str


@dataclass(frozen=True)
class Name:
    """A name below a point."""

    x: float
    y: float
    text: str
    colour: str = INK


Mark = Line | Band | Bars | Dots | Spans | Zero | Arrow | Threads | Name


@dataclass(frozen=True)
class Axis:
    """One axis. low, high: its ends, by default those of the marks with a margin. names: of the places 0, 1, 2, ...

    whole: whole numbers alone. years: whole numbers written as they are. grid: faint lines at the ticks. most: ticks.
    """

    label: str = ""
    low: float | None = None
    high: float | None = None
    names: tuple[str, ...] = ()
    whole: bool = False
    grid: bool = True
    most: int = 8


@dataclass(frozen=True)
class Panel:
    """Marks in a frame, or on the bare paper."""

    marks: tuple[Mark, ...]
    x: Axis = field(default_factory=Axis)
    y: Axis = field(default_factory=Axis)
    heading: str = ""
    framed: bool = True


@dataclass(frozen=True)
class Drawing:
    """Panels below each other under a title, with a key of the labelled marks; without panels only words.

    size: inches. key: more entries, (words, colour, dash).
    """

    title: str
    panels: tuple[Panel, ...] = ()
    size: tuple[float, float] = SIZE
    words: str = ""
    key: tuple[tuple[str, str, tuple[float, ...]], ...] = ()

    def entries(self) -> list[tuple[str, str, tuple[float, ...]]]:
        """Return the entries of the key, each once: words, colour, dash."""
        marks = [mark for panel in self.panels for mark in panel.marks]
        lines = [(mark.label, mark.colour, mark.dash) for mark in marks if isinstance(mark, Line) and mark.label]
        spans = [(mark.label, mark.colour, SOLID) for mark in marks if isinstance(mark, Spans) and mark.label]
        return list(dict.fromkeys([*lines, *spans, *self.key]))


def nothing(title: str, words: str) -> Drawing:
    """Say in words that there is nothing to draw."""
    return Drawing(title, (), (SIZE[0], 1.5), words)
