"""Download the tables of a run."""

from __future__ import annotations

import io
import zipfile

import solara

from ecopark.abm.observation.tables import TABLES
from ecopark.analysis.run_folder.spreadsheet_text import csv_text

from ..languages.tab import t
from ..stores.game import Game


def zip_tables(game: Game) -> bytes:
    """Return every result table as CSV in one archive."""
    with game.lock:
        results = game.park.fork().results
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in TABLES:
            archive.writestr(f"{name}.csv", csv_text(getattr(results, name)))
    return buffer.getvalue()


@solara.component
def Downloads(game: Game):
    """Show a button that downloads all tables so far."""
    solara.FileDownload(
        lambda: zip_tables(game),
        filename="ecopark-tables.zip",
        label=t("all tables so far (CSV)"),
        icon_name="mdi-download",
    )
