"""The parts of the full report about value: who got the surplus, and how much of the optimum was reached."""

from __future__ import annotations

import pandas as pd

from ..charts.matplotlib_figures.surplus import (
    claims_and_receipts,
    inequality,
    public_account_curve,
    split_histogram,
    way_to_the_optimum,
)
from ..charts.number_format import number
from ..network.resilience import flows_at
from ..run_folder.tables import RunTables
from ..value.central_optimum import LOSSES, Solver, shortfall
from ..value.cooperative_game import fairness
from ..value.social_account import ShadowPrices, social_account
from ..value.surplus_division import gini_by_year, public_account, split_by_exchange
from .sections import Exhibit, Part

SOCIAL_COLUMNS = {
    "year": "year", "gain_resource": "goods and services", "co2": "CO2", "landfill": "landfill", "discharge": "discharge",
    "programmes": "programmes", "social": "social, EUR/yr",
}  # fmt: skip
LOSS_COLUMNS = {"words": "lost", "loss": "EUR/yr", "opportunities": "opportunities missed"}


def surplus_part(tables: RunTables, typical: RunTables) -> Part:
    """Show how the surplus is split, what companies can claim, inequality and the public account."""
    split, gini = split_by_exchange(tables.exchanges), gini_by_year(typical.companies)
    frame, summary = fairness(flows_at(typical, typical.months - 1))
    account = public_account(tables.yearly)
    exhibits: tuple[Exhibit, ...] = (
        Exhibit("split", split, split_histogram(split)),
        Exhibit("claims", frame, claims_and_receipts(frame)),
        Exhibit("gini", gini, inequality(gini)),
        Exhibit("public_account", account, public_account_curve(account)),
    )
    words = fairness_words(frame, summary)
    if "discharge_load" in tables.yearly:
        social = social_account(tables.yearly)
        exhibits = (*exhibits, Exhibit("social_account", social, printed=SOCIAL_COLUMNS))
        words += f" {social_words(social)}"
    return Part("Who got the surplus", exhibits, words + places_words(typical.deliveries))


def places_words(deliveries: pd.DataFrame) -> str:
    """Say how many lines bought a place in a pipe of others and for how much; nothing where none did."""
    paid = deliveries["buy_in_seller"] + deliveries["buy_in_buyer"]
    bought = paid[paid > 0.0]
    if bought.empty:
        return ""
    return (
        f" Places in pipes of others: {len(bought)} bought for {number(float(bought.sum()))} EUR, which went to those who were in "
        "these pipes; that is no part of the capital built."
    )


def social_words(social: pd.DataFrame) -> str:
    """Say what society gained in all, and at which shadow prices."""
    runs = social["replicate"].nunique() if "replicate" in social else 1
    whole = number(float(social["social"].sum()) / runs)
    now = number(float(social["discounted"].sum()) / runs)
    return (
        f"Society gained {whole} EUR in all, {now} EUR discounted at {ShadowPrices.discount:.0%}: goods and services saved, and CO2 at "
        f"{ShadowPrices.co2:g} EUR/t, landfill at {ShadowPrices.landfill:g} EUR/t and discharge at {ShadowPrices.discharge:g} EUR/kg, "
        "less what programmes cost. These prices act on no rule of the model; transfers are not in it."
    )


def fairness_words(frame: pd.DataFrame, summary: dict[str, float]) -> str:
    """Say whether the split at the end of the run is stable."""
    if frame.empty:
        return "There was no exchange at the end of the run."
    stable = summary["excess"] <= 1e-6 * (1 + abs(summary["whole"]))
    verdict = (
        "no group of companies would gain by leaving"
        if stable
        else f"some group would gain {number(summary['excess'])} EUR a year by leaving"
    )
    worth = f"The exchanges in place at the end are worth {number(summary['whole'])} EUR a year"
    return f"{worth}; as they share it, {verdict}."


def optimum_part(run: RunTables, solve: Solver | None) -> Part:
    """Show the share of the planner's value that was reached and where the rest was lost; without a solver, that it is left out."""
    if solve is None:
        return Part("Against the optimum", (), "This part is left out: no solver was given to find the optimum with.")
    if len(run.exchanges) > 0 and len(run.deliveries) == 0:
        return Part("Against the optimum", (), "The run kept no deliveries to compare with the optimum.")
    found = shortfall(run, solve=solve)
    rows = found.losses.assign(words=found.losses["cause"].map(LOSSES))
    text = "There was no opportunity of value."
    if found.optimum > 0:
        text = (
            f"In the last year what was delivered reached {found.share:.0%} of the {number(found.optimum)} EUR that a planner "
            "would have got out of the same supplies and needs. Both are valued alike, at true values."
        )
    if found.gap > 1e-3:
        text += f" The search proved its network to be within {found.gap:.1%} of the best."
    exhibits = (
        Exhibit("optimum", rows, way_to_the_optimum(found.reached, found.losses, LOSSES)),
        Exhibit("optimum_losses", rows, printed=LOSS_COLUMNS),
    )
    return Part("Against the optimum", exhibits, text)
