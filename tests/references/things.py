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
class Outlet:
    """A route of disposal that is open to a by-product."""

    number: int
    identity: int
    kind: str
    fee: float
    haul: float
    taxed_landfill: float
    taxed_incineration: float
    taxed_discharge: float
    co2: float
    opens: float
    closes: float

    def is_open(self, month: int, lever: Any) -> bool:
        """Return whether the route may be taken: its years, and no ban on landfills."""
        return self.opens <= month < self.closes and not (self.kind == "landfill" and lever.landfill_ban >= 0.5)

    def tax(self, lever: Any) -> float:
        """Return what the government takes of a unit [EUR]."""
        waste = lever.landfill_tax * self.taxed_landfill + lever.incineration_tax * self.taxed_incineration
        return waste + lever.discharge_fine * self.taxed_discharge + lever.carbon_price * self.co2


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
    draw: int
    is_energy: bool
    outlets: list[Outlet]
    storage_cost: float
    tonnes: float
    weight: float
    storable: float
    phi_year: float
    sd: float
    path: list[float]
    co2_path: list[float]
    bought: bool
    deviation: float = 0.0
    variance: float = 0.0
    shock_factor: float = 1.0
    price: float = 0.0
    cost: float = 0.0
    expected: float = 0.0
    disposal_cost: float = 0.0
    virgin_tax: float = 0.0
    co2_virgin: float = 0.0
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
    outlet: Outlet | None = None
    haul: float = 0.0
    disposal_cost: float = 0.0
    disposal_tax: float = 0.0
    opening: float = 0.0
    reference: float = 0.0
    page: Any = None
    own_route: int = 0
    own_fee: float = 0.0
    recovered: float = 0.0


@dataclass(slots=True, eq=False)
class Relation:
    """What one company thinks of another."""

    owner: Company
    other: Company
    trust: float
    opinion: float = 0.0
    experience: float = 0.0
    missed: float = 0.0
    failed: bool = False
    is_contact: bool = False
    refuses: float = 0.0
