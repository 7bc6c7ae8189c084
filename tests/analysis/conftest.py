"""Synthetic tables in the schema of a run, from a handful of numbers; no model is needed to test the analysis."""

import json

import numpy as np
import pandas as pd
import pytest

from ecopark.analysis.run_folder.declared import COLUMNS, REASONS
from ecopark.analysis.run_folder.tables import RunTables

MATERIALS = (
    ("fly_ash", "clinker", "material", "t", "truck"),
    ("waste_steam", "steam", "energy", "GJ", "pipe"),
    ("cooling_water", "process_water", "water", "m3", "pipe"),
    ("gypsum_fgd", "gypsum", "material", "t", "truck"),
)
FUNNEL = ("identified", "screened", "in_talks", "agreed", "building", "operating")
# What a planner counts with: a unit is worth ten euros, nothing is fixed, one unit replaces one.
COUNTED = {
    "unit_value": 10.0, "fixed_cost": 0.0, "replaces": 1.0, "max_share": 1.0, "known_month": 0.0, "allowed_month": 0.0,
}  # fmt: skip
EVENTS = [
    "event", "month", "year", "kind", "company", "partner", "material", "opportunity", "exchange", "reason", "value", "cause", "origin", "detail",
]  # fmt: skip
ZEROS = (
    "failed_feasible", "disposed_alone", "energy_reused", "water_reused", "shortfall", "transport_cost", "capex",
    "subsidies", "grants", "programme_cost", "tax_revenue", "tax_revenue_alone", "jobs", "trust", "willingness",
    "attitude", "openings", "closures", "failed_talks",
)  # fmt: skip


def exchange_row(number, seller, buyer, start, end=np.nan, **values):
    """One contract: running from `start` to `end` (months), everything else by default unless given."""
    material, needed, group, unit, carrier = MATERIALS[number % len(MATERIALS)]
    return {
        "exchange": number, "opportunity": number, "seller": seller, "buyer": buyer, "seller_sector": "s0",
        "buyer_sector": "s1", "material": material, "input": needed, "group": group, "unit": unit, "carrier": carrier,
        "distance_km": 2.0, "price": 2.0, "quantity": 1e4, "band": 0.2, "term_years": 10, "seller_share": 0.5,
        "capex": 1e6, "penalty": 1.0, "indexation": 0.5, "signed_month": start - 6, "start_month": float(start),
        "end_month": float(end), "reason": None if np.isnan(end) else REASONS[number % len(REASONS)], "trigger": 0.0,
        "channel": ("contact", "broker", "search")[number % 3], "meetings": 3, "renegotiations": 0, "delivered": 1e4,
        "tonnes": 1e4, "co2_avoided": 10.0, "seller_gain": 1e5, "buyer_gain": 2e5, "expected_seller_gain": 1e4,
        "expected_buyer_gain": 2e4, "public_gain": 1e4, **values,
    }  # fmt: skip


def exchange_rows(rng, names, links, months):
    """Contracts between random pairs with random lives; about half of them end."""
    rows = []
    for number in range(links):
        seller, buyer = rng.choice(len(names), 2, replace=False)
        start = int(rng.integers(0, max(1, months - 8))) + 6
        end = start + int(rng.integers(6, max(7, months)))
        quantity, gain = float(rng.uniform(1e3, 1e5)), float(rng.uniform(1e4, 1e6))
        values = {
            "seller_sector": f"s{seller % 3}", "buyer_sector": f"s{buyer % 3}", "quantity": quantity,
            "distance_km": float(rng.uniform(0.5, 20)), "price": float(rng.normal(2, 4)), "tonnes": quantity,
            "delivered": quantity * (min(end, months) - start) / 12, "seller_gain": gain, "buyer_gain": 2 * gain,
            "expected_seller_gain": gain / 10, "expected_buyer_gain": gain / 5, "public_gain": 0.1 * gain,
        }  # fmt: skip
        rows.append(exchange_row(number, names[seller], names[buyer], start, end if end < months else np.nan, **values))
    return exchange_table(rows)


def exchange_table(rows):
    """Contracts as a table, with all its columns even when there are none."""
    return pd.DataFrame(rows, columns=None if rows else COLUMNS["exchanges"].split()).infer_objects()


