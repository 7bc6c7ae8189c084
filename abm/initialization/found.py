"""Scenario -> the state of the first month. What does not depend on the seed is built once per scenario."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from ..entities.accounts import ROWS_OF_BOOKS
from ..entities.codes import OUT
from ..entities.state import State
from ..entities.tables import Table, blank, duplicate
from ..input.parameter_fields import DAMAGES, INFORMATION, MODES, PROTOCOLS
from ..input.parameters import PARAMETERS
from ..input.scenario import Scenario
from ..input.whole_scenario import require_right_tables
from ..numerics.elementary import exponentials
from ..numerics.randomness import PLATFORM, THRESHOLD, TRAIT, normals, uniforms
from ..observation.indicators import MONTH
from ..strategies.view import MEMORY
from ..submodels.attention import most_talks
from .calendar import build_calendar
from .companies import call_roll
from .entity_tables import lay_companies, lay_materials, lay_options, lay_sectors, lay_streams, lay_types
from .first_contracts import sign_first_contracts
from .levers import lay_history, lay_levers
from .opportunities import link_contacts, list_conversions, list_links, tie_companies
from .outlets import first_costs, lay_outlets
from .price_paths import lay_emissions, lay_paths
from .reach import LARGE
from .row_writers import fill_pairs
from .strategies import give_strategies, lay_guests
from .template import freeze, kept

OPTIONS = {
    "contract.damages": DAMAGES,
    "negotiation.protocol": PROTOCOLS,
    "discovery.information": INFORMATION,
    "governance.mode": MODES,
}
BY_COMPANY = (
    "strategy.default"  # is a column of companies: a strategy from outside has no place among the built-in ones
)
# Above this many companies the books are kept by sector.
NAMED_ACCOUNTS = 1_000
TRAIT_SD = (
    0.3  # log standard deviation of payback limits among plants of one type (Anderson and Newell 2004: 0.75 to 6 years)
)


@dataclass(frozen=True)
class Ground:
    """What a scenario's runs share: tables that do not depend on the seed, and the names behind their rows.

    Runs share the very tables of what never changes (`State.shared`) and have copies of the others.
    """

    companies: Table
    types: Table
    streams: Table
    materials: Table
    outlets: Table
    factors: Table
    sectors: Table
    opportunities: Table
    identities: np.ndarray
    needs: Table
    ties: Table
    contacts: Table
    calendar: Table
    profiles: np.ndarray
    seasons: Table
    options: Table
    named_payback: np.ndarray
    names: Sequence[str]


def lay_ground(scenario: Scenario) -> Ground:
    """Return what all runs of a scenario share, made anew."""
    require_right_tables(scenario)
    roster = call_roll(scenario)
    outlets = lay_outlets(scenario)
    materials, factors = lay_materials(scenario, outlets)
    sectors = lay_sectors(scenario)
    profiles = np.array([(1.0,) * 12, *(row.factors for row in scenario.tables["profiles"])])
    types = lay_types(scenario)
    companies = lay_companies(scenario, roster, types)
    streams = lay_streams(scenario, roster, companies)
    opportunities, identities, seasons, needs = list_links(scenario, roster, streams)
    contacts = link_contacts(scenario, roster, companies, streams)
    ties = tie_companies(companies, streams, opportunities, needs, contacts)
    calendar = build_calendar(scenario, roster, companies, streams)
    named = [row.payback is not None for row in roster.rows] if roster.rows is not None else [False] * len(companies)
    return Ground(
        companies, types, streams, materials, outlets.table, factors, sectors, opportunities, identities, needs, ties, contacts,
        calendar, profiles,
        seasons, lay_options(scenario), np.array(named), roster.names,
    )  # fmt: skip


ground_of = kept(lay_ground)


@kept
def names_of(scenario: Scenario) -> Sequence[str]:
    """Return the names of the companies in the order of their rows."""
    return call_roll(scenario).names if _is_large(scenario) else ground_of(scenario).names


def _is_large(scenario: Scenario) -> bool:
    """Tell whether a scenario has so many companies that it counts as a large region."""
    return (len(scenario.tables["companies"]) or scenario["synthetic.companies"]) > LARGE


def _ground_and_own(scenario: Scenario) -> tuple[Ground, Table, Table]:
    """Return what runs share, and this run's companies and streams.

    A large region is not kept for the next run: it would stand in memory twice, and to lay it anew takes less than two
    of its months.
    """
    if not _is_large(scenario):
        ground = ground_of(scenario)
        return ground, duplicate(ground.companies), duplicate(ground.streams)
    ground = lay_ground(scenario)
    for name in State.shared & vars(ground).keys():
        freeze(getattr(ground, name))
    return ground, ground.companies, ground.streams


def found(scenario: Scenario, seed: int, months: int) -> State:
    """Return the state of the first month for a run of at least `months` months. seed: 0 to 2^64 - 1."""
    ground, companies, streams = _ground_and_own(scenario)
    params = parameter_record(scenario, seed)
    _draw_traits(scenario, params[0], companies, ground)
    conversions = list_conversions(scenario)
    notes, funnel, pairs = _fill(scenario, ground, conversions)
    clock = blank("clock", 1)
    clock.contacts = 1.0
    clock.planned = np.nan
    talks = _most_talks(params[0], ground)
    years = -(-months // 12)
    pages = years * len(companies) if scenario["recording.companies"] else 0
    materials = duplicate(ground.materials)
    levers, paths, emissions = (
        duplicate(lay_levers(scenario, months)),
        lay_paths(scenario, months),
        lay_emissions(scenario, months),
    )
    history = lay_history(scenario, months)
    clock.accounts = _open_accounts(companies, len(ground.sectors))
    if len(companies) > LARGE:
        params.recording_accounts = params.recording_deliveries = 0
    shape = (len(materials), months)
    shared = {name: getattr(ground, name) for name in State.shared & vars(ground).keys()}
    state = State(
        **shared, params=params, clock=clock, companies=companies, streams=streams, materials=materials,
        factors=ground.factors.copy(), sectors=ground.sectors.copy(), conversions=conversions, notes=notes, funnel=funnel,
        pairs=pairs, talks=blank("talks", talks), memory=np.zeros((2 * talks, MEMORY)), exchanges=blank("exchanges", 64 + talks),
        events=blank("events", 1024), meetings=blank("meetings", 1024), past_talks=blank("past_talks", 64 + talks),
        guests=lay_guests(), levers=levers,
        months=blank("months", months, MONTH), yearbook=blank("yearbook", pages), paths=paths,
        prices=np.full(shape, np.nan), disposal=np.full(shape, np.nan), history=history,
        emissions=emissions, deliveries=blank("deliveries", 64 + talks), pages=blank("pages", len(streams) * int(params.recording_accounts[0])),
        connections=blank("connections", 64 + 2 * talks), assets=blank("assets", 64 + 2 * talks),
        books=np.zeros((years * int(clock.accounts[0]) * int(params.recording_accounts[0]), 4 * ROWS_OF_BOOKS)),
        flows=np.zeros((ROWS_OF_BOOKS, 4)),
    )  # fmt: skip
    if scenario.tables["exchanges"]:  # older than any policy
        _set_first_costs(history[0], ground, materials, streams, paths[:, 0], emissions[:, 0])
        sign_first_contracts(scenario, ground.names, state)
    _set_first_costs(levers[0], ground, materials, streams, paths[:, 0], emissions[:, 0])
    return state


def _most_talks(p: Any, ground: Ground) -> int:
    """Return for how many talks at a time there is room: one an opportunity, or as many as everybody's hours allow."""
    if p.governance_mode == MODES.index("planned"):
        return len(ground.opportunities)
    return int(min(len(ground.opportunities), most_talks(p, ground.companies)))


