"""Links and gains over the years, and what each company gained."""

from __future__ import annotations

from typing import Any

import numpy as np

from ...run_folder.columns import Sheet, grouped, level
from ..colours import BLUE, DASHED, DOTTED, GREEN, MUTED, ORANGE, RED, SOLID, money_scale
from ..number_format import plain
from .marks import Axis, Band, Bars, Drawing, Line, Mark, Panel, Zero, nothing

YEARS = Axis("year", whole=True, most=9)


def band_by_year(yearly: Any, column: str, coverage: float = 0.9) -> Sheet:
    """Compute median and central band over replicates by year (year, low, mid, high); of one run, the run itself."""
    tail = (1.0 - coverage) / 2.0
    years, low = grouped(yearly["year"], yearly[column], level(tail))
    mid, high = (grouped(yearly["year"], yearly[column], level(share))[1] for share in (0.5, 1.0 - tail))
    return Sheet({"year": years, "low": low, "mid": mid, "high": high})


def growth_curve(yearly: Any, history: Any = None) -> Drawing:
    """Draw active links by year, with the band over replicates and, if given, history (year, low, mid, high).

    yearly: year, links and, for an ensemble, replicate; beside history the links are counted in its unit.
    """
    if len(yearly) == 0:
        return nothing("Active links", "No year was simulated.")
    marks: list[Mark] = []
    if history is not None and len(history):
        past = Sheet.of(history)
        marks += [
            Band(past["year"], past["low"], past["high"], ORANGE, 0.35),
            Line(past["year"], past["mid"], ORANGE, DASHED, label="history, with its range"),
        ]
    several = "replicate" in yearly.columns
    band = band_by_year(yearly, "links")
    if several:
        marks.append(Band(band["year"], band["low"], band["high"], BLUE))
    marks.append(Line(band["year"], band["mid"], BLUE, label="model, median and 90 % band" if several else "model"))
    most = max(float(np.max(mark.high if isinstance(mark, Band) else mark.y)) for mark in marks)  # type: ignore[union-attr]
    upwards = Axis("exchanges in operation", low=0.0, high=max(1.0, 1.05 * most), whole=True)
    title = "Active links" if history is None else "Active links, counted as history counts them"
    return Drawing(title, (Panel(tuple(marks), YEARS, upwards),))


def gains_by_year(yearly: Any) -> Drawing:
    """Draw the yearly gain of sellers and of buyers and the change of the public account (medians over replicates)."""
    if len(yearly) == 0:
        return nothing("Gains by year", "No year was simulated.")
    medians = median_gains(yearly)
    curves = {"sellers": medians["gain_sellers"], "buyers": medians["gain_buyers"],
              "public purse": medians["public_balance"] - medians["public_balance_alone"]}  # fmt: skip
    if "replicate" in yearly.columns:
        change = np.asarray(yearly["public_balance"]) - np.asarray(yearly["public_balance_alone"])
        curves["public purse"] = grouped(yearly["year"], change, level(0.5))[1]
    size, unit = money_scale(max(float(np.nanmax(np.abs(curve), initial=0.0)) for curve in curves.values()))
    looks = zip(curves.items(), (GREEN, BLUE, RED), (SOLID, DASHED, DOTTED), strict=True)
    lines = [Line(medians["year"], curve / size, colour, dash, label=label) for (label, curve), colour, dash in looks]
    panel = Panel((Zero(), *lines), YEARS, Axis(f"{unit} a year"))
    return Drawing("Gain against the same year without exchanges", (panel,))


def median_gains(yearly: Any) -> Sheet:
    """Return by year the gains of sellers and buyers and the public account with and without exchanges (EUR, medians)."""
    columns = ("gain_sellers", "gain_buyers", "public_balance", "public_balance_alone")
    medians = {name: grouped(yearly["year"], yearly[name], level(0.5)) for name in columns}
    years = medians["gain_sellers"][0]
    return Sheet({"year": years, **{name: values for name, (_, values) in medians.items()}})


def gains_by_company(companies: Any, most: int = 12) -> Drawing:
    """Draw what each company gained in all, largest first (median over replicates)."""
    total = gain_totals(companies)
    if not np.any(total["gain"] != 0):
        return nothing("Gain by company", "No company gained or lost by an exchange.")
    leading = total[np.argsort(-np.abs(total["gain"]), kind="stable")[:most]]
    shown = leading[np.argsort(leading["gain"], kind="stable")]
    size, unit = money_scale(float(np.abs(shown["gain"]).max()))
    ends = shown["gain"] / size
    bars = Bars(ends, tuple(BLUE if end >= 0 else RED for end in ends))
    across = Axis(unit, low=0.0 if ends.min() >= 0 else None, high=0.0 if ends.max() <= 0 else None)
    names = tuple(plain(name) for name in shown["company"])
    panel = Panel((bars, Zero("x", MUTED)), across, Axis(names=names, grid=False))
    return Drawing("Gain by company, whole run", (panel,), (4.9, 1.0 + 0.24 * len(ends)))


def gain_totals(companies: Any) -> Sheet:
    """Add up the gain of each company (company, gain in EUR), largest first; over replicates the median."""
    if "replicate" in companies.columns:
        runs = [companies[np.asarray(companies["replicate"]) == run] for run in np.unique(companies["replicate"])]
    else:
        runs = [companies]
    sums = [grouped(run["company"].astype(str), run["gain"], lambda values: float(values.sum())) for run in runs]
    names = np.concatenate([found for found, _ in sums])
    company, gain = grouped(names, np.concatenate([values for _, values in sums]), level(0.5))
    order = np.argsort(-gain, kind="stable")
    return Sheet({"company": company[order].astype(object), "gain": gain[order]})
