"""The page of `ecopark benchmark`: aims and verdicts, each with its null, figures, and what the validation shows and does not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from ..charts.colours import BLUE, CYCLE, MUTED, ORANGE
from ..charts.number_format import number
from ..charts.svg.marks import Axis, Band, Dots, Drawing, Line, Panel, Spans, nothing
from ..validation.scores.links import reliability
from .html_page import drawing, facts, folded, gallery, heading, page, section, table, words

DASHED = (4.0, 2.0)
VERDICTS = ("reached", "bare minimum", "lost", "not measured")
COLUMNS = {
    "aim": "", "verdict": "verdict", "measure": "measure", "park": "rows of", "model": "model", "null": "null", "null_value": "its value", "error": "s.e.",
    "rows": "rows",
}  # fmt: skip
POSSIBLE = "possible rows"
"""Scores of what the model can draw stand beside those of all rows: an aim counts once."""
Rows = Sequence[Mapping[str, Any]]


def benchmark_page(
    title: str, rows: Rows, parks: Sequence[tuple[str, np.ndarray, np.ndarray]], tables: Mapping[str, Rows],
    sentences: Sequence[str], command: str,
) -> str:  # fmt: skip
    """Return the page. rows: scores. parks: (label, chances, y) of possible rows. tables: by name. sentences: shown on top."""
    frame = pd.DataFrame(list(rows))
    judged = frame[frame["verdict"].isin(VERDICTS)]
    pooled = frame[~frame["verdict"].isin(VERDICTS) & frame["park"].str.startswith("pooled")]
    others = frame[~frame["verdict"].isin(VERDICTS) & ~frame["park"].str.startswith("pooled")]
    once = judged[~judged["park"].str.endswith(POSSIBLE)]
    counted = [(word, str(int((once["verdict"] == word).sum())), "aims") for word in VERDICTS]
    return page(
        title,
        [
            heading(title),
            facts(counted) if len(judged) else "",
            section("What the validation shows and what it does not", *(words(text.replace("`", "")) for text in sentences)),
            section("Aims, each beside a null model", table(judged, COLUMNS)) if len(judged) else "",
            section("Figures", gallery(*_figures(parks, tables))),
            section("Beside every null, pooled", table(pooled, COLUMNS)) if len(pooled) else "",
            section("Every park", folded("Scores of single parks", table(others, COLUMNS, most=2000))) if len(judged) else
            section("Scores beside null models", table(others, COLUMNS)),
            *(
                section(f"{name[0].upper()}{name[1:]}", table(pd.DataFrame(list(tables[name]))))
                for name in ("parameters", "predictive", "ridges", "starts") if tables.get(name)
            ),
            section("Repeat", words(command)),
        ],
    )  # fmt: skip


def benchmark_markdown(title: str, rows: Rows, sentences: Sequence[str], command: str) -> str:
    """Return the aims with their verdicts, and what they say, as Markdown."""
    head = "| aim | measure | rows of | model | s.e. | null | its value | verdict |"
    lines = [f"# {title}", "", f"Written by `{command}`.", "", head, "|---|---|---|---:|---:|---|---:|---|"]
    for row in rows:
        if row["verdict"]:
            cells = [row["aim"], row["measure"], row["park"], number(row["model"]), number(row["error"]), row["null"],
                     number(row["null_value"]), row["verdict"]]  # fmt: skip
            lines.append("| " + " | ".join(str(cell) for cell in cells) + " |")
    return "\n".join(
        [*lines, "", "## What the validation shows and what it does not", "", *(f"- {text}" for text in sentences), ""]
    )


def _figures(parks: Sequence[tuple[str, np.ndarray, np.ndarray]], tables: Mapping[str, Rows]) -> list[str]:
    """Return the figures that the tables allow."""
    drawn = [
        drawing("reliability", reliability_diagram(parks), "How often links ran that were forecast with a chance, ten bins"),
        drawing("roc", roc_by_park(parks), "Realised rows found against rows of no realised link called, by park"),
        drawing("starts", starts_drawn(tables.get("starts", ())), "Year of the record (orange) and of the model (median, 90 %), dates not given"),
        drawing("pit", pit_drawn(tables.get("pit", ())), "Counts of links: even bars for a calibrated ensemble"),
        drawing("survival", survival_drawn(tables.get("survival", ())), "Share of links that still run, by age"),
    ]  # fmt: skip
    if tables.get("parameters"):
        drawn.append(
            drawing("posterior", posterior_drawn(tables["parameters"]), "90 % of the posterior as a share of the prior")
        )
    return drawn


def reliability_diagram(parks: Sequence[tuple[str, np.ndarray, np.ndarray]]) -> Drawing:
    """Draw share realised against chance forecast, by bin; the diagonal is calibrated."""
    heading_ = "Reliability"
    if not parks or not sum(len(y) for _, _, y in parks):
        return nothing(heading_, "No park has rows.")
    found = reliability(np.concatenate([p for _, p, _ in parks]), np.concatenate([y for *_, y in parks]))
    said, real, count = (np.array(column, dtype=float) for column in zip(*found.bins, strict=True))
    marks = (
        Line(np.array([0.0, 1.0]), np.array([0.0, 1.0]), MUTED, DASHED),
        Line(said, real, BLUE),
        Dots(said, real, 12 + 60 * count / count.max(), BLUE),
    )
    x, y = (Axis(label, 0.0, 1.0) for label in ("chance forecast", "share realised"))
    return Drawing(heading_, (Panel(marks, x, y),))


def roc_by_park(parks: Sequence[tuple[str, np.ndarray, np.ndarray]], most: int = 8) -> Drawing:
    """Draw the curve of each park with realised and other rows, those with most realised rows first."""
    able = [one for one in parks if 0 < one[2].sum() < len(one[2])]
    able = sorted(able, key=lambda one: -float(one[2].sum()))[:most]
    if not able:
        return nothing("Ranking by park", "No park has realised and other rows.")
    lines = [Line(*_curve(p, y), CYCLE[place % len(CYCLE)], label=name) for place, (name, p, y) in enumerate(able)]
    x, y_axis = Axis("share of other rows called", 0.0, 1.0), Axis("share of realised rows called", 0.0, 1.0)
    diagonal = Line(np.array([0.0, 1.0]), np.array([0.0, 1.0]), MUTED, DASHED)
    return Drawing("Ranking by park", (Panel((diagonal, *lines), x, y_axis),))


def _curve(p: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the shares of other and of realised rows with at least each chance."""
    levels = np.unique(p)[::-1]
    yes, no = y > 0, y == 0
    right = [float((p[yes] >= level).mean()) for level in levels]
    wrong = [float((p[no] >= level).mean()) for level in levels]
    return np.array([0.0, *wrong]), np.array([0.0, *right])


