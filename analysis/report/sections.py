"""What a report shows: figures with the tables behind them, in parts under a heading."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from ..charts.svg.marks import Drawing
from ..run_folder.columns import Sheet
from ..run_folder.spreadsheet_text import write_csv
from .html_page import anchor, drawing, folded, gallery, index, section, table, words

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
    """A heading, words, exhibits, and parts below it."""

    heading: str
    exhibits: tuple[Exhibit, ...] = ()
    text: str = ""
    parts: tuple[Part, ...] = ()

    @property
    def all_exhibits(self) -> list[Exhibit]:
        """The exhibits of the part and of those below it."""
        return [*self.exhibits, *(shown for part in self.parts for shown in part.all_exhibits)]


def part_html(part: Part, above: str = "") -> str:
    """Return a part as a section of a page: words, figures side by side, the tables that are printed, the parts below.

    above: the anchor of the part it belongs to.
    """
    drawings = [drawing(shown.name, shown.figure, shown.caption) for shown in part.exhibits if shown.figure is not None]
    tables = [printed_table(shown) for shown in part.exhibits if shown.printed]
    text = words(part.text) if part.text else ""
    mine = anchor(part.heading, above)
    below = [part_html(one, mine) for one in part.parts]
    return section(
        part.heading, text, gallery(*drawings) if drawings else "", *tables, *below, place=mine, level=3 if above else 2
    )


def contents(parts: Iterable[Part]) -> str:
    """Return the table of contents of a page: its parts, and in a line each those below them."""
    return index(
        [
            (
                part.heading,
                anchor(part.heading),
                [(one.heading, anchor(one.heading, anchor(part.heading))) for one in part.parts],
            )
            for part in parts
        ]
    )


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
    for shown in (shown for part in parts for shown in part.all_exhibits):
        files.append(folder / f"{shown.name}.csv")
        table = shown.table
        frame = pd.DataFrame({name: table[name] for name in table.columns}) if isinstance(table, Sheet) else table
        write_csv(frame, files[-1])
        if pictures and shown.figure is not None:
            figure = plotted(shown.figure) if isinstance(shown.figure, Drawing) else shown.figure
            files += save(figure, folder / shown.name)
    return files
