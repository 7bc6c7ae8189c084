"""What is shown of a park that stands in a folder or a table: its opportunities, and the page of them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ecopark.abm.input.errors import InputError, Mistake
from ecopark.abm.input.loading import load_scenario

from .known import known_line_of, outlines_of, signed_share, sizes_in
from .opportunities import Opportunities, assumed_share, opportunities_of
from .opportunity_page import html


@dataclass(frozen=True)
class Opened:
    """Opportunities of a park, the line that says how much of it is known, and the page."""

    found: Opportunities
    known: str
    page: str


def open_park(park: Path, runs: Path = Path("runs")) -> Opened:
    """Return what a park makes possible before any run. runs: where its ensembles are looked for. Raises InputError."""
    scenario = load_scenario(str(park))
    if not scenario.tables["companies"]:
        allowed = "a park with a table of companies; a generated one has its opportunities after a run"
        raise InputError([Mistake("PARK", str(park), allowed)])
    found = opportunities_of(scenario, sizes=sizes_in(park))
    known = known_line_of(park, scenario, assumed_share(found.best))
    return Opened(found, known, html(found, known, signed_share(scenario, found, runs), outlines_of(park)))
