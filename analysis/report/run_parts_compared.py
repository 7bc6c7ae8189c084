"""The parts of a report that compare: with a baseline on the same shocks, and with history."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from ..charts.matplotlib_figures.paired_runs import difference_curve
from ..charts.matplotlib_figures.validation import ends_by_cause, ends_by_year, years_of_links
from ..charts.number_format import number
from ..inference.paired_runs import (
    difference_by_year,
    first_parting,
    links_gained_and_lost,
    public_cost_per_tonne,
    totals,
)
from ..run_folder.material_names import spoken_material
from ..run_folder.tables import RunTables
from .run_summary import typical_number
from .sections import Exhibit, Part

COMPARED = {"links": "exchanges", "material_reused": "t", "gain": "EUR", "public_purse": "EUR"}


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
SAVING_COLUMNS = {
    "year": "year",
    "gain_mid": "saved, EUR/yr",
    "invested_mid": "invested so far, EUR",
    "payback_mid": "payback, years",
}


def paired_parts(base: RunTables, other: RunTables) -> list[Part]:
    """Show what a change did: indicators by year, where runs part, links gained and lost, public cost."""
    differences = difference_by_year(with_purse(base), with_purse(other), list(COMPARED))
    exhibits = [
        Exhibit(
            f"difference_{name}",
            differences[differences["indicator"] == name],
            difference_curve(differences, name, unit),
        )
        for name, unit in COMPARED.items()
    ]
    exhibits.append(
        Exhibit("links_changed", changed_links(base, other), printed=LINK_COLUMNS, fold="Links gained and lost")
    )
    return [Part("Against the baseline on the same shocks", tuple(exhibits), paired_words(base, other))]


def with_purse(tables: RunTables) -> RunTables:
    """Return the tables with the public purse of each year: the balance with exchanges and programmes less without."""
    purse = tables.yearly["public_balance"] - tables.yearly["public_balance_alone"]
    return replace(tables, yearly=tables.yearly.assign(public_purse=purse))


def changed_links(base: RunTables, other: RunTables) -> pd.DataFrame:
    """List the links that became more or less frequent."""
    frame = links_gained_and_lost(base, other)
    frame = frame.assign(material=[spoken_material(base.origin, name) for name in frame["material"]])
    return frame[frame["change"] != 0].reset_index(drop=True)


def policy_label(tables: RunTables) -> str:
    """Name a run by its policies."""
    policies = tables.origin.get("policies") or {}
    return " + ".join(name.replace("_", " ") for name in policies) or "no policy"


def paired_words(base: RunTables, other: RunTables) -> str:
    """Say what is compared, when the runs part and by which event, and what the public paid for a tonne."""
    number_of_pair = typical_number(base) if base.is_ensemble else 0
    pair = (base.replicate(number_of_pair), other.replicate(number_of_pair)) if base.is_ensemble else (base, other)
    parting = first_parting(*pair)
    text = f"Shown is {policy_label(other)} minus {policy_label(base)}. "
    if parting.empty and pair[0].yearly.equals(pair[1].yearly):
        return text + "The runs never part: the change changed nothing."
    if parting.empty:
        return f"{text}The same happens in both, at other figures. {cost_words(base, other)}"
    event = parting.iloc[0]
    where = "in the baseline only" if event["run"] == "base" else "in this run only"
    return f"{text}The runs first part in {int(event['year'])} ({where}): {event['detail']}. {cost_words(base, other)}"


def cost_words(base: RunTables, other: RunTables) -> str:
    """Say what an additional tonne cost the public purse, where there is one."""
    found = public_cost_per_tonne(base, other)
    whole = float(np.mean(totals(other, "public_balance") - totals(base, "public_balance")))
    change = (
        f"Over the whole run the public purse (with exchanges and programmes less without) changes by "
        f"{number(-found.cost.estimate)} EUR, the whole balance, all taxes in it, by {number(whole)} EUR"
    )
    if found.tonnes.low <= 0 <= found.tonnes.high or not found.tonnes.estimate > 0:
        return f"{change}; a gain in tonnes reused cannot be told from none."
    each = found.per_tonne
    interval = f" ({number(each.low)} to {number(each.high)})" if np.isfinite(each.low) else ""
    more = f"{number(found.tonnes.estimate)} t more are reused"
    return f"{change}; {more}: {number(each.estimate)} EUR of the purse per additional tonne{interval}."


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
        Exhibit("years_of_links", links, years_of_links(links)),
        Exhibit("ends_against_history", frames["ends"], ends_by_year(frames["ends"])),
        Exhibit("counts_against_history", frames["counts"]),
        Exhibit("false_links", frames["strange"], printed=FALSE_COLUMNS, fold=fold),
        Exhibit("causes_against_history", frames["causes"], ends_by_cause(frames["causes"])),
        Exhibit("savings", frames["savings"], printed=SAVING_COLUMNS),
    )
    return [Part("Against history, link by link", exhibits)]


def spoken(frame: pd.DataFrame) -> pd.DataFrame:
    """Write causes and materials as words."""
    names = [name for name in ("cause", "material") if name in frame.columns]
    return frame.assign(**{name: frame[name].astype(str).str.replace("_", " ") for name in names})
