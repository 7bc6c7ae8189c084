"""Explore: the whole history at once, as a band over replicates, beside the untouched baseline."""

from __future__ import annotations

import solara

from ecopark.abm.numerics.compiled import is_cached
from ecopark.analysis.exchanges.story_line import mark

from ..languages.tab import all_refused, here, t, texts
from ..stores.ensemble import Ensemble
from ..stores.explorer import PRESENT, Explorer, Seen
from ..stores.settings import Values
from ..view_models import curves
from ..view_models.format import CYCLE
from ..view_models.history_line import add_history
from ..view_models.sentence import explain, name_settings
from ..view_models.story import capital
from .bench import Bench
from .chart import Chart, packed
from .choice import Choice
from .levers import WORDS, LeversWidget, declared
from .shocks import ShockForm
from .variants import Variants

LINE = mark("Line: mean over {count} replicates. Band: eight of ten of them. All settings meet the same shocks.")
LINE_SO_FAR = mark(
    "Line: mean over the replicates so far ({amount}). Band: eight of ten of them. All settings meet the same shocks."
)


@solara.component
def Explore(explorer: Explorer, seen: Seen, message: str):
    """Levers on the left, histories on the right."""
    levers = solara.use_memo(lambda: declared(explorer.levers), [here().language])
    with solara.Div(classes=["eco-split", "eco-explore"]):
        with solara.Div(classes=["eco-side"]):
            Bench(explorer, seen, message)
            LeversWidget.element(
                declared=levers, values=seen.values, errors=all_refused(seen.errors), words=texts(WORDS), language=here().language, on_change=explorer.change
            )  # fmt: skip
            ShockForm(explorer, seen)
        with solara.Div(classes=["eco-main"]):
            if seen.baseline is not None and seen.ensemble is not None:
                Histories(explorer, seen)
            elif seen.part is not None:
                Headline(
                    explorer, seen.indicator, [curves.Shown(label_of(seen.part_of), CYCLE[0], seen.part)], seen.part
                )
            else:
                Preparing()


@solara.component
def Preparing():
    """Say what one waits for before the first drawing."""
    with solara.Div(classes=["eco-card", "eco-empty"]):
        solara.Text(t("Running the baseline …"))
        if not is_cached():
            solara.Text(
                t("The first start after an installation compiles the model; that takes about half a minute."),
                style="margin-left: 0.3em",
            )


def label_of(values: Values) -> str:
    """Return what settings are called in legends."""
    return PRESENT if values else curves.BASELINE


def runs_of(seen: Seen, values: Values, ensemble: Ensemble) -> list[curves.Shown]:
    """Return what is drawn beside each other: the baseline, kept variants, and the settings unless they are the baseline."""
    others = [curves.Shown(variant.name, variant.colour, variant.ensemble) for variant in seen.variants]
    present = [curves.Shown(PRESENT, CYCLE[0], ensemble)] if values else []
    baseline = curves.Shown(curves.BASELINE, CYCLE[0], seen.baseline, is_baseline=bool(others or present))
    return [baseline, *others, *present]


def so_far(part: Ensemble) -> str:
    """Say how much of an ensemble has been run."""
    amount = {"done": len(part.table), "planned": part.planned}
    if part.years_done == len(part.years):
        return t("{done} of {planned} runs", **amount)
    return t("{done} of {planned} runs until {year}", year=int(part.years[part.years_done - 1]), **amount)


@solara.component
def Histories(explorer: Explorer, seen: Seen):
    """Show the charts of the present settings, the sentence, the variants."""
    say = here()
    named = name_settings(seen.shown, explorer.levers, say)
    label = label_of(seen.shown)
    runs = runs_of(seen, seen.shown, seen.ensemble)
    newest = runs if seen.part is None else runs_of(seen, seen.part_of, seen.part)
    with solara.Div(classes=["eco-rest", "eco-working" if seen.part else "eco-done"]):
        Sentence(explain(seen.baseline, seen.ensemble, named, say), "" if seen.part is None else so_far(seen.part))
        Headline(explorer, seen.indicator, newest, seen.part)
        with solara.Div(classes=["eco-grid"]):
            Chart(
                packed(curves.gains_chart(seen.baseline, seen.ensemble, label, say)),
                "gains",
                t("Who gains"),
                t("Yearly gain of all companies against doing without exchanges; mean over replicates."),
            )
            Chart(
                packed(curves.funnel_chart(seen.ensemble, say)),
                "funnel",
                t("From idea to exchange"),
                t(
                    "Where opportunities stand at the end of each year; {settings}, mean over replicates.",
                    settings=label,
                ),
            )
            Chart(
                packed(curves.ends_chart(seen.baseline, seen.ensemble, label, say)),
                "ends",
                t("Why exchanges end"),
                t("Ends in the whole run by reason, mean over replicates."),
            )
            Chart(
                packed(curves.account_chart(seen.baseline, seen.ensemble, label, say)),
                "account",
                t("Public account of the exchanges"),
                t("Mean of a year, against the same park under the same rules without exchanges and programmes."),
            )
        Variants(explorer, seen, [(run.label, run.ensemble) for run in runs])


@solara.component
def Sentence(lines: list[str], working: str):
    """Show what changed and why. working: how much there is of what comes next."""
    with solara.Div(classes=["eco-sentence"], attributes={"data-sentence": "true"}):
        for place, line in enumerate(lines):
            solara.Text(line, classes=["eco-lead" if place == 0 else "eco-why"])
        if working:
            solara.Text(t("Working on your latest settings: {working}", working=working), classes=["eco-progress"])


@solara.component
def Headline(explorer: Explorer, indicator: str, runs: list[curves.Shown], part: Ensemble | None):
    """Show the large chart with the choice of its indicator. part: of the ensemble that is being run."""
    labels = {t(curves.INDICATORS[name].label): name for name in curves.HEADLINES}
    shown = t(curves.INDICATORS[indicator].label)
    with solara.Div(classes=["eco-headline"]):
        Choice(
            t("shown over the years"),
            values=list(labels),
            value=shown,
            on_value=lambda label: explorer.look_at(labels[label]),
        )
        Chart(
            packed(
                add_history(curves.growth_chart(indicator, runs, here()), explorer.laboratory.known, indicator, here())
            ),
            f"history-{indicator}",
            capital(shown),
            t(LINE, count=len(runs[0].ensemble.table)) if part is None else t(LINE_SO_FAR, amount=so_far(part)),
            height=300,
        )
