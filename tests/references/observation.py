"""Observation: indicators are read and recorded."""

from __future__ import annotations

from math import nan

from ecopark.abm.observation.indicators import INDICATORS
from tests.references.norms import willingness
from tests.references.things import Stage

COUNTED = {
    Stage.IDENTIFIED: "identified", Stage.ENDED: "identified", Stage.SCREENED: "screened", Stage.IN_TALKS: "in_talks",
    Stage.AGREED: "agreed", Stage.BUILDING: "building", Stage.OPERATING: "operating",
}  # fmt: skip


class Month:
    """The indicators of one month; all begin at zero."""

    __slots__ = tuple(INDICATORS)

    def __init__(self):
        for name in INDICATORS:
            setattr(self, name, 0.0)


def count_funnel(model) -> None:
    """Count opportunities by stage."""
    counts = dict.fromkeys(COUNTED.values(), 0.0)
    for opportunity in model.opportunities:
        if opportunity.stage is not Stage.LATENT:
            counts[COUNTED[opportunity.stage]] += 1.0
    for name, count in counts.items():
        setattr(model.now, name, count)
    model.now.links = model.now.operating


def count_shortfalls(model) -> None:
    """Record the mean missing share of contract quantities and the mean trust in operating exchanges."""
    running = missing = trust = 0.0
    for exchange in model.exchanges:
        if exchange.runs:
            running += 1.0
            if exchange.nominal > 0.0:
                missing += (exchange.short_seller + exchange.short_buyer) / exchange.nominal
            trust += 0.5 * (exchange.opportunity.there.trust + exchange.opportunity.back.trust)
    model.now.shortfall = missing / running if running > 0.0 else 0.0
    model.now.trust = trust / running if running > 0.0 else nan


def balance_public_account(now: Month) -> None:
    """Taxes - subsidies - grants - programmes; without exchanges the taxes alone."""
    now.public_balance = now.tax_revenue - now.subsidies - now.grants - now.programme_cost
    now.public_balance_alone = now.tax_revenue_alone


def survey_companies(model) -> None:
    """Count open companies and their jobs; record their mean attitude and willingness."""
    surveyed = [company for company in model.agents if company.is_open]
    for company in surveyed:
        model.now.companies += 1.0
        model.now.jobs += company.jobs
    if surveyed:
        model.now.attitude = mean([company.attitude for company in surveyed])
        model.now.willingness = mean([willingness(model, company) for company in surveyed])


def mean(values: list[float]) -> float:
    """Add up one after the other and divide (`sum` of newer Pythons rounds differently)."""
    total = 0.0
    for value in values:
        total += value
    return total / len(values)


def close_year(model) -> None:
    """Write each company's year into the yearbook and begin a new one."""
    if model.month % 12 != 11:
        return
    if model.p.recording_companies:
        rate_companies(model)
        model.yearbook.append([page_of(company) for company in model.agents])
    for company in model.agents:
        company.year_result = 0.0
        company.year_alone = 0.0


def rate_companies(model) -> None:
    """Set the mean trust that those who have dealt with a company have in it."""
    for company in model.agents:
        company.trust_received = 0.0
        company.known_by = 0.0
    for company in model.agents:
        for relation in company.relations.values():
            if relation.experience > 0.0:
                relation.other.trust_received += relation.trust
                relation.other.known_by += 1.0
    for company in model.agents:
        company.trust_received = company.trust_received / company.known_by if company.known_by > 0.0 else nan


def page_of(company) -> dict[str, float]:
    """Return one company's year."""
    return {
        "status": company.status, "type": company.type, "sells": company.sells, "buys": company.buys,
        "output": company.output, "jobs": company.jobs, "result": company.year_result, "result_alone": company.year_alone,
        "cash": company.cash, "attitude": company.attitude, "trust": company.trust_received,
    }  # fmt: skip
