"""Colours that the colour-blind and a grey printer tell apart, and sizes, for every figure.

Colours: Okabe and Ito (2008), Color Universal Design, https://jfly.uni-koeln.de/color/. Text, frame and paper each
have one colour of their own, so that a page can replace them by its own in dark mode.
"""

from __future__ import annotations

INK, MUTED, FAINT, PAPER = "#1d2733", "#5a6673", "#d5dbe1", "#ffffff"
BLUE, ORANGE, GREEN, RED, SKY, PINK, YELLOW = (
    "#0072b2", "#e69f00", "#009e73", "#d55e00", "#56b4e9", "#cc79a7", "#b8a900",
)  # fmt: skip
CYCLE = (BLUE, RED, GREEN, ORANGE, PINK, SKY, YELLOW, MUTED)
SOLID, DASHED, DOTTED = (), (3.7, 1.6), (1.0, 1.65)  # lengths of dash and gap in widths of the line
GROUPS = {"material": (GREEN, SOLID), "energy": (RED, (5.0, 1.2)), "water": (BLUE, (1.2, 1.0))}
SIZE = (4.9, 3.2)  # inches
FONT = 8.5  # points


def money_scale(largest: float) -> tuple[float, str]:
    """Choose the unit of a money axis: divisor and its name."""
    for size, unit in ((1e9, "bn EUR"), (1e6, "M EUR"), (1e3, "k EUR")):
        if abs(largest) >= size:
            return size, unit
    return 1.0, "EUR"