def _open_accounts(companies: Table, sectors: int) -> int:
    """Give every company its account, its own or in large parks that of its sector, in place; return how many there are."""
    by_name = len(companies) <= NAMED_ACCOUNTS
    companies.account = np.arange(len(companies)) if by_name else companies.sector
    return (len(companies) if by_name else sectors) + 1


def _fill(scenario: Scenario, ground: Ground, conversions: Table) -> tuple[Table, Table, Table]:
    """Return a run's notes and funnel of opportunities, and its pairs."""
    count = len(ground.opportunities)
    notes, funnel, pairs = blank("notes", count), blank("funnel", count), blank("pairs", len(ground.ties))
    if conversions.known.any():
        funnel.known = conversions.known[ground.opportunities.conversion]
    start, same_owner = float(scenario["trust.start"]), float(scenario["trust.same_owner"])
    owners = np.ascontiguousarray(ground.companies.owner)
    fill_pairs(pairs.view(np.ndarray), ground.ties.view(np.ndarray), owners, start, same_owner)
    return notes, funnel, pairs


def parameter_record(scenario: Scenario, seed: int) -> Table:
    """Return one row with every parameter (a dot becomes an underscore), the seed and monthly rates."""
    record = duplicate(_parameters_without_seed(scenario))
    record.seed = np.uint64(seed)
    return record


