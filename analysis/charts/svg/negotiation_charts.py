"""How deals came about, what they cost, and how they ended: funnel, prices, ends by reason."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from ...run_folder.columns import Sheet, grouped
from ...run_folder.declared import REASONS
from ..colours import BLUE, FAINT, INK, MUTED, RED
from ..number_format import number, plain
from .marks import Axis, Bars, Dots, Drawing, Line, Mark, Panel, Spans, Zero, nothing
from .time_series import YEARS


def ends_by_reason(exchanges: Any, start_year: int, runs: int = 1) -> Drawing:
    """Draw when exchanges ended and why: a dot per reason and year, its area the number of ends (a run)."""
    counts = count_ends(exchanges, start_year, runs)
    if len(counts) == 0:
        return nothing("Ends by reason", "No exchange ended.")
    totals = {reason: float(counts["ends"][counts["reason"] == reason].sum()) for reason in REASONS}
    reasons = [reason for reason in reversed(REASONS) if totals[reason] > 0]
    largest = float(counts["ends"].max())
    scale = 60.0 if largest <= 3 else 180.0 / largest
    rows = np.array([reasons.index(reason) for reason in counts["reason"]], dtype=float)
    dots = Dots(counts["year"], rows, np.maximum(scale * counts["ends"], 4.0), RED, INK, 0.8)
    names = tuple(f"{plain(reason)} ({number(totals[reason], 2)})" for reason in reasons)
    title = f"Ends by reason ({number(sum(totals.values()))} in all{' per run' if runs > 1 else ''})"
    panel = Panel((dots,), Axis("year", whole=True, most=6), Axis(names=names))
    return Drawing(title, (panel,), (4.9, 1.1 + 0.24 * len(reasons)))


def count_ends(exchanges: Any, start_year: int, runs: int = 1) -> Sheet:
    """Count the ends by reason and year: reason, year, ends (mean of a run)."""
    ended = Sheet.of(exchanges)[~np.isnan(np.asarray(exchanges["end_month"], float))]
    years = (start_year + np.asarray(ended["end_month"], float) // 12).astype(int)
    found: dict[tuple[str, int], float] = {}
    for key in zip(ended["reason"].tolist(), years.tolist(), strict=True):
        found[key] = found.get(key, 0.0) + 1.0
    keys = sorted(found)
    return Sheet(
        {
            "reason": np.array([reason for reason, _ in keys], dtype=object),
            "year": np.array([year for _, year in keys], dtype=int),
            "ends": np.array([found[key] / runs for key in keys], dtype=float),
        }
    )


def funnel(reached: dict[str, float], heading: str = "From opportunity to exchange") -> Drawing:
    """Draw how many opportunities ever reached each stage, and the share that went on to the next."""
    counts = np.array(list(reached.values()), dtype=float)
    if len(counts) == 0 or counts[0] == 0:
        return nothing(heading, "No opportunity was ever identified.")
    words = []
    for count, before in zip(counts, [0.0, *counts[:-1]], strict=True):
        share = f" ({count / before:.0%})" if before > 0 else ""
        words.append(f"{count:.3g}{share}" if count < 1000 else f"{count:.0f}{share}")
    bars = Bars(counts[::-1], (BLUE,) * len(counts), tuple(words[::-1]))
    across = Axis("opportunities that ever got there (share of the stage before)", 0.0, 1.28 * float(counts.max()))
    names = tuple(plain(name) for name in reversed(reached))
    panel = Panel((bars,), across, Axis(names=names, grid=False))
    return Drawing(heading, (panel,), (4.9, 1.0 + 0.28 * len(counts)))


def price_paths(
    prices: Any, exchanges: Any, start_year: int, most: int = 4, names: Mapping[str, str] | None = None
) -> Drawing:
    """Draw, for the inputs most replaced, the market price and the price of each exchange over its life.

    names: what the materials are called; otherwise their names in the tables, with blanks.
    """
    prices, exchanges = Sheet.of(prices), Sheet.of(exchanges)
    inputs = leading_inputs(exchanges, most)
    if not inputs:
        return nothing("Prices", "No exchange was ever signed, so no price was agreed.")
    last_year = start_year + (float(prices["month"].max() + 1) / 12 if len(prices) else 1.0)
    panels = []
    for name in inputs:
        deals = exchanges[exchanges["input"] == name]
        marks = price_marks(prices[prices["material"] == name], deals, start_year, last_year)
        heading = f"{(names or {}).get(name) or plain(name)} (by-products in {', '.join(sorted(set(deals['unit'].tolist())))})"
        panels.append(Panel(marks, YEARS, Axis("EUR/unit", most=4), heading))
    size = (4.9, 0.5 + 1.45 * len(inputs))
    return Drawing("Market price of the input and prices agreed", tuple(panels), size)


def leading_inputs(exchanges: Sheet, most: int) -> list[str]:
    """List the inputs with the largest number of exchanges, then the largest gain."""
    started = exchanges[~np.isnan(np.asarray(exchanges["start_month"], float))]
    rank: dict[str, tuple[int, float]] = {}
    for name, gain in zip(started["input"].tolist(), started["buyer_gain"].tolist(), strict=True):
        count, total = rank.get(name, (0, 0.0))
        rank[name] = (count + 1, total + gain)
    return sorted(rank, key=rank.__getitem__, reverse=True)[:most]


def price_marks(market: Sheet, deals: Sheet, start_year: int, last_year: float) -> tuple[Mark, ...]:
    """Draw one input: the market's yearly mean as a line, each deal as a stroke from its start to its end."""
    marks: list[Mark] = [Zero("y", FAINT)]
    known = market[~np.isnan(np.asarray(market["price"], float))]
    if len(known):
        years, mean = grouped(start_year + known["month"] // 12, known["price"], lambda values: float(values.mean()))
        marks.append(Line(years + 0.5, mean, MUTED, width=1.2, label="market price"))
    begin = start_year + np.asarray(deals["start_month"], float) / 12
    finish = np.fmin(start_year + np.asarray(deals["end_month"], float) / 12, last_year)
    marks.append(Spans(deals["price"], begin, finish, BLUE, label="agreed for the by-product"))
    return tuple(marks)
