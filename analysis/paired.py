"""The parts of a report that compare: with a baseline on the same shocks, and with history."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from analysis.counterfactual import difference_by_year, first_parting, links_gained_and_lost, public_cost_per_tonne
from analysis.exhibits import Exhibit, Part
from analysis.figures.against import difference_curve, ends_against_history, link_timing
from analysis.origin import scenario_label
from analysis.page import number
from analysis.summary import typical_number
from analysis.tables import RunTables

COMPARED = {"links": "exchanges", "material_reused": "t", "gain": "EUR", "public_balance": "EUR"}


LINK_COLUMNS = {
    "seller": "seller",
    "buyer": "buyer",
    "material": "by-product",
    "base": "share of runs, baseline",
    "other": "share of runs, here",
    "change": "change",
}
FALSE_COLUMNS = {
    "seller": "seller",
    "buyer": "buyer",
    "material": "by-product",
    "appears": "share of runs",
    "year_mid": "first year",
}
CAUSE_COLUMNS = {"cause": "cause of end", "model": "model, per run", "real": "history"}
SAVING_COLUMNS = {
    "year": "year",
    "gain_mid": "saved, EUR/yr",
    "invested_mid": "invested so far, EUR",
    "payback_mid": "payback, years",
}


def paired_parts(base: RunTables, other: RunTables) -> list[Part]:
    """Show what a change did: indicators by year, where runs part, links gained and lost, public cost."""
    differences = difference_by_year(base, other, list(COMPARED))
    labels = (policy_label(base), policy_label(other))
    exhibits = [
        Exhibit(
            f"difference_{name}",
            differences[differences["indicator"] == name],
            difference_curve(differences, name, unit, labels),
        )
        for name, unit in COMPARED.items()
    ]
    exhibits.append(
        Exhibit("links_changed", changed_links(base, other), printed=LINK_COLUMNS, fold="Links gained and lost")
    )
    return [Part("Against the baseline on the same shocks", tuple(exhibits), paired_words(base, other))]


def changed_links(base: RunTables, other: RunTables) -> pd.DataFrame:
    """List the links that became more or less frequent."""
    frame = links_gained_and_lost(base, other)
    return frame[frame["change"] != 0].reset_index(drop=True)


def policy_label(tables: RunTables) -> str:
    """Name a run by its policies, or its scenario when it has none."""
    policies = tables.origin.get("policies") or {}
    return " + ".join(name.replace("_", " ") for name in policies) or scenario_label(tables.origin)


def paired_words(base: RunTables, other: RunTables) -> str:
    """Say when the runs part, by which event, and what the public paid for a tonne."""
    pair = (
        (base.replicate(typical_number(base)), other.replicate(typical_number(base)))
        if base.is_ensemble
        else (base, other)
    )
    parting = first_parting(*pair)
    text = "The two runs never part: the change changed nothing."
    if len(parting):
        event = parting.iloc[0]
        where = "in the baseline only" if event["run"] == "base" else "in this run only"
        text = f"The runs first part in {int(event['year'])} ({where}): {event['detail']}."
    cost = public_cost_per_tonne(base, other)
    if np.isfinite(cost.per_tonne.estimate):
        interval = (
            f" ({number(cost.per_tonne.low)} to {number(cost.per_tonne.high)})"
            if np.isfinite(cost.per_tonne.low)
            else ""
        )
        text += (
            f" Over the whole run the public purse lost {number(cost.cost.estimate)} EUR for "
            f"{number(cost.tonnes.estimate)} t more reuse: {number(cost.per_tonne.estimate)} EUR per additional tonne"
            f"{interval}."
        )
    return text


def score_parts(score: dict[str, Any]) -> list[Part]:
    """Show the tables of a score against history (`history.Score.as_dict`)."""
    if not score.get("links"):
        return []
    frames = {
        name: spoken(pd.DataFrame(score[name])) for name in ("counts", "links", "strange", "ends", "causes", "savings")
    }
    numbers = ["start", "year_low", "year_mid", "year_high", "appears"]
    links = frames["links"].astype(dict.fromkeys(numbers, float))
    fold = "Links that history does not know"
    exhibits = (
        Exhibit("link_timing", links, link_timing(links)),
        Exhibit("ends_against_history", frames["ends"], ends_against_history(frames["ends"])),
        Exhibit("counts_against_history", frames["counts"]),
        Exhibit("false_links", frames["strange"], printed=FALSE_COLUMNS, fold=fold),
        Exhibit("causes_against_history", frames["causes"], printed=CAUSE_COLUMNS),
        Exhibit("savings", frames["savings"], printed=SAVING_COLUMNS),
    )
    return [Part("Against history, link by link", exhibits)]


def spoken(frame: pd.DataFrame) -> pd.DataFrame:
    """Write causes and materials as words."""
    names = [name for name in ("cause", "material") if name in frame.columns]
    return frame.assign(**{name: frame[name].astype(str).str.replace("_", " ") for name in names})
