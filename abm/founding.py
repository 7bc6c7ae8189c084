"""Scenario -> the state of the first month. What does not depend on the seed is built once per scenario."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from abm.calendar import build_calendar, owner_names, stage_types
from abm.filling import fill_opportunities, fill_pairs
from abm.indicators import MONTH
from abm.inputs import ways_back
from abm.linking import link_contacts, link_pairs, list_kinds, list_links, list_seasons
from abm.parameters import INFORMATION, MODES, PARAMETERS, PROTOCOLS
from abm.policies import POLICIES
from abm.randomness import PLATFORM, TRAIT, identity_of, normals, uniforms
from abm.roster import Roster, call_roll
from abm.scenario import Scenario, policy_name
from abm.state import CLOSED, IN, OPEN, OUT, WAITING, State, Table, blank, duplicate

OPTIONS = {"negotiation.protocol": PROTOCOLS, "discovery.information": INFORMATION, "governance.mode": MODES}
OWN_COLUMNS = ("wacc", "payback", "attitude", "opportunism", "risk_aversion")
GROUPS_OF_MATERIALS = ("material", "energy", "water")
TRAIT_SD = (
    0.3  # log standard deviation of payback limits among plants of one type (Anderson and Newell 2004: 0.75 to 6 years)
)


@dataclass(frozen=True)
class Ground:
    """What a scenario's runs share: tables that do not depend on the seed, and the names behind their rows.

    opportunities, pairs: who is linked with whom, in few bytes (`abm.linking`); each run fills its own tables from them.
    seasons: see `fill_opportunities`.
    """

    companies: Table
    types: Table
    streams: Table
    materials: Table
    factors: Table
    sectors: Table
    opportunities: Table
    needs: Table
    pairs: Table
    contacts: Table
    calendar: Table
    profiles: np.ndarray
    seasons: np.ndarray
    options: Table
    named_payback: np.ndarray
    names: Sequence[str]


_GROUNDS: OrderedDict[tuple, tuple[Scenario, Ground]] = OrderedDict()


def ground_of(scenario: Scenario) -> Ground:
    """Return what all runs of a scenario share; the last eight are remembered."""
    parts = (
        id(scenario.tables),
        scenario.start_year,
        scenario.parameters["social"],
        scenario.parameters["synthetic"],
        scenario["discovery.partners"],
        scenario["discovery.partners_region"],
        scenario["discovery.announcement"],
    )
    key = tuple(repr(part) for part in parts)
    if key not in _GROUNDS:
        _GROUNDS[key] = (scenario, _lay_ground(scenario))
        if len(_GROUNDS) > 8:
            _GROUNDS.popitem(last=False)
    return _GROUNDS[key][1]


def _lay_ground(scenario: Scenario) -> Ground:
    """Build the tables that do not depend on the seed."""
    roster = call_roll(scenario)
    materials, factors = _materials(scenario)
    sectors = _sectors(scenario)
    profiles = np.array([(1.0,) * 12, *(row.factors for row in scenario.tables["profiles"])])
    types = _types(scenario)
    companies = _companies(scenario, roster, types)
    streams = _streams(scenario, roster, companies)
    links, needs = list_links(scenario, roster, streams)
    contacts = link_contacts(scenario, roster, companies, links)
    pairs = link_pairs(companies, streams, links, needs, contacts)
    calendar = build_calendar(scenario, roster, companies, streams)
    named = [row.payback is not None for row in roster.rows] if roster.rows is not None else [False] * len(companies)
    return Ground(
        companies, types, streams, materials, factors, sectors, links, needs, pairs, contacts, calendar, profiles,
        list_seasons(scenario, links, streams), _options(scenario), np.array(named), roster.names,
    )  # fmt: skip


def found(scenario: Scenario, seed: int, months: int) -> State:
    """Return the state of the first month for a run of at least `months` months. seed: 0 to 2^64 - 1."""
    ground = ground_of(scenario)
    params = parameter_record(scenario, seed)
    companies = duplicate(ground.companies)
    _draw_traits(scenario, params[0], companies, ground)
    opportunities, pairs = _fill(scenario, ground)
    streams = duplicate(ground.streams)
    clock = blank("clock", 1)
    clock.contacts = 1.0
    clock.planned = np.nan
    talks = min(len(opportunities), len(companies) * scenario["screening.talks"] // 2 + 1)
    years = -(-months // 12)
    pages = years * len(companies) if scenario["recording.companies"] else 0
    materials = duplicate(ground.materials)
    levers, paths = lay_levers(scenario, months), lay_paths(scenario, months)
    _set_first_costs(levers[0], materials, paths[:, 0])
    shape = (len(materials), months)
    return State(
        params=params, clock=clock, companies=companies, types=ground.types, streams=streams, materials=materials,
        factors=ground.factors.copy(), sectors=ground.sectors.copy(), opportunities=opportunities, needs=ground.needs,
        pairs=pairs, contacts=ground.contacts, talks=blank("talks", talks), exchanges=blank("exchanges", 64 + talks),
        calendar=ground.calendar, events=blank("events", 1024), meetings=blank("meetings", 1024),
        levers=levers, months=blank("months", months, MONTH), yearbook=blank("yearbook", pages),
        paths=paths, profiles=ground.profiles, prices=np.full(shape, np.nan),
        disposal=np.full(shape, np.nan), options=ground.options,
    )  # fmt: skip


def _fill(scenario: Scenario, ground: Ground) -> tuple[Table, Table]:
    """Return a run's tables of opportunities and pairs."""
    opportunities, pairs = blank("opportunities", len(ground.opportunities)), blank("pairs", len(ground.pairs))
    companies, streams = ground.companies.view(np.ndarray), ground.streams.view(np.ndarray)
    links, kinds = ground.opportunities.view(np.ndarray), list_kinds(scenario)
    fill_opportunities(opportunities.view(np.ndarray), links, kinds, ground.seasons, companies, streams)
    same_owner, start = float(scenario["trust.same_owner"]), float(scenario["trust.start"])
    fill_pairs(pairs.view(np.ndarray), ground.pairs.view(np.ndarray), companies, start, same_owner)
    return opportunities, pairs


