"""Headline numbers of Explore: one definition, one sign and one unit for sentence, table and charts.

A gain, what is avoided and the public purse are what the exchanges bring: with less without. Means are those of a year.
"""

from __future__ import annotations

import numpy as np

from ..stores.ensemble import Ensemble

WITHOUT = {"public_balance": "public_balance_alone"}
"""Indicators that are levels, and those of the same park under the same rules without exchanges and programmes."""


def headline(ensemble: Ensemble, name: str) -> np.ndarray:
    """Return a headline number [replicate, year]."""
    values = ensemble.values(name)
    return values - ensemble.values(WITHOUT[name]) if name in WITHOUT else values


def a_year(ensemble: Ensemble, name: str) -> float:
    """Return its mean over years and replicates."""
    return float(headline(ensemble, name).mean())


def change_a_year(base: Ensemble, shown: Ensemble, name: str) -> float:
    """Return the mean over pairs and years of its change."""
    return float((headline(shown, name) - headline(base, name)).mean())
