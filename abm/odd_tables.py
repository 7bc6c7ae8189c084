"""The tables of ODD.md, made from the declarations: `python -m ecopark.abm.odd_tables --write` renews them in place."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Sequence
from inspect import cleandoc
from pathlib import Path
from typing import Any

from .entities.tables import COLUMNS, blank, describe
from .input.loading import load_scenario
from .input.parameters import GROUPS, PARAMETERS, Parameter
from .observation.indicators import INDICATORS
from .observation.tables import TABLES
from .park import Park
from .policies import POLICIES, Policy

PAGE = Path(__file__).parent / "ODD.md"
BEGIN, END = "<!-- table: {} -->", "<!-- end -->"
# Result columns whose meaning stands in the state table of the same subject, under another name there.
ALIASES = {
    "seller_share": "share",
    "joint": "score",
    "public": "public_gain",
    "exchanges.co2_avoided": "co2",
    "end": "ends",
}
ENDINGS = ("_month", "_years", "_km", "_gain")
HOMES = {
    "companies": ("companies", "yearbook"),
    "prices": ("materials",),
    "exchanges": ("opportunities", "exchanges"),
    "talks": ("past_talks",),
    "opportunities": ("opportunities", "notes", "funnel"),
}
# Names in place of rows, and what is made of several columns: column|unit|meaning.
WORDS = """
year|year|calendar year; month|month|months since January of the start year; company|name|company; partner|name|the other company;
label|words|title of the company; type|name|type it had in that year; sector|name|sector of that type; open|yes/no|open at the end of the year;
links|exchanges|operating exchanges; gain|EUR/year|result less result_alone; result|EUR/year|with the exchanges; result_alone|EUR/year|without them;
sells|exchanges|operating, as seller; buys|exchanges|operating, as buyer; seller|name|company that gives; buyer|name|company that takes;
seller_sector|name|sector of the seller; buyer_sector|name|sector of the buyer; input|name|input that is replaced;
material|name|by-product (in `prices` any material); group|name|material, energy or water; stage|name|of the funnel; unit|name|unit of the by-product;
carrier|name|truck, ship, pipe or wire; capex|EUR|capital, grant included; opportunity|number|row of the table of opportunities;
exchange|number|row of the table of exchanges; channel|name|how the opportunity was found; kind|name|what happened;
detail|words|the event in a sentence;
event|number|of the event in the run; cause|number|event that led to it; origin|name|of an event without a cause: lever, date, draw or person;
reason|name|why it ended, why a talk failed, how it was found or what was renegotiated, empty where none applies; speaker|name|seller or buyer;
answer|name|offer, accept, walk_out, last (offer) or absurd; seller_gain|EUR|of the seller in all, net of loans (of an offer: EUR/year);
buyer_gain|EUR|of the buyer in all, net of loans (of an offer: EUR/year);
asset|number|row of the table of assets, of a contract the newest it uses; successor|number|exchange that took its place;
streams.direction|name|out or in; streams.route|name|sold, stored (at the end of the year), how it was disposed of, replaced or virgin;
streams.route_kind|name|kind of that route of disposal: landfill, incineration, ...; empty for the others;
streams.quantity|unit|in the year; streams.tonnes|t|of it; streams.cost|EUR|of it, with taxes; streams.tax|EUR|of that;
account|name|company, or who stands for all others of a kind; is_company|yes/no|the account is a company or a sector of them;
item|name|what was paid for; counterpart|name|account on the other side; paid|EUR/year|by the account; received|EUR/year|by the account;
paid_alone|EUR/year|without exchanges; received_alone|EUR/year|without exchanges; assets.kind|name|link or equipment;
pipe_class|name|of a link; assets.main|number|row of the pipe in which it has a place, empty without; built_month|month|from which it can be used;
company|name|the company that the row is about; companies.cash|EUR|reserve at the end of the year;
companies.attitude|0..1|towards exchanges, at the end of the year; companies.output|product/month|of the main product in the last month of the year;
companies.jobs|jobs|at the end of the year; distance_km|km|between the two companies, as the by-product goes;
screened_month|month|in which it was screened; talks_month|month|in which talks began; signed_month|month|in which a contract was signed;
operating_month|month|in which deliveries began; unit_value|EUR/unit|what a unit is worth to both sides together, less the annuity of
its capital, at true values of the latest month; fixed_cost|EUR/year|annuity of the fixed capital where nothing stands and of arranging, and
twice monitoring; replaces|input/unit|input that a unit replaces; max_share|share|of the buyer's need that this by-product may replace;
allowed_month|month|from which the conversion is allowed; exchanges.quantity|unit/year|contract quantity;
band|share|allowed deviation of a month's quantity; term_years|years|term of the contract; penalty|factor|liquidated damages on the price;
indexation|share|of a change of the virgin price that is passed on; start_month|month|from which it delivers;
end_month|month|in which it ended, empty where it runs; meetings.price|EUR/unit|offered, above 0 the seller receives;
outcome|name|signed, or why it ended without a deal; talks.kind|name|new, renewal, renegotiation, smaller contract, switch or hold_up;
asker|name|who asks for new terms or leaves by a switch: seller or buyer, empty where none does; planned|yes/no|the planner set the terms;
best_seller_share|share|of the capital for the seller in the best package; best_term_years|years|in the best package;
talks.seller_gain|EUR/year|of what was agreed; talks.buyer_gain|EUR/year|of what was agreed; talks.price|EUR/unit|agreed;
talks.quantity|unit/year|what was talked about; talks.term_years|years|agreed; talks.seller_share|share|of the capital, agreed;
talks.exchange|number|contract that was signed or talked about; strategy_seller|name|how the seller bargained;
talks.opened|month|in which it began; talks.ended|month|in which it ended; meetings.quantity|unit/year|offered;
deadline_seller|meetings|after which the seller leaves; deadline_buyer|meetings|after which the buyer leaves;
exponent_seller|-|shape of the seller's concessions over time; exponent_buyer|-|shape of the buyer's concessions over time;
strategy_buyer|name|how the buyer bargained; last|yes/no|it was a last offer;
deliveries.month|month|months since January of the start year; assets.capacity|unit/year|that it can carry or treat
"""


def grid(head: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    """Return a Markdown table."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(str(cell).replace("|", "\\|") for cell in line) + " |" for line in lines)


