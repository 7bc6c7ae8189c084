"""A running contract with another use and another source beside it, for the tests of review, outside options and endings."""

import math

import numpy as np

from ecopark.abm.entities.accounts import ROWS_OF_BOOKS
from ecopark.abm.entities.codes import IN, OPEN, OPERATING, OUT, REASONS
from ecopark.abm.numerics.randomness import identity_of
from ecopark.abm.submodels.review import find_failure, find_loss, review_exchanges
from tests.abm.submodels.tables import Tables, lever, month, one, params, rows, table

TERMS = {
    "stage": OPERATING, "buyer": 1, "demand": 1, "quantity": 1000, "term": 5, "penalty": 1.5, "price": 4, "indexation": 0.5,
    "reference": 33, "flow": 1, "start": 0, "end": math.nan, "expected_seller": 8000, "expected_buyer": 6000,
    "asked": -99, "successor": math.nan, "wears": math.inf, "predecessor": -1, "capital": 0,
}  # fmt: skip
WAY = {
    "forgone": -1,
    "there": 0,
    "back": 1,
    "arriving": 0.9,
    "ratio": 0.8,
    "share": 1,
    "fit_supply": 1,
    "fit_demand": 1,
}


class Site(Tables):
    """A running contract on opportunity 0; opportunity 1 is another use, opportunity 2 another source."""

    def __init__(self, values=None, way=None, **exchange):
        self.p = params({"behaviour.weight_norm": 0, **(values or {})})
        self.companies = rows(
            "companies", 4, status=OPEN, prospect=1, attitude=0.5, threshold=0.35, coming_capacity=100, closes=math.inf
        )
        self.companies.sells[0] = self.companies.buys[1] = 1
        own = {"coefficient": 1, "coming": 1, "permit": 1, "opportunity_count": 2}
        self.streams = table(
            "streams",
            {**own, "direction": OUT, "contracted": 1000},
            {**own, "direction": IN, "company": 1, "material": 1, "contracted": 720},
            {"direction": IN, "company": 2, "coming": 9},
            {"direction": OUT, "company": 3, "coming": 9},
            links=1,
        )
        self.materials = table("materials", {}, {"cost": 33, "expected": 33})
        other = {"forgone": -1, "arriving": 1, "ratio": 0.5, "share": 1, "fit_supply": 1, "fit_demand": 1}
        self.ways = table(
            "opportunities",
            {"buyer": 1, "demand": 1, **WAY, **(way or {})},
            {**other, "buyer": 2, "demand": 2},
            {**other, "seller": 3, "supply": 3, "buyer": 1, "demand": 1},
        )
        self.needs = rows("needs", 2, opportunity=[0, 2])
        self.pairs = table("pairs", {"other": 1}, {"owner": 1}, trust=0.5)
        self.deliveries, self.flows = rows("deliveries", 9), np.zeros((ROWS_OF_BOOKS, 4))
        self.books, self.connections, self.assets = (
            np.zeros((9, 4 * ROWS_OF_BOOKS)),
            rows("connections", 9),
            rows("assets", 9),
        )
        self.talks, self.memory = rows("talks", 4), np.zeros((8, 16))
        self.profiles = np.ones((1, 12))
        self.ways.factor = 1.0
        self.exchanges = table("exchanges", {**TERMS, "identity": identity_of("e"), **exchange})
        self.clock, self.now, self.events = one("clock", exchanges=1), month(), rows("events", 20)

        self.ways.stage[0] = self.exchange.stage

    @property
    def exchange(self):
        return self.exchanges[0]

    def kinds(self):
        return self.events.kind[: int(self.clock.events)].tolist()

    def loss(self, t=0):
        return find_loss(t, self.p, self, self.exchange, self.ways[0])

    def failure(self):
        t = int(self.clock.month)
        return find_failure(t, self.p, self.clock, lever(), self, self.ways[0], self.exchange, 0)

    def review(self, t):
        self.clock.month = t
        review_exchanges(t, self.p, self.clock, lever(), self.now, self)
        return REASONS[self.exchange.reason]
