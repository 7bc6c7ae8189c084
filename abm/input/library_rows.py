"""Rows of the library: materials, routes, types with their processes, conversions, prices and emissions."""

from __future__ import annotations

from functools import reduce
from operator import add
from typing import Annotated, Literal

from pydantic import Field

from .row_fields import (
    Amount,
    Aversion,
    Capital,
    Fluctuation,
    Key,
    Money,
    Months,
    Name,
    Positive,
    Reach,
    Reduction,
    RouteKind,
    Row,
    Season,
    Share,
    Sourced,
    UnitPrice,
    Year,
    Years,
)


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
