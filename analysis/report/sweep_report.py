"""The report of a sweep: what matters, under which conditions, which policy, and how sure that is."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pandas as pd

from ..charts.number_format import counted, number
from ..inference.crossed_design import UnsuitableDesignError
from ..inference.sweep_table import Sweep
from ..run_folder.whole_files import write_whole
from .html_page import facts, folded, heading, page, words
from .provenance import origin_section
from .sections import Part, contents, part_html, write_exhibits
from .sweep_conditions import conditions_of, map_of, phase_part
from .sweep_effects import effects_of, indices_of, responses_of
from .sweep_guide import guide_to
from .sweep_policies import BETTER, certainty_part, policies_of, policy_part
from .sweep_words import SILENT, title_of

BY_OUTCOME: tuple[Callable[[Sweep, str], Part | None], ...] = (
    policies_of, effects_of, indices_of, responses_of, map_of, conditions_of,
)  # fmt: skip
OF_ALL: tuple[Callable[[Sweep], Part | None], ...] = (phase_part, certainty_part)


def write_sweep_report(sweep: Sweep, folder: Path | str, pictures: bool = True, suffix: str = "") -> Path:
    """Write `report.html` and, into the folder `analysis`, every table and, with `pictures`, figure; return the path.

    suffix: of both names, for a report of one outcome or policy beside that of all. A measure that the design does not
    allow is not computed; the report says which and why.
    """
    folder = Path(folder)
    parts = sweep_contents(sweep)
    write_exhibits(parts, folder / f"analysis{suffix}", pictures)
    path = folder / f"report{suffix}.html"
    write_whole(path, sweep_page(sweep, parts))
    return path


def sweep_contents(sweep: Sweep) -> list[Part]:
    """Return the parts of the report: policies, each outcome, what is of all."""
    if sweep.good.empty or not sweep.outcomes:
        return []
    parts = [
        policy_part(sweep),
        *(outcome_part(sweep, name) for name in sweep.outcomes),
        *(make(sweep) for make in OF_ALL),
    ]
    return [part for part in parts if part is not None]


def outcome_part(sweep: Sweep, outcome: str) -> Part:
    """Return all that is said of an outcome, and why something is not."""
    parts = []
    for make in BY_OUTCOME:
        try:
            part = make(sweep, outcome)
        except UnsuitableDesignError as refusal:
            part = Part("", text=f"Not computed: {refusal}")
        parts += [part] if part is not None else []
    told = dict.fromkeys([directions(sweep, outcome), *(part.text for part in parts if part.text)])
    return Part(title_of(sweep.measure(outcome)), tuple(one for part in parts for one in part.exhibits), " ".join(told))


def directions(sweep: Sweep, outcome: str) -> str:
    """Say which way an outcome is better, and its unit."""
    unit = sweep.measure(outcome).unit
    return f"{BETTER[sweep.directions.get(outcome, 'none')].capitalize()}{f'; in {unit}' if unit else ''}."


def sweep_page(sweep: Sweep, parts: list[Part]) -> str:
    """Return the report of a sweep as one HTML document."""
    failed = len(sweep.runs) - len(sweep.good)
    top = [heading(f"Sweep {sweep.name}"), words(sweep.question, "lead") if sweep.question else ""]
    tiles = [
        (
            "Design",
            f"{sweep.design.replace('_', ' ')}, {counted(sweep.points, 'point', 'points')}",
            ", ".join(sweep.factors[:6]) or "no factors",
        ),
        ("Policies", str(len(sweep.policies)), ", ".join(sweep.policies[:6])),
        ("Replicates", str(sweep.replicates), f"{sweep.shocks.replace('_', ' ')} shocks"),
        ("Runs", number(len(sweep.runs)), f"{failed} failed" if failed else "none failed"),
    ]
    body = [part_html(part) for part in parts]
    index = contents(parts) if parts else ""
    guide = folded("How to read the figures", "".join(words(text) for text in guide_to(sweep))) if parts else ""
    return page(
        f"Sweep {sweep.name}",
        [*top, facts(tiles), *notices(sweep), index, guide, *body, origin_section(dict(sweep.origin))],
    )


def notices(sweep: Sweep) -> list[str]:
    """Return what a reader has to know before the numbers: runs missing or failed, no other shocks, outcomes left out."""
    failed = len(sweep.runs) - len(sweep.good)
    found = []
    if sweep.missing:
        found.append(
            f"This sweep is unfinished: {number(sweep.missing)} of {number(sweep.missing + len(sweep.runs))} runs are "
            "missing. What is here rests on the points that are complete; the same ecopark sweep command makes the rest."
        )
    if sweep.good.empty and len(sweep.runs):
        found.append(f"All {len(sweep.runs)} runs failed, so there is nothing to show. {first_error(sweep)}")
    elif failed:
        found.append(f"{counted(failed, 'run', 'runs')} failed. {first_error(sweep)}")
    if sweep.chance.silent(sweep.replicates):
        found.append(f"{SILENT.capitalize()}.")
    return [words(text, "notice") for text in found]


def first_error(sweep: Sweep) -> str:
    """Quote the most frequent error."""
    errors = sweep.runs["error"].dropna() if "error" in sweep.runs.columns else pd.Series(dtype=object)
    return f"Most often: {errors.value_counts().index[0]}" if len(errors) else ""
