"""Every parameter of the model once: default, unit, range, meaning, source, grade.

The loader, the browser's sliders, the table in ODD.md, the factors of a sweep and the error messages read this file.
Grades: V verbatim, C computed, S second-hand, G general knowledge, A design assumption (to be varied in sensitivity runs).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

PROTOCOLS = tuple(
    sorted(
        path.stem for path in (Path(__file__).parents[1] / "submodels" / "negotiation" / "protocols").glob("[a-z]*.py")
    )
)
STRATEGIES = tuple(
    sorted(path.stem for path in (Path(__file__).parents[1] / "strategies").glob("[a-z]*.py") if path.stem != "view")
)
ROLES = ("seller", "buyer")
INFORMATION = ("none", "quantities", "costs")
MODES = ("self_organised", "facilitated", "planned")
DAMAGES = ("expectation", "liquidated", "none")


class Group(BaseModel):
    """A group of parameters; unknown names are refused and values cannot change after loading."""

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)


def number(default: float, unit: str, low: float, high: float, meaning: str, source: str = "", grade: str = "A") -> Any:
    """Declare a number with its unit, range, meaning, source and grade."""
    return Field(default, ge=low, le=high, description=meaning, json_schema_extra=_notes(unit, source, grade, ()))


def choice(default: str, options: tuple[str, ...], meaning: str, source: str = "") -> Any:
    """Declare a choice between names."""
    return Field(
        default,
        pattern=f"^({'|'.join(options)})$",
        description=meaning,
        json_schema_extra=_notes("name", source, "A", options),
    )


def switch(default: bool, meaning: str) -> Any:
    """Declare something that is on or off."""
    return Field(default, description=meaning, json_schema_extra=_notes("on/off", "", "A", ()))


def _notes(unit: str, source: str, grade: str, options: tuple[str, ...]) -> dict:
    return {"unit": unit, "source": source, "grade": grade, "options": list(options)}


class Market(Group):
    """Prices of virgin goods and cost of disposal (ODD 7.2)."""

    volatility: float = number(1.0, "factor", 0, 3, "factor on the standard deviation of all log prices")
    route_spread: float = number(
        0.2,
        "share",
        0,
        1,
        "standard deviation of a company's cost of hauling to a route of disposal (lognormal, mean 1)",
    )


class Production(Group):
    """Utilisation and outages (ODD 7.3)."""

    volatility: float = number(1.0, "factor", 0, 3, "factor on all standard deviations of output")
    pass_through: float = number(
        0.8, "share", 0, 1, "share of a change of a company's stand-alone stream costs that its customers bear"
    )
    own_sd: float = number(
        0.12,
        "log",
        0,
        0.5,
        "stationary standard deviation of a plant's own log utilisation",
        "parameters.md section 7; sweep 8-20 %",
    )
    phi: float = number(0.6, "per year", 0, 0.99, "yearly autocorrelation of log utilisation and of the cycle")
    outages: float = number(1.0, "factor", 0, 5, "factor on the share of time that plants are forced out")


class Contract(Group):
    """Standard terms of an exchange (ODD 7.5, 7.13)."""

    band: float = number(
        0.10,
        "share",
        0,
        1,
        "allowed deviation of a month's quantity from the contract",
        "Duke and CertainTeed gypsum contract",
        "V",
    )
    indexation: float = number(
        0.5, "share", 0, 1, "share of a change of the virgin price that is passed into the contract price"
    )
    damages: str = choice(
        "expectation",
        DAMAGES,
        "measure of damages: the loss of the injured side; a multiple of the price, agreed beforehand; none",
        "Shavell 1980; UCC 2-713, 2-708, 2-718",
    )
    penalty: float = number(
        1.5,
        "factor",
        0,
        5,
        "liquidated damages per missing unit relative to the contract price",
        "Lafarge and Duke: 1 to 2 times the base price",
        "V",
    )
    term_truck: float = number(3, "years", 1, 20, "standard term where material goes by truck or ship")
    term_pipe: float = number(
        15, "years", 1, 30, "standard term where a pipe or wire is built", "10 years in Ulsan", "A"
    )
    transaction_cost: float = number(
        60_000,
        "EUR",
        0,
        1e6,
        "one-off cost of arranging an exchange, half to each side",
        "parameters.md section 8: 5-300 kEUR",
    )
    monitoring_cost: float = number(
        3_000, "EUR/year", 0, 1e6, "yearly cost of each side for measuring and administration"
    )
    interruption: float = number(
        0.05, "share", 0, 1, "expected share of contracted deliveries that fail, without trust"
    )
    interruption_cost: float = number(
        0.5,
        "factor",
        0,
        5,
        "extra cost of a failed delivery relative to the virgin price or the cost of disposal, really paid",
    )
    prior: float = number(
        12, "months", 0, 240, "weight of that belief, in months of deliveries, against experience with the partner"
    )
    renewal_cost: float = number(
        0.25, "share", 0, 1, "arranging cost of a renewal or of new terms relative to a new contract"
    )
    longest: float = number(30, "years", 1, 60, "longest term")
    care: float = number(0.5, "hours/month", 0, 100, "staff time of each side for a running contract")
    subsidy_to_seller: float = number(0.5, "share", 0, 1, "part of the exchange subsidy that is paid to the seller")
    dependable: float = number(
        0.9, "share", 0.1, 1, "share of mean supply and need that companies promise in contracts"
    )
    smallest: float = number(
        0.05, "share", 0, 1, "smallest exchange worth talking about, relative to the smaller of supply and need"
    )


class Behaviour(Group):
    """Willingness to cooperate by planned behaviour (4.5; Ajzen 1991, doi:10.1016/0749-5978(91)90020-T)."""

    planned_behaviour: bool = switch(True, "off: every company is fully willing at all times")
    attitude: float = number(1.0, "factor", 0, 3, "factor on every company's attitude at the start")
    weight_norm: float = number(
        0.3, "weight", 0, 1, "weight of what contacts do in willingness; the rest is the own attitude"
    )
    learning: float = number(0.2, "per year", 0, 1, "how far attitude moves to the latest year's experience")
    disappointment: float = number(
        0.02, "share", 0, 1, "part of attitude lost when a talk fails or an exchange ends badly"
    )
    threshold: float = number(
        0.35, "willingness", 0, 1, "mean own threshold: least willingness at which a company opens talks and renews"
    )
    threshold_sd: float = number(
        0.2, "willingness", 0, 0.5, "standard deviation of own thresholds", "Granovetter 1978, doi:10.1086/226707"
    )
    required_gain: float = number(
        0.10,
        "share",
        0,
        1,
        "gain required at no willingness, relative to the public value of the exchange; none at full willingness",
    )
    payback: float = number(1.0, "factor", 0.1, 5, "factor on every company's payback limit")
    fair: float = number(
        0.5, "share", 0, 1, "share of companies that share gains fairly at the start (protocol fair_sharing)"
    )
    claim: float = number(
        0.7,
        "share",
        0.5,
        1,
        "share of the joint gain that an opportunistic company claims (protocol fair_sharing); a fair one claims what an opportunistic one leaves",
    )


class Trust(Group):
    """Directed trust between companies (ODD 7.6)."""

    start: float = number(0.5, "trust", 0, 1, "trust between strangers")
    same_owner: float = number(0.9, "trust", 0, 1, "trust between plants of one owner")
    culture: float = number(0.5, "trust", 0, 1, "trust that opinions drift to at this site")
    drift: float = number(0.003, "per month", 0, 1, "speed of the drift to the site's culture")
    gain: float = number(0.02, "per month", 0, 1, "rise with a fulfilled month, of what is missing to full trust")
    loss: float = number(0.06, "per month", 0, 1, "fall with a month short by the partner's fault, of present trust")
    loss_demand: float = number(0.15, "share", 0, 1, "fall when the partner demands new terms")
    loss_hold_up: float = number(0.6, "share", 0, 1, "fall when the partner holds one up")
    reputation: float = number(
        0.1, "per year", 0, 1, "pull towards what one's contacts think, weighted by trust in them"
    )
    noise: float = number(0.002, "trust", 0, 0.1, "standard deviation of the monthly noise in an operating exchange")
    breaking: float = number(0.15, "trust", 0, 1, "below this no talk opens")
    exit: float = number(0.15, "per year", 0, 1, "chance that a side without any trust leaves a running exchange")
    comfort: float = number(0.5, "trust", 0.01, 1, "trust from which nobody leaves for lack of it")
    blacklist: int = number(60, "months", 0, 600, "how long a company that was held up refuses the other")


class Social(Group):
    """Contacts between managers."""

    contacts: int = number(
        4, "companies", 0, 30, "contacts of each company, nearest first, where the scenario names none"
    )
    rewiring: float = number(
        0.1, "share", 0, 1, "share of contacts that are far ones (small world)", "Ghali and others 2017: 0.1", "V"
    )


class Discovery(Group):
    """How opportunities become known (ODD 7.8)."""

    search_range: float = number(
        20, "km", 0.1, 500, "distance at which others are looked at 37 % as often as next door"
    )
    project: float = number(
        3,
        "factor",
        1,
        50,
        "on the weight of a look while the other side is planned: a plant that waits to open, a stream that will flow",
    )
    broker_error: float = number(0.7, "log", 0, 3, "standard deviation of a broker's error about the gain of a match")
    innovation: float = number(
        0.002, "per month", 0, 1, "chance that the holder of an unused by-product finds a conversion not known yet"
    )
    information: str = choice(
        "none",
        INFORMATION,
        "what companies see of each other: nothing; who, what and how much; also costs",
        "Fraccascia and Yazan 2018",
    )
    by_search: bool = switch(True, "own search finds opportunities")
    by_contact: bool = switch(True, "contacts find opportunities")
    by_broker: bool = switch(True, "a broker, where there is one, finds opportunities")
    by_platform: bool = switch(True, "a platform, where there is one, finds opportunities")
    by_innovation: bool = switch(True, "holders of unused by-products find new conversions")
    announcement: int = number(
        24,
        "months",
        0,
        120,
        "time before a scheduled opening, closure, change of process or of size at which others count on it",
        "coal exit: decided 2015-17, effect 2019 (breakdown_causes.csv)",
        "C",
    )
    partners: int = number(
        24, "companies", 1, 1000, "most partners considered for one by-product stream and conversion, nearest first"
    )
    partners_region: int = number(
        3,
        "companies",
        1,
        1000,
        "the same in regions of more than 10,000 companies, where most partners are beyond reach",
    )


class Search(Group):
    """Attention: staff hours for symbiosis and what they buy (ODD 7.8; Simon 1971, Ocasio 1997)."""

    hours: float = number(
        24, "hours/month", 0, 10_000, "staff time for symbiosis of a company of 100 jobs; grows with the root of jobs"
    )
    look: float = number(
        32, "hours", 0.1, 1000, "time for looking at one company: a visit of two people with what goes before and after"
    )
    see: float = number(0.1, "share", 0, 1, "chance that a look shows a given latent opportunity")
    contact: float = number(3, "factor", 0, 50, "added weight of contacts and of those whom a contact has dealt with")
    platform_look: float = number(0.5, "hours", 0, 100, "time for reading one listing on a platform")
    vision: float = number(1, "factor", 0, 10, "hours added at full shared vision, relative to those without")


class Screening(Group):
    """When a company opens talks (ODD 7.9)."""

    hours: float = number(
        16, "hours", 0, 1000, "study of what was found, each side, once; half of it when a broker brought it"
    )
    margin: float = number(
        1.0,
        "factor",
        0,
        10,
        "rough gain over the life of the contract must exceed this many times the transaction cost",
    )
    review: int = number(12, "months", 1, 120, "months until an opportunity that did not pass is looked at again")
    retry: int = number(36, "months", 1, 240, "months until a failed talk or an ended exchange may be taken up again")


class Negotiation(Group):
    """Bilateral bargaining (4.8; Faratin, Sierra and Jennings 1998, doi:10.1016/S0921-8890(98)00029-3)."""

    protocol: str = choice("alternating_offers", PROTOCOLS, "rule by which two companies come to terms")
    deadline_low: int = number(6, "meetings", 1, 120, "own deadline at no willingness")
    deadline_high: int = number(18, "meetings", 1, 120, "own deadline at full willingness")
    exponent_low: float = number(
        0.2, "exponent", 0.01, 100, "concession exponent e at no willingness (Boulware)", "Faratin form", "V"
    )
    exponent_high: float = number(
        2.0, "exponent", 0.01, 100, "concession exponent e at full willingness (conceder)", "Faratin form", "V"
    )
    splits: int = number(
        5, "levels", 1, 21, "levels of the seller's share of the capital, from none to all; 1 keeps it at half"
    )
    terms: bool = switch(True, "the term is negotiable: half, once and twice the standard")
    foresight: float = number(
        0.5, "share", 0, 1, "weight of the path of prices against the price of the month in what a contract is worth"
    )
    open: float = number(
        0.1, "share", 0, 1, "chance that a side bargains openly: down to its least gain whatever the other does"
    )
    heard: float = number(
        0.3,
        "share",
        0,
        1,
        "chance that a rival hears that a scarce stream is about to be signed away, and names its best price",
    )
    patience: int = number(3, "meetings", 1, 120, "meetings that a talk waits for a person in a seat")
    belief_months: int = number(60, "months", 1, 600, "how long a belief about the other side stays as it is")
    meetings: int = number(1, "per month", 1, 10, "meetings a month")
    hours: float = number(4, "hours", 0, 100, "time of each side for a meeting")
    error_none: float = number(
        0.30, "of public value", 0, 2, "error of beliefs about the other side without information"
    )
    error_quantities: float = number(0.20, "of public value", 0, 2, "the same when who, what and how much are known")
    error_costs: float = number(0.05, "of public value", 0, 2, "the same when costs are known, too")
    posted_up: float = number(0.10, "share", 0, 1, "posted price: rise when all was sold")
    posted_down: float = number(0.05, "share", 0, 1, "posted price: fall when not")


class Strategy(Group):
    """How sides bargain under alternating offers (ODD 7.12).

    default: a built-in strategy or one from outside. role, type, company: seller or buyer, type, company -> its strategy, the
    narrowest wins.
    """

    default: str = Field(
        "default",
        description="strategy of every company; also MODULE:CLASS, FILE.py:CLASS or a name of an installed package",
        json_schema_extra=_notes("name", "", "A", STRATEGIES),
    )
    role: Mapping[str, str] = {}
    type: Mapping[str, str] = {}
    company: Mapping[str, str] = {}


class Investment(Group):
    """Building connections, sunk capital and hold-up (4.9; Klein, Crawford and Alchian 1978, doi:10.1086/466922)."""

    permit_months: int = number(6, "months", 0, 120, "time for a permit where a conversion needs one")
    hold_up: float = number(
        0.05, "per year", 0, 1, "chance that a fully opportunistic partner demands a new price once capital is sunk"
    )
    demand: float = number(0.5, "share", 0, 1, "share of the victim's continuing gain that is demanded")
    fear: float = number(
        1.0, "factor", 0, 20, "weight of expected hold-up before signing; 1 is what happens on average, 0 is naive"
    )
    om_share: float = number(
        0.02,
        "1/year",
        0,
        0.1,
        "operation and maintenance relative to capital, where conversions.csv says nothing",
        "order of the Danish technology catalogue",
    )
    life_link: float = number(
        40,
        "years",
        5,
        80,
        "life of a link where materials.csv says nothing",
        "hot-water pipe 40, gas pipe 50 (Danish technology catalogue)",
        "V",
    )
    life_equipment: float = number(
        25,
        "years",
        5,
        60,
        "life of equipment where conversions.csv says nothing; of truck deals 15 at most (A)",
        "boilers, heat pumps 25 (Danish technology catalogue)",
        "V",
    )
    enforcement: float = number(0.6, "share", 0, 1, "chance that a court or the site's rules turn such a demand down")


class Review(Group):
    """Yearly review and triggers (ODD 7.7)."""

    short_share: float = number(
        0.3, "share", 0, 1, "missing share of a month's contract quantity from which the month counts as failed"
    )
    least_share: float = number(
        0.3, "share", 0, 1, "part of the contract a side has to manage for a smaller contract to be worth it"
    )
    short_months: float = number(
        5,
        "months",
        0.5,
        12,
        "weighted number of failed months in a year after which the other side wants a smaller contract or leaves",
    )
    readjust: bool = switch(True, "a seller that can deliver only a part is given a smaller contract instead of an end")
    notice: int = number(
        6,
        "months",
        1,
        24,
        "time before the end of a term at which renewal is talked about, such talks last at most 1.5 of it",
    )
    permit_hazard: float = number(
        0.002, "per year", 0, 1, "chance that the permit of an exchange that needs one is withdrawn"
    )


class Turnover(Group):
    """Companies close and open (ODD 7.15)."""

    hazard: float = number(1.0, "factor", 0, 10, "factor on the closure hazard of each type; 0 where dates are input")
    insolvency: bool = switch(True, "companies without cash close")
    reserve: float = number(24, "months", 0, 240, "fixed costs that a company holds as cash at the start and at most")
    entry: float = number(
        0.02, "per year", 0, 1, "chance that a waiting newcomer opens where nothing speaks for the park"
    )
    entry_symbiosis: float = number(
        2.0, "factor", 0, 20, "how much unserved by-products and needs of the park raise that chance"
    )
    promise: float = number(
        0.5, "share", 0, 1, "part of the gain from exchanges in the park that a returning manufacturer counts on"
    )
    unseen: float = number(
        0.05, "share", 0.001, 1, "scale of what a location choice weighs beside the accounts, of yearly contribution"
    )
    depreciation: float = number(
        15, "years", 1, 50, "years over which a returning manufacturer spreads the capital of its plant"
    )
    moving: float = number(
        0.6, "years", 0, 5, "capital of moving a plant elsewhere in a relocation wave, over yearly contribution"
    )


class Governance(Group):
    """Who brings companies together (ODD 7.8, 7.17)."""

    mode: str = choice(
        "self_organised",
        MODES,
        "self-organised, facilitated (a coordinator proposes matches) or planned (the optimum is assigned)",
    )
    facilitator: float = number(0.5, "matches/month", 0, 50, "capacity of the coordinator in the facilitated mode")


class Synthetic(Group):
    """Generator of parks and regions."""

    companies: int = number(30, "companies", 2, 2_000_000, "number of companies")
    diversity: float = number(1.0, "share", 0, 1, "share of the generator's types that occur")
    scatter: float = number(0.5, "0..1", 0, 1, "0 planned cluster of related companies to 1 scattered")
    density: float = number(0.3, "companies/km2", 0.001, 100, "mean density of companies")
    candidates: float = number(
        1.0,
        "per company",
        0,
        3,
        "waiting companies of the same mix that may open when others have closed (turnover.entry)",
    )
    centre_size: float = number(30, "companies", 1, 1000, "companies for each centre")
    centre_spread: float = number(0.7, "km", 0.01, 50, "spread around a centre")
    size_mean: float = number(-0.7, "log", -3, 3, "mean log size relative to the typical one")
    size_sd: float = number(0.6, "log", 0, 2, "spread of log size")
    layout: int = number(
        1, "number", 0, 1_000_000, "number that draws the layout, so that seeds of a run share one park"
    )


class Recording(Group):
    """What is kept."""

    meetings: bool = switch(True, "keep every offer of every talk")
    talks: bool = switch(True, "keep a row for each talk that has ended")
    events: bool = switch(True, "keep every change of stage as an event")
    companies: bool = switch(True, "keep a row for each company and year")
    deliveries: bool = switch(True, "keep a row for each contract and month (not above 10,000 companies)")
    accounts: bool = switch(True, "keep the accounts and streams of each year (not above 10,000 companies)")


GROUPS: dict[str, type[Group]] = {
    "market": Market, "production": Production, "contract": Contract, "behaviour": Behaviour, "trust": Trust,
    "social": Social, "discovery": Discovery, "search": Search, "screening": Screening, "negotiation": Negotiation,
    "strategy": Strategy,
    "investment": Investment, "review": Review, "turnover": Turnover, "governance": Governance,
    "synthetic": Synthetic, "recording": Recording,
}  # fmt: skip


@dataclass(frozen=True)
class Parameter:
    """A declared parameter, for whoever shows, sweeps or checks it.

    kind: int, float, bool or str. low, high: range of numbers, else None. options: allowed names of a choice.
    """

    name: str
    default: Any
    unit: str
    low: float | None
    high: float | None
    meaning: str
    source: str
    grade: str
    kind: str
    options: tuple[str, ...]

    @property
    def allowed(self) -> str:
        """Say in words what is allowed."""
        if self.options:
            return f"one of {', '.join(self.options)}"
        if self.kind == "bool":
            return "true or false"
        return (
            f"a{' whole' if self.kind == 'int' else ''} number from {self.low:,.10g} to {self.high:,.10g} {self.unit}"
        )


def _declared(group: str, name: str, field: Any) -> Parameter:
    notes = field.json_schema_extra
    bounds = {type(rule).__name__: rule for rule in field.metadata}
    low = getattr(bounds.get("Ge"), "ge", None)
    high = getattr(bounds.get("Le"), "le", None)
    kind = field.annotation if isinstance(field.annotation, str) else field.annotation.__name__
    return Parameter(
        f"{group}.{name}",
        field.default,
        notes["unit"],
        low,
        high,
        field.description,
        notes["source"],
        notes["grade"],
        kind,
        tuple(notes["options"]),
    )


PARAMETERS: dict[str, Parameter] = {
    f"{group}.{name}": _declared(group, name, field)
    for group, model in GROUPS.items()
    for name, field in model.model_fields.items()
    if field.json_schema_extra is not None
}
