"""What was left on the table: talks that failed although something suited both, deals that came late, talks never held."""

from __future__ import annotations

from typing import Any

import numpy as np

from ecopark.abm.entities.codes import IDENTIFIED, LATENT, SCREENED
from ecopark.abm.interventions.prospects import joint_gains
from ecopark.abm.park import Park

from ..attainable import shortfalls_of
from ..state import Play
from .talks import has_zone

CAUSES = ("broke off", "too late", "not tried", "not found")


def left_on_table(play: Play, talks: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return what every single chance would have brought at most [EUR/year], the largest first.

    Chances exclude each other: their sum is no total. cause: broke off, too late (gain [EUR/year] over a year of play is
    scaled by the months lost), not tried, not found.
    """
    lines = []
    for place, park in enumerate(play.parks):
        held = [talk for talk in talks if talk["park"] == place]
        lines += [line for talk in held if (line := _of_talk(talk)) is not None]
        lines += _never_held(place, park)
    return sorted(lines, key=lambda line: -line["gain"])


def _of_talk(talk: dict[str, Any]) -> dict[str, Any] | None:
    """Return what was lost in a talk: all of it where it failed, the months before the deal where it came late."""
    if not has_zone(talk) or talk["gain"] <= 0.0:
        return None
    if talk["end"] == "signed":
        lost = talk["last_month"] - talk["month"]
        return _line(talk, "too late", talk["gain"], lost) if lost > 0 else None
    return _line(talk, "broke off", talk["gain"], 12)


def _line(talk: dict[str, Any], cause: str, gain: float, months: int) -> dict[str, Any]:
    names = ("park", "seller", "buyer", "material", "opportunity")
    return {**{name: talk[name] for name in names}, "cause": cause, "gain": gain * months / 12.0, "months": months}


def _never_held(place: int, park: Park) -> list[dict[str, Any]]:
    """Return the opportunities of a park that nobody has ever talked about and that both could gain by."""
    state, rows = park.state, park.scenario.tables["materials"]
    gains = np.nan_to_num(joint_gains(park), nan=-1.0)
    never = (
        (state.notes.failures == 0) & (state.notes.contracts == 0) & (gains > 0.0) & (state.funnel.known <= park.month)
    )
    lines = []
    for row in np.flatnonzero(never & np.isin(state.funnel.stage, (LATENT, IDENTIFIED, SCREENED))):
        here: Any = state.opportunities[row]
        material: Any = rows[int(state.streams.material[here.supply])]  # type: ignore[index]
        lines.append({
            "park": place, "seller": park.names[int(here.seller)], "buyer": park.names[int(here.buyer)],
            "material": material.label, "opportunity": int(row), "cause": "not found" if state.funnel.stage[row] == LATENT else "not tried",
            "gain": float(gains[row]), "months": 12,
        })  # fmt: skip
    return lines


def losses_of(park: Park) -> dict[str, Any] | None:
    """Return share, optimum, reached and losses by cause [EUR/year] of a park at present, None where nothing can be reached."""
    from ecopark.analysis.value.central_optimum import LOSSES

    short = next(reversed(shortfalls_of(park)), None)
    if short is None or not short.optimum > 0:
        return None
    losses = [
        {"cause": str(LOSSES[line.cause]), "loss": float(line.loss), "opportunities": int(line.opportunities)}
        for line in short.losses.itertuples()
    ]
    return {
        "share": float(short.share),
        "optimum": float(short.optimum),
        "reached": float(short.reached),
        "losses": losses,
    }
