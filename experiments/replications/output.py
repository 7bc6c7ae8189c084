"""Results of replications as tables, files and the block of the README that a command writes."""

from __future__ import annotations

import csv
import json
import math
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from .declaration import ROOM, declared
from .result import ReplicationResult
from .rows import (
    BESIDE,
    COMPARED,
    OVERVIEW,
    READINGS,
    Row,
    beside_rows,
    comparison_rows,
    number,
    overview_rows,
    reading_rows,
)

BEGIN, END = "<!-- results: begin, written by `ecopark replicate all --write-readme` -->", "<!-- results: end -->"


def markdown(header: Row, rows: Sequence[Row]) -> str:
    """Return a Markdown table."""
    lines = [header, ("---",) * len(header), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def report(result: ReplicationResult, heading: str = "##") -> str:
    """Return the report of one replication in Markdown: declared texts, verdict, tables, defects."""
    replication = declared()[result.id]
    mark = " (provisional: quick run)" if result.quick else ""
    blocks = [
        f"{heading} {result.id}: {replication.title}",
        f"*{replication.question}*",
        f"Source: {replication.source.strip()}",
        f"**Verdict: {result.verdict}**{mark}. {result.paragraph}",
        markdown(COMPARED, comparison_rows(result)),
    ]
    if reading_rows(result):
        blocks.append(markdown(READINGS, reading_rows(result)))
    if result.beside:
        title = f"The same questions put to the park model ({result.beside[0].runs} regions or runs):"
        blocks += [title, markdown(BESIDE, beside_rows(result))]
    if result.observations:
        observed = [
            (str(o["quantity"]), number(o["mean"], o.get("standard_error", math.nan))) for o in result.observations
        ]
        blocks.append(markdown(("observed, not published", "mean (standard error)"), observed))
    blocks.append(
        "Readings behind the verdict:\n\n" + "\n".join(f"- {p}: {t}" for p, t in replication.readings.items())
    )
    blocks.append("Defects found in the original:\n\n" + "\n".join(f"- {defect}" for defect in result.defects))
    return "\n\n".join(blocks) + "\n"


def write_json(results: Sequence[ReplicationResult], path: Path) -> None:
    """Write all results as one JSON file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    content = {"replications": [result.describe() for result in results]}
    path.write_text(json.dumps(content, indent=1, allow_nan=False) + "\n", encoding="utf-8")


def write_folder(result: ReplicationResult, folder: Path) -> None:
    """Write report.md, report.html, result.json, comparisons.csv and the figures of one replication into a folder."""
    from .html import replication_page

    folder.mkdir(parents=True, exist_ok=True)
    (folder / "report.html").write_text(replication_page(result), encoding="utf-8")
    described = {"rows": overview_rows([result]), "quick": result.quick}
    (folder / "result.json").write_text(json.dumps(described, indent=1), encoding="utf-8")
    pictures = "".join(f"\n![{name}]({name}.png)\n" for name in result.figures)
    (folder / "report.md").write_text(report(result, "#") + pictures, encoding="utf-8")
    for name, figure in result.figures.items():
        figure.savefig(folder / f"{name}.png", dpi=150)
    rows = [asdict(row) for row in result.comparisons]
    with (folder / "comparisons.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, fieldnames=list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def write_index(out: Path) -> None:
    """Write index.html: all replications whose results are in a folder, also those of earlier commands."""
    from .html import index_page

    found = [out / name / "result.json" for name in declared()]
    known = [json.loads(path.read_text(encoding="utf-8")) for path in found if path.exists()]
    (out / "index.html").write_text(index_page([row for one in known for row in one["rows"]]), encoding="utf-8")


def write_readme(results: Sequence[ReplicationResult], path: Path = ROOM / "README.md") -> None:
    """Rewrite the results between the markers of the README; the rest stays."""
    text = path.read_text(encoding="utf-8")
    before, found, rest = text.partition(BEGIN)
    _, closed, after = rest.partition(END)
    if not found or not closed:
        raise ValueError(f"{path.name} has lost its markers '{BEGIN}' and '{END}'")
    seeds = ", ".join(sorted({str(result.seed) for result in results}))
    rule = declared()[results[0].id].rule
    blocks = [
        f"Full runs, seed {seeds}.",
        f"Rule of the verdicts: {rule}",
        markdown(OVERVIEW, overview_rows(results)),
        *map(report, results),
    ]
    path.write_text(before + BEGIN + "\n\n" + "\n\n".join(blocks) + "\n" + END + after, encoding="utf-8")
