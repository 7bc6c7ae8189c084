"""Parameters of deals: bargaining, strategies, contracts, investment and review."""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import Field

from .parameter_fields import DAMAGES, PROTOCOLS, STRATEGIES, Group, choice, notes, number, switch


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
        json_schema_extra=notes("name", "", "A", STRATEGIES),
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
    shared_pipes: bool = switch(
        False,
        "a new line may lie beside a pipe of its class and buy a place in it at the Shapley share (Littlechild and Owen 1973)",
    )
    corridor: float = number(
        0.5, "km", 0, 10, "how far the ends of a line may lie from those of the pipe in which it buys a place"
    )


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
