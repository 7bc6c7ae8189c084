"""A copy of a park to pass on: no names, no exact places, no exact figures, no confidential streams, no sources."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ecopark.abm.input.errors import InputError, Mistake
from ecopark.abm.input.loading import load_scenario
from ecopark.abm.numerics.randomness import identity_of

from .write import csv_text

STEP = 0.5  # km


def one_digit(value: float | None) -> float | None:
    """Return a number rounded to one significant digit."""
    return None if value is None else float(f"{value:.0e}")


def shared_files(park: Path, into: Path) -> tuple[dict[str, str], list[str]]:
    """Return the files of the copy, and what to say of it."""
    if into.exists() and (not into.is_dir() or any(into.iterdir())):
        raise InputError([Mistake("--into", str(into), "a folder that does not exist yet")])
    scenario = load_scenario(str(park))
    tables: Any = scenario.tables
    if not tables["companies"]:
        raise InputError([Mistake("PARK", str(park), "a park with a table of companies")])
    # The order of the stable hashes says nothing of names or of the order of the table.
    ordered = sorted(tables["companies"], key=lambda row: identity_of(row.name))
    names = {row.name: f"Company {number}" for number, row in enumerate(ordered, start=1)}
    left = sum(row.confidential for row in tables["streams"])
    files = {
        "scenario.toml": _toml(scenario),
        "companies.csv": _companies(ordered, names),
        "streams.csv": _streams(tables["streams"], names),
    }
    for name, text in (("exchanges", _exchanges(tables, names)), ("distances", _distances(tables["distances"], names))):
        if text.count("\n") > 1:
            files[f"{name}.csv"] = text
    levers = _levers(tables["levers"])
    files.update({"levers.csv": levers} if levers.count("\n") > 1 else {})
    profiles = _profiles(tables, park)
    files.update({"profiles.csv": profiles} if profiles else {})
    said = [f"{len(names)} companies, {left} confidential streams left out; places to {STEP} km, figures to one digit"]
    return files, said


def _toml(scenario: Any) -> str:
    hazard = scenario["turnover.hazard"]
    return (
        f'name = "shared"\nlabel = "A shared park"\nstart_year = {scenario.start_year}\nyears = {scenario.years}\n'
        f"base_year = {scenario.base_year}\n\n[turnover]\nhazard = {hazard}\n"
    )


def _companies(rows: list[Any], names: dict[str, str]) -> str:
    plain = [
        {
            "name": names[row.name], "type": row.type, "size": one_digit(row.size), "x_km": STEP * round((row.x_km or 0.0) / STEP),
            "y_km": STEP * round((row.y_km or 0.0) / STEP), "opens": _year(row.opens), "closes": _year(row.closes),
        }
        for row in rows
    ]  # fmt: skip
    return csv_text(("name", "type", "size", "x_km", "y_km", "opens", "closes"), plain)


def _year(date: float | None) -> str | None:
    return None if date is None else str(int(date))


def _streams(rows: tuple[Any, ...], names: dict[str, str]) -> str:
    kept = sorted(
        (row for row in rows if not row.confidential), key=lambda row: (names[row.company], row.material, row.direction)
    )
    plain = [
        {
            "company": names[row.company], "material": row.material, "direction": row.direction, "per_year": one_digit(row.per_year),
            "low": one_digit(row.low), "high": one_digit(row.high), "profile": row.profile,
            "price_now": one_digit(row.price_now), "recovered_share": None if row.recovered_share is None else round(row.recovered_share, 1),
            "grade": row.grade,
        }
        for row in kept
    ]  # fmt: skip
    return csv_text(
        (
            "company",
            "material",
            "direction",
            "per_year",
            "low",
            "high",
            "profile",
            "price_now",
            "recovered_share",
            "grade",
        ),
        plain,
    )


def _exchanges(tables: Any, names: dict[str, str]) -> str:
    secret = {(row.company, row.material) for row in tables["streams"] if row.confidential}
    plain = [
        {
            "giver": names[row.giver], "taker": names[row.taker], "material": row.material, "input": row.input,
            "per_year": one_digit(row.per_year), "since": _year(row.since), "until": _year(row.until), "price": one_digit(row.price),
            "term_years": row.term_years, "invested_by": row.invested_by,
        }
        for row in tables["exchanges"]
        if not {(row.giver, row.material), (row.taker, row.input)} & secret
    ]  # fmt: skip
    columns = (
        "giver",
        "taker",
        "material",
        "input",
        "per_year",
        "since",
        "until",
        "price",
        "term_years",
        "invested_by",
    )
    return csv_text(columns, sorted(plain, key=lambda row: (row["giver"], row["taker"], row["material"])))


def _distances(rows: tuple[Any, ...], names: dict[str, str]) -> str:
    plain = [
        {"from": names[row.from_], "to": names[row.to], "km": STEP * (int(row.km / STEP) + 3), "way": row.way}
        for row in rows
    ]  # never shorter than a straight line between rounded places
    return csv_text(("from", "to", "km", "way"), sorted(plain, key=lambda row: (row["from"], row["to"])))


def _levers(rows: tuple[Any, ...]) -> str:
    columns = [name for name in (type(rows[0]).model_fields if rows else ("date",)) if name != "note"]
    plain = [{name: getattr(row, name) for name in columns} | {"date": _year(row.date)} for row in rows]
    return csv_text([name for name in columns if any(row.get(name) is not None for row in plain)] or ["date"], plain)


def _profiles(tables: Any, park: Path) -> str:
    """Return the park's own profiles, which its streams name."""
    named = {row.profile for row in tables["streams"] if row.profile}
    shipped = {row.profile for row in load_scenario("synthetic").tables["profiles"]}  # type: ignore[attr-defined]
    rows = [row for row in tables["profiles"] if row.profile in named - shipped]
    columns = list(type(tables["profiles"][0]).model_fields)
    return csv_text(columns, [row.model_dump() for row in rows]) if rows else ""