def parameters() -> str:
    """Return every parameter, group by group."""
    parts = []
    for group, kind in GROUPS.items():
        rows = [_parameter_row(one) for one in PARAMETERS.values() if one.name.startswith(f"{group}.")]
        head = ("parameter", "default", "unit", "range", "meaning", "source", "grade")
        parts.append(f"**{group}**: {cleandoc(kind.__doc__ or '')}\n\n{grid(head, rows)}")
    return "\n\n".join(parts)


def plain(value: Any) -> str:
    """Return a default as a reader writes it."""
    if isinstance(value, bool):
        return "on" if value else "off"
    return f"{value:,.10g}" if isinstance(value, int | float) else str(value)


def _parameter_row(one: Parameter) -> tuple[str, ...]:
    allowed = f"{plain(one.low)} to {plain(one.high)}" if one.low is not None else ", ".join(one.options) or "on, off"
    return f"`{one.name}`", plain(one.default), one.unit, allowed, one.meaning, one.source, one.grade


def state() -> str:
    """Return every column of every table of the state."""
    tables = {
        table: [(f"`{name}`", unit, text or name.replace("_", " ")) for name, _, unit, text in describe(table)]
        for table in COLUMNS
    }
    return "\n\n".join(f"**{table}**\n\n{grid(('column', 'unit', 'meaning'), tables[table])}" for table in tables)


def indicators() -> str:
    """Return every indicator."""
    head = ("indicator", "unit", "meaning", "a year is the", "better is")
    rows = [(f"`{one.name}`", one.unit, one.label, one.total, one.better) for one in INDICATORS.values()]
    return grid(head, rows)


def policies() -> str:
    """Return every policy: one line with lever, unit, range and cost."""
    head = ("policy", "what it does", "lever", "unit", "range", "default", "cost of the programme")
    return grid(head, [_policy_row(name, kind) for name, kind in POLICIES.items()])


def _policy_row(name: str, kind: type[Policy]) -> tuple[str, ...]:
    once, twice = blank("levers", 1), blank("levers", 1)
    kind(1.0).write(once)
    kind(2.0).write(twice)
    levers = [f"`{lever}`" for lever in once.dtype.names if lever != "programme_cost" and once[lever][0] != 0]
    cost = float(once.programme_cost[0])
    growing = " per unit of size" if twice.programme_cost[0] > cost else ""
    spent = f"{cost:,.0f} EUR/month{growing}" if cost else "none"
    return (
        f"`{name}`", (kind.__doc__ or "").splitlines()[0], ", ".join(levers), kind.unit,
        f"{plain(kind.low)} to {plain(kind.high)}", plain(kind.default), spent,
    )  # fmt: skip


def results() -> str:
    """Return every column of every result table; of the yearly and monthly ones those that are no indicators."""
    park = Park(load_scenario("kalundborg", {"horizon.years": 1}))
    parts = []
    for table, columns in TABLES.items():
        names = [name for name in columns(park) if table not in ("yearly", "monthly") or name not in INDICATORS]
        rows = [(f"`{name}`", *meaning_of(table, name)) for name in names]
        parts.append(f"**{table}**: {cleandoc(columns.__doc__ or '')}\n\n{grid(('column', 'unit', 'meaning'), rows)}")
    return "\n\n".join(parts)


def meaning_of(table: str, column: str) -> tuple[str, str]:
    """Return unit and meaning of a result column: from WORDS, else from the state where it stands there."""
    words = {name: rest for name, *rest in (line.strip().split("|") for line in WORDS.split(";"))}
    for name in (f"{table}.{column}", *(() if table == "deliveries" else (column,))):
        if name in words:
            unit, meaning = words[name]
            return unit, meaning
    known = {name: rest for home in HOMES.get(table, (table,)) for name, _, *rest in describe(home)}
    stem = next((column.removesuffix(ending) for ending in ENDINGS if column.endswith(ending)), column)
    alias = ALIASES.get(f"{table}.{column}", ALIASES.get(stem, stem))
    unit, meaning = next((known[name] for name in (column, stem, alias) if name in known), words.get(column, ("", "")))
    return unit, meaning or column.replace("_", " ")


MAKERS: dict[str, Callable[[], str]] = {
    "parameters": parameters, "state": state, "indicators": indicators, "policies": policies, "results": results,
}  # fmt: skip


def renew(text: str) -> str:
    """Return the page with every table made anew between its marks."""
    for name, make in MAKERS.items():
        before, mark, rest = text.partition(BEGIN.format(name))
        _, end, after = rest.partition(END)
        if not mark or not end:
            raise ValueError(f"ODD.md has no place for the table {name}")
        text = f"{before}{mark}\n\n{make()}\n\n{end}{after}"
    return text


if __name__ == "__main__" and "--write" in sys.argv[1:]:
    PAGE.write_text(renew(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
