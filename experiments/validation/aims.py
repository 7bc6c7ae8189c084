"""What is aimed at (G0 to G12), and a row of the table of scores."""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass, replace
from typing import Any

REACHED, MINIMUM, LOST, OPEN = "reached", "bare minimum", "lost", "not measured"


@dataclass(frozen=True)
class Aim:
    """An aim, with ranges (low, high).

    best: what is aimed at in the fit set. least: the bare minimum, where there is one. test: what is aimed at in parks that
    were never fitted, where it differs.
    """

    id: str
    label: str
    best: tuple[float, float]
    least: tuple[float, float]
    test: tuple[float, float] | None = None

    def verdict(self, value: float, test: bool = False) -> str:
        """Return in a word how a value stands to the aim; test: to that of parks that were never fitted."""
        if math.isnan(value):
            return OPEN
        for (low, high), word in ((self.test or self.best if test else self.best, REACHED), (self.least, MINIMUM)):
            if low <= value <= high:
                return word
        return LOST


TOP = math.inf
AIMS = {
    aim.id: aim
    for aim in (
        Aim("G0", "share of documented exchanges that the model can draw", (0.6, 1.0), (0.4, 1.0), (0.5, 1.0)),
        Aim("G0 planned", "share of planned exchanges that the model can draw", (0.5, 1.0), (0.4, 1.0)),
        Aim("G1", "AUC, realised against explored, within parks", (0.70, 1.0), (0.60, 1.0), (0.65, 1.0)),
        Aim("G1 null", "AUC above the better of N5 and N8", (0.03, 1.0), (0.03, 1.0)),
        Aim("G2", "average precision among all feasible", (0.15, 1.0), (TOP, TOP), (0.10, 1.0)),
        Aim("G2 null", "average precision relative to N7", (3.0, TOP), (3.0, TOP)),
        Aim("G3", "skill of the log score of links against the best null", (0.15, 1.0), (TOP, TOP), (0.08, 1.0)),
        Aim("G3 parks", "share of parks with a skill above 0", (0.6, 1.0), (0.6, 1.0)),
        Aim("G4", "slope of reliability", (0.8, 1.25), (0.5, 2.0), (0.6, 1.6)),
        Aim("G5", "false links that 12 decoys bring to Kalundborg", (0.0, 6.0), (0.0, 12.0)),
        Aim("G5 lost", "true links of Kalundborg lost to 12 decoys", (-TOP, 1.0), (-TOP, 1.0)),
        Aim("G5 dead", "links of companies whose by-product nobody can use", (0.0, 0.0), (0.0, 0.0)),
        Aim("G6", "share of register plants with a link", (0.30, 0.55), (0.20, 0.65)),
        Aim("G7", "skill of the counts against the better of N1 and N2 (CRPS)", (0.15, 1.0), (0.0, 1.0)),
        Aim("G8", "log score of starts above N6, dates not given [nat]", (0.15, TOP), (0.0, TOP), (0.05, TOP)),
        Aim("G8 error", "median error of starts relative to N6", (0.0, 0.8), (0.0, 1.0)),
        Aim("G9", "skill of survival against N9 (integrated Brier score)", (0.05, 1.0), (0.0, 1.0)),
        Aim("G9 calibration", "p of uniform survival at the end (D-calibration)", (0.05, 1.0), (0.05, 1.0)),
        Aim("G9 burst", "share of Kalundborg's runs with four or more ends in a year", (0.10, 1.0), (0.10, 1.0)),
        Aim("G10", "funnel: largest difference of a share", (0.0, 0.10), (0.0, 0.20), (0.0, 0.12)),
        Aim("G10 months", "months from found to start, relative to the record", (0.5, 2.0), (0.5, 2.0)),
        Aim("G10 distance", "median distance of links, relative to the record", (0.7, 1.3), (0.5, 2.0)),
        Aim("G11", "ablations that leave a trace of two standard errors, of 6", (4.0, 6.0), (3.0, 6.0)),
        Aim("G12", "simulation-based calibration: least p, Holm", (0.05, 1.0), (0.05, 1.0)),
        Aim("G12 coverage", "coverage of 50 and 90 % regions: largest difference", (0.0, 0.05), (0.0, 0.05)),
        Aim("G12 own", "parks that need a posterior of their own at 1 % (Holm)", (0.0, 0.0), (0.0, 0.0)),
        Aim("G12 shrinkage", "parameters whose range shrinks to half the prior", (5.0, 10.0), (5.0, 10.0)),
    )
}


@dataclass(frozen=True)
class Score:
    """A row of the table. null: name of what stands beside it; error: standard error of the model's value or difference."""

    aim: str
    measure: str
    park: str
    model: float
    null: str = ""
    null_value: float = math.nan
    error: float = math.nan
    rows: int = 0
    verdict: str = ""

    def as_dict(self) -> dict[str, Any]:
        """Return the row as plain values."""
        return asdict(self)


def judged(aim: str, model: float, park: str = "pooled", **others: Any) -> Score:
    """Return a row that is judged by its aim."""
    return Score(aim, AIMS[aim].label, park, model, verdict=AIMS[aim].verdict(model), **others)


def in_order(rows: list[Score]) -> list[Score]:
    """Return rows in the order of the aims; those of one aim stay as they are."""
    order = {aim: place for place, aim in enumerate(sorted(AIMS, key=lambda one: (int(one[1:].split()[0]), one)))}
    return sorted(rows, key=lambda row: order[row.aim])


def as_test(rows: list[Score]) -> list[Score]:
    """Return rows judged by what is aimed at in parks that were never fitted."""
    judged_words = (REACHED, MINIMUM, LOST, OPEN)
    return [
        replace(row, verdict=AIMS[row.aim].verdict(row.model, test=True)) if row.verdict in judged_words else row
        for row in rows
    ]
