"""Reports of runs and ensembles: one HTML file that opens offline and says what it shows and how to repeat it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..run_folder.tables import RunTables, most_companies, read_tables
from ..run_folder.whole_files import write_whole
from .html_page import facts, heading, page, words
from .provenance import failure_words, interruption, origin_section, scenario_label, subtitle
from .run_parts_short import MOST_DRAWN, OF_REGION, brief_parts
from .run_summary import key_facts, story, typical_number
from .sections import Part, part_html, write_exhibits

if TYPE_CHECKING:
    from ..value.central_optimum import Solver

ANALYSIS = "analysis"
LEFT_OUT: dict[str, tuple[str, ...]] = {
    "meetings": (),
    "talks": (),
    "prices": (),
}  # of all runs but the one that stands for them


def write_run_report(folder: Path | str, score: dict[str, Any] | None = None, tables: RunTables | None = None) -> Path:
    """Write the short `report.html` into the folder of a run or an ensemble and return its path.

    score: what `ecopark.analysis.validation.history.Score.as_dict` gives; its `history` (year, low, mid, high) is drawn with the growth
    curve and its `summary` printed beside it. tables: what is in the folder, where it is at hand already.
    """
    folder = Path(folder)
    if tables is None:
        is_region = most_companies(folder) > MOST_DRAWN
        tables, typical = load(folder, OF_REGION if is_region else None)
    else:
        typical = typical_run(tables)
    parts = [] if typical is None else brief_parts(tables, typical, score or {})
    return write_page(folder, run_page(tables, typical, parts))


def write_report(
    folder: Path | str,
    score: dict[str, Any] | None = None,
    against: Path | str | None = None,
    pictures: bool = True,
    solve: Solver | None = None,
) -> Path:
    """Write the full `report.html` and, into the folder `analysis`, every figure with the table behind it.

    score: as in `write_run_report`; its tables are shown, too. against: folder of a run or ensemble on the same
    shocks, the baseline; the difference to it is reported. pictures: write figures as files, too,
    not only into the page. solve: what finds the best network that the park is compared with, as the planner of the model
    (`ecopark.abm.submodels.flow_programme.solve_flows`); without one that part is left out, and the page says so.
    """
    from .run_parts_compared import paired_parts, score_parts
    from .run_parts_full import deep_parts

    folder = Path(folder)
    tables, typical = load(folder)
    parts: list[Part] = []
    if typical is not None:
        parts += brief_parts(tables, typical, score or {})
        parts += score_parts(score or {})
        parts += paired_parts(read_tables(against, LEFT_OUT), tables) if against is not None else []
        parts += deep_parts(tables, typical, solve)
        write_exhibits(parts, folder / ANALYSIS, pictures)
    note = f"Figures (SVG, PNG) and the tables behind them (CSV) are in the folder {ANALYSIS} beside this file."
    return write_page(folder, run_page(tables, typical, parts, note))


def load(folder: Path, only: Mapping[str, Sequence[str]] | None = None) -> tuple[RunTables, RunTables | None]:
    """Read a run or an ensemble, and the run that stands for it; of an ensemble the large tables only for that one.

    only: columns of tables that alone are needed, as for `read_tables`.
    """
    tables = read_tables(folder, LEFT_OUT | dict(only or {}))
    if tables.is_empty:
        return tables, None
    if tables.is_ensemble:
        return tables, read_tables(folder, only, typical_number(tables))
    return tables, tables if only is not None else read_tables(folder)


def typical_run(tables: RunTables) -> RunTables | None:
    """Return the run that stands for an ensemble, or the run itself; None when not one run finished."""
    if tables.is_empty:
        return None
    return tables.replicate(typical_number(tables)) if tables.is_ensemble else tables


def write_page(folder: Path, text: str) -> Path:
    """Write the page into a folder and return its path."""
    path = folder / "report.html"
    write_whole(path, text)
    return path


def run_page(tables: RunTables, typical: RunTables | None, parts: list[Part], note: str = "") -> str:
    """Return the report of a run or an ensemble as one HTML document; typical: None when not one run finished."""
    name = scenario_label(tables.origin)
    top = [heading(name), words(subtitle(tables), "muted"), interruption(tables.origin)]
    if typical is None:
        top.append(
            words("Not one run finished, so there is nothing to show. " + failure_words(tables.origin), "notice")
        )
    else:
        top += [words(story(tables, typical), "lead"), facts(key_facts(tables))]
    below = [words(note, "muted") if note and parts else "", origin_section(tables.origin)]
    return page(f"{name}: report", [*top, *(part_html(part) for part in parts), *below])