def parameter_record(scenario: Scenario, seed: int) -> Table:
    """Return one row with every parameter (a dot becomes an underscore), the seed and monthly rates."""
    kinds = {"float": "f8", "int": "i8", "bool": "i8", "str": "i8"}
    columns = [(name.replace(".", "_"), kinds[parameter.kind]) for name, parameter in PARAMETERS.items()]
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
        value = scenario[name]
        record[name.replace(".", "_")] = OPTIONS[name].index(value) if name in OPTIONS else value
    record.monthly_phi = scenario["production.phi"] ** (1 / 12)
    record.monthly_hold_up = 1 - (1 - scenario["investment.hold_up"]) ** (1 / 12)
    record.monthly_permit_hazard = 1 - (1 - scenario["review.permit_hazard"]) ** (1 / 12)
    record.by_style = scenario["negotiation.protocol"] == "fair_sharing"
    record.by_posting = scenario["negotiation.protocol"] == "posted_price"
    record.planner_protocol = PROTOCOLS.index("equal_gain")
    record.seed = np.uint64(seed)
    return record


def _materials(scenario: Scenario) -> tuple[Table, Table]:
    """Return the tables of materials and of common price factors."""
    rows: Any = scenario.tables["materials"]
    routes = {row.route: row for row in scenario.tables["disposal"]}
    names = sorted({row.price_factor for row in rows if row.price_factor})
    factors = blank("factors", len(names) + 1)
    factors.identity = [identity_of(f"factor {name}") for name in [*names, "none"]]
    table = blank("materials", len(rows))
    for place, row in enumerate(rows):
        material: Any = table[place]
        route: Any = routes.get(row.disposal)
        material.identity = identity_of(row.material)
        material.group = GROUPS_OF_MATERIALS.index(row.group)
        material.factor = names.index(row.price_factor) if row.price_factor else len(names)
        material.loading = row.price_loading if row.price_factor else 0.0
        material.phi = row.price_phi ** (1 / 12)
        stationary = row.price_phi < 1
        material.shock = row.price_sd * (np.sqrt(1 - material.phi**2) if stationary else np.sqrt(1 / 12))
        material.is_energy = row.price_factor == "energy"
        material.co2_virgin = row.co2_virgin / 1000
        material.co2_disposal = row.co2_disposal / 1000
        material.tonnes = row.tonnes_per_unit
        material.weight = {"material": row.tonnes_per_unit, "energy": 3.6 if row.unit == "MWh" else 1.0, "water": 1.0}[
            row.group
        ]
        material.storable = row.storable_months
        material.shock_factor = 1.0
        if route is not None:
            material.fee = route.fee + route.haul
            material.tax_base = route.tax_base
            material.discharge_base = route.discharge_base
            material.landfill = route.landfill
    return table, factors


