"""Parameters of the park around the companies: markets, plants, openings and closures, modes, generated regions, records."""

from __future__ import annotations

from .parameter_fields import MODES, Group, choice, number, switch


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
