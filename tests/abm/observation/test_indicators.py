"""Indicators: each against another way to count the same, from the tables of the run."""

import numpy as np
import pytest

from ecopark import Park
from ecopark.abm.entities.codes import MATERIAL, OPEN, OPERATING, REASONS
from ecopark.abm.observation.indicators import INDICATORS, MONTH, YEAR, sum_up
from tests.parks import economics_of, mixed

SCENARIO = {"turnover.entry": 0.2, "review.permit_hazard": 0.05, "investment.hold_up": 0.5, "policy.broker": 0.2}
# What becomes of an opportunity with each event.
AFTER = {
    "identified": "identified", "shelved": "identified", "no_deal": "identified", "ended": "identified",
    "screened": "screened", "talks": "in_talks", "agreed": "agreed", "building": "building", "operating": "operating",
}  # fmt: skip
FUNNEL = ("identified", "screened", "in_talks", "agreed", "building", "operating")
PROMISED = ("agreed", "building", "operating")


@pytest.fixture(scope="module", params=range(4))
def park(request):
    return Park(mixed({**SCENARIO, "policy.capital_grant": 0.3, "policy.exchange_subsidy": 0.1}), request.param).run()


@pytest.fixture(scope="module")
def tables(park):
    return park.results


def by_month(events, months, **wanted):
    """Return how many events of a kind each month has."""
    for column, value in wanted.items():
        events = events[events[column].isin([value] if isinstance(value, str) else value)]
    return np.bincount(events.month.astype(int), minlength=months).tolist()


def test_months_are_summed_averaged_or_the_last_one_counts():
    months = np.zeros(15, dtype=MONTH)
    for name in MONTH.names:
        months[name] = np.arange(15) + 1.0
    months["trust"][:3] = np.nan
    years = sum_up(months, 1990)
    assert years.dtype == YEAR
    assert years["year"].tolist() == [1990, 1991]
    for name, indicator in INDICATORS.items():
        first = {"sum": 78, "mean": 6.5, "last": 12}[indicator.total]
        second = {"sum": 42, "mean": 14, "last": 15}[indicator.total]
        expected = [np.mean(np.arange(4, 13)), 14] if name == "trust" else [first, second]
        assert years[name].tolist() == pytest.approx(expected), name


def test_a_year_without_a_value_has_none_and_no_months_make_no_years():
    months = np.zeros(12, dtype=MONTH)
    months["trust"] = np.nan
    assert np.isnan(sum_up(months, 2000)["trust"][0])
    assert len(sum_up(months[:0], 2000)) == 0


def test_every_indicator_has_unit_label_and_rule():
    for name, indicator in INDICATORS.items():
        assert indicator.name == name
        assert indicator.unit
        assert indicator.label
        assert indicator.total in ("sum", "mean", "last")
    assert {f"ends_{reason}" for reason in REASONS[1:]} <= set(INDICATORS)


def test_funnel_is_the_replay_of_its_events(park, tables):
    """Every change of stage is an event: from the events alone the stage of every opportunity in every month follows.

    Talks about a running contract leave it where it is.
    """
    stage, counted = {}, {name: [] for name in FUNNEL}
    events = list(tables.events[tables.events.kind.isin(AFTER)].itertuples())
    for month in range(park.month):
        while events and events[0].month == month:
            event = events.pop(0)
            about_running = event.kind in ("talks", "no_deal") and stage.get(event.opportunity) in PROMISED
            if not about_running:
                stage[event.opportunity] = AFTER[event.kind]
        for name in FUNNEL:
            counted[name].append(sum(value == name for value in stage.values()))
    for name in FUNNEL:
        assert park.monthly[name].tolist() == counted[name], name
    assert park.monthly.links.tolist() == counted["operating"]
    final = tables.opportunities.stage.replace("ended", "identified")
    assert {row: name for row, name in final.items() if name != "latent"} == {
        int(row): name for row, name in stage.items()
    }


def test_deals_talks_ends_openings_and_closures_are_counted_events(park, tables):
    events, months = tables.events, park.month
    assert park.monthly.deals.tolist() == by_month(events, months, kind="agreed")
    assert park.monthly.failed_talks.tolist() == by_month(events, months, kind="no_deal")
    feasible = events[(events.kind == "no_deal") & (events.value >= 0)]
    assert park.monthly.failed_feasible.tolist() == by_month(feasible, months, reason=["deadline", "walked_out"])
    assert park.monthly.ends.tolist() == by_month(events, months, kind="ended")
    assert park.monthly.openings.tolist() == by_month(events, months, kind="opened")
    assert park.monthly.closures.tolist() == by_month(events, months, kind=["closed", "insolvent"])


