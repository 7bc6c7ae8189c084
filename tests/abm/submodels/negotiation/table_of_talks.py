"""A seller with possible buyers whose screened opportunities come to the table."""

import numpy as np

from ecopark.abm.entities.codes import IN, OUT, SCREENED
from ecopark.abm.numerics.randomness import identity_of
from ecopark.abm.submodels.negotiation.agenda import refresh_talks
from ecopark.abm.submodels.negotiation.opening import open_talks
from ecopark.abm.submodels.standing import note_standing
from tests.abm.submodels.tables import Tables, lever, one, params, rows, table

PLAIN = {
    "behaviour.planned_behaviour": False, "negotiation.error_none": 0, "contract.dependable": 1,
    "contract.monitoring_cost": 1000, "contract.transaction_cost": 60_000, "contract.interruption": 0,
}  # fmt: skip
WAY = {
    "stage": SCREENED, "arriving": 1, "ratio": 0.8, "share": 1, "fit_supply": 1, "fit_demand": 1, "term": 4, "handling": 2,
    "treatment": 3, "load": 2, "capital_fixed": 40_000, "capital_flow": 5, "quantity": 1000, "identity": 7,
    "factor": 1, "forgone": -1, "link_life": 40, "equipment_life": 25,
}  # fmt: skip


class Table(Tables):
    """A seller and three possible buyers; every buyer has an opportunity with the seller."""

    def __init__(self, *scores, **way):
        count = len(scores)
        self.companies = rows(
            "companies", count + 1, prospect=1, coming_capacity=100, payback=3, wacc=0.1, attitude=0.5, hours=1000
        )
        self.streams = rows(
            "streams", count + 1, company=range(count + 1), coming=1, direction=IN, material=1, permit=1
        )
        self.streams.opportunity_count, self.streams.opportunity_first = 1, np.arange(count + 1) - 1
        supply = self.streams[0]
        supply.direction, supply.material, supply.coming, supply.disposal_cost = OUT, 0, 1, 34
        supply.opportunity_first, supply.opportunity_count = 0, count
        self.materials = table("materials", {}, {"cost": 33, "expected": 33})
        columns = {**WAY, "score": list(scores), "demand": range(1, count + 1), "buyer": range(1, count + 1), **way}
        self.ways = rows("opportunities", count, **columns)
        self.ways.identity = [identity_of(f"way {number}") for number in range(count)]
        self.ways.there, self.ways.back = 2 * np.arange(count), 2 * np.arange(count) + 1
        self.needs = rows("needs", count, opportunity=range(count))
        self.pairs = rows("pairs", 2 * count, trust=0.5)
        self.connections, self.assets = rows("connections", 9), rows("assets", 9)
        self.types = rows("types", 1, wacc=0.1, payback=3)
        self.profiles, self.memory, self.exchanges = np.ones((1, 12)), np.zeros((20, 16)), rows("exchanges", 1)
        self.talks, self.clock, self.events = rows("talks", 10), one("clock"), rows("events", 20)

    def open(self, t=0, values=None, levers=None):
        """Open talks; return the opportunities at the table in the order of the talks."""
        self.clock.month = t
        p, month = params({**PLAIN, **(values or {})}), levers or lever()
        open_talks(t, p, self.clock, month, note_standing(self), self)
        refresh_talks(t, p, self.clock, month, self)
        return self.talks.opportunity[: int(self.clock.talks)].tolist()


def annuity(rate, years):
    """Return the yearly payment per EUR borrowed."""
    return rate / (1 - (1 + rate) ** -years)
