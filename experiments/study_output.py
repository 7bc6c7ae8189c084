"""What a study leaves behind: tables, a figure, a paragraph, and its row in the table of all studies."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from experiments.study_kit import StudyResult

README = Path(__file__).parent / "studies" / "README.md"
BEGIN, END = "<!-- verdicts: begin, written by `ecopark study all --write-readme` -->", "<!-- verdicts: end -->"


def write_folder(result: StudyResult, folder: Path) -> None:
    """Write runs.csv, claims.csv, effects.png/.svg and finding.md of a study."""
    import pandas as pd

    folder.mkdir(parents=True, exist_ok=True)
    result.runs.to_csv(folder / "runs.csv", index=False)
    pd.DataFrame([asdict(claim) for claim in result.claims]).to_csv(folder / "claims.csv", index=False)
    figure = draw_effects(result)
    for ending in ("png", "svg"):
        figure.savefig(folder / f"effects.{ending}", dpi=150, bbox_inches="tight")
    (folder / "finding.md").write_text(report(result), encoding="utf-8")


def draw_effects(result: StudyResult) -> Any:
    """Return a figure of every claim's paired effect with its 95 % interval, each in units of its own half-width."""
    from matplotlib.figure import Figure

    colours = {"supported": "#0072b2", "contradicted": "#d55e00", "undecided": "#767676"}
    figure = Figure(figsize=(8, 0.8 + 0.55 * len(result.claims)))
    axes = figure.subplots()
    for row, claim in enumerate(reversed(result.claims)):
        size = max(abs(claim.low), abs(claim.high), 1e-12)
        colour = colours[claim.standing]
        axes.plot([claim.low / size, claim.high / size], [row, row], color=colour, linewidth=3)
        axes.plot([claim.effect / size], [row], "o", color=colour)
        axes.text(1.08, row, f"{claim.effect:.3g} {claim.unit}".strip(), va="center", fontsize=8)
    axes.axvline(0, color="black", linewidth=0.8)
    axes.set_yticks(range(len(result.claims)), [claim.label for claim in reversed(result.claims)], fontsize=8)
    axes.set_xlim(-1.05, 1.05)
    axes.set_xticks([])
    axes.set_xlabel("paired difference with 95 % interval, each row to its own scale; right of the line: rises")
    axes.set_title(f"{result.declaration.id}: {result.declaration.title}", fontsize=10, loc="left")
    axes.spines[["top", "right", "left"]].set_visible(False)
    return figure


def report(result: StudyResult) -> str:
    """Return the whole study as Markdown: the declaration first, then what came out."""
    declared = result.declaration
    lines = [
        f"# {declared.id}: {declared.title}", "",
        f"**Question.** {declared.question}", "", f"**Hypothesis.** {declared.hypothesis} ({declared.source})", "",
        f"**Lever.** {declared.lever}", "", f"**Rule.** {declared.rule}", "",
        f"**Scenario.** {declared.scenario}, {len(declared.variants)} variants, {result.claims[0].pairs} paired seeds.", "",
        "| claim | effect | 95 % interval | stands |", "|---|---|---|---|",
        *(f"| {claim.label} | {claim.effect:.4g} {claim.unit} | {claim.low:.4g} to {claim.high:.4g} | {claim.standing} |" for claim in result.claims),
        "", f"**Verdict: {result.verdict}**" + (" (provisional)" if result.quick else ""), "", result.paragraph(), "",
    ]  # fmt: skip
    return "\n".join(lines)


def write_json(results: Sequence[StudyResult], path: Path) -> None:
    """Write verdicts and claims for programs."""
    plain = [
        {
            "id": result.declaration.id,
            "title": result.declaration.title,
            "verdict": result.verdict,
            "quick": result.quick,
            "claims": [asdict(claim) for claim in result.claims],
        }
        for result in results
    ]
    path.write_text(json.dumps(plain, indent=1), encoding="utf-8")


def overview(results: Sequence[StudyResult]) -> str:
    """Return the table of all studies: verdict, and the largest claim with its interval."""
    rows = ["| id | study | verdict | first claim: effect (95 % interval) | pairs |", "|---|---|---|---|---|"]
    for result in results:
        claim = result.claims[0]
        effect = f"{claim.label}: {claim.effect:.3g} ({claim.low:.3g} to {claim.high:.3g}) {claim.unit}"
        mark = " (provisional)" if result.quick else ""
        rows.append(
            f"| {result.declaration.id} | {result.declaration.title} | {result.verdict}{mark} | {effect} | {claim.pairs} |"
        )
    return "\n".join(rows)


def write_readme(results: Sequence[StudyResult]) -> None:
    """Rewrite the table of verdicts in experiments/studies/README.md."""
    text = README.read_text(encoding="utf-8")
    before, rest = text.split(BEGIN)
    after = rest.split(END)[1]
    README.write_text(f"{before}{BEGIN}\n{overview(results)}\n{END}{after}", encoding="utf-8")
