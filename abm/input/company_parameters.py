"""Parameters of how companies behave: what they look for, whom they trust, when they want to talk."""

from __future__ import annotations

from .parameter_fields import INFORMATION, Group, choice, number, switch


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
