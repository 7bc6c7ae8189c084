"""The month of a park as a Mesa model with one object per company, stream, opportunity, talk and exchange."""

from __future__ import annotations

import mesa

from ecopark.abm.input.scenario import Scenario
from ecopark.abm.observation.indicators import INDICATORS
from tests.references import delivery, ledger, production, settlement
from tests.references.agenda import refresh_talks
from tests.references.assets import wear
from tests.references.attention import give_hours
from tests.references.broker import broker_matches
from tests.references.building import build
from tests.references.clearing import keep_room
from tests.references.contract_settlement import settle
from tests.references.deals import Exchange, Talk
from tests.references.discovery import discover
from tests.references.disposal import choose_routes
from tests.references.draws import Draws
from tests.references.event_log import Event, Meeting
from tests.references.governance import keep_calendar, note_policies
from tests.references.investment import build as build_connections
from tests.references.investment import hold_up
from tests.references.lending import settle_loans
from tests.references.markets import move_markets, post_prices
from tests.references.meetings import hold_meetings
from tests.references.observation import (
    Month,
    balance_public_account,
    close_year,
    count_funnel,
    count_shortfalls,
    survey_companies,
)
from tests.references.opening import open_talks
from tests.references.past_talks import PastTalk
from tests.references.planner import plan
from tests.references.relocation import relocate
from tests.references.review import review_exchanges
from tests.references.screening import scout_latent, screen
from tests.references.signing import sign_deals
from tests.references.trust import relate
from tests.references.turnover import admit_newcomers, close_companies


class TwinModel(mesa.Model):
    """A park of objects; one step is a month. collect: fill Mesa's DataCollector every month."""

    def __init__(self, scenario: Scenario, seed: int = 0, collect: bool = False):
        super().__init__(rng=seed)
        self.draws = Draws(seed)
        self.month = 0
        self.cycle = 0.0
        self.cycle_variance = 0.0
        self.social_contact = 1.0
        self.matches_saved = 0.0
        self.wave = 0.0
        self.talks_held = 0
        self.talks: list[Talk] = []
        self.exchanges: list[Exchange] = []
        self.events: list[Event] = []
        self.meetings: list[Meeting] = []
        self.past_talks: list[PastTalk] = []
        self.history: list[Month] = []
        self.yearbook: list[list[dict[str, float]]] = []
        self.now = Month()
        self.books: list = []
        self.pages: list = []
        self.deliveries: list = []
        self.rows_now: list = []
        self.assets: list = []
        self.connections: dict = {}
        self.cash_before = 0.0
        build(self, scenario, seed)
        self.is_planned = self.p.governance_mode == "planned"
        self.monthly_phi = self.p.production_phi ** (1 / 12)
        self.monthly_hold_up = 1 - (1 - self.p.investment_hold_up) ** (1 / 12)
        self.monthly_permit_hazard = 1 - (1 - self.p.review_permit_hazard) ** (1 / 12)
        self.collector = mesa.DataCollector(model_reporters=REPORTERS) if collect else None

    def step(self) -> None:
        """Run one month."""
        self.lever = self.levers[self.month]
        plan(self)
        self.now = Month()
        self.history.append(self.now)
        ledger.open_month(self)
        note_policies(self)
        keep_calendar(self)
        wear(self)
        move_markets(self)
        choose_routes(self)
        post_prices(self)
        self.produce()
        self.deliver()
        self.settle()
        relate(self)
        count_shortfalls(self)
        review_exchanges(self)
        give_hours(self)
        scout_latent(self)
        broker_matches(self)
        screen(self)
        open_talks(self)
        refresh_talks(self)
        answers = ["offer"] * len(self.talks)
        keep_room(self, answers)
        hold_meetings(self, answers)
        sign_deals(self, answers)
        discover(self)
        build_connections(self)
        hold_up(self)
        close_companies(self)
        admit_newcomers(self)
        relocate(self)
        self.observe()
        self.month += 1

    def produce(self) -> None:
        """Let every plant run."""
        production.move_cycle(self)
        self.agents.do(production.produce, self)

    def deliver(self) -> None:
        """Let every running exchange deliver, then store and dispose."""
        delivery.open_stocks(self)
        for exchange in self.exchanges:
            if exchange.runs:
                delivery.deliver(self, exchange)
        for supply in self.supplies:
            delivery.store_and_dispose(supply)

    def settle(self) -> None:
        """Let money follow material."""
        ledger.turn_pages(self)
        self.agents.do(settlement.settle_business, self)
        for exchange in self.exchanges:
            settle(self, exchange)

    def observe(self) -> None:
        """Close the books and record the month."""
        settle_loans(self)
        ledger.close_month(self)
        count_funnel(self)
        balance_public_account(self.now)
        survey_companies(self)
        close_year(self)
        if self.collector is not None:
            self.collector.collect(self)

    def run(self, months: int) -> TwinModel:
        """Run a number of months."""
        for _ in range(months):
            self.step()
        return self


def _reporter(name: str):
    return lambda model: getattr(model.now, name)


REPORTERS = {name: _reporter(name) for name in INDICATORS}
