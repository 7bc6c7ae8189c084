"""Turnover: companies close by hazard or without cash, and newcomers open."""

from __future__ import annotations

from tests.references.governance import close_company, open_company
from tests.references.relocation import choose_way_back


def close_companies(model) -> None:
    """Close companies by the hazard of their type or when their cash is gone."""
    for company in model.agents:
        if company.is_open:
            draw = model.draws.uniform("closure", model.month, company.identity)
            if draw < company.hazard * model.p.turnover_hazard:
                close_company(model, company)
            elif model.p.turnover_insolvency and company.cash + company.net < 0.0:
                close_company(model, company, "insolvent")


def admit_newcomers(model) -> None:
    """Let waiting newcomers open: those who have chosen, those who choose now, others by chance each January."""
    for company in model.agents:
        if not company.is_deciding:
            continue
        if company.option:
            open_company(model, company)
        elif model.options:
            choose_way_back(model, company)
        elif model.month % 12 == 0:
            attraction = model.p.turnover_entry * (1.0 + model.lever.attraction)
            chance = attraction * (1.0 + model.p.turnover_entry_symbiosis * unserved_match(company, model.month))
            if model.draws.uniform("entry", model.month, company.identity) < chance:
                open_company(model, company)


def unserved_match(company, month: int) -> float:
    """Share of a newcomer's streams that could start an exchange with an open company's unserved stream."""
    flowing = [stream for stream in company.streams if stream.coming > 0.0]
    matched = sum(any(is_unserved(stream, one, month) for one in stream.opportunities) for stream in flowing)
    return float(matched) / len(flowing) if flowing else 0.0


def is_unserved(stream, opportunity, month: int) -> bool:
    """The other side is open and its stream flows without any exchange."""
    if opportunity.known > month or opportunity.allowed > month:
        return False
    other = opportunity.demand if stream.is_supply else opportunity.supply
    return other.company.is_open and other.coming > 0.0 and other.links == 0
