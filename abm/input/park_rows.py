"""Rows of a park: companies, events, levers, streams, contracts of the first day, distances, outlets; and what regions and returning plants are drawn from."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import ConfigDict, Field

from .row_fields import (
    Amount,
    Aversion,
    Coordinate,
    Date,
    Factor,
    Grade,
    Key,
    Money,
    Months,
    Name,
    Positive,
    Reduction,
    Row,
    Share,
    Size,
    Sourced,
    Text,
    Years,
)


class Company(Row):
    """A company of the park (companies.csv); what is left empty comes from its type."""

    key = ("name",)
    name: Name
    type: Key
    size: Size | None = None
    x_km: Coordinate | None = None
    y_km: Coordinate | None = None
    lat: Annotated[float, Field(ge=-90, le=90)] | None = None
    lon: Annotated[float, Field(ge=-540, le=540)] | None = None
    opens: Date | None = None
    closes: Date | None = None
    candidate: bool = False
    label: Text = ""
    owner: Text = ""
    contacts: Text = ""
    wacc: Share | None = None
    payback: Years | None = None
    attitude: Share | None = None
    opportunism: Share | None = None
    risk_aversion: Aversion | None = None
    nace: Text = ""
    source_id: Text = ""
    confidence: Literal["", "high", "medium", "low"] = ""
    note: Text = ""


class Event(Row):
    """Something that happens on a date (events.csv)."""

    key = ("date", "kind", "company", "value")
    date: Date
    kind: Literal["process", "size", "owner", "contacts", "price", "permit_withdrawn", "relocation"]
    company: Text = ""
    value: Text = ""
    note: Text = ""


class Lever(Row):
    """Historical rules from a date on (levers.csv): step functions; an empty cell keeps what was."""

    key = ("date",)
    date: Date
    landfill_tax: Annotated[float, Field(ge=0, le=1000)] | None = None
    incineration_tax: Annotated[float, Field(ge=0, le=1000)] | None = None
    exchange_subsidy: Share | None = None
    capital_grant: Share | None = None
    carbon_price: Annotated[float, Field(ge=0, le=1000)] | None = None
    virgin_tax: Annotated[float, Field(ge=0, le=2)] | None = None
    discharge_fine: Annotated[float, Field(ge=0, le=1000)] | None = None
    permit_easing: Share | None = None
    landfill_ban: Share | None = None
    broker: Annotated[float, Field(ge=0, le=100)] | None = None
    platform: Share | None = None
    vision: Share | None = None
    maintenance: Share | None = None
    planning: Share | None = None
    backup: Share | None = None
    enforcement: Share | None = None
    attraction: Annotated[float, Field(ge=0, le=20)] | None = None
    energy_price: Factor | None = None
    note: Text = ""


class StreamOverride(Row):
    """A stream of one company that differs from its type (streams.csv); an empty quantity is unknown and founds none.

    price_now: EUR/unit, + the company receives, in place of fee and haul on `route` (the first it takes where none is named) and for
    recovered_share, what of it somebody takes already.
    """

    key = ("company", "material", "direction")
    company: Name
    material: Key
    direction: Literal["in", "out"]
    per_year: Amount | None = None
    unit: Text = ""
    low: Amount | None = None
    high: Amount | None = None
    profile: Key | None = None
    ewc: Annotated[str, Field(pattern=r"^[0-9]{6}$")] | None = None
    price_now: Money | None = None
    recovered_share: Share | None = None
    route: Key | None = None
    temperature_c: Annotated[float, Field(ge=-273.15, le=3000)] | None = None
    dry_matter_pct: Annotated[float, Field(gt=0, le=100)] | None = None
    confidential: bool = False
    grade: Grade = "A"
    source: Text = ""
    note: Text = ""


class FirstExchange(Row):
    """A contract that is signed on the first day (exchanges.csv); `since` after the start: planned, in building until then.

    giver, taker: the `seller` and `buyer` of a run's tables. price: EUR/unit, + the giver receives; empty: the even split.
    """

    key = ("giver", "taker", "material", "input")
    giver: Name
    taker: Name
    material: Key
    input: Key
    per_year: Positive
    unit: Text = ""
    since: Date
    until: Date | None = None
    price: Money | None = None
    term_years: Annotated[int, Field(ge=1, le=60)] | None = None
    invested_by: Literal["giver", "taker", "both"] = "both"
    note: Text = ""


class Distance(Row):
    """A distance that stands in place of the straight line, both ways, for what goes that way (distances.csv)."""

    key = ("from_", "to", "way")
    model_config = ConfigDict(populate_by_name=True)
    from_: Annotated[Name, Field(alias="from")]
    to: Name
    km: Annotated[float, Field(ge=0, le=20_000)]
    way: Literal["road", "pipe", "rail", "both"] = "both"
    note: Text = ""


class Outlet(Row):
    """Who takes what now: drawn and listed, no company of the park (outlets.csv)."""

    key = ("name", "ewc", "kind", "lat", "lon")
    name: Name
    lat: Annotated[float, Field(ge=-90, le=90)] | None = None
    lon: Annotated[float, Field(ge=-180, le=180)] | None = None
    ewc: Text = ""
    material: Key | None = None
    per_year: Amount | None = None
    kind: Literal["recovery", "disposal"] = "recovery"


class Kind(Row):
    """A type that a generated region is drawn from (mix.csv); without the table, all that can give or take something."""

    key = ("type",)
    type: Key
    note: Text = ""


class Mode(Sourced):
    """A way in which a manufacturer can come back (modes.csv): factors on what its type says, capital, time."""

    key = ("mode",)
    mode: Key
    label: Name
    margin_factor: Factor = 1
    input_factor: Reduction = 1
    output_factor: Reduction = 1
    fixed_factor: Factor = 1
    jobs_factor: Reduction = 1
    hazard_factor: Reduction = 1
    capital_years: Reduction = 0
    months: Months = 0
    closed_plant: bool = False


class Site(Sourced):
    """A place where a returning manufacturer can settle (sites.csv), and the modes it offers, divided by `;`."""

    key = ("site",)
    site: Key
    label: Name
    park: bool = False
    abroad: bool = False
    cost_factor: Factor = 1
    energy_factor: Factor = 1
    disposal_factor: Reduction = 1
    modes: Name
