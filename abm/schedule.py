"""THE SCHEDULE: one month of a park, in twelve steps; the table of contents of the model."""

from __future__ import annotations

import numpy as np

from .numerics.compiled import borrow, compiled
from .submodels.delivery import deliver, store_and_dispose
from .submodels.discovery import broker_matches, discover, note_standing
from .submodels.event_log import has_room
from .submodels.governance import keep_calendar, note_policies
from .submodels.investment import build, hold_up
from .submodels.markets import draw_factors, move_prices, post_prices, set_disposal
from .submodels.negotiation.meetings import clear_table, hold_meetings
from .submodels.negotiation.opening import open_talks
from .submodels.negotiation.signing import sign_deals
from .submodels.observation import balance_public_account, close_year, count_funnel, count_shortfalls, survey_companies
from .submodels.planner import is_planning_due
from .submodels.production import fill_streams, move_cycle, run_plants
from .submodels.relocation import relocate
from .submodels.review import review_exchanges
from .submodels.screening import scout_latent, screen
from .submodels.settlement import close_books, settle_exchanges, settle_streams
from .submodels.trust import (
    book_experience,
    copy_styles,
    drift_to_culture,
    form_norms,
    judge_deliveries,
    learn_attitudes,
    spread_reputation,
)
from .submodels.turnover import admit_newcomers, close_companies


@compiled
def run_months(
    count, params, clocks, companies, types, streams, materials, factors, sectors, conversions, seasons, opportunities,
    identities, notes, funnel, needs, ties, pairs, contacts, talks, exchanges, calendar, events, meetings, levers,
    months, yearbook, paths, profiles, prices, disposal, options,
):  # fmt: skip
    """Run up to `count` months, in place; return how many were run.

    Fewer than asked when a growing table has no room left, or when the planner has to assign exchanges first.
    """
    p = params[0]
    clock = clocks[0]
    companies, types, streams, materials = borrow(companies), borrow(types), borrow(streams), borrow(materials)
    factors, sectors, conversions, seasons = borrow(factors), borrow(sectors), borrow(conversions), borrow(seasons)
    opportunities, identities = borrow(opportunities), borrow(identities)
    notes, funnel = borrow(notes), borrow(funnel)
    needs, ties, pairs, contacts = borrow(needs), borrow(ties), borrow(pairs), borrow(contacts)
    talks, exchanges, calendar, events = borrow(talks), borrow(exchanges), borrow(calendar), borrow(events)
    meetings, levers, months, yearbook = borrow(meetings), borrow(levers), borrow(months), borrow(yearbook)
    paths, profiles, prices, disposal = borrow(paths), borrow(profiles), borrow(prices), borrow(disposal)
    for done in range(count):
        if is_planning_due(p, clock) or not has_room(
            p, clock, companies, opportunities, talks, exchanges, calendar, events, meetings
        ):
            return done
        run_month(
            p, clock, companies, types, streams, materials, factors, sectors, conversions, seasons, opportunities,
            identities, notes, funnel, needs, ties, pairs, contacts, talks, exchanges, calendar, events, meetings,
            levers, months, yearbook, paths, profiles, prices, disposal, options,
        )  # fmt: skip
    return count


@compiled
def run_month(
    p, clock, companies, types, streams, materials, factors, sectors, conversions, seasons, opportunities, identities,
    notes, funnel, needs, ties, pairs, contacts, talks, exchanges, calendar, events, meetings, levers, months, yearbook,
    paths, profiles, prices, disposal, options,
):  # fmt: skip
    """Run one month, in place."""
    t = clock.month
    now = months[t]
    lever = levers[t]
    # 1 governance
    note_policies(t, p, clock, levers, events)
    keep_calendar(t, p, clock, now, calendar, companies, types, streams, materials, ties, pairs, events)
    # 2 markets
    draw_factors(t, p, factors)
    move_prices(t, p, lever, factors, materials, paths, prices)
    set_disposal(t, p, lever, materials, disposal)
    post_prices(p, companies, streams)
    # 3 production
    move_cycle(t, p, clock, sectors)
    run_plants(t, p, clock, lever, companies, sectors)
    fill_streams(t, companies, streams, profiles)
    # 4 delivery
    deliver(t, clock, lever, companies, streams, conversions, seasons, opportunities, exchanges, profiles)
    store_and_dispose(streams, materials)
    # 5 settlement
    settle_streams(p, now, companies, streams, materials)
    settle_exchanges(p, clock, lever, now, companies, streams, materials, conversions, opportunities, exchanges)
    close_books(now, lever, companies)
    # 6 relations
    judge_deliveries(t, p, clock, pairs, opportunities, exchanges)
    drift_to_culture(p, pairs)
    spread_reputation(t, p, companies, ties, pairs)
    book_experience(clock, companies, exchanges)
    learn_attitudes(t, p, companies)
    copy_styles(t, p, companies, contacts)
    form_norms(companies, pairs, contacts)
    # 7 review
    count_shortfalls(clock, now, pairs, opportunities, exchanges)
    review_exchanges(t, p, clock, lever, now, companies, streams, materials, conversions, seasons, opportunities,
        notes, funnel, needs, pairs, exchanges, events)  # fmt: skip
    # 8 discovery
    standing = note_standing(companies, streams)
    scout_latent(t, p, lever, standing, companies, streams, materials, conversions, seasons, opportunities, notes,
        funnel)  # fmt: skip
    discover(t, p, clock, lever, standing, companies, streams, conversions, opportunities, identities, notes, funnel, ties,
        pairs, contacts, events)  # fmt: skip
    broker_matches(t, p, clock, lever, standing, conversions, opportunities, notes, funnel, events)
    screen(t, p, clock, lever, standing, companies, streams, materials, conversions, seasons, opportunities, notes,
        funnel, pairs, events)  # fmt: skip
    # 9 negotiation
    open_talks(t, p, clock, lever, standing, companies, streams, materials, conversions, seasons, opportunities,
        notes, funnel, needs, pairs, talks, events)  # fmt: skip
    outcomes = np.zeros(clock.talks, dtype=np.int64)
    hold_meetings(p, clock, companies, streams, talks, meetings, outcomes)
    sign_deals(t, p, clock, now, standing, companies, streams, materials, conversions, seasons, opportunities,
        notes, funnel, talks, exchanges, events, outcomes)  # fmt: skip
    clear_table(clock, talks, outcomes)
    # 10 investment
    build(t, p, clock, lever, now, companies, streams, conversions, opportunities, notes, funnel, exchanges, events)
    hold_up(t, p, clock, lever, now, companies, streams, opportunities, funnel, pairs, exchanges, events)
    # 11 turnover
    close_companies(t, p, clock, now, companies, events)
    admit_newcomers(t, p, clock, lever, now, companies, streams, materials, conversions, seasons, opportunities,
        funnel, needs, options, events)  # fmt: skip
    relocate(t, p, clock, now, companies, streams, materials, options, events)
    # 12 observation
    count_funnel(now, funnel)
    balance_public_account(now)
    survey_companies(p, lever, now, companies)
    close_year(t, p, companies, ties, pairs, yearbook)
    clock.month += 1
