"""What is observed: name, unit, label, how it adds up from months to a year and which way is better, declared once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..entities.codes import REASONS


@dataclass(frozen=True)
class Indicator:
    """An indicator; total says how months make a year: sum, mean or last; better: which way one wants it.

    better: "more", "less", or "none" where it depends on what one is after (a count of talks, of companies).
    """

    name: str
    unit: str
    label: str
    total: str
    better: str


_DECLARED = """
links|exchanges|operating exchanges|last|more
companies|companies|open companies|last|none
identified|opportunities|identified, not pursued at present|last|none
screened|opportunities|screened, waiting for talks|last|none
in_talks|opportunities|in talks|last|none
agreed|opportunities|agreed, not yet building|last|none
building|opportunities|connection being built|last|none
operating|opportunities|operating|last|more
deals|contracts|contracts signed|sum|none
failed_talks|talks|talks that ended without a deal|sum|none
failed_feasible|talks|of these, although a deal would have suited both|sum|less
ends|exchanges|exchanges that ended|sum|none
material_reused|t|by-product materials delivered|sum|more
energy_reused|GJ|by-product energy delivered|sum|more
water_reused|m3|water delivered|sum|more
disposed|t|by-product materials disposed of, by any route|sum|less
landfilled|t|of these, to a landfill|sum|less
incinerated|t|of these, to an incinerator|sum|less
treated|t|of these, to treatment|sum|less
discharged|t|of these, discharged with waste water|sum|less
spread|t|of these, spread or left on the ground|sum|less
water_discharged|m3|water discharged|sum|less
discharge_load|kg|oxygen demand (BOD equivalents) discharged|sum|less
disposed_alone|t|by-product materials disposed of if there were no exchanges|sum|none
landfilled_alone|t|of these, to a landfill|sum|none
incinerated_alone|t|of these, to an incinerator|sum|none
treated_alone|t|of these, to treatment|sum|none
discharged_alone|t|of these, discharged with waste water|sum|none
spread_alone|t|of these, spread or left on the ground|sum|none
water_discharged_alone|m3|water discharged if there were no exchanges|sum|none
discharge_load_alone|kg|oxygen demand (BOD equivalents) discharged if there were no exchanges|sum|none
virgin_saved|EUR|virgin input saved, without taxes|sum|more
co2_avoided|t|CO2 avoided|sum|more
gain|EUR|gain of all companies from exchanges|sum|more
gain_sellers|EUR|gain of sellers, net of loans and arranging cost|sum|more
gain_buyers|EUR|gain of buyers, net of loans and arranging cost|sum|more
gain_storage|EUR|disposal put off by storing, less the cost of storing|sum|more
gain_resource|EUR|goods and services saved by exchanges, without transfers|sum|more
result|EUR|result of all companies|sum|more
result_alone|EUR|result of all companies without exchanges|sum|none
shortfall|share|mean missing share of contract quantities|mean|less
transport_cost|EUR|transport paid for exchanges|sum|less
capex|EUR|capital spent on exchanges, grants included|sum|less
public_balance|EUR|public purse: taxes less subsidies, grants and programmes|sum|more
public_balance_alone|EUR|public purse without exchanges and programmes|sum|none
tax_revenue|EUR|tax revenue|sum|none
tax_revenue_alone|EUR|tax revenue without exchanges|sum|none
subsidies|EUR|subsidies paid|sum|less
grants|EUR|capital grants paid|sum|less
programme_cost|EUR|cost of public programmes|sum|less
jobs|jobs|jobs in open companies|last|more
trust|0..1|mean trust in operating exchanges|mean|more
willingness|0..1|mean willingness to cooperate|mean|more
attitude|0..1|mean attitude towards exchanges|mean|more
openings|companies|companies opened|sum|none
closures|companies|companies closed|sum|none
"""


def _declare() -> dict[str, Indicator]:
    rows = [line.split("|") for line in _DECLARED.strip().splitlines()]
    indicators = [Indicator(*row) for row in rows]
    place = next(index for index, row in enumerate(rows) if row[0] == "ends") + 1
    ends = [
        Indicator(f"ends_{reason}", "exchanges", f"ended: {reason.replace('_', ' ')}", "sum", "none")
        for reason in REASONS[1:]
    ]
    return {indicator.name: indicator for indicator in [*indicators[:place], *ends, *indicators[place:]]}


INDICATORS: dict[str, Indicator] = _declare()
MONTH = np.dtype((np.record, np.dtype([(name, "f8") for name in INDICATORS], align=True)))
YEAR = np.dtype([("year", "i8"), *((name, "f8") for name in INDICATORS)])


def sum_up(months: np.ndarray, start_year: int) -> np.ndarray:
    """Return one row per year from the monthly rows; a year that is not complete adds up what there is.

    months: [month] records of `MONTH`, from January of `start_year`. A mean runs over the months for which there is a value.
    """
    years = -(-len(months) // 12)
    table = np.zeros(years, dtype=YEAR)
    firsts = np.arange(0, len(months), 12)
    table["year"] = start_year + np.arange(years)
    if years == 0:
        return table
    lasts = np.minimum(firsts + 11, len(months) - 1)
    plain = np.ascontiguousarray(months).view(np.ndarray).view("f8").reshape(-1, len(INDICATORS))
    values = np.ascontiguousarray(plain.T)  # an indicator in a piece, so that its sums are those of its column alone
    there = ~np.isnan(values)
    sums = np.add.reduceat(np.where(there, values, 0.0), firsts, axis=1)
    known = np.add.reduceat(there, firsts, axis=1, dtype=float)
    means = np.where(known > 0, sums / np.maximum(known, 1), np.nan)
    totals = {"last": values[:, lasts], "sum": sums, "mean": means}
    for place, (name, indicator) in enumerate(INDICATORS.items()):
        table[name] = totals[indicator.total][place]
    return table
