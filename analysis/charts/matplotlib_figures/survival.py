"""How long exchanges live and what ends them."""

from __future__ import annotations

import pandas as pd
from matplotlib.figure import Figure

from ..colours import CYCLE, MUTED, RED
from ..number_format import plain
from .style import empty_figure, new_figure, styled, title

DASHES = ("-", "--", ":", "-.", (0, (5, 1, 1, 1, 1, 1)))


@styled
def survival_curve(curves: dict[str, pd.DataFrame], heading: str = "Survival of exchanges") -> Figure:
    """Draw Kaplan-Meier curves with their 95 % bands, one per group (`survival.kaplan_meier`)."""
    curves = {name: curve for name, curve in curves.items() if len(curve) > 1}
    if not curves:
        return empty_figure(heading, "No exchange ever started.")
    figure, axes = new_figure()
    for (name, curve), colour, dash in zip(curves.items(), CYCLE, DASHES * 2, strict=False):
        axes.fill_between(curve["age"], curve["low"], curve["high"], step="post", color=colour, alpha=0.18, linewidth=0)
        label = f"{plain(name)} ({int(curve['at_risk'].max())})"
        axes.step(curve["age"], curve["survival"], where="post", color=colour, linestyle=dash, label=label)
    title(figure, heading)
    axes.set(xlabel="age of the exchange, years", ylabel="share still running", ylim=(0, 1.02))
    axes.set_xlim(left=0)
    axes.legend(loc="lower left")
    return figure


@styled
def incidence_curves(incidence: pd.DataFrame, most: int = 6) -> Figure:
    """Draw the share of exchanges ended for each reason by age (`survival.cumulative_incidence`), stacked."""
    heading = "Ended so far, by reason"
    if incidence.empty:
        return empty_figure(heading, "No exchange ended.")
    wide = incidence.pivot_table(index="age", columns="reason", values="incidence", aggfunc="last").ffill().fillna(0.0)
    wide = wide[wide.iloc[-1].sort_values(ascending=False).index]
    if wide.shape[1] > most:
        wide = pd.concat(
            [wide.iloc[:, : most - 1], wide.iloc[:, most - 1 :].sum(axis=1).rename("other reasons")], axis=1
        )
    figure, axes = new_figure()
    labels = [plain(name) for name in wide.columns]
    hatches = ["", "//", "..", "\\\\", "xx", "--"]
    areas = axes.stackplot(wide.index, wide.to_numpy().T, labels=labels, colors=CYCLE, step="post", alpha=0.75)
    for area, hatch in zip(areas, hatches, strict=False):
        area.set(hatch=hatch, edgecolor="white", linewidth=0.4)
    title(figure, heading)
    axes.set(xlabel="age of the exchange, years", ylabel="share ended")
    axes.set_xlim(0, float(wide.index.max()))
    axes.set_ylim(bottom=0, top=max(0.1, 1.45 * float(wide.iloc[-1].sum())))
    axes.legend(loc="upper left", ncols=2, reverse=True)
    return figure


@styled
def hazard_bars(hazard: pd.DataFrame) -> Figure:
    """Draw ends per exchange and year by class of age with 95 % intervals (`survival.hazard_by_age`)."""
    known = hazard[hazard["exposure"] > 0]
    if known.empty:
        return empty_figure("Hazard by age", "No exchange ever started.")
    figure, axes = new_figure()
    place = list(range(len(known)))
    below, above = known["hazard"] - known["low"], known["high"] - known["hazard"]
    axes.errorbar(
        place, known["hazard"], yerr=[below, above], fmt="o", color=RED, ecolor=MUTED, capsize=3, markersize=5
    )
    labels = [f"{start:g} to {stop:g}" for start, stop in zip(known["age_from"], known["age_to"], strict=True)]
    axes.set_xticks(place, labels)
    axes.set_xlim(-0.5, len(known) - 0.5)
    title(figure, "Hazard by age, with 95 % interval")
    axes.set(xlabel="age of the exchange, years", ylabel="ends per exchange and year")
    top = 1.3 * float(
        max(known["hazard"].max(), known.loc[known["ends"] > 0, "high"].max() if known["ends"].any() else 0)
    )
    axes.set_ylim(0, top or 1.0)
    return figure
