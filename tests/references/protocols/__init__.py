"""Protocols by which two companies come to terms: one function `meet(model, talk) -> answer` in each file."""

from __future__ import annotations

from tests.references.protocols import alternating_offers, equal_gain, fair_sharing, posted_price, threshold

PROTOCOLS = {
    "alternating_offers": alternating_offers.meet,
    "equal_gain": equal_gain.meet,
    "fair_sharing": fair_sharing.meet,
    "posted_price": posted_price.meet,
    "threshold": threshold.meet,
}