REASONS_COUNTED = (
    "ends_partner_closed", "ends_by_product_gone", "ends_need_gone", "ends_unprofitable", "ends_better_use",
    "ends_better_input", "ends_supply_failed", "ends_trust_lost", "ends_held_up", "ends_not_renewed",
    "ends_permit_withdrawn",
)  # fmt: skip


def test_ends_are_counted_under_their_reason(park, tables):
    ended = tables.events[tables.events.kind == "ended"]
    assert [f"ends_{reason}" for reason in REASONS[1:]] == list(REASONS_COUNTED)
    for name in REASONS_COUNTED:
        assert park.monthly[name].tolist() == by_month(ended, park.month, reason=name.removeprefix("ends_")), name
    assert sum(park.monthly[name].sum() for name in REASONS_COUNTED) == park.monthly.ends.sum() > 0


def test_companies_and_jobs_are_those_at_the_end_of_the_month(park, tables):
    again = Park(park.scenario, park.seed)
    for month in range(60):
        companies = again.advance(1).state.companies
        is_open = companies.status == OPEN
        assert park.monthly.companies[month] == is_open.sum()
        assert park.monthly.jobs[month] == pytest.approx(companies.jobs[is_open].sum())
    pages = tables.companies.groupby("year")
    assert park.yearly["companies"].tolist() == pages.open.sum().tolist()


def test_flows_are_those_of_the_exchanges(park, tables):
    exchanges, state = tables.exchanges, park.state
    for group in ("material", "energy", "water"):
        delivered = exchanges.delivered[exchanges.group == group].sum()
        assert park.monthly[f"{group}_reused"].sum() == pytest.approx(delivered)
    assert park.monthly.co2_avoided.sum() == pytest.approx(exchanges.co2_avoided.sum())
    transport = economics_of(state, state.opportunities[exchanges.opportunity]).transport
    assert park.monthly.transport_cost.sum() == pytest.approx((exchanges.delivered * transport).sum())
    built = ~np.isinf(state.exchanges.ready[: len(exchanges)])
    assert park.monthly.capex.sum() == pytest.approx(exchanges.capex[built].sum())
    assert park.monthly.grants.sum() == pytest.approx(0.3 * exchanges.capex[built].sum())
    assert park.monthly.capex.sum() > 0


def test_month_by_month_against_the_state(park):
    """Disposal, needs, shortfalls, trust, attitude and results, added up from the tables of each month."""
    again = Park(park.scenario, park.seed)
    operating = 0
    for month in range(96):
        before = again.state.copy()
        state, now = again.advance(1).state, park.monthly[month]
        streams, out = state.streams, state.streams.direction == 0
        tonnes = state.materials.tonnes[streams.material]
        waste = out & (state.materials.group[streams.material] == MATERIAL) & (streams.outlet >= 0)
        assert now.disposed == pytest.approx((streams.disposed * tonnes)[waste].sum())
        assert now.disposed_alone == pytest.approx((streams.amount * tonnes)[waste].sum())
        price = state.materials.price[streams.material]
        assert now.virgin_saved == pytest.approx((streams.replaced * price)[~out].sum())
        cost = state.materials.cost[streams.material]
        subsidy = 0.1 * (streams.replaced * cost)[~out].sum()
        assert now.subsidies == pytest.approx(subsidy)
        tax = np.where(
            out,
            streams.amount * streams.disposal_tax,
            streams.amount * state.materials.virgin_tax[streams.material],
        )
        assert now.tax_revenue_alone == pytest.approx(tax.sum())
        assert now.programme_cost == pytest.approx(0.2 * 20_000)
        assert now.result == pytest.approx(state.companies.result.sum())
        assert now.result_alone == pytest.approx(state.companies.result_alone.sum())
        assert now.gain == pytest.approx((state.companies.result - state.companies.result_alone).sum(), abs=1e-6)
        open_rows = state.companies.status == OPEN
        assert now.attitude == pytest.approx(state.companies.attitude[open_rows].mean())
        assert 0 < now.willingness <= 1
        used = int(before.clock.exchanges[0])
        ran = np.flatnonzero(before.exchanges.stage[:used] == OPERATING)
        rows = state.exchanges[ran]
        missing = np.divide(
            rows.short_seller + rows.short_buyer, rows.nominal, out=np.zeros(len(ran)), where=rows.nominal > 0
        )
        assert now.shortfall == pytest.approx(missing.mean() if len(ran) else 0)
        assert np.isnan(now.trust) == (len(ran) == 0)
        operating += len(ran)
    assert operating > 100
