"""Axes in numbers: their ends, their ticks, and where a value lies."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from ..number_format import number
from .marks import Arrow, Axis, Band, Bars, Dots, Line, Mark, Name, Spans, Threads

MARGIN = 0.05  # share of the extent of the marks that is left free at either end
STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)


@dataclass(frozen=True)
class Scale:
    """Values from `low` to `high` laid out from `first` to `last` [points], with ticks."""

    low: float
    high: float
    first: float
    last: float
    ticks: tuple[float, ...]
    words: tuple[str, ...]

    def place(self, values: np.ndarray) -> np.ndarray:
        """Return where values lie [points]."""
        return self.first + (np.asarray(values, float) - self.low) / (self.high - self.low) * (self.last - self.first)


def scale_of(axis: Axis, marks: Iterable[Mark], side: int, first: float, last: float) -> Scale:
    """Lay an axis out. side: 0 across, 1 upwards."""
    low, high = limits(axis, marks, side)
    ticks = tuple(range(len(axis.names))) if axis.names else ticks_between(low, high, axis.most, axis.whole)
    words = axis.names or tuple(number(tick) for tick in ticks)
    return Scale(low, high, first, last, tuple(float(tick) for tick in ticks), words)


def limits(axis: Axis, marks: Iterable[Mark], side: int) -> tuple[float, float]:
    """Return the ends of an axis: as asked for, else those of the marks and a margin."""
    if axis.names:
        return -0.7, len(axis.names) - 0.3
    parts = [np.ravel(np.asarray(values, float)) for mark in marks for values in extent(mark, side)]
    seen = np.concatenate([np.empty(0), *parts])
    seen = seen[np.isfinite(seen)]
    least, most = (float(seen.min()), float(seen.max())) if len(seen) else (0.0, 1.0)
    room = MARGIN * (most - least) or 0.5
    low = least - room if axis.low is None else axis.low
    high = most + room if axis.high is None else axis.high
    return low, high if high > low else low + 1.0


def extent(mark: Mark, side: int) -> tuple:
    """Return the values of a mark along a side: what must be inside the frame."""
    match mark:
        case Line() | Dots() | Name():
            return ((mark.x, mark.y)[side],)
        case Band():
            return (mark.x,) if side == 0 else (mark.low, mark.high)
        case Bars():
            return (mark.ends, np.zeros(1)) if side == 0 else (np.arange(len(mark.ends)),)
        case Spans():
            return (mark.start, mark.end) if side == 0 else (mark.y,)
        case Arrow():
            return (np.array([mark.start[side], mark.end[side]]),)
        case Threads():
            return (mark.ends[:, :, side],)
    return (np.zeros(1),) if side == (mark.axis == "y") else ()


def ticks_between(low: float, high: float, most: int, whole: bool) -> tuple[float, ...]:
    """Return at most `most` round numbers from low to high, evenly spaced."""
    raw = (high - low) / max(1, most - 1)
    power = 10.0 ** math.floor(math.log10(raw))
    step = next(power * factor for factor in STEPS if power * factor >= raw * (1 - 1e-9))
    if whole:
        step = max(1.0, step if step != 2.5 else 5.0)
    count = math.floor(high / step + 1e-9)
    return tuple(step * place for place in range(math.ceil(low / step - 1e-9), count + 1))
