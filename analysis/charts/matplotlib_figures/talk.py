"""One negotiation as a picture: what both gain by each offer, the frontier, what both require, Nash and Kalai-Smorodinsky."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from matplotlib.figure import Figure

from ..colours import BLUE, INK, MUTED, RED
from .style import styled

SELLER, BUYER = RED, BLUE
THOUSAND = 1000.0


@styled
def draw_talk(talk: Mapping[str, Any]) -> Figure:
    """Draw a talk.

    talk: what `ecopark.abm.interventions.single_talk.Talk` holds, as a dictionary.
    """
    figure = Figure(figsize=(6.4, 4.6), layout="constrained")
    axes = figure.subplots()
    own, other = talk["seller_reserve"] / THOUSAND, talk["buyer_reserve"] / THOUSAND
    zone = talk["zone"] / THOUSAND
    for speaker, colour, mark in (("seller", SELLER, "o"), ("buyer", BUYER, "s")):
        offers = [
            one for one in talk["offers"] if one["speaker"] == speaker and one["answer"] not in ("walk_out", "accept")
        ]
        points = [(one["seller_gain"] / THOUSAND, one["buyer_gain"] / THOUSAND) for one in offers]
        if points:
            axes.plot(
                *zip(*points, strict=True), color=colour, marker=mark, ms=4, lw=0.8, label=f"offers of the {speaker}"
            )
    axes.axvline(own, color=SELLER, lw=0.8, ls=":", label="least gain of the seller")
    axes.axhline(other, color=BUYER, lw=0.8, ls=":", label="least gain of the buyer")
    if zone >= 0:
        axes.plot([own, own + zone], [other + zone, other], color=INK, lw=1.6, label="frontier")
        axes.plot(own + zone / 2, other + zone / 2, color=INK, marker="D", ms=6, ls="", label="Nash, Kalai-Smorodinsky")
        axes.fill([own, own + zone, own], [other, other, other + zone], color=MUTED, alpha=0.12, lw=0)
    if talk["agreed"]:
        last = talk["offers"][-1]
        axes.plot(last["seller_gain"] / THOUSAND, last["buyer_gain"] / THOUSAND, "*", color=INK, ms=12, label="deal")
    axes.set_xlabel(f"gain of {talk['seller']}, thousand EUR a year")
    axes.set_ylabel(f"gain of {talk['buyer']}, thousand EUR a year")
    axes.set_title(f"{talk['material'].replace('_', ' ')} instead of {talk['input'].replace('_', ' ')}")
    axes.legend(loc="best")
    return figure