@kept
def _parameters_without_seed(scenario: Scenario) -> Table:
    kinds = {"float": "f8", "int": "i8", "bool": "i8", "str": "i8"}
    columns = [
        (name.replace(".", "_"), kinds[parameter.kind]) for name, parameter in PARAMETERS.items() if name != BY_COMPANY
    ]
    rates = [
        ("planner_protocol", "i8"),
        ("monthly_phi", "f8"),
        ("monthly_hold_up", "f8"),
        ("monthly_permit_hazard", "f8"),
        ("by_style", "i8"),
        ("by_posting", "i8"),
    ]
    dtype = np.dtype((np.record, np.dtype([*columns, *rates, ("seed", "u8")], align=True)))
    record = np.zeros(1, dtype=dtype).view(np.recarray)
    for name in PARAMETERS:
        if name == BY_COMPANY:
            continue
        value = scenario[name]
        record[name.replace(".", "_")] = OPTIONS[name].index(value) if name in OPTIONS else value
    record.monthly_phi = scenario["production.phi"] ** (1 / 12)
    record.monthly_hold_up = 1 - (1 - scenario["investment.hold_up"]) ** (1 / 12)
    record.monthly_permit_hazard = 1 - (1 - scenario["review.permit_hazard"]) ** (1 / 12)
    record.by_style = scenario["negotiation.protocol"] == "fair_sharing"
    record.by_posting = scenario["negotiation.protocol"] == "posted_price"
    record.planner_protocol = PROTOCOLS.index("equal_gain")
    return record


def _draw_traits(scenario: Scenario, p: Any, companies: Table, ground: Ground) -> None:
    """Draw what differs between companies of one type, in place: payback limit, registration, style of sharing, reserve."""
    identities = np.ascontiguousarray(companies.identity)
    spread = exponentials(TRAIT_SD * normals(p.seed, TRAIT, 0, identities))
    companies.payback = np.where(ground.named_payback, companies.payback, companies.payback * spread)
    companies.payback *= p.behaviour_payback
    give_strategies(scenario, companies, ground.names)
    companies.registration = uniforms(p.seed, PLATFORM, 0, identities)
    companies.fair = uniforms(p.seed, TRAIT, 1, identities) < p.behaviour_fair
    companies.threshold = p.behaviour_threshold + p.behaviour_threshold_sd * normals(p.seed, THRESHOLD, 0, identities)
    companies.attitude = np.minimum(1.0, companies.attitude * p.behaviour_attitude)
    companies.attitude_start = companies.attitude
    companies.cash_limit = companies.fixed_cost * p.turnover_reserve


def _set_first_costs(
    lever: Any, ground: Ground, materials: Table, streams: Table, path: np.ndarray, emissions: np.ndarray
) -> None:
    """Set what things cost before the first month, in place: a planner judges by the latest costs it knows."""
    materials.co2_virgin = emissions
    materials.price = np.where(np.isnan(path), 0.0, exponentials(np.ascontiguousarray(path)))
    materials.price *= np.where(materials.is_energy == 1, lever.energy_price, 1.0)
    materials.cost = materials.price * (1 + lever.virgin_tax) + lever.carbon_price * materials.co2_virgin
    materials.expected = materials.cost
    materials.disposal_cost = first_costs(ground.outlets, materials, lever)
    gives = streams.direction == OUT
    streams.disposal_cost = np.where(gives, materials.disposal_cost[streams.material], 0.0)
    streams.outlet = -1
