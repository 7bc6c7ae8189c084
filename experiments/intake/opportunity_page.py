"""Opportunities as text, csv and a page with a map."""

from __future__ import annotations

from html import escape
from typing import Any

from ecopark.analysis.charts.number_format import counted

from .map import Arc, map_svg, places_of
from .opportunities import Opportunities, assumed_share, public_value, verdict
from .page import amount, money, page, table
from .row import Row
from .write import csv_text

HEAD = (
    "giver", "taker", "material", "input", "quantity", "unit", "share_of_stream", "share_of_need", "km", "value", "low", "high",
    "to_giver", "to_taker", "to_public", "fair_price", "p_min", "p_max", "capital", "payback_giver", "payback_taker", "in_best", "in_use",
    "data", "verdict",
)  # fmt: skip
LISTED, SHOWN = 400, 30  # rows of the page, and of them those that are not folded away
BAND = ("value", "low", "high", "to_giver", "to_taker", "to_public", "fair_price", "p_min", "p_max", "capital")


def record(found: Opportunities, row: Row) -> dict[str, Any]:
    """Return a row as plain values; of a confidential stream neither quantity nor money is shown."""
    price = row.fair if row.price_in_use is None else row.price_in_use
    to_giver, to_taker = row.giver_value(price), row.taker_value(price)
    plain: dict[str, Any] = {
        "giver": row.giver, "taker": row.taker, "material": row.material, "input": row.input, "quantity": float(row.quantity),
        "unit": row.carried.unit, "share_of_stream": float(row.quantity / row.supply.amount),
        "share_of_need": float(row.k * row.quantity / row.need.amount), "km": float(row.km), "value": float(row.value),
        "low": float(row.low), "high": float(row.high), "to_giver": float(to_giver), "to_taker": float(to_taker),
        "to_public": float(public_value(found.park, row)), "fair_price": float(price), "p_min": float(row.p_min), "p_max": float(row.p_max),
        "capital": float(row.capital), "payback_giver": _payback(row, to_giver), "payback_taker": _payback(row, to_taker),
        "in_best": float(row.in_best), "in_use": row.in_use, "data": row.letter, "verdict": verdict(row),
    }  # fmt: skip
    if row.supply.confidential or row.need.confidential:
        hidden = {*BAND, "quantity", "share_of_stream", "share_of_need", "payback_giver", "payback_taker", "in_best"}
        plain = {name: None if name in hidden else value for name, value in plain.items()}
        plain["verdict"] = f"confidential; {_words_alone(verdict(row))}"
    return plain


def _words_alone(text: str) -> str:
    """Return a verdict without numbers in brackets, which would tell a price."""
    return "; ".join(part.partition(" (")[0] if part.startswith(("already", "pays")) else part.split(" EUR")[0].rstrip("0123456789.,e+- ") or part
                     for part in text.split("; "))  # fmt: skip


def _payback(row: Row, gain: float) -> float:
    return 0.5 * row.capital / gain if gain > 0 else float("inf")


EXCHANGES = ("exchange", "exchanges")


def totals(found: Opportunities) -> list[tuple[str, str]]:
    """Return the totals: the value of the best network, never a sum of rows."""
    used = sum(row.value for row in found.best.chosen if row.in_use)
    new = found.best.value - used
    rows = [
        ("best total", f"{money(found.best.value)} EUR a year, {money(found.best.net)} after annuities"),
        ("low to high", f"{money(found.low)} to {money(found.high)}: all that is uncertain at its low, at its high"),
        (
            "of it in use now",
            f"{money(used)} EUR a year in {counted(sum(row.in_use for row in found.best.chosen), *EXCHANGES)}",
        ),
        (
            "of it new",
            f"{money(new)} EUR a year in {counted(sum(not row.in_use for row in found.best.chosen), *EXCHANGES)}",
        ),
    ]
    if found.best.gap > 0.001:
        rows.append(("unfinished search", f"at most {found.best.gap:.1%} more"))
    return rows


def text(found: Opportunities, top: int | None) -> str:
    """Return what the terminal shows."""
    every = list(found.rows)
    shown = every if top is None else [row for row in every if row.in_best > 0 or row.value > 0 or row.in_use][:top]
    lines = [f"{found.park.scenario.label}: opportunities in {found.park.scenario.start_year}, before any run", ""]
    lines += [f"  {name:<20} {value}" for name, value in totals(found)]
    lines += [
        f"  {'letter':<20} {assumed_share(found.best):.0%} of the possible value rests on assumptions (data letter A)"
    ]
    lines += [f"  doubt: {one}" for one in found.plausibility]
    lines.append("")
    for row in shown:
        plain = record(found, row)
        quantity = "?" if plain["quantity"] is None else f"{amount(plain['quantity'])} {plain['unit']}/a"
        worth = (
            "confidential"
            if plain["value"] is None
            else f"{money(plain['value'])} EUR/a ({money(plain['low'])} to {money(plain['high'])})"
        )
        price = "" if plain["fair_price"] is None else f", fair price {plain['fair_price']:,.3g} EUR/{plain['unit']}"
        capital = "" if plain["capital"] is None else f", capital {money(plain['capital'])} EUR"
        star = "*" if row.in_best > 0 else " "
        lines.append(
            f"{star} {row.giver} -> {row.taker}: {row.material} for {row.input}, {quantity}, {row.km:.1f} km{_part(plain)}"
        )
        lines.append(f"    worth {worth}{price}{capital}, data {row.letter}: {plain['verdict']}")
    lines.append(f"\n* in the best network. {len(every)} pairs in all, {reach_words(every)} (--all, --csv).")
    lines += _more(found)
    return "\n".join(lines)