def _sectors(scenario: Scenario) -> Table:
    rows: Any = scenario.tables["sectors"]
    table = blank("sectors", len(rows))
    table.identity = [identity_of(f"sector {row.sector}") for row in rows]
    table.loading = [row.loading for row in rows]
    table.sd = [row.sd for row in rows]
    return table


def _options(scenario: Scenario) -> Table:
    """Return the ways back that returning manufacturers choose from: every mode that a site offers."""
    pairs = ways_back(scenario.tables)
    table = blank("options", len(pairs))
    for place, (site, mode) in enumerate(pairs):
        option: Any = table[place]
        option.identity = identity_of(f"option {site.site} {mode.mode}")
        option.first = place == 0 or pairs[place - 1][0].site != site.site
        option.trades, option.abroad, option.closed_plant = site.park, site.abroad, mode.closed_plant
        option.cost, option.energy, option.disposal = site.cost_factor, site.energy_factor, site.disposal_factor
        option.margin, option.inputs, option.outputs = mode.margin_factor, mode.input_factor, mode.output_factor
        option.fixed, option.jobs, option.hazard = mode.fixed_factor, mode.jobs_factor, mode.hazard_factor
        option.capital, option.months = mode.capital_years, mode.months
    return table


def _types(scenario: Scenario) -> Table:
    """Return the table of types: costs and jobs per unit of monthly capacity, monthly chances."""
    rows = scenario.tables["types"]
    sectors = {row.sector: place for place, row in enumerate(scenario.tables["sectors"])}
    table = blank("types", len(rows))
    monthly = np.array([row.typical_size for row in rows]) / 12
    table.sector = [sectors[row.sector] for row in rows]
    table.margin = [row.margin for row in rows]
    table.fixed_cost = np.array([row.fixed_cost for row in rows]) / 12 / monthly
    table.jobs = np.array([row.jobs for row in rows]) / monthly
    table.hazard = 1 - (1 - np.array([row.closure_hazard for row in rows])) ** (1 / 12)
    table.maintenance_month = [12 if row.maintenance_month is None else row.maintenance_month - 1 for row in rows]
    table.maintenance_share = [row.maintenance_share for row in rows]
    table.widely_known = [row.widely_known for row in rows]
    _set_outages(table, rows)
    return table


def _set_outages(table: Table, rows: Any) -> None:
    """Turn forced rate and repair time into monthly chances, in place.

    An outage costs min(1, repair) of each month it lasts, more where several short ones fall into a month; chances are
    such that the expected loss is the forced rate.
    """
    repair = np.maximum([row.repair_months for row in rows], 1e-6)
    rate = np.minimum([row.outage_rate for row in rows], 0.99)
    table.outage_loss = np.minimum(1.0, np.maximum(repair, 2.0 * rate))
    share = rate / table.outage_loss
    lasting = np.minimum(1.0, 1.0 / repair)
    table.outage_end = np.minimum(lasting, (1.0 - share) / np.maximum(share, 1e-9))
    table.outage_start = table.outage_end * share / (1.0 - share)


