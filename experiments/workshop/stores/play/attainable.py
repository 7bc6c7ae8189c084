"""Share of the attainable: what a park has reached of the central optimum."""

from __future__ import annotations

from ecopark.abm.park import Park


def share_of_attainable(park: Park) -> float | None:
    """Return the share of the central optimum that a park reaches at present, None where nothing can be reached."""
    from ecopark.analysis.run_folder.tables import tables_of
    from ecopark.analysis.value.central_optimum import shortfall

    share = shortfall(tables_of(park.results)).share
    return None if share != share else float(share)