def opportunity_rows(rng, names, exchanges, idle):
    """Chances: those that were signed, and some that never got that far."""
    rows = []
    for exchange in exchanges.itertuples():
        ended = not np.isnan(exchange.end_month)
        rows.append(
            {
                "opportunity": exchange.opportunity, "seller": exchange.seller, "buyer": exchange.buyer,
                "seller_sector": exchange.seller_sector, "buyer_sector": exchange.buyer_sector,
                "material": exchange.material, "input": exchange.input, "distance_km": exchange.distance_km,
                "quantity": exchange.quantity, "joint_gain": 1e5, "stage": "ended" if ended else "operating",
                "channel": exchange.channel, "identified_month": max(0.0, exchange.signed_month - 6.0),
                "screened_month": max(0.0, exchange.signed_month - 5.0),
                "talks_month": max(0.0, exchange.signed_month - 4.0), "signed_month": float(exchange.signed_month),
                "operating_month": exchange.start_month, "failures": 0, **COUNTED,
            }
        )  # fmt: skip
    for number in range(idle if len(names) > 1 else 0):
        seller, buyer = rng.choice(len(names), 2, replace=False)
        reached = number % 4
        months = [float(step) if step < reached else np.nan for step in range(3)]
        rows.append(
            {
                "opportunity": len(exchanges) + number, "seller": names[seller], "buyer": names[buyer],
                "seller_sector": "s0", "buyer_sector": "s1", "material": "fly_ash", "input": "clinker",
                "distance_km": 3.0, "quantity": 1e4, "joint_gain": 5e4,
                "stage": ("latent", "identified", "screened", "in_talks")[reached], "channel": "search",
                "identified_month": months[0], "screened_month": months[1], "talks_month": months[2],
                "signed_month": np.nan, "operating_month": np.nan, "failures": number % 2, **COUNTED,
            }
        )  # fmt: skip
    columns = COLUMNS["opportunities"].split()
    return pd.DataFrame(rows) if rows else pd.DataFrame({name: pd.Series(dtype=float) for name in columns})


