"""What companies do together: opportunities, talks and exchanges."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import inf, nan
from typing import TYPE_CHECKING, Any

from tests.references.things import Relation, Stage, Stream

if TYPE_CHECKING:
    from tests.references.company import Company


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
    keeps: int
    season: float
    fit_supply: float
    fit_demand: float
    forgone: Any
    forgone_units: float
    forgone_share: float
    equipment_fixed: float
    equipment_flow: float
    link_fixed: float
    link_per_km: float
    link_flow: float
    pipe: int
    link_life: float
    equipment_life: float
    om_share: float
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
    studied: bool = False
    assigned: float = 0.0
    contract: Exchange | None = None
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
    relation: Relation
    value: float = 0.0
    running: float = 0.0
    hold_up: float = 0.0
    exposure: float = 0.0
    wacc: float = 0.0
    limit: float = 0.0
    required: float = 0.0
    outside: float = 0.0
    reserve: float = 0.0
    aim: float = 0.0
    exponent: float = 0.0
    deadline: int = 0
    open: float = 0.0
    claim: float = 0.0
    absurd: int = 0
    offer: Offer | None = None
    memory: dict = field(default_factory=dict)


@dataclass(slots=True, eq=False)
class Talk:
    """An open negotiation: on a new exchange, or about a running one (renewal, new terms, a smaller contract, a switch)."""

    number: int
    identity: int
    opportunity: Opportunity
    seller: Side
    buyer: Side
    opened: int
    speaker: Side
    standard: float
    kind: str = "new"
    exchange: Exchange | None = None
    asker: Side | None = None
    quantity: float = 0.0
    capital: float = 0.0
    grant: float = 0.0
    main: Any = None
    buy_in: float = 0.0
    longest: float = 0.0
    life: float = 0.0
    upkeep: float = 0.0
    levels_of_term: int = 1
    levels_of_split: int = 1
    phi: float = 0.0
    hold_up_public: float = 0.0
    scale: float = 0.0
    arranging: float = 0.0
    posted: float = 0.0
    meeting: int = 0
    last: Side | None = None
    is_planned: bool = False
    table: Offer | None = None
    gain_seller: float = nan
    gain_buyer: float = nan

    @property
    def is_about_new(self) -> bool:
        return self.kind in ("new", "switch")

    @property
    def terms(self) -> tuple[float, ...]:
        """The standard term, half of it, twice it; whole years, at least 1, at most the longest."""
        levels = self.standard, max(1.0, float(int(0.5 * self.standard))), 2.0 * self.standard
        return tuple(min(self.longest, level) for level in levels[: self.levels_of_term])

    @property
    def splits(self) -> tuple[float, ...]:
        """Levels of the seller's share of the capital; one level means half."""
        count = self.levels_of_split
        return (0.5,) if count == 1 else tuple(level / (count - 1.0) for level in range(count))

    @property
    def packages(self) -> list[tuple[float, float]]:
        """Every (split, term), in the order of their numbers."""
        return [(share, term) for term in self.terms for share in self.splits]

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
    main: Any
    buy_in: float
    penalty: float
    indexation: float
    reference: float
    signed: float
    term_start: float
    channel: str
    meetings: int
    link_capital: float
    equipment_capital: float
    upkeep: float
    expected_seller: float
    expected_buyer: float
    seller_gain: float = 0.0
    buyer_gain: float = 0.0
    stage: Stage = Stage.AGREED
    ready: float = float("inf")
    start: float = nan
    end: float = nan
    reason: str = ""
    trigger: float = 0.0
    renegotiations: int = 0
    asked: int = -999
    talking: bool = False
    successor: Exchange | None = None
    predecessor: Exchange | None = None
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
    year_damages: float = 0.0
    delivered: float = 0.0
    tonnes: float = 0.0
    co2: float = 0.0
    public_gain: float = 0.0
    asset: int = -1
    wears: float = inf
    instalments: int = 0
    loan_seller: float = 0.0
    loan_buyer: float = 0.0
    debt_seller: float = 0.0
    debt_buyer: float = 0.0
    paid_seller: int = 0
    paid_buyer: int = 0
    interest_seller: float = 0.0
    interest_buyer: float = 0.0
    row: Any = None

    @property
    def seller(self) -> Company:
        return self.supply.company

    @property
    def buyer(self) -> Company:
        return self.demand.company

    @property
    def runs(self) -> bool:
        return self.stage is Stage.OPERATING