def starts_drawn(rows: Rows) -> Drawing:
    """Draw for each dated link the years of the model and the year of the record."""
    known = [row for row in rows if np.isfinite(row["median"])]
    if not known:
        return nothing("Starts", "No dated link starts in any run.")
    place = np.arange(len(known), dtype=float)
    low, mid, high, real = (np.array([float(row[name]) for row in known]) for name in ("low", "median", "high", "year"))
    marks = (
        Spans(place, low, high, BLUE),
        Dots(mid, place, np.full(len(known), 22.0), BLUE),
        Dots(real, place, np.full(len(known), 22.0), ORANGE),
    )
    names = tuple(f"{row['park'][:9]} {row['id']}" for row in known)
    return Drawing(
        "Starts", (Panel(marks, Axis("year", whole=True), Axis(names=names)),), (5.0, 1.2 + 0.2 * len(known))
    )


def pit_drawn(rows: Rows, bins: int = 10) -> Drawing:
    """Draw the PIT of counts as bars; even ones for a calibrated ensemble."""
    if not rows:
        return nothing("PIT of counts", "No counts.")
    share = np.histogram([float(row["pit"]) for row in rows], bins, (0.0, 1.0))[0] / len(rows)
    edges = np.repeat(np.linspace(0, 1, bins + 1), 2)[1:-1]
    high = np.repeat(share, 2)
    marks = (
        Band(edges, np.zeros(len(edges)), high, BLUE, 0.5),
        Line(np.array([0.0, 1.0]), np.full(2, 1 / bins), MUTED, DASHED),
    )
    return Drawing("PIT of counts", (Panel(marks, Axis("PIT", 0.0, 1.0), Axis("share of years", 0.0)),))


