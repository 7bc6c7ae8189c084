"""Objects from the founded state: the twin starts where Park starts."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from math import isnan
from types import SimpleNamespace
from typing import Any

import numpy as np

from ecopark.abm.initialization.found import found, ground_of
from ecopark.abm.input.parameters import PARAMETERS
from ecopark.abm.input.scenario import Scenario
from tests.references.company import Company
from tests.references.deals import Opportunity
from tests.references.things import Factor, Material, Outlet, Relation, Sector, Stream

ROUTE_KINDS = ("landfill", "incineration", "treatment", "discharge", "spreading", "flare", "recovery")
STATUS = ("waiting", "open", "closed")
HAPPENINGS = (
    "opens",
    "closes",
    "process",
    "size",
    "contacts",
    "price",
    "permit_withdrawn",
    "owner",
    "announce",
    "relocation",
    "announce_size",
)
GROUPS = ("material", "energy", "water")
TRAITS = (
    "identity", "type", "x", "y", "capacity", "coming_capacity", "owner", "opens", "closes", "candidate", "prospect", "widely_known", "margin",
    "fixed_cost", "jobs", "cash", "cash_limit", "wacc", "payback", "attitude", "attitude_start", "opportunism", "risk_aversion",
    "hazard", "outage_start", "outage_end", "outage_loss", "maintenance_month", "maintenance_share", "registration",
    "threshold", "symbiosis_staff",
)  # fmt: skip
OF_MATERIAL = (
    "identity", "loading", "phi", "shock", "draw", "storage_cost", "tonnes", "weight", "storable", "phi_year", "sd",
)  # fmt: skip
OF_OUTLET = (
    "identity", "fee", "haul", "taxed_landfill", "taxed_incineration", "taxed_discharge", "co2", "opens", "closes",
)  # fmt: skip
OF_OPPORTUNITY = ("identity", "conversion", "distance", "arriving", "ratio")
OF_CONVERSION = (
    "treatment", "handling", "share", "lead", "allowed", "term", "way", "forgone_units", "forgone_share", "pipe", "link_life",
    "equipment_life", "om_share",
)  # fmt: skip


@dataclass(slots=True)
class Entry:
    """One entry of the calendar; what does not apply is None."""

    month: int
    kind: str
    company: Company | None
    stream: Stream | None
    material: Material | None
    value: float


def rows_of(table: Any) -> list[SimpleNamespace]:
    """Return the rows of a table as plain Python values."""
    names = table.dtype.names
    return [SimpleNamespace(**dict(zip(names, row, strict=True))) for row in table.tolist()]


def pick(row: SimpleNamespace, names: tuple[str, ...]) -> dict[str, Any]:
    """Return some values of a row."""
    return {name: getattr(row, name) for name in names}


def build(model: Any, scenario: Scenario, seed: int) -> None:
    """Give a new model its parameters, levers, calendar and everything the park consists of."""
    with np.errstate(over="ignore"):
        state = found(scenario, seed, scenario.years * 12)
    model.p = SimpleNamespace(**{name.replace(".", "_"): scenario[name] for name in PARAMETERS})
    model.levers = rows_of(state.levers)
    model.history_of_levers = rows_of(state.history)
    model.types = rows_of(state.types)
    model.options = [
        SimpleNamespace(number=number, **vars(row)) for number, row in enumerate(rows_of(state.options), 1)
    ]
    model.sectors = [Sector(row.identity, row.loading, row.sd) for row in rows_of(state.sectors)]
    model.factors = [Factor(row.identity) for row in rows_of(state.factors)]
    model.materials = build_materials(model, scenario, state)
    companies = build_companies(model, scenario, state)
    streams = build_streams(model, state, companies)
    relations = build_relations(state, companies)
    model.supplies = [stream for stream in streams if stream.is_supply]
    model.opportunities = build_opportunities(model, state, streams, relations)
    model.calendar = build_calendar(model, state, companies, streams)


def build_materials(model: Any, scenario: Scenario, state: Any) -> list[Material]:
    """Return the materials, each with its log price path."""
    names = [row.material for row in scenario.tables["materials"]]
    outlets = [
        Outlet(number, kind=ROUTE_KINDS[row.kind], **pick(row, OF_OUTLET))
        for number, row in enumerate(rows_of(state.outlets))
    ]
    return [
        Material(
            name=name, group=GROUPS[row.group], factor=model.factors[row.factor], is_energy=row.is_energy == 1,
            outlets=outlets[row.outlet_first : row.outlet_first + row.outlet_count],
            path=path, co2_path=co2, bought=not isnan(path[0]), shock_factor=row.shock_factor, price=row.price, cost=row.cost,
            expected=row.expected, disposal_cost=row.disposal_cost, co2_virgin=row.co2_virgin,
            **pick(row, OF_MATERIAL),
        )
        for name, row, path, co2 in zip(
            names, rows_of(state.materials), state.paths.tolist(), state.emissions.tolist(), strict=True
        )
    ]  # fmt: skip


def build_companies(model: Any, scenario: Scenario, state: Any) -> list[Company]:
    """Return the companies in the order of the table."""
    names = ground_of(scenario).names
    return [
        Company(
            model,
            name,
            model.sectors[row.sector],
            {**pick(row, TRAITS), "status": STATUS[row.status], "fair": row.fair == 1},
        )
        for name, row in zip(names, rows_of(state.companies), strict=True)
    ]


def build_streams(model: Any, state: Any, companies: list[Company]) -> list[Stream]:
    """Return the streams in the order of the table; companies learn theirs."""
    profiles = state.profiles.tolist()
    streams = []
    for row in rows_of(state.streams):
        company = companies[row.company]
        stream = Stream(
            company, model.materials[row.material], row.direction == 0, row.coefficient, row.coming, profiles[row.profile],
            row.permit == 1, posted=row.posted, disposal_cost=row.disposal_cost,
            own_route=row.own_route, own_fee=row.own_fee, recovered=row.recovered,
        )  # fmt: skip
        company.streams.append(stream)
        streams.append(stream)
    return streams


def build_relations(state: Any, companies: list[Company]) -> list[Relation]:
    """Return what companies think of each other; companies learn their relations and contacts."""
    relations = [
        Relation(companies[row.owner], companies[row.other], pair.trust, is_contact=row.contact == 1)
        for row, pair in zip(rows_of(state.ties), rows_of(state.pairs), strict=True)
    ]
    for relation in relations:
        relation.owner.relations[relation.other] = relation
    for row in rows_of(state.contacts):
        relations[row.pair].owner.contacts.append(relations[row.pair])
    return relations


def build_opportunities(model: Any, state: Any, streams: list[Stream], relations: list[Relation]) -> list[Opportunity]:
    """Return the opportunities; streams learn theirs."""
    opportunities = []
    conversions, seasons = rows_of(state.conversions), rows_of(state.seasons)
    for number, row in enumerate(rows_of(state.opportunities)):
        kind, season, far = conversions[row.conversion], seasons[row.season], row.distance
        opportunity = Opportunity(
            number=number, supply=streams[row.supply], demand=streams[row.demand], there=relations[row.there],
            back=relations[row.back], permit=kind.permit == 1, keeps=kind.keeps, known=kind.known,
            season=season.factor, fit_supply=season.fit_supply, fit_demand=season.fit_demand,
            transport=kind.load + kind.haul * far, burden=kind.burden + kind.haul_burden * far,
            forgone=model.materials[kind.forgone] if kind.forgone >= 0 else None,
            equipment_fixed=kind.capital_fixed, equipment_flow=kind.capital_flow,
            link_fixed=kind.link_fixed * far, link_per_km=kind.link_fixed, link_flow=kind.link_flow * far,
            **pick(row, OF_OPPORTUNITY), **pick(kind, OF_CONVERSION),
        )  # fmt: skip
        opportunity.supply.opportunities.append(opportunity)
        opportunity.demand.opportunities.append(opportunity)
        opportunities.append(opportunity)
    return opportunities


def build_calendar(model: Any, state: Any, companies: list[Company], streams: list[Stream]) -> deque[Entry]:
    """Return what will happen, in order."""

    def thing(row: float, things: list) -> Any:
        return None if isnan(row) else things[int(row)]

    return deque(
        Entry(row.month, HAPPENINGS[row.kind], thing(row.company, companies), thing(row.stream, streams),
              thing(row.material, model.materials), row.value)
        for row in rows_of(state.calendar)
    )  # fmt: skip
