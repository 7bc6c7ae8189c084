"""The report of a sweep: what matters, under which conditions, which policy, and how sure that is."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pandas as pd

from ..charts.number_format import number
from ..inference.crossed_design import UnsuitableDesignError
from ..inference.sweep_table import Sweep
from . import sweep_parts as parts_of
from .html_page import facts, heading, page, words
from .provenance import origin_section
from .sections import Part, part_html, write_exhibits


def write_sweep_report(sweep: Sweep, folder: Path | str) -> Path:
    """Write `report.html` and, into the folder `analysis`, every figure with its table; return the path of the report.

    A measure that the design does not allow is not computed; the report says which and why, with the points that are
    missing.
    """
    folder = Path(folder)
    parts, refusals = sweep_contents(sweep)
    write_exhibits(parts, folder / "analysis")
    path = folder / "report.html"
    path.write_text(sweep_page(sweep, parts, refusals), encoding="utf-8")
    return path


def sweep_contents(sweep: Sweep) -> tuple[list[Part], list[str]]:
    """Return the parts of the report, and why others are not there."""
    if sweep.good.empty:
        return [], []
    makers: list[Callable[[Sweep], Part | None]] = [
        parts_of.effects_part,
        parts_of.indices_part,
        parts_of.map_part,
        parts_of.phase_part,
        parts_of.discovery_part,
        parts_of.policy_part,
        parts_of.certainty_part,
    ]
    found, refusals = [], []
    for make in makers:
        try:
            part = make(sweep)
        except UnsuitableDesignError as refusal:
            refusals.append(str(refusal))
        else:
            found += [part] if part is not None else []
    return found, list(dict.fromkeys(refusals))


def sweep_page(sweep: Sweep, parts: list[Part], refusals: list[str]) -> str:
    """Return the report of a sweep as one HTML document."""
    failed = len(sweep.runs) - len(sweep.good)
    top = [heading(f"Sweep {sweep.name}"), words(sweep.question, "lead") if sweep.question else ""]
    if sweep.good.empty:
        top.append(
            words(f"All {len(sweep.runs)} runs failed, so there is nothing to show. {first_error(sweep)}", "notice")
        )
    tiles = [
        ("Design", sweep.design.replace("_", " "), f"{sweep.points} points"),
        ("Policies", str(len(sweep.policies)), ", ".join(sweep.policies[:6])),
        ("Replicates", str(sweep.runs["replicate"].nunique()), ""),
        ("Runs", number(len(sweep.runs)), f"{failed} failed" if failed else "none failed"),
    ]
    notices = [words(f"Not computed: {refusal}", "notice") for refusal in refusals]
    if failed and not sweep.good.empty:
        notices.insert(0, words(f"{failed} runs failed. {first_error(sweep)}", "notice"))
    body = [part_html(part) for part in parts]
    return page(f"Sweep {sweep.name}", [*top, facts(tiles), *notices, *body, origin_section(dict(sweep.origin))])


def first_error(sweep: Sweep) -> str:
    """Quote the most frequent error."""
    errors = sweep.runs["error"].dropna() if "error" in sweep.runs.columns else pd.Series(dtype=object)
    return f"Most often: {errors.value_counts().index[0]}" if len(errors) else ""