def survival_drawn(rows: Rows) -> Drawing:
    """Draw the survival of links by age: model and constant hazard."""
    if not rows:
        return nothing("Survival", "No links with ages.")
    age, model, null = (np.array([float(row[name]) for row in rows]) for name in ("age", "model", "N9"))
    marks = (Line(age, model, BLUE, label="model"), Line(age, null, ORANGE, DASHED, label="N9, constant hazard"))
    return Drawing("Survival", (Panel(marks, Axis("age, years"), Axis("share running", 0.0, 1.0)),))


def posterior_drawn(rows: Rows) -> Drawing:
    """Draw the 90 % range of each parameter as a share of its prior, the whole width being the prior."""
    place = np.arange(len(rows), dtype=float)
    ends = np.array([[_share(row, row[name]) for name in ("low", "median", "high")] for row in rows])
    marks = (
        Spans(place, ends[:, 0], ends[:, 2], BLUE, 3.0),
        Dots(ends[:, 1], place, np.full(len(rows), 22.0), BLUE),
    )
    names = tuple(str(row["parameter"]) for row in rows)
    axis = Axis("share of the prior", 0.0, 1.0)
    return Drawing("Posterior", (Panel(marks, axis, Axis(names=names)),), (5.0, 1.2 + 0.2 * len(rows)))


def _share(row: Mapping[str, Any], value: float) -> float:
    """Return where a value stands in the prior: on the logarithm where the prior reaches over a decade."""
    low, high = float(row["prior_low"]), float(row["prior_high"])
    if low > 0 and row.get("log"):
        return float(np.log(value / low) / np.log(high / low))
    return (float(value) - low) / (high - low)


def sentences_of(rows: Rows) -> list[str]:
    """Return what the verdicts say in sentences, lost aims as lost."""
    found = []
    for word, text in (
        ("reached", "Reached"),
        ("bare minimum", "Only the bare minimum"),
        ("lost", "Lost"),
        ("not measured", "Not measured"),
    ):
        mine = [row for row in rows if row["verdict"] == word and not str(row["park"]).endswith(POSSIBLE)]
        if mine:
            parts = [f"{row['aim']} ({row['measure']}: {number(row['model'])}{_beside(row)})" for row in mine]
            found.append(f"{text}: {'; '.join(parts)}.")
    return [*found, *_frictions(rows)]


def _frictions(rows: Rows) -> list[str]:
    """Return what the frictionless model and the ablations say about ingredients of the model."""
    beside = [row for row in rows if row["null"] == "N10" and row["park"] == "pooled"]
    won = [row["measure"] for row in beside if (row["model"] < (0 if "skill" in row["measure"] else row["null_value"]))]
    said = []
    if beside:
        lost = (
            f"The model without frictions (N10) is better on {', '.join(won)}"
            if won
            else "The model without frictions (N10) is better on no pooled score"
        )
        said.append(f"{lost}, of {len(beside)} on which it was tried.")
    for word, text in (
        ("trace", "Taking out costs two standard errors on the score named in advance"),
        ("no trace", "Taking out leaves no trace"),
    ):
        names = [str(row["measure"]).removeprefix("without ").split(":")[0] for row in rows if row["verdict"] == word]
        if names:
            said.append(f"{text}: {'; '.join(names)}.")
    return said


def _beside(row: Mapping[str, Any]) -> str:
    error = "" if row["error"] != row["error"] else f", s.e. {number(row['error'])}"
    return f"{error}, {row['null']} {number(row['null_value'])}" if row["null"] else error