def _companies(scenario: Scenario, roster: Roster, types: Table) -> Table:
    """Return the table of companies with what their types give them; single companies may differ."""
    kinds = scenario.tables["types"]
    table = blank("companies", len(roster.types))
    table.identity = roster.identity
    table.type = roster.types
    table.x, table.y = roster.x, roster.y
    table.capacity = roster.size / 12
    table.coming_capacity = table.capacity
    for column in types.dtype.names:
        table[column] = types[column][roster.types]
    table.fixed_cost *= table.capacity
    table.jobs *= table.capacity
    for column in OWN_COLUMNS:
        table[column] = np.array([getattr(row, column) for row in kinds])[roster.types]
        for place, row in enumerate(roster.rows or ()):
            if getattr(row, column) is not None:
                table[column][place] = getattr(row, column)
    _set_dates(table, roster)
    if roster.rows is not None:
        owners = owner_names(scenario)
        table.owner = [owners.index(row.owner) for row in roster.rows]
    return table


def _set_dates(table: Table, roster: Roster) -> None:
    """Set opening and closing months and the first status, in place."""
    table.opens = roster.opens
    table.closes = roster.closes
    table.candidate = roster.candidate
    table.status = np.where((table.opens <= 0) & ~roster.candidate, OPEN, WAITING)
    table.status[table.closes <= 0] = CLOSED
    table.prospect = table.status == OPEN
    table.rebase = 1


def _streams(scenario: Scenario, roster: Roster, companies: Table) -> Table:
    """Return the table of streams: for each company all that its types bring, now or after a change of process."""
    recipes, which = _recipes(scenario, roster)
    counts = np.array([len(recipe) for recipe in recipes])[which]
    firsts = np.concatenate([[0], np.cumsum(counts)[:-1]]).astype(np.int64)
    flat = np.array([line for recipe in recipes for line in recipe], dtype=float).reshape(-1, 5)
    starts = np.concatenate([[0], np.cumsum([len(recipe) for recipe in recipes])[:-1]]).astype(np.int64)
    owner = np.repeat(np.arange(len(companies)), counts)
    lines = flat[starts[which][owner] + np.arange(counts.sum()) - firsts[owner]]
    table = blank("streams", len(owner))
    table.company = owner
    table.material = lines[:, 0]
    table.direction = lines[:, 1]
    table.coefficient = lines[:, 2]
    table.coming = lines[:, 2]
    table.profile = lines[:, 3]
    table.quality = lines[:, 4]
    table.permit = 1
    companies.stream_first = firsts
    companies.stream_count = counts
    return table


def _recipes(scenario: Scenario, roster: Roster) -> tuple[list[list[tuple]], np.ndarray]:
    """Return distinct lists of (material, direction, coefficient, profile, quality) and which one each company has."""
    own = {name: index for index, name in enumerate(roster.names)} if roster.rows is not None else {}
    staged = stage_types(scenario)
    special = {row.company for row in scenario.tables["streams"]} | set(staged)
    recipes = [type_recipe(scenario, {kind}, kind) for kind in range(len(scenario.tables["types"]))]
    which = roster.types.copy()
    for name in sorted(special):
        place = own[name]
        recipe = type_recipe(scenario, {int(roster.types[place]), *staged.get(name, ())}, int(roster.types[place]))
        which[place] = len(recipes)
        recipes.append(_override(scenario, name, roster.size[place], recipe))
    return recipes, which


def type_recipe(scenario: Scenario, kinds: set[int], now: int) -> list[tuple]:
    """Return the streams that any of the types has, with the coefficients of the type `now` (0 where it has none)."""
    tables: Any = scenario.tables
    materials = {row.material: place for place, row in enumerate(tables["materials"])}
    profiles = {row.profile: place + 1 for place, row in enumerate(tables["profiles"])}
    types = [row.type for row in tables["types"]]
    wanted = {types[kind] for kind in kinds}
    lines: dict[tuple, tuple[float, int, float]] = {}
    for row in tables["processes"]:
        if row.type not in wanted:
            continue
        key = (materials[row.material], OUT if row.direction == "out" else IN)
        if row.type == types[now] or key not in lines:
            coefficient = row.coefficient if row.type == types[now] else 0.0
            lines[key] = (coefficient, profiles.get(row.profile, 0), row.quality)
    return [(*key, *lines[key]) for key in sorted(lines)]


