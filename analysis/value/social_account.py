"""The social account of a run: what exchanges save in goods and services, and what they spare the environment at shadow prices.

social = gain_resource + environment - (1 + public funds) x cost of programmes. Taxes, prices and subsidies are transfers and
not in it. environment = tonnes of CO2, tonnes not landfilled and kilograms of oxygen demand not discharged, each at its
shadow price, against the same months without exchanges. The prices act on no rule: they are settings of the analysis.
"""

from __future__ import annotations

from dataclasses import dataclass, fields

import pandas as pd


@dataclass(frozen=True)
class ShadowPrices:
    """Settings of the social account; the ranges are in `RANGES`.

    co2 [EUR/t], landfill [EUR/t], discharge [EUR/kg BOD equivalent]; public_funds: added cost of a public euro; discount
    [1/year]. All but CO2 are of grade A (assumed); CO2, public funds and discount follow common practice (G).
    """

    co2: float = 100.0
    landfill: float = 10.0
    discharge: float = 1.0
    public_funds: float = 0.2
    discount: float = 0.03

    def __post_init__(self) -> None:
        """Raise ValueError for a price outside its range."""
        for part in fields(self):
            low, high = RANGES[part.name]
            value = getattr(self, part.name)
            if not low <= value <= high:
                raise ValueError(f"{part.name} is {value:g}; allowed: {low:g} to {high:g}")


RANGES = {
    "co2": (0.0, 300.0), "landfill": (0.0, 50.0), "discharge": (0.0, 10.0), "public_funds": (0.0, 0.5), "discount": (0.0, 0.1),
}  # fmt: skip


def social_account(yearly: pd.DataFrame, prices: ShadowPrices | None = None) -> pd.DataFrame:
    """Return the social account by year [EUR]: gain_resource, co2, landfill, discharge, programmes, social, discounted.

    yearly: indicators of a run or an ensemble. discounted: social at the discount rate, from the first year on.
    """
    prices = prices or ShadowPrices()
    frame = yearly[["replicate", "year"] if "replicate" in yearly else ["year"]].copy()
    frame["gain_resource"] = yearly["gain_resource"]
    frame["co2"] = prices.co2 * yearly["co2_avoided"]
    frame["landfill"] = prices.landfill * (yearly["landfilled_alone"] - yearly["landfilled"])
    frame["discharge"] = prices.discharge * (yearly["discharge_load_alone"] - yearly["discharge_load"])
    frame["programmes"] = -(1.0 + prices.public_funds) * yearly["programme_cost"]
    frame["social"] = frame[["gain_resource", "co2", "landfill", "discharge", "programmes"]].sum(axis=1)
    frame["discounted"] = frame["social"] / (1.0 + prices.discount) ** (frame["year"] - frame["year"].min())
    return frame.reset_index(drop=True)
