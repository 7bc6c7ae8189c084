"""What a report shows: figures with the tables behind them, in parts under a heading."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from ..charts.svg.marks import Drawing
from ..run_folder.columns import Sheet
from ..run_folder.spreadsheet_text import write_csv
from .html_page import drawing, folded, gallery, section, table, words

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure


@dataclass(frozen=True)
class Exhibit:
    """A figure with the table behind it, or a table alone.

    name: of the files NAME.csv, NAME.svg, NAME.png. printed: column -> heading of what the page prints of the table,
    too; `fold`: behind this line, to be opened by a click.
    """

    name: str
    table: pd.DataFrame | Sheet
    figure: Figure | Drawing | None = None
    caption: str = ""
    printed: dict[str, str] = field(default_factory=dict)
    fold: str = ""


@dataclass(frozen=True)
class Part:
    """A heading, words, and exhibits."""

    heading: str
    exhibits: tuple[Exhibit, ...]
    text: str = ""


def part_html(part: Part) -> str:
    """Return a part as a section of a page: words, then figures side by side, then the tables that are printed."""
    drawings = [drawing(shown.name, shown.figure, shown.caption) for shown in part.exhibits if shown.figure is not None]
    tables = [printed_table(shown) for shown in part.exhibits if shown.printed]
    return section(part.heading, words(part.text) if part.text else "", gallery(*drawings) if drawings else "", *tables)


def printed_table(shown: Exhibit) -> str:
    """Return the printed columns of a table, folded away where that is asked for."""
    if len(shown.table) == 0:
        return ""
    body = table(shown.table, shown.printed)
    return folded(shown.fold, body) if shown.fold else body


def write_exhibits(parts: Iterable[Part], folder: Path, pictures: bool = True) -> list[Path]:
    """Write each table as CSV and, with `pictures`, each figure as SVG and PNG into a folder; return the files."""
    import pandas as pd

    from ..charts.matplotlib_figures.from_svg_marks import plotted
    from ..charts.matplotlib_figures.style import save

    folder.mkdir(parents=True, exist_ok=True)
    files = []
    for shown in (shown for part in parts for shown in part.exhibits):
        files.append(folder / f"{shown.name}.csv")
        table = shown.table
        frame = pd.DataFrame({name: table[name] for name in table.columns}) if isinstance(table, Sheet) else table
        write_csv(frame, files[-1])
        if pictures and shown.figure is not None:
            figure = plotted(shown.figure) if isinstance(shown.figure, Drawing) else shown.figure
            files += save(figure, folder / shown.name)
    return files
