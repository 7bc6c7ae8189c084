"""Every talk of a workshop opened up: both least gains as a zone, what was offered, how it ended, who got the surplus."""

from __future__ import annotations

from typing import Any

from ..state import Play


def opened_talks(play: Play) -> list[dict[str, Any]]:
    """Return the talks at which somebody sat, in the order of their first word.

    low, high: prices that suited both at its last word, at the terms of the deal where there was one [EUR/unit]; there is
    a zone where high is not below low. gain: joint gain above both required gains at the best terms [EUR/year]. end:
    signed, walked, open, or lapsed (while months passed). position: share of the surplus that went to the buyer.
    """
    talks: dict[tuple[int, int], list[dict[str, Any]]] = {}
    for move in play.history:
        talks.setdefault((move["park"], move["talk"]), []).append(move)
    still = {(park, talk) for park in range(len(play.parks)) for talk in play.open_talks(park)}
    return [_story(moves, key in still) for key, moves in talks.items()]


def _story(moves: list[dict[str, Any]], is_open: bool) -> dict[str, Any]:
    first, last = moves[0], moves[-1]
    seller, buyer = (first["company"], first["partner"])[:: 1 if first["side"] == "seller" else -1]
    signed = bool(last.get("signed"))
    low, high = last["ends"] if signed and last.get("ends") else (last["zone_low"], last["zone_high"])
    price = next((move["price"] for move in reversed(moves) if move.get("price") is not None), None)
    return {
        "park": first["park"], "talk": first["talk"], "kind": first["kind"], "round": first["round"], "month": first["month"],
        "seller": seller, "buyer": buyer, "opportunity": first["opportunity"], "material": first["material"],
        "unit": first["unit"], "quantity": first["quantity"], "people": sorted({move["who"] for move in moves} - {""}),
        "low": low, "high": high, "gain": last["zone_gain"], "price": price, "exchange": last.get("exchange"),
        "offers": [(move["side"], move["price"], move["time"]) for move in moves if move["act"] == "offer" and "price" in move],
        "end": _end(last, is_open, signed), "by": last["company"], "last_month": last["month"], "last_round": last["round"],
        "last_time": last["time"],
        "position": position(low, high, price) if signed else None, "floor": any(move["floor"] for move in moves),
    }  # fmt: skip


def _end(last: dict[str, Any], is_open: bool, signed: bool) -> str:
    if signed:
        return "signed"
    return "open" if is_open else "walked" if last["act"] == "walk_out" else "lapsed"


def position(low: float, high: float, price: float | None) -> float | None:
    """Return the share of the surplus that a price gives to the buyer, 0 to 1; None where there is nothing to divide."""
    if price is None or not high > low:
        return None
    return (high - price) / (high - low)


def has_zone(talk: dict[str, Any]) -> bool:
    """Tell whether a talk could have been signed to both sides' gain."""
    return bool(talk["gain"] >= 0.0 and talk["high"] >= talk["low"])
