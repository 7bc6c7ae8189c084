"""What a park consists of besides companies and their deals: plain objects that know each other."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.references.company import Company
    from tests.references.deals import Opportunity


class Stage(Enum):
    """Stage of an opportunity and of its exchange."""

    LATENT = "latent"
    IDENTIFIED = "identified"
    SCREENED = "screened"
    IN_TALKS = "in_talks"
    AGREED = "agreed"
    BUILDING = "building"
    OPERATING = "operating"
    ENDED = "ended"


@dataclass(slots=True, eq=False)
class Factor:
    """A common innovation of prices."""

    identity: int
    draw: float = 0.0


@dataclass(slots=True, eq=False)
class Sector:
    """A sector and its own part of the cycle."""

    identity: int
    loading: float
    sd: float
    own: float = 0.0


@dataclass(slots=True, eq=False)
class Material:
    """A by-product or an input, with its price and cost of disposal of the month."""

    name: str
    identity: int
    group: str
    factor: Factor
    loading: float
    phi: float
    shock: float
    is_energy: bool
    fee: float
    haul: float
    storage_cost: float
    tax_base: float
    discharge_base: float
    landfill: float
    co2_disposal: float
    tonnes: float
    weight: float
    storable: float
    path: list[float]
    co2_path: list[float]
    bought: bool
    deviation: float = 0.0
    shock_factor: float = 1.0
    price: float = 0.0
    cost: float = 0.0
    disposal_cost: float = 0.0
    virgin_tax: float = 0.0
    disposal_tax: float = 0.0
    co2_virgin: float = 0.0
    gate: float = 0.0
    carriage: float = 0.0
    landfill_tax: float = 0.0
    discharge_fine: float = 0.0
    disposal_carbon: float = 0.0
    prices: list[float] = field(default_factory=list)
    disposal_costs: list[float] = field(default_factory=list)


@dataclass(slots=True, eq=False)
class Stream:
    """What a company gives out (a supply) or takes in (a need)."""

    company: Company
    material: Material
    is_supply: bool
    coefficient: float
    coming: float
    profile: list[float]
    permit: bool
    opportunities: list[Opportunity] = field(default_factory=list)
    amount: float = 0.0
    stock: float = 0.0
    free: float = 0.0
    replaced: float = 0.0
    disposed: float = 0.0
    contracted: float = 0.0
    links: int = 0
    posted: float = 0.0
    opening: float = 0.0
    reference: float = 0.0
    page: Any = None


@dataclass(slots=True, eq=False)
class Relation:
    """What one company thinks of another."""

    owner: Company
    other: Company
    trust: float
    opinion: float = 0.0
    experience: float = 0.0
    is_contact: bool = False
    refuses: float = 0.0
