"""Explore: the whole history at once, as a band over replicates, beside the untouched baseline."""

from __future__ import annotations

import solara

from abm.compiled import is_cached
from experiments.workshop.components.bench import Bench
from experiments.workshop.components.chart import Chart
from experiments.workshop.components.levers import LeversWidget, grouped
from experiments.workshop.components.shocks import ShockForm
from experiments.workshop.components.variants import Variants
from experiments.workshop.explorer import PRESENT, Explorer, Seen
from experiments.workshop.views import curves
from experiments.workshop.views.sentence import explain, name_settings
from experiments.workshop.views.style import CYCLE


@solara.component
def Explore(explorer: Explorer, seen: Seen, message: str):
    """Levers on the left, histories on the right."""
    groups = solara.use_memo(lambda: grouped(explorer.levers), [])
    with solara.Div(classes=["eco-split", "eco-explore"]):
        with solara.Div(classes=["eco-side"]):
            Bench(explorer, seen, message)
            LeversWidget.element(groups=groups, values=seen.values, errors=dict(seen.errors), on_change=explorer.change)
            ShockForm(explorer, seen)
        with solara.Div(classes=["eco-main"]):
            if seen.baseline is None or seen.ensemble is None:
                Preparing()
            else:
                Histories(explorer, seen)


@solara.component
def Preparing():
    """Say what one waits for before the first drawing."""
    with solara.Div(classes=["eco-card", "eco-empty"]):
        solara.Text("Running the baseline …")
        if not is_cached():
            solara.Text(" The first start after an installation compiles the model; that takes about half a minute.")


@solara.component
def Histories(explorer: Explorer, seen: Seen):
    """Show the charts of the present settings, the sentence, the variants."""
    changed = bool(seen.shown)
    named = name_settings(seen.shown, explorer.levers)
    runs = [curves.Shown("baseline", CYCLE[0], seen.baseline, is_baseline=changed or bool(seen.variants))]
    runs += [curves.Shown(variant.name, variant.colour, variant.ensemble) for variant in seen.variants]
    if changed:
        runs.append(curves.Shown(PRESENT, CYCLE[0], seen.ensemble))
    label = PRESENT if changed else "baseline"
    with solara.Div(classes=["eco-rest"]):
        Sentence(explain(seen.baseline, seen.ensemble, named))
        Headline(explorer, seen.indicator, runs)
        with solara.Div(classes=["eco-grid"]):
            Chart(
                curves.gains_chart(seen.baseline, seen.ensemble, label),
                "gains",
                "Who gains",
                "Yearly gain of all companies against doing without exchanges; mean over replicates.",
            )
            Chart(
                curves.funnel_chart(seen.ensemble),
                "funnel",
                "From idea to exchange",
                f"Where opportunities stand at the end of each year; {label}, mean over replicates.",
            )
            Chart(
                curves.ends_chart(seen.baseline, seen.ensemble, label),
                "ends",
                "Why exchanges end",
                "Ends in the whole run by reason, mean over replicates.",
            )
            Chart(
                curves.account_chart(seen.baseline, seen.ensemble, label),
                "account",
                "Public account",
                "Whole run, against the same park without exchanges and programmes.",
            )
        Variants(explorer, seen, [(run.label, run.ensemble) for run in runs])


@solara.component
def Sentence(lines: list[str]):
    """Show what changed and why."""
    with solara.Div(classes=["eco-sentence"], attributes={"data-sentence": "true"}):
        for place, line in enumerate(lines):
            solara.Text(line, classes=["eco-lead" if place == 0 else "eco-why"])


@solara.component
def Headline(explorer: Explorer, indicator: str, runs: list[curves.Shown]):
    """Show the large chart with the choice of its indicator."""
    labels = {curves.INDICATORS[name].label: name for name in curves.HEADLINES}
    with solara.Div(classes=["eco-headline"]):
        solara.Select(
            "shown over the years",
            values=list(labels),
            value=curves.INDICATORS[indicator].label,
            on_value=lambda label: explorer.look_at(labels[label]),
            dense=True,
        )
        Chart(
            curves.growth_chart(indicator, runs),
            f"history-{indicator}",
            curves.INDICATORS[indicator].label.capitalize(),
            f"Line: mean over {len(runs[0].ensemble.table)} replicates. Band: eight of ten of them. All settings meet the same shocks.",
            height=300,
        )
