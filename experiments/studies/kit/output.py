"""What a study leaves behind: tables, a figure, a report, and its row in the table of all studies."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from ecopark.analysis.run_folder.spreadsheet_text import write_csv

from ...sweeps.execution.park_model import fingerprint
from .declaration import SUPPORTED, StudyResult, design
from .effect_text import effect_in_words, finding, reasons

README = Path(__file__).parents[1] / "README.md"
BEGIN, END = "<!-- verdicts: begin, written by `ecopark study all --write-readme` -->", "<!-- verdicts: end -->"


def write_folder(result: StudyResult, folder: Path) -> None:
    """Write runs.csv, claims.csv, effects.png/.svg, finding.md, result.json and report.html of a study."""
    import pandas as pd

    from .html import draw_effects, study_page

    folder.mkdir(parents=True, exist_ok=True)
    write_csv(result.runs, folder / "runs.csv")
    write_csv(pd.DataFrame([asdict(claim) for claim in result.claims]), folder / "claims.csv")
    figure = draw_effects(result)
    for ending in ("png", "svg"):
        figure.savefig(folder / f"effects.{ending}", dpi=150, bbox_inches="tight")
    (folder / "finding.md").write_text(report(result), encoding="utf-8")
    (folder / "result.json").write_text(json.dumps(describe(result), indent=1), encoding="utf-8")
    (folder / "report.html").write_text(study_page(result), encoding="utf-8")


def report(result: StudyResult) -> str:
    """Return the whole study as Markdown: the declaration first, then what came out."""
    declared = result.declaration
    lines = [
        f"# {declared.id}: {declared.title}", "",
        f"**Question.** {declared.question}", "", f"**Hypothesis.** {declared.hypothesis} ({declared.source})", "",
        f"**Lever.** {declared.lever}", "", f"**Rule.** {declared.rule}", "", f"**Design.** {design(result)}", "",
        "| claim | effect (95 % interval) | stands |", "|---|---|---|",
        *(f"| {claim.label} | {effect_in_words(claim)} | {claim.standing} |" for claim in result.claims), "",
        *(f"- {reason}" for reason in reasons(result)), *([""] if reasons(result) else []),
        f"**Verdict: {result.verdict}**" + (" (provisional)" if result.quick else ""), "", finding(result), "",
    ]  # fmt: skip
    return "\n".join(lines)


def describe(result: StudyResult) -> dict[str, Any]:
    """Return verdict and claims as plain values; what is unknown is None."""
    claims = [
        {key: None if value != value else value for key, value in asdict(claim).items()} for claim in result.claims
    ]
    return {
        "id": result.declaration.id,
        "title": result.declaration.title,
        "verdict": result.verdict,
        "quick": result.quick,
        "model": fingerprint(),
        "finding": finding(result),
        "claims": claims,
        "row": row(result),
    }


def write_json(results: Sequence[StudyResult], path: Path) -> None:
    """Write verdicts and claims for programs."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps([describe(result) for result in results], indent=1), encoding="utf-8")


COLUMNS = ("id", "study", "verdict", "claims that hold", "first claim: effect (95 % interval)", "replicates")


def row(result: StudyResult) -> list[str]:
    """Return a study's row in the table of all studies."""
    held = sum(claim.standing == SUPPORTED for claim in result.claims)
    first = result.claims[0]
    return [
        result.declaration.id,
        result.declaration.title,
        result.verdict.split(" (")[0] + (" (provisional)" if result.quick else ""),
        f"{held} of {len(result.claims)}",
        f"{first.label}: {effect_in_words(first)}",
        str(max(claim.pairs for claim in result.claims)),
    ]


def overview(results: Sequence[StudyResult]) -> str:
    """Return the table of all studies: verdict, and the first claim with its interval."""
    lines = [COLUMNS, ("---",) * len(COLUMNS), *map(row, results)]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def write_index(out: Path, order: Sequence[str]) -> None:
    """Write index.html: all studies whose results are in a folder, also those of earlier commands."""
    from .html import index_page

    found = [out / name / "result.json" for name in order]
    known = [json.loads(path.read_text(encoding="utf-8")) for path in found if path.exists()]
    for one in known:
        if one["model"] != fingerprint():
            one["row"][COLUMNS.index("verdict")] += " (of an older model)"
    (out / "index.html").write_text(index_page(known, COLUMNS), encoding="utf-8")


def write_readme(results: Sequence[StudyResult], path: Path = README) -> None:
    """Rewrite the table of verdicts in the README of the studies, with a line on every claim that does not hold."""
    text = path.read_text(encoding="utf-8")
    before, found, rest = text.partition(BEGIN)
    _, closed, after = rest.partition(END)
    if not found or not closed:
        raise ValueError(f"{path.name} has lost its markers '{BEGIN}' and '{END}'")
    failed = [f"- **{result.declaration.id}** {reason}" for result in results for reason in reasons(result)]
    why = "\n".join(["What does not hold, and what the model does instead:", "", *failed]) if failed else ""
    path.write_text(f"{before}{BEGIN}\n\n{overview(results)}\n\n{why}\n{END}{after}", encoding="utf-8")