def reach_words(rows: list[Row]) -> str:
    """Say how many pairs lie beyond the reach of their by-product; `check` counts the others, which a run can find."""
    far = sum(any(cause.kind == "far" for cause in row.causes) for row in rows)
    return f"{len(rows) - far} of them within reach and {far} too far" if far else "all within reach"


def _part(plain: dict[str, Any]) -> str:
    """Return how much of a row flows in the best network, where others take the rest of its stream or its need."""
    flow = plain["in_best"]
    return f"; of it {amount(flow)} in the best network" if flow and flow < 0.995 * plain["quantity"] else ""


def _more(found: Opportunities) -> list[str]:
    lines = []
    if found.misses:
        lines += ["", "Near misses: what one change opens"]
        for miss in found.misses[:8]:
            row = miss.row
            lines.append(
                f"  {row.giver} -> {row.taker}, {row.material} for {row.input}: {miss.change} ({money(miss.value)} EUR/a)"
            )
    if found.recruits:
        lines += ["", "Missing companies: what a typical plant would add to the total"]
        lines += [f"  {kind}: {money(value)} EUR/a" for kind, value in found.recruits]
    if found.alone:
        lines += ["", "Alone: by-products without a taker"]
        lines += [f"  {company}, {material}: {why}" for company, material, why in found.alone[:12]]
        lines += [f"  ... and {len(found.alone) - 12} more (--html)"] if len(found.alone) > 12 else []
    return lines


def csv_of(found: Opportunities) -> str:
    """Return all rows with all columns."""
    return csv_text(
        HEAD, ({name: value for name, value in record(found, row).items() if _finite(value)} for row in found.rows)
    )


def _finite(value: Any) -> bool:
    return not isinstance(value, float) or abs(value) < float("inf")


def html(found: Opportunities, known: str, signed: float | None, outlines: Any = ()) -> str:
    """Return the page. known: how many numbers are given; signed: share of worthwhile rows that the model signs, if it ran."""
    scenario = found.park.scenario
    arcs = [
        Arc(
            row.giver,
            row.taker,
            row.in_best * max(row.unit, 0.0),
            f"{row.giver} to {row.taker}: {row.material}",
            row.in_use,
        )
        for row in found.best.chosen
        if not (row.supply.confidential or row.need.confidential)
    ]
    rows = [record(found, row) for row in found.rows[:LISTED]]
    body = [
        (r["giver"], r["taker"], f"{r['material']} for {r['input']}", _number(r["quantity"], r["unit"]), f"{r['km']:.1f}",
         _money(r["value"]), r["verdict"], f"{_money(r['low'])} to {_money(r['high'])}", r["data"], _money(r["to_giver"]), _money(r["to_taker"]), _money(r["to_public"]),
         _price(r["fair_price"]), f"{_price(r['p_min'])} to {_price(r['p_max'])}", _money(r["capital"]),
         f"{_years(r['payback_giver'])} / {_years(r['payback_taker'])}", "yes" if r["in_best"] else "")
        for r in rows
    ]  # fmt: skip
    head = (
        "giver", "taker", "exchange", "quantity a year", "km", "worth EUR/a", "worth talking, or why not", "low to high", "data", "to giver", "to taker", "to public",
        "fair price", "price range", "capital EUR", "payback, years", "in best",
    )  # fmt: skip
    misses = [
        (m.row.giver, m.row.taker, f"{m.row.material} for {m.row.input}", m.change, money(m.value))
        for m in found.misses
    ]
    parts = [
        f"<p class='lead'>{scenario.start_year}, at the mean prices of the year and the rules in force; no chance, no behaviour. {escape(known)}.</p>",
        table(("", ""), totals(found)),
        "".join(f"<p class='notice'>{escape(one)}</p>" for one in found.plausibility),
        map_svg(places_of(scenario), arcs, outlines),
        table(head, body[:SHOWN], "Who could give what to whom"),
        folded(f"{counted(len(body) - SHOWN, 'more pair', 'more pairs')}", table(head, body[SHOWN:])),
        table(
            ("giver", "taker", "by-product", "one change", "worth EUR/a then"),
            misses,
            "Near misses: what one change opens",
        ),
        table(
            ("type", "adds EUR/a"),
            [(kind, money(value)) for kind, value in found.recruits],
            "Missing companies: what a typical plant would add",
        ),
        table(("company", "by-product", "why"), found.alone, "Alone: by-products without a taker"),
        f"<p>{escape(will_happen(signed))}</p>",
    ]
    return page(f"{scenario.label}: opportunities", parts)


def folded(title: str, body: str) -> str:
    """Return a part of a page that is folded away; "" without one."""
    return f"<details><summary>{escape(title)}</summary>{body}</details>" if body else ""


def will_happen(signed: float | None) -> str:
    """Return the last line: in reach and worth it is not that it will happen."""
    if signed is None:
        return "In reach and worth it is not `will happen`: `ecopark run PARK --replicates 30` tells which share of these rows companies sign."
    return f"In reach and worth it is not `will happen`: the model signs {signed:.0%} of such rows within 20 years, mean of its runs."


def _number(value: float | None, unit: str) -> str:
    return "confidential" if value is None else f"{amount(value)} {unit}"


def _money(value: float | None) -> str:
    return "-" if value is None else money(value)


def _price(value: float | None) -> str:
    return "-" if value is None else f"{value:,.2f}"


def _years(value: float | None) -> str:
    return "-" if value is None else "∞" if value > 99 else f"{value:.1f}"
