"""The pages of studies: one per study, and the overview of all that were run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ecopark.analysis.charts.matplotlib_figures.style import FAINT, INK, MUTED, styled
from ecopark.analysis.report.html_page import drawing, heading, page, section, words

from ...runs.word_tables import rows_of
from .declaration import CONTRADICTED, SUPPORTED, ClaimResult, StudyResult, design
from .effect_text import effect_in_words, reasons

COLOURS = {SUPPORTED: "#2a7f9e", CONTRADICTED: "#d55e00"}
VERDICTS = ("supported", "mixed", "not supported")


def study_page(result: StudyResult) -> str:
    """Return a study as one page: what was asked, the verdict, the claims, why some do not hold, the figure, the means."""
    declared = result.declaration
    provisional = " Provisional: few seeds." if result.quick else ""
    held = sum(claim.standing == SUPPORTED for claim in result.claims)
    asked = [
        ["hypothesis", declared.hypothesis],
        ["source", declared.source],
        ["lever", declared.lever],
        ["design", design(result)],
        ["rule", declared.rule],
    ]
    claims = [[claim.label, claim.standing, effect_in_words(claim)] for claim in result.claims]
    return page(
        f"{declared.id}: {declared.title}",
        [
            '<p><a href="../index.html">All studies</a></p>',
            heading(f"{declared.id}: {declared.title}"),
            words(declared.question, "lead"),
            words(
                f"Verdict: {result.verdict.split(' (')[0]}, {held} of {len(result.claims)} claims hold.{provisional}",
                "notice",
            ),
            section(
                "What was claimed and what came out", rows_of(("claim", "stands", "effect (95 % interval)"), claims)
            ),
            drawing(
                "effects", draw_effects(result), "Paired effects with 95 % intervals, each row on a scale of its own."
            ),
            section("What does not hold, and why", *(words(reason) for reason in reasons(result)))
            if reasons(result)
            else "",
            words(declared.note, "muted") if declared.note else "",
            section("Declared before it ran", rows_of(("", ""), asked)),
            section("Means of the variants", means_table(result)),
            words("All runs: runs.csv. Claims: claims.csv.", "muted"),
        ],
    )


def index_page(known: Sequence[Mapping[str, Any]], columns: Sequence[str]) -> str:
    """Return the overview of studies; known: their descriptions."""
    counted = {verdict: sum(one["verdict"].split(" (")[0] == verdict for one in known) for verdict in VERDICTS}
    total = ", ".join(f"{count} {verdict}" for verdict, count in counted.items())
    provisional = " Verdicts marked provisional rest on few seeds." if any(one["quick"] for one in known) else ""
    return page(
        "Studies",
        [
            heading("Studies"),
            words(f"{len(known)} studies: {total}.{provisional}", "lead"),
            words(
                "A negative verdict is a result: nothing was tuned to turn it. Each page says what was claimed before it ran."
            ),
            rows_of(columns, [one["row"] for one in known], link="report.html"),
        ],
    )


def means_table(result: StudyResult) -> str:
    """Return the mean of every outcome of every variant."""
    from ecopark.analysis.report.html_page import table

    means = result.runs.groupby("variant", sort=False).mean(numeric_only=True).drop(columns="replicate")
    return table(means.loc[list(result.declaration.variants)].reset_index())


@styled
def draw_effects(result: StudyResult) -> Any:
    """Return a figure of every claim's paired effect with its 95 % interval, each row on a scale of its own."""
    from matplotlib.figure import Figure

    rows = list(reversed(result.claims))
    figure = Figure(figsize=(7.5, 0.9 + 0.62 * len(rows)), layout="constrained")
    axes = figure.subplots()
    for place, claim in enumerate(rows):
        _draw_claim(axes, place, claim)
    axes.set_yticks([])
    axes.grid(False)
    axes.set_ylim(-0.5, len(rows) - 0.25)
    axes.set_xlim(-1.08, 1.08)
    axes.set_xticks([])
    axes.set_xlabel("left of its line: below zero or the stated bound; right: above", color=MUTED, fontsize=9)
    for side in ("top", "right", "left", "bottom"):
        axes.spines[side].set_visible(False)
    return figure


def _draw_claim(axes: Any, place: int, claim: ClaimResult) -> None:
    """Draw one claim: its words above, its interval below, the line it is judged by at 0."""
    low, mid, high = (value - claim.bound for value in (claim.low, claim.effect, claim.high))
    size = max(abs(low), abs(high), 1e-12)
    colour = COLOURS.get(claim.standing, MUTED)
    axes.plot([0, 0], [place - 0.14, place + 0.14], color=INK, linewidth=0.9)
    axes.plot([-1, 1], [place, place], color=FAINT, linewidth=0.9, zorder=0)
    if size == size:
        axes.plot([low / size, high / size], [place, place], color=colour, linewidth=4, solid_capstyle="butt")
        axes.plot(mid / size, place, "o", color=colour, markersize=7)
    axes.text(
        -1.05, place + 0.26, f"{claim.label}: {effect_in_words(claim)}, {claim.standing}", color=INK, fontsize=8.5
    )
