"""The rows of every input table: columns, units, what is allowed. Unknown columns and values are refused.

Money is constant EUR of the base year, quantities are in the material's own unit, distances in km, dates in months from
January of the start year (converted in loading.py).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from functools import reduce
from operator import add
from typing import Annotated, Any, ClassVar, Literal, get_args

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

from .plain_text import plain_text

LARGEST, SMALLEST = 1e9, 1e-9
"""Largest and smallest amount of a cell: products of a run stay finite and no share of it is rounded to nothing."""


def _plain_name(value: str) -> str:
    """Return a name that a spreadsheet takes for text."""
    if value[:1] in tuple("=+-@"):
        raise ValueError("a name that does not begin with = + - or @, which a spreadsheet takes for a formula")
    return plain_text(value)


def _not_tiny(value: float) -> float:
    if value < SMALLEST:
        raise ValueError(f"a number above 0 (at least {SMALLEST:g})")
    return value


Name = Annotated[str, Field(min_length=1, max_length=120), AfterValidator(_plain_name)]
Text = Annotated[str, Field(max_length=5000), AfterValidator(plain_text)]
Key = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=60)]
Share = Annotated[float, Field(ge=0, le=1)]
Positive = Annotated[float, Field(gt=0, le=LARGEST), AfterValidator(_not_tiny)]
Size = Annotated[float, Field(gt=0, le=LARGEST * 10_000), AfterValidator(_not_tiny)]  # see range_checks.py
Amount = Annotated[float, Field(ge=0, le=LARGEST)]
Money = Annotated[float, Field(ge=-LARGEST, le=LARGEST)]  # EUR per unit, may be an income
Capital = Annotated[float, Field(ge=0, le=1e12)]  # EUR of a plant or a link
UnitPrice = Annotated[float, Field(gt=0, le=1e8), AfterValidator(_not_tiny)]  # EUR per unit
Fluctuation = Annotated[float, Field(ge=0, le=1)]  # standard deviation of a logarithm
Factor = Annotated[float, Field(ge=0.05, le=20)]
Reduction = Annotated[float, Field(ge=0, le=20)]  # a factor that may be nothing
Years = Annotated[float, Field(gt=0, le=200), AfterValidator(_not_tiny)]
Months = Annotated[float, Field(ge=0, le=1200)]
Reach = Annotated[float, Field(gt=0, le=20_000), AfterValidator(_not_tiny)]  # km
Aversion = Annotated[float, Field(ge=0, le=100)]
Season = Annotated[float, Field(ge=0, le=1000)]
Coordinate = Annotated[float, Field(ge=-20_000, le=20_000)]  # km
Year = Annotated[int, Field(ge=1800, le=2200)]
Grade = Literal["V", "C", "S", "G", "A"]
RouteKind = Literal["landfill", "incineration", "treatment", "discharge", "spreading", "flare", "recovery"]
ROUTE_KINDS = get_args(RouteKind)
UNITS = ("t", "GJ", "m3", "MWh")


def _parse_date(value: object) -> float:
    """Return decimal years of `1987`, `1987-04` or `1987-04-15`; the day must exist, the month counts."""
    found = re.fullmatch(r"([0-9]{4})(?:-([0-9]{1,2})(?:-([0-9]{1,2}))?)?", str(value).strip())
    try:
        if found is None:
            raise ValueError
        day = date(int(found[1]), int(found[2] or 1), int(found[3] or 1))
    except ValueError:
        raise ValueError("a date is written YYYY, YYYY-MM or YYYY-MM-DD, and the day must exist") from None
    if not 1800 <= day.year <= 2200:
        raise ValueError("a date from 1800 to 2200")
    return day.year + (day.month - 1) / 12


Date = Annotated[
    float,
    BeforeValidator(lambda value: value if isinstance(value, float) else _parse_date(value)),
    Field(ge=1800, lt=2201),
]


class Row(BaseModel):
    """A row of an input table; unknown columns are refused. `key`: columns that name the row."""

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False, str_strip_whitespace=True)
    key: ClassVar[tuple[str, ...]]


class Sourced(Row):
    """A row that says how well its numbers are founded."""

    grade: Grade = "A"
    source: Text = ""
    note: Text = ""


class Material(Sourced):
    """A by-product or input (library/materials.csv)."""

    key = ("material",)
    material: Key
    label: Name
    unit: Literal["t", "GJ", "m3", "MWh"]
    group: Literal["material", "energy", "water"]
    tonnes_per_unit: Amount = 0
    carrier: Literal["truck", "pipe", "wire", "ship"] = "truck"
    load_cost: Amount = 0
    haul_cost: Amount = 0
    loss_per_km: Share = 0
    max_km: Reach = 100
    link_capex: Capital = 0
    link_capex_flow: Amount = 0
    storable_months: Months = 0
    disposal: Key | None = None
    price: UnitPrice | None = None
    price_series: Key | None = None
    price_sd: Fluctuation = 0
    price_phi: Share = 0.8
    price_factor: Key | None = None
    price_loading: Share = 0
    co2_virgin: Money = 0
    co2_disposal: Money = 0
    storage_cost: Amount | None = None
    pipe_class: Key | None = None
    link_life: Positive | None = None

    @property
    def storing(self) -> float:
        """Return the cost of storing [EUR/unit and month]: as named, else 0.3 a tonne and 0.05 a m3; energy is not stored."""
        if self.storage_cost is not None:
            return self.storage_cost
        return {"t": 0.3, "m3": 0.05}.get(self.unit, 0.0)


class Route(Sourced):
    """A route by which by-products are disposed of (library/routes.csv); co2 in kg/unit, taxed units per unit."""

    key = ("route",)
    route: Key
    label: Name
    kind: RouteKind
    unit: Literal["t", "GJ", "m3", "MWh"]
    fee: Money = 0
    haul: Amount = 0
    taxed_landfill: Amount = 0
    taxed_incineration: Amount = 0
    taxed_discharge: Amount = 0
    co2: Money = 0
    allowed_from: Year | None = None
    allowed_until: Year | None = None


class MaterialRoute(Sourced):
    """A route that is open to a by-product (library/material_routes.csv); co2 [kg/unit] in place of the material's."""

    key = ("material", "route")
    material: Key
    route: Key
    fee_factor: Reduction = 1
    tax_factor: Reduction = 1
    co2: Money | None = None