def period_rows(exchanges, opportunities, companies, months, start_year):
    """Monthly rows that agree with the exchanges and opportunities; a year's row is its last month or its sum."""
    month = np.arange(months)
    start = exchanges["start_month"].to_numpy(float)
    end = exchanges["end_month"].fillna(np.inf).to_numpy(float)
    running = (start[None, :] <= month[:, None]) & (month[:, None] < end[None, :])
    frame = pd.DataFrame({"month": month, "year": start_year + month // 12})
    frame["links"] = frame["operating"] = running.sum(1)
    frame["companies"] = companies
    for stage in FUNNEL[:-1]:
        frame[stage] = int((opportunities["stage"] == stage).sum())
    frame["deals"] = (exchanges["signed_month"].to_numpy(float)[None, :] == month[:, None]).sum(1)
    for reason in REASONS:
        mine = (exchanges["reason"] == reason).to_numpy(bool)
        frame[f"ends_{reason}"] = (end[None, mine] == month[:, None]).sum(1)
    frame["ends"] = (end[None, :] == month[:, None]).sum(1)
    links = frame["links"].to_numpy(float)
    frame["material_reused"], frame["disposed"], frame["virgin_saved"] = 100 * links, 500.0, 900 * links
    frame["co2_avoided"], frame["gain"] = 20 * links, 3000 * links
    frame["gain_sellers"], frame["gain_buyers"] = 1000 * links, 2000 * links
    frame["gain_storage"], frame["gain_resource"] = 0 * links, 3000 * links
    frame["result"], frame["result_alone"] = 5e4 + 3000 * links, 5e4
    frame["public_balance"], frame["public_balance_alone"] = 100 - 5 * links, 100.0
    for name in ZEROS:
        frame[name] = 0.0
    return frame


def yearly_of(monthly):
    """Add the months of each year up: stocks by their last month, flows by their sum."""
    stocks = {"links", "companies", *FUNNEL}
    rules = {name: "last" if name in stocks else "sum" for name in monthly.columns if name not in ("month", "year")}
    return monthly.groupby("year").agg(rules).reset_index()


def company_rows(rng, names, exchanges, months, start_year):
    """One row per company and year."""
    place = rng.uniform(0, 3, (len(names), 2))
    rows = []
    for year in range(months // 12):
        month = 12 * year + 11
        live = (exchanges["start_month"] <= month) & ~(exchanges["end_month"] <= month)
        for index, name in enumerate(names):
            sells = int((live & (exchanges["seller"] == name)).sum())
            buys = int((live & (exchanges["buyer"] == name)).sum())
            rows.append(
                {
                    "year": start_year + year, "company": name, "label": name.title(), "type": "plant",
                    "sector": f"s{index % 3}", "x_km": place[index, 0], "y_km": place[index, 1], "open": True,
                    "links": sells + buys, "sells": sells, "buys": buys, "result": 1e4 + 100 * (sells + buys),
                    "result_alone": 1e4, "gain": 100.0 * (sells + buys), "cash": 0.0, "attitude": 0.5, "trust": 0.5,
                    "jobs": 10,
                }
            )  # fmt: skip
    return pd.DataFrame(rows)


def event_rows(exchanges, start_year):
    """Starts and ends as events."""
    rows = []
    for exchange in exchanges.itertuples():
        for kind, month, reason in (
            ("operating", exchange.start_month, None),
            ("ended", exchange.end_month, exchange.reason),
        ):
            if not np.isnan(month):
                rows.append(
                    {
                        "event": len(rows), "month": month, "year": start_year + int(month) // 12, "kind": kind,
                        "company": exchange.seller, "partner": exchange.buyer, "material": exchange.material,
                        "opportunity": exchange.opportunity, "exchange": exchange.exchange, "reason": reason,
                        "value": 0.0, "cause": np.nan, "origin": "draw",
                        "detail": f"{exchange.seller} to {exchange.buyer}: {kind}",
                    }
                )  # fmt: skip
    return pd.DataFrame(rows, columns=EVENTS)


def price_rows(rng, months):
    """A price path for each input."""
    paths = {needed: 10 * np.exp(np.cumsum(rng.normal(0, 0.02, months))) for _, needed, *_ in MATERIALS}
    parts = [
        pd.DataFrame({"month": np.arange(months), "material": name, "price": path, "disposal_cost": 5.0})
        for name, path in paths.items()
    ]
    return pd.concat(parts, ignore_index=True)


def make_run(companies=6, years=20, links=8, seed=1, start_year=1990, idle=8):
    """Build the tables of one run from a few numbers."""
    rng = np.random.default_rng(seed)
    names = [f"company_{chr(97 + number)}" for number in range(companies)]
    exchanges = exchange_rows(rng, names, links if companies > 1 else 0, 12 * years)
    return assemble(rng, names, exchanges, years, seed, start_year, idle)


def make_park(names, rows, years=20):
    """Build the tables of one run around given contracts: rows of (seller, buyer, start, end or None, values)."""
    contracts = [
        exchange_row(number, seller, buyer, start, np.nan if end is None else end, **values)
        for number, (seller, buyer, start, end, values) in enumerate(rows)
    ]
    return assemble(np.random.default_rng(0), list(names), exchange_table(contracts), years, 0, 1990, 0)


def assemble(rng, names, exchanges, years, seed, start_year, idle):
    """Make the other tables agree with the contracts."""
    months = 12 * years
    opportunities = opportunity_rows(rng, names, exchanges, idle)
    monthly = period_rows(exchanges, opportunities, len(names), months, start_year)
    origin = {
        "scenario": {"name": "kalundborg", "label": "Kalundborg Symbiosis", "start_year": start_year, "years": years},
        "seed": seed, "versions": {"ecopark": "0.1.0", "numpy": np.__version__}, "policies": {},
        "command": f"ecopark run kalundborg --seed {seed}",
    }  # fmt: skip
    return RunTables(
        origin=origin,
        yearly=yearly_of(monthly),
        monthly=monthly,
        companies=company_rows(rng, names, exchanges, months, start_year),
        opportunities=opportunities,
        exchanges=exchanges,
        events=event_rows(exchanges, start_year),
        prices=price_rows(rng, months),
        **{name: empty(name) for name in ("meetings", "talks", "deliveries", "streams", "accounts", "assets")},
    )


def empty(table):
    """Give a table with all its columns and no row."""
    return pd.DataFrame({name: pd.Series(dtype=float) for name in COLUMNS[table].split()})


def make_ensemble(replicates=5, seed=1, **numbers):
    """Build an ensemble: the same park under other random numbers."""
    runs = [make_run(seed=seed + number, **numbers) for number in range(replicates)]
    frames = {
        name: pd.concat([getattr(run, name).assign(replicate=number) for number, run in enumerate(runs)])
        for name in COLUMNS
    }
    return RunTables(origin={**runs[0].origin, "replicates": replicates}, **frames)


def write_folder(tables, folder):
    """Write tables as a run folder."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "run.json").write_text(json.dumps(tables.origin))
    for name in COLUMNS:
        getattr(tables, name).to_parquet(folder / f"{name}.parquet")
    return folder


@pytest.fixture(scope="session")
def run_of():
    """Give the factory of a run."""
    return make_run


@pytest.fixture(scope="session")
def park_of():
    """Give the factory of a run around given contracts."""
    return make_park


@pytest.fixture(scope="session")
def ensemble_of():
    """Give the factory of an ensemble."""
    return make_ensemble


@pytest.fixture(scope="session")
def folder_of():
    """Give the writer of a run folder."""
    return write_folder


@pytest.fixture(scope="session")
def run():
    """Give one run of twenty years."""
    return make_run()


@pytest.fixture(scope="session")
def ensemble():
    """Give an ensemble of five runs."""
    return make_ensemble()
