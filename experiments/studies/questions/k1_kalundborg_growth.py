"""K1: the links of Kalundborg's core set emerge, when they did."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np

from ecopark.abm.input.loading import SCENARIOS

from ..kit.declaration import FALLS, RISES, STAYS, Claim, StudyDeclaration

UNTIL = 1995
MEASURES = ("found", "timing_error", "false_less_true", "count_error")


@lru_cache(maxsize=1)
def history() -> tuple[dict[tuple[str, str, str], list[str]], dict[str, float], set[str], dict[int, float]]:
    """Return link ids by (seller, buyer, material), start years and core ids to 1995, and the reconstructed count by year."""
    import pandas as pd

    from ecopark.analysis.validation.history import read_history
    from ecopark.analysis.validation.link_matching import TRIPLE, spelled_out

    counts, links = read_history(SCENARIOS / "kalundborg")
    ids: dict[tuple[str, str, str], list[str]] = {}
    for row in spelled_out(links).itertuples():
        ids.setdefault(tuple(getattr(row, name) for name in TRIPLE), []).append(row.id)
    begun = links[links["start"] <= UNTIL]
    core = set(begun.loc[begun["core"].astype(bool), "id"])
    early = counts[counts["year"] <= UNTIL]
    return (
        ids,
        pd.Series(links["start"].to_numpy(float), links["id"]).to_dict(),
        core,
        dict(zip(early["year"], early["mid"], strict=True)),
    )


def operated(park: Any) -> list[tuple[tuple[str, str, str], float, float]]:
    """Return what operated in a run: (seller, buyer, material), first and last month (NaN while it runs), by contract."""
    table = park.state.exchanges[: int(park.state.clock.exchanges[0])]
    table = table[~np.isnan(table.start)]
    materials = [row.material for row in park.scenario.tables["materials"]]
    given = park.state.streams.material[table.supply]
    names = [
        (park.names[seller], park.names[buyer], materials[material])
        for seller, buyer, material in zip(table.seller, table.buyer, given, strict=True)
    ]
    return list(zip(names, table.start.tolist(), table.end.tolist(), strict=True))


def measure(park: Any) -> dict[str, float]:
    """Return how a run compares with history to 1995: core links found, their timing error, false against true links, count.

    The count is in the unit of history: a real link counts once, however many contracts it takes.
    """
    ids, starts, core, counts = history()
    rows, begin = operated(park), park.scenario.start_year
    first: dict[tuple[str, str, str], int] = {}
    for key, start, _ in rows:
        first[key] = min(first.get(key, 9999), begin + int(start // 12))
    in_time = {key: year for key, year in first.items() if year <= UNTIL}
    matched: dict[str, int] = {}
    for key, year in in_time.items():
        for link in ids.get(key, ()):
            matched[link] = min(year, matched.get(link, 9999))
    errors = [abs(matched[link] - starts[link]) for link in core & set(matched)]
    strange = sum(key not in ids for key in in_time)
    return {
        "found": float(len(errors)),
        "timing_error": float(np.median(errors)) if errors else np.nan,
        "false_less_true": float(strange - len(matched)),
        "count_error": float(np.mean([running_in(rows, ids, begin, year) - mid for year, mid in counts.items()])),
    }


def running_in(
    rows: list[tuple[tuple[str, str, str], float, float]],
    ids: dict[tuple[str, str, str], list[str]],
    begin: int,
    year: int,
) -> int:
    """Count the links that operate in December of a year, each real one once."""
    month = 12 * (year - begin) + 11
    live = (key for key, start, end in rows if start <= month and not end <= month)
    return len({ids[key][0] if key in ids else key for key in live})


STUDY = StudyDeclaration(
    id="K1",
    module=__name__,
    title="Kalundborg's links emerge from bilateral deals",
    question="Do the core links of 1961 to 1995 emerge in single runs, at about their time, and not among as many false ones?",
    hypothesis="Plants, prices and rules are enough: at least 12 of 17 core links appear, median error at most 6 years",
    source="history: abm/scenarios/kalundborg/links.csv; aims of the founders",
    lever="none; exchanges are not scripted",
    scenario="kalundborg",
    variants={"history": {}},
    measure=measure,
    measures=MEASURES,
    claims=(
        Claim("at least 12 of 17 core links in a run", "found", {"history": 1}, RISES, "links", bound=12.0),
        Claim("median timing error of found links below 6 years", "timing_error", {"history": 1}, FALLS, "years", bound=6.0),
        Claim("fewer false links than true ones by 1995", "false_less_true", {"history": 1}, FALLS, "links, false less true"),
        Claim("number of links to 1995 within 2 of the reconstruction on average", "count_error", {"history": 1}, STAYS, "links", margin=2.0),
    ),
    note="Data values graded G or A were adjusted by hand before (abm/scenarios/kalundborg/README.md), so this is a fit, not a test.",
)  # fmt: skip