class Disposal(Sourced):
    """A row of the disposal.csv of earlier versions: the one route of the materials that name it."""

    key = ("route",)
    route: Key
    label: Name
    unit: Literal["t", "GJ", "m3", "MWh"]
    fee: Money = 0
    haul: Amount = 0
    tax_base: Amount = 0
    discharge_base: Amount = 0
    landfill: bool = False


class Type(Sourced):
    """A type of company (library/types.csv)."""

    key = ("type",)
    type: Key
    label: Name
    sector: Key
    product: Name
    product_unit: Name
    typical_size: Positive
    margin: Money = 0
    fixed_cost: Capital = 0
    jobs: Amount = 0
    wacc: Share = 0.07
    payback: Years = 2.5
    attitude: Share = 0.5
    opportunism: Share = 0.2
    risk_aversion: Aversion = 1
    closure_hazard: Share = 0
    outage_rate: Share = 0
    repair_months: Months = 0.1
    maintenance_month: Annotated[int, Field(ge=1, le=12)] | None = None
    maintenance_share: Share = 0
    widely_known: bool = False
    symbiosis_staff: Amount = 1


class Process(Sourced):
    """What a type takes in and gives out per unit of its main product (library/processes.csv)."""

    key = ("type", "material", "direction")
    type: Key
    material: Key
    direction: Literal["in", "out"]
    coefficient: Amount
    low: Amount | None = None
    high: Amount | None = None
    profile: Key | None = None
    quality: Amount = 1


