"""THE SCHEDULE: one month of a park, in twelve steps; the table of contents of the model."""

from __future__ import annotations

import numpy as np

from .numerics.compiled import compiled
from .submodels.assets import wear
from .submodels.attention import give_hours
from .submodels.broker import broker_matches
from .submodels.contract_settlement import settle_exchanges
from .submodels.delivery import deliver, store_and_dispose
from .submodels.discovery import discover
from .submodels.disposal import choose_routes
from .submodels.event_log import has_room
from .submodels.governance import keep_calendar, note_policies
from .submodels.investment import build, hold_up
from .submodels.ledger import close_month
from .submodels.lending import settle_loans
from .submodels.markets import draw_factors, move_prices, post_prices
from .submodels.negotiation.agenda import refresh_talks
from .submodels.negotiation.clearing import keep_room
from .submodels.negotiation.meetings import clear_table, hold_meetings
from .submodels.negotiation.opening import open_talks
from .submodels.negotiation.signing import sign_deals
from .submodels.norms import book_experience, copy_styles, form_norms, learn_attitudes
from .submodels.observation import balance_public_account, close_year, count_funnel, count_shortfalls, survey_companies
from .submodels.planner import is_planning_due
from .submodels.production import fill_streams, move_cycle, run_plants
from .submodels.relocation import relocate
from .submodels.review import review_exchanges
from .submodels.screening import scout_latent, screen
from .submodels.settlement import settle_streams
from .submodels.standing import note_standing
from .submodels.trust import drift_to_culture, judge_deliveries, spread_reputation
from .submodels.turnover import admit_newcomers, close_companies


@compiled
def run_months(count, s):
    """Run up to `count` months, in place; return how many were run.

    s: the tables of the park. Fewer than asked when a growing table has no room left, or when the planner has to assign
    exchanges first.
    """
    p = s.params[0]
    clock = s.clock[0]
    for done in range(count):
        if is_planning_due(p, clock) or not has_room(p, clock, s):
            return done
        run_month(clock.month, p, clock, s)
        if clock.imbalance > 0.0 or clock.fault > 0:
            return done + 1
    return count


@compiled
def run_month(t, p, clock, s):
    """Run one month, in place."""
    now = s.months[t]
    lever = s.levers[t]
    # 1 governance
    note_policies(t, p, clock, s)
    keep_calendar(t, p, clock, now, s)
    wear(t, clock, s)
    # 2 markets
    draw_factors(t, p, s.factors)
    move_prices(t, p, lever, s)
    choose_routes(t, p, lever, s)
    post_prices(p, s)
    # 3 production
    move_cycle(t, p, clock, s.sectors)
    run_plants(t, p, clock, lever, s)
    fill_streams(t, s)
    # 4 delivery
    deliver(t, clock, lever, s)
    store_and_dispose(s)
    # 5 settlement
    settle_streams(t, p, clock, lever, now, s)
    settle_exchanges(p, clock, lever, now, s)
    # 6 relations
    judge_deliveries(t, p, clock, s)
    drift_to_culture(p, s.pairs)
    spread_reputation(t, p, s)
    book_experience(clock, s)
    learn_attitudes(t, p, s.companies)
    copy_styles(t, p, s)
    form_norms(s)
    # 7 review
    count_shortfalls(clock, now, s)
    review_exchanges(t, p, clock, lever, now, s)
    # 8 attention
    give_hours(p, lever, s.companies)
    standing = note_standing(s)
    scout_latent(t, p, lever, standing, s)
    broker_matches(t, p, clock, lever, standing, s)
    screen(t, p, clock, lever, standing, s)
    # 9 negotiation
    open_talks(t, p, clock, lever, standing, s)
    refresh_talks(t, p, clock, lever, s)
    outcomes = np.zeros(clock.talks, dtype=np.int64)
    keep_room(t, p, clock, lever, now, s, outcomes)
    hold_meetings(p, clock, s, outcomes)
    sign_deals(t, p, clock, lever, now, standing, s, outcomes)
    clear_table(clock, s, outcomes)
    discover(t, p, clock, lever, standing, s)  # with the hours that meetings and studies have left
    # 10 investment
    build(t, p, clock, lever, now, s)
    hold_up(t, p, clock, lever, now, s)
    # 11 turnover
    close_companies(t, p, clock, now, s)
    admit_newcomers(t, p, clock, lever, now, s)
    relocate(t, p, clock, now, s)
    # 12 close
    settle_loans(clock, s)
    close_month(p, clock, lever, now, s)
    count_funnel(now, s.funnel)
    balance_public_account(now)
    survey_companies(p, now, s.companies)
    close_year(t, p, s)
    clock.month += 1
