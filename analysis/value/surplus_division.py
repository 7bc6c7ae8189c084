"""Who got the surplus: between the parties of an exchange, among companies, and for the public purse."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike


def split_by_exchange(exchanges: pd.DataFrame) -> pd.DataFrame:
    """Tell for each exchange that started what the sides gained (EUR, whole life) and the seller's share of it.

    The share is NaN where the two together gained nothing: there was no surplus to share. It lies outside 0..1 when one
    side lost what the other gained.
    """
    started = exchanges[exchanges["start_month"].notna()]
    total = (started["seller_gain"] + started["buyer_gain"]).to_numpy(float)
    share = np.divide(started["seller_gain"].to_numpy(float), total, out=np.full(total.size, np.nan), where=total > 0)
    columns = ["exchange", "seller", "buyer", "material", "price", "seller_gain", "buyer_gain", "public_gain"]
    return started[columns].assign(total_gain=total, share_of_seller=share).reset_index(drop=True)


def gini(values: ArrayLike) -> float:
    """Return the Gini coefficient: mean absolute difference over twice the mean; 0 all equal, (n - 1) / n one has all.

    Losses are allowed, so it may exceed 1; without a positive sum it means nothing and is NaN.
    """
    values = np.sort(np.asarray(values, float))
    if not values.sum() > 0:
        return float("nan")
    ranks = np.arange(1, values.size + 1)
    return float(((2 * ranks - values.size - 1) * values).sum() / (values.size * values.sum()))


def gini_by_year(companies: pd.DataFrame) -> pd.DataFrame:
    """Return the Gini of yearly gains among companies with exchanges (`linked`) and among all open ones (`open`)."""
    present = companies[companies["open"].astype(bool)]
    linked = present[present["links"] > 0]
    every = present.groupby("year")["gain"].apply(gini)
    return pd.DataFrame({"open": every, "linked": linked.groupby("year")["gain"].apply(gini)}).reset_index()


def public_account(yearly: pd.DataFrame) -> pd.DataFrame:
    """Return the public account by year (EUR): with exchanges, without, the difference, and the difference so far."""
    frame = yearly[["year", "public_balance", "public_balance_alone"]].copy()
    frame["difference"] = frame["public_balance"] - frame["public_balance_alone"]
    keys = [yearly["replicate"]] if "replicate" in yearly.columns else [np.zeros(len(yearly))]
    frame["so_far"] = frame["difference"].groupby(keys).cumsum()
    return frame.assign(replicate=yearly["replicate"]) if "replicate" in yearly.columns else frame
