"""Observation: counted from the tables, nothing changed."""

import math

import numpy as np
import pytest

from ecopark.abm.entities.codes import (
    AGREED,
    BUILDING,
    CLOSED,
    ENDED,
    IDENTIFIED,
    IN_TALKS,
    LATENT,
    OPEN,
    OPERATING,
    SCREENED,
)
from ecopark.abm.submodels.observation import (
    balance_public_account,
    close_year,
    count_funnel,
    count_shortfalls,
    rate_companies,
    survey_companies,
    write_year,
)
from tests.abm.submodels.tables import month, one, params, rows, state, table


def test_funnel_counts_every_stage_and_takes_ended_ones_as_known():
    stages = [LATENT] * 5 + [IDENTIFIED, ENDED, SCREENED, IN_TALKS, AGREED, BUILDING, BUILDING] + [OPERATING] * 3
    now = month()
    count_funnel(now, rows("opportunities", len(stages), stage=stages))
    counted = [now[name] for name in ("identified", "screened", "in_talks", "agreed", "building", "operating", "links")]
    assert counted == [2, 1, 1, 1, 2, 3, 3]


def test_shortfall_and_trust_are_means_over_operating_exchanges():
    exchanges = table(
        "exchanges",
        {"stage": OPERATING, "nominal": 100, "short_seller": 20},
        {"stage": OPERATING, "nominal": 50, "short_buyer": 25, "opportunity": 1},
        {"stage": OPERATING, "nominal": 0},
        {"stage": ENDED, "nominal": 100, "short_seller": 100},
    )
    ways = table("opportunities", {"there": 0, "back": 1}, {"there": 2, "back": 3})
    pairs, now = rows("pairs", 4, trust=[0.2, 0.4, 0.6, 0.8]), month()
    count_shortfalls(one("clock", exchanges=4), now, state(pairs=pairs, ways=ways, exchanges=exchanges))
    assert now.shortfall == pytest.approx((0.2 + 0.5) / 3)
    assert now.trust == pytest.approx((0.3 + 0.7 + 0.3) / 3)


def test_trust_of_no_exchange_does_not_exist():
    now = month()
    count_shortfalls(
        one("clock"), now, state(pairs=rows("pairs", 0), ways=rows("opportunities", 0), exchanges=rows("exchanges", 3))
    )
    assert math.isnan(now.trust)
    assert now.shortfall == 0


def test_public_balance_holds_taxes_subsidies_grants_and_programmes():
    now = month()
    now.tax_revenue, now.subsidies, now.grants, now.programme_cost, now.tax_revenue_alone = 100, 7, 20, 3, 130
    balance_public_account(now)
    assert (now.public_balance, now.public_balance_alone) == (70, 130)


def test_attitude_and_willingness_are_means_over_open_companies():
    companies = rows("companies", 3, status=[OPEN, OPEN, CLOSED], attitude=[0.2, 0.6, 0.9], payback=1)
    now = month()
    survey_companies(params({"behaviour.weight_norm": 0}), now, companies)
    assert (now.attitude, now.willingness) == (pytest.approx(0.4), pytest.approx(0.4))
    now = month()
    survey_companies(params(), now, rows("companies", 2))
    assert (now.attitude, now.willingness) == (0, 0)


def test_open_companies_and_their_jobs_are_counted_when_the_month_is_over():
    companies = rows("companies", 3, status=[OPEN, CLOSED, OPEN], jobs=[20, 50, 7], payback=1)
    now = month()
    survey_companies(params(), now, companies)
    assert (now.companies, now.jobs) == (2, 27)


def test_trust_received_is_that_of_those_who_have_dealt_with_a_company():
    companies = rows("companies", 3)
    pairs = table(
        "pairs",
        {"owner": 0, "other": 1, "trust": 0.4, "experience": 3},
        {"owner": 2, "other": 1, "trust": 0.8, "experience": 1},
        {"owner": 1, "other": 0, "trust": 0.9},
    )
    rate_companies(state(companies=companies, pairs=pairs))
    np.testing.assert_allclose(companies.trust_received, [np.nan, 0.6, np.nan])
    assert companies.known_by.tolist() == [0, 2, 0]


def test_a_page_of_the_yearbook_copies_the_company():
    columns = {
        "status": OPEN, "type": 4, "sells": 2, "buys": 1, "output": 90, "jobs": 12, "cash": 7, "attitude": 0.3,
    }  # fmt: skip
    company = one("companies", **columns, year_result=50, year_alone=40, trust_received=0.8)
    page = one("yearbook")
    write_year(company, page)
    expected = {**columns, "result": 50, "result_alone": 40, "trust": 0.8}
    assert {name: page[name] for name in page.dtype.names} == expected


@pytest.mark.parametrize("recorded", [True, False])
def test_year_is_closed_in_december(recorded):
    p = params({"recording.companies": recorded})
    companies = rows("companies", 2, year_result=[5, 6], year_alone=[1, 2])
    book, nobody = rows("yearbook", 4 if recorded else 0), rows("pairs", 0)
    close_year(22, p, state(companies=companies, pairs=nobody, yearbook=book))
    assert companies.year_result.tolist() == [5, 6]
    close_year(23, p, state(companies=companies, pairs=nobody, yearbook=book))
    assert companies.year_result.tolist() == companies.year_alone.tolist() == [0, 0]
    assert book.result.tolist() == ([0, 0, 5, 6] if recorded else [])