def _override(scenario: Scenario, name: str, size: float, recipe: list[tuple]) -> list[tuple]:
    """Return a recipe with the company's own quantities (streams.csv)."""
    tables: Any = scenario.tables
    materials = {row.material: place for place, row in enumerate(tables["materials"])}
    profiles = {row.profile: place + 1 for place, row in enumerate(tables["profiles"])}
    lines = {(line[0], line[1]): line[2:] for line in recipe}
    for row in tables["streams"]:
        if row.company == name:
            key = (materials[row.material], OUT if row.direction == "out" else IN)
            quality = lines.get(key, (0.0, 0, 1.0))[2]
            lines[key] = (row.per_year / size, profiles.get(row.profile, 0), quality)
    return [(*key, *lines[key]) for key in sorted(lines)]


def _draw_traits(scenario: Scenario, p: Any, companies: Table, ground: Ground) -> None:
    """Draw what differs between companies of one type, in place: payback limit, registration, style of sharing, cash."""
    identities = np.ascontiguousarray(companies.identity)
    spread = np.exp(TRAIT_SD * normals(p.seed, TRAIT, 0, identities))
    companies.payback = np.where(ground.named_payback, companies.payback, companies.payback * spread)
    companies.payback *= p.behaviour_payback
    companies.registration = uniforms(p.seed, PLATFORM, 0, identities)
    companies.fair = uniforms(p.seed, TRAIT, 1, identities) < p.behaviour_fair
    companies.attitude = np.minimum(1.0, companies.attitude * p.behaviour_attitude)
    companies.attitude_start = companies.attitude
    companies.cash = companies.fixed_cost * p.turnover_reserve
    companies.cash_limit = companies.cash


def _set_first_costs(lever: Any, materials: Table, path: np.ndarray) -> None:
    """Set what things cost before the first month, in place: a planner judges by the latest costs it knows."""
    materials.price = np.where(np.isnan(path), 0.0, np.exp(path))
    materials.cost = materials.price * (1 + lever.virgin_tax) + lever.carbon_price * materials.co2_virgin
    taxes = lever.landfill_tax * materials.tax_base + lever.discharge_fine * materials.discharge_base
    materials.disposal_cost = materials.fee + taxes + lever.carbon_price * materials.co2_disposal


def lay_levers(scenario: Scenario, months: int) -> Table:
    """Return the levers of every month: historical rules, then policies on top."""
    levers = blank("levers", months)
    levers.energy_price = 1.0
    for row in sorted(scenario.tables["levers"], key=lambda line: line.date):
        first = max(0, round((row.date - scenario.start_year) * 12))
        for name in levers.dtype.names:
            if getattr(row, name, None) is not None:
                levers[name][first:] = getattr(row, name)
    if scenario["governance.mode"] == "facilitated":
        broker = POLICIES["broker"](size=scenario["governance.facilitator"])
        broker.apply(levers, scenario.start_year)
    for policy in scenario.policies:
        policy.apply(levers, scenario.start_year)
        levers.policies[policy.months(scenario.start_year, months)] += 2.0 ** list(POLICIES).index(policy_name(policy))
    return levers


def lay_paths(scenario: Scenario, months: int) -> np.ndarray:
    """Return the log price path of every material [material, month]; NaN where it is never bought."""
    tables: Any = scenario.tables
    points: dict[str, list[tuple[int, float]]] = {}
    for row in tables["prices"]:
        points.setdefault(row.series, []).append((row.year, row.price))
    when = scenario.start_year + (np.arange(months) + 0.5) / 12
    paths = np.full((len(tables["materials"]), months), np.nan)
    for place, row in enumerate(tables["materials"]):
        if row.price_series:
            years, prices = zip(*sorted(points[row.price_series]), strict=True)
            paths[place] = np.log(np.interp(when, np.array(years) + 0.5, prices))
        elif row.price is not None:
            paths[place] = np.log(row.price)
    return paths
