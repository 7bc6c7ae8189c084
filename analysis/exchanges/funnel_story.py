"""How an opportunity came about: the by-product, where it went before, who found it, where it stopped."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd

from ..run_folder.material_names import spoken_material
from ..run_folder.tables import RunTables
from .story_line import Line, date, mark

WENT = mark("In {year} {quantity:,.0f} units of it went to: {route}, at {cost:,.2f} EUR a unit with taxes.")
UNUSED = mark("In {year} nobody used {quantity:,.0f} units of it; letting it go cost nothing.")
CHANNELS = {
    "search": mark("by its own search"), "contact": mark("through contacts"), "platform": mark("on the platform"),
    "broker": mark("through the broker"), "innovation": mark("by innovation"), "planner": mark("by the planner"),
}  # fmt: skip


def tell_by_product(run: RunTables, row: Any) -> Iterator[Line]:
    """Say since when the seller has had it, why, and what became of it before."""
    streams = run.streams
    mine = streams[
        (streams["company"] == row.seller) & (streams["material"] == row.material) & (streams["direction"] == "out")
    ]
    if len(mine) == 0:
        yield Line(
            np.nan,
            mark("{seller} never made {material} in this run."),
            {"seller": row.seller, "material": spoken_material(run.origin, row.material)},
        )
        return
    first = int(mine["year"].min())
    month = 12.0 * (first - run.start_year)
    made = run.events[
        (run.events["kind"] == "process") & (run.events["company"] == row.seller) & (run.events["year"] == first)
    ]
    if first == run.start_year or len(made) == 0:
        yield Line(
            month,
            mark("{seller} has had {material} since {year}."),
            {"seller": row.seller, "material": spoken_material(run.origin, row.material), "year": first},
        )
    else:
        places = {
            "seller": row.seller,
            "material": spoken_material(run.origin, row.material),
            "year": first,
            "why": made.iloc[-1]["detail"],
        }
        yield Line(month, mark("{seller} has had {material} since {year}: {why}."), places)
    yield from _before(run, row, mine)


def _before(run: RunTables, row: Any, mine: pd.DataFrame) -> Iterator[Line]:
    """Say where it went in the last year before it was sold; heat and the like need no route."""
    signed = run.exchanges.loc[run.exchanges["opportunity"] == row.opportunity, "signed_month"].min()
    signed = float(run.months) if np.isnan(signed) else float(signed)
    year = min(run.start_year + max(0, int(signed) // 12 - 1), int(mine["year"].max()))
    there = mine[(mine["year"] == year) & ~mine["route"].isin(["sold", "stored"]) & (mine["quantity"] > 0)]
    if len(there) == 0:
        return
    most = there.loc[there["quantity"].idxmax()]
    places = {"year": year, "quantity": float(most["quantity"]), "route": str(most["route"]).replace("_", " "),
              "cost": float(most["cost"]) / max(float(most["quantity"]), 1e-9)}  # fmt: skip
    yield Line(
        12.0 * (year - run.start_year),
        WENT if most["route"] != "none" else UNUSED,
        places,
    )


def tell_finding(run: RunTables, row: Any, events: pd.DataFrame) -> Iterator[Line]:
    """Say who found it and how."""
    for event in events[events["kind"] == "identified"].itertuples():
        places = {
            "when": date(run, event.month),
            "seller": row.seller,
            "buyer": row.buyer,
            "how": CHANNELS.get(str(event.reason), str(event.reason)),
        }
        yield Line(float(event.month), mark("{when}: {seller} and {buyer} learn of it, {how}."), places)
    first = events[events["kind"] == "screened"].head(1)
    for event in first.itertuples():
        places = {"when": date(run, event.month), "gain": float(event.value)}
        yield Line(
            float(event.month),
            mark("{when}: they think it worth talking about, about {gain:,.0f} EUR a year together."),
            places,
        )


def tell_stop(row: Any, events: pd.DataFrame) -> Line:
    """Say where an opportunity stands that no contract was ever signed for."""
    failed = int((events["kind"] == "no_deal").sum())
    gain = {"gain": float(row.joint_gain) if row.joint_gain == row.joint_gain else 0.0, "failed": failed}
    if row.identified_month != row.identified_month:
        return Line(
            np.nan, mark("Nobody ever found it; it would be worth {gain:,.0f} EUR a year to both together."), gain
        )
    if row.talks_month != row.talks_month:
        return Line(
            np.nan, mark("They never opened a talk; it would be worth {gain:,.0f} EUR a year to both together."), gain
        )
    return Line(
        np.nan,
        mark("No contract was signed in {failed} talks; it would be worth {gain:,.0f} EUR a year to both together."),
        gain,
    )
