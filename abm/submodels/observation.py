"""Observation: indicators are read and recorded; nothing here changes the park."""

from __future__ import annotations

import math

from ..entities.codes import AGREED, BUILDING, ENDED, IDENTIFIED, IN_TALKS, OPEN, OPERATING, SCREENED
from ..numerics.compiled import compiled
from .norms import willingness


@compiled
def count_funnel(now, funnel):
    """Count opportunities by stage, in place."""
    for row in range(len(funnel)):
        stage = funnel[row].stage
        if stage == IDENTIFIED or stage == ENDED:
            now.identified += 1.0
        elif stage == SCREENED:
            now.screened += 1.0
        elif stage == IN_TALKS:
            now.in_talks += 1.0
        elif stage == AGREED:
            now.agreed += 1.0
        elif stage == BUILDING:
            now.building += 1.0
        elif stage == OPERATING:
            now.operating += 1.0
    now.links = now.operating


@compiled
def count_shortfalls(clock, now, s):
    """Record the mean missing share of contract quantities and the mean trust in operating exchanges, in place."""
    running = 0.0
    missing = 0.0
    trust = 0.0
    for row in range(clock.exchanges):
        exchange = s.exchanges[row]
        if exchange.stage == OPERATING:
            running += 1.0
            if exchange.nominal > 0.0:
                missing += (exchange.short_seller + exchange.short_buyer) / exchange.nominal
            opportunity = s.opportunities[exchange.opportunity]
            trust += 0.5 * (s.pairs[opportunity.there].trust + s.pairs[opportunity.back].trust)
    now.shortfall = missing / running if running > 0.0 else 0.0
    now.trust = trust / running if running > 0.0 else math.nan


@compiled
def balance_public_account(now):
    """Draw the balance of the public account [EUR], in place, when the month's grants have been paid, too.

    balance = taxes - subsidies - grants - programmes; without exchanges there are the taxes alone.
    """
    now.public_balance = now.tax_revenue - now.subsidies - now.grants - now.programme_cost
    now.public_balance_alone = now.tax_revenue_alone


@compiled
def survey_companies(p, now, companies):
    """Count open companies and their jobs, and record their mean attitude and willingness, in place."""
    count = 0.0
    for row in range(len(companies)):
        company = companies[row]
        if company.status == OPEN:
            count += 1.0
            now.jobs += company.jobs
            now.attitude += company.attitude
            now.willingness += willingness(p, company)
    now.companies = count
    if count > 0.0:
        now.attitude /= count
        now.willingness /= count


@compiled
def close_year(t, p, s):
    """Write each company's year into the yearbook and begin a new one, in place."""
    if t % 12 != 11:
        return
    if p.recording_companies == 1:
        rate_companies(s)
        first = (t // 12) * len(s.companies)
        for row in range(len(s.companies)):
            write_year(s.companies[row], s.yearbook[first + row])
    for row in range(len(s.companies)):
        s.companies[row].year_result = 0.0
        s.companies[row].year_alone = 0.0


@compiled
def rate_companies(s):
    """Set the mean trust that those who have dealt with a company have in it, in place."""
    for row in range(len(s.companies)):
        company = s.companies[row]
        company.trust_received = 0.0
        company.known_by = 0.0
    for row in range(len(s.pairs)):
        if s.pairs[row].experience > 0.0:
            other = s.companies[s.ties[row].other]
            other.trust_received += s.pairs[row].trust
            other.known_by += 1.0
    for row in range(len(s.companies)):
        company = s.companies[row]
        company.trust_received = company.trust_received / company.known_by if company.known_by > 0.0 else math.nan


@compiled
def write_year(company, page):
    """Copy one company's year into its page of the yearbook, in place."""
    page.status = company.status
    page.type = company.type
    page.sells = company.sells
    page.buys = company.buys
    page.output = company.output
    page.jobs = company.jobs
    page.result = company.year_result
    page.result_alone = company.year_alone
    page.cash = company.cash
    page.attitude = company.attitude
    page.trust = company.trust_received