class Conversion(Sourced):
    """How a by-product replaces an input (library/conversions.csv)."""

    key = ("by_product", "input")
    by_product: Key
    input: Key
    ratio: Positive
    treatment_cost: Money = 0
    handling_cost: Money = 0
    max_share: Annotated[float, Field(gt=0, le=1)] = 1
    capex: Capital = 0
    capex_flow: Amount = 0
    lead_months: Months = 0
    permit: bool = False
    co2: Money = 0
    forgone: Key | None = None
    forgone_units: Amount = 0
    forgone_share: Share = 1
    asset_life: Positive | None = None
    om_share: Amount | None = None
    known_from: Year | None = None
    allowed_from: Year | None = None


class Profile(Row):
    """Seasonal factors with mean 1 (library/profiles.csv)."""

    key = ("profile",)
    profile: Key
    jan: Season
    feb: Season
    mar: Season
    apr: Season
    may: Season
    jun: Season
    jul: Season
    aug: Season
    sep: Season
    oct: Season
    nov: Season
    dec: Season

    @property
    def factors(self) -> tuple[float, ...]:
        """Return the twelve factors, scaled to mean 1."""
        values = (
            self.jan,
            self.feb,
            self.mar,
            self.apr,
            self.may,
            self.jun,
            self.jul,
            self.aug,
            self.sep,
            self.oct,
            self.nov,
            self.dec,
        )
        mean = reduce(add, values) / 12  # `sum` of floats rounds otherwise from Python 3.12 on
        return tuple(value / mean for value in values) if mean > 0 else (1.0,) * 12


class Sector(Sourced):
    """A sector and its fluctuations (library/sectors.csv)."""

    key = ("sector",)
    sector: Key
    label: Name
    sd: Fluctuation = 0
    loading: Share = 0


class Price(Sourced):
    """One year of a price path (library/prices.csv)."""

    key = ("series", "year")
    series: Key
    year: Year
    price: UnitPrice


class Emission(Sourced):
    """CO2 of a unit of a bought good in one year (library/emissions.csv), in place of its `co2_virgin`; flat outside."""

    key = ("material", "year")
    material: Key
    year: Annotated[int, Field(ge=1800, le=2200)]
    t_per_unit: float


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


TABLES: dict[str, type[Row]] = {
    "materials": Material, "routes": Route, "material_routes": MaterialRoute, "types": Type, "processes": Process, "conversions": Conversion,
    "profiles": Profile, "sectors": Sector, "prices": Price, "emissions": Emission, "companies": Company, "events": Event, "levers": Lever,
    "streams": StreamOverride, "modes": Mode, "sites": Site,
    "exchanges": FirstExchange, "distances": Distance, "outlets": Outlet,
    "mix": Kind,
}  # fmt: skip
LIBRARY = (
    "materials",
    "routes",
    "material_routes",
    "types",
    "processes",
    "conversions",
    "profiles",
    "sectors",
    "prices",
    "emissions",
)


def routes_of(tables: Mapping[str, tuple[Any, ...]]) -> dict[str, list[MaterialRoute]]:
    """Return the routes that are open to each by-product, in order: those listed, else the one its own row names."""
    routes: dict[str, list[MaterialRoute]] = {}
    for row in tables["material_routes"]:
        routes.setdefault(row.material, []).append(row)
    for row in tables["materials"]:
        if row.disposal is not None and row.material not in routes:
            routes[row.material] = [MaterialRoute(material=row.material, route=row.disposal)]
    return routes


def ways_back(tables: Mapping[str, tuple[Any, ...]]) -> list[tuple[Any, Any]]:
    """Return every (site, mode) that a returning manufacturer can choose, in the order of the sites and their modes."""
    modes = {row.mode: row for row in tables["modes"]}
    return [
        (site, modes[name.strip()])
        for site in tables["sites"]
        for name in site.modes.split(";")
        if name.strip() in modes
    ]


def pipe_classes(tables: Mapping[str, tuple[Any, ...]]) -> list[str]:
    """Return the names of what links can be used for alike: the class of pipe, where there is none the carrier."""
    return sorted({row.pipe_class or row.carrier for row in tables["materials"]})
