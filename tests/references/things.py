"""What a park consists of besides companies: plain objects that know each other."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from math import nan
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.references.company import Company


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
    tax_base: float
    discharge_base: float
    landfill: float
    co2_virgin: float
    co2_disposal: float
    tonnes: float
    weight: float
    storable: float
    path: list[float]
    bought: bool
    deviation: float = 0.0
    shock_factor: float = 1.0
    price: float = 0.0
    cost: float = 0.0
    disposal_cost: float = 0.0
    virgin_tax: float = 0.0
    disposal_tax: float = 0.0
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


@dataclass(slots=True, eq=False)
class Opportunity:
    """A by-product that could replace an input, with what the way and the conversion make of it."""

    number: int
    identity: int
    supply: Stream
    demand: Stream
    conversion: int
    way: int
    there: Relation
    back: Relation
    distance: float
    transport: float
    arriving: float
    ratio: float
    treatment: float
    handling: float
    share: float
    season: float
    fit_supply: float
    fit_demand: float
    capital_fixed: float
    capital_flow: float
    lead: float
    permit: bool
    burden: float
    known: float
    allowed: float
    term: float
    stage: Stage = Stage.LATENT
    look: float = 0.0
    identified: float = nan
    screened: float = nan
    talks: float = nan
    signed: float = nan
    operating: float = nan
    failures: int = 0
    contracts: int = 0
    channel: str = ""
    assigned: bool = False
    quantity: float = 0.0
    score: float = 0.0

    @property
    def seller(self) -> Company:
        return self.supply.company

    @property
    def buyer(self) -> Company:
        return self.demand.company

    def is_alive(self, month: int) -> bool:
        """A deal could be made: both companies are there or announced, both streams flow or come, it is allowed."""
        supply, demand = self.supply, self.demand
        return (
            supply.company.prospect and demand.company.prospect and self.allowed <= month
            and supply.permit and supply.coming > 0.0 and demand.coming > 0.0
        )  # fmt: skip


@dataclass(slots=True, eq=False)
class Offer:
    """A price [EUR/unit], the seller's share of the capital and a term [years]."""

    price: float
    share: float
    term: float


@dataclass(slots=True, eq=False)
class Side:
    """What one side of a talk knows and wants."""

    company: Company
    is_seller: bool
    value: float = 0.0
    running: float = 0.0
    hold_up: float = 0.0
    wacc: float = 0.0
    limit: float = 0.0
    reserve: float = 0.0
    aim: float = 0.0
    exponent: float = 0.0
    deadline: int = 0
    claim: float = 0.0
    offer: Offer | None = None


@dataclass(slots=True, eq=False)
class Talk:
    """An open negotiation."""

    number: int
    opportunity: Opportunity
    seller: Side
    buyer: Side
    opened: int
    speaker: Side
    quantity: float
    capital: float
    grant: float
    standard: float
    terms: tuple[float, ...]
    splits: tuple[float, ...]
    scale: float
    arranging: float
    posted: float
    meeting: int = 0
    table: Offer | None = None
    gain_seller: float = nan
    gain_buyer: float = nan

    def other(self, side: Side) -> Side:
        """Return the other side."""
        return self.buyer if side is self.seller else self.seller


@dataclass(slots=True, eq=False)
class Exchange:
    """A signed contract and what became of it."""

    number: int
    identity: int
    opportunity: Opportunity
    supply: Stream
    demand: Stream
    price: float
    quantity: float
    band: float
    term: float
    share: float
    capital: float
    grant: float
    penalty: float
    indexation: float
    reference: float
    signed: float
    term_start: float
    channel: str
    meetings: int
    loan_seller: float
    loan_buyer: float
    loan_left: float
    expected_seller: float
    expected_buyer: float
    seller_gain: float
    buyer_gain: float
    stage: Stage = Stage.AGREED
    ready: float = float("inf")
    start: float = nan
    end: float = nan
    reason: str = ""
    trigger: float = 0.0
    renegotiations: int = 0
    delivered_now: float = 0.0
    nominal: float = 0.0
    short_seller: float = 0.0
    short_buyer: float = 0.0
    fails: float = 0.0
    fails_buyer: float = 0.0
    flow: float = 1.0
    gain_seller_now: float = 0.0
    gain_buyer_now: float = 0.0
    year_seller: float = 0.0
    year_buyer: float = 0.0
    year_delivered: float = 0.0
    delivered: float = 0.0
    tonnes: float = 0.0
    co2: float = 0.0
    public_gain: float = 0.0

    @property
    def seller(self) -> Company:
        return self.supply.company

    @property
    def buyer(self) -> Company:
        return self.demand.company

    @property
    def runs(self) -> bool:
        return self.stage is Stage.OPERATING


@dataclass(slots=True)
class Event:
    """Something that happened; what does not apply is None."""

    month: int
    kind: str
    company: Company | None
    partner: Company | None
    opportunity: Opportunity | None
    exchange: Exchange | None
    reason: str
    value: float


@dataclass(slots=True)
class Meeting:
    """One offer of a talk."""

    talk: int
    opportunity: Opportunity
    month: int
    meeting: int
    speaker: str
    price: float
    share: float
    term: float
    gain_seller: float
    gain_buyer: float
    answer: str
