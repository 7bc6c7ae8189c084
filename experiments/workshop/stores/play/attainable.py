"""Share of the attainable: what a park has reached of the central optimum, at the ends of its last two years."""

from __future__ import annotations

from typing import Any

from ecopark.abm.park import Park

YEARS = 2  # of a round


def shortfalls_of(park: Park) -> list[Any]:
    """Return what was missed at the end of each of the last two whole years, the latest last; fewer where they are young."""
    from ecopark.abm.submodels.flow_programme import solve_flows
    from ecopark.analysis.run_folder.tables import tables_of
    from ecopark.analysis.value.central_optimum import shortfall

    years = park.month // 12
    tables = tables_of(park.results) if years else None
    start = park.scenario.start_year - 1
    last = range(max(1, years - YEARS + 1), years + 1)
    return [shortfall(tables, start + year, solve=solve_flows) for year in last]


def share_of_attainable(park: Park) -> float | None:
    """Return the share of the central optimum that a park reaches in its last two years, None where nothing can be reached."""
    short = shortfalls_of(park)
    best = sum(year.optimum for year in short)
    return float(sum(year.reached for year in short) / best) if best > 0 else None
