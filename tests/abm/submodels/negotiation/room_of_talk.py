"""A running contract with one talk about it, for tests."""

import numpy as np

from ecopark.abm.submodels.negotiation.impasse import end_talk
from tests.abm.submodels.contracts import Site
from tests.abm.submodels.tables import lever, rows

TALK = {
    "buyer": 1, "quantity": 600, "standard": 4, "term": 4, "terms": 1, "splits": 1, "value_seller": 30, "value_buyer": 20,
    "wacc_seller": 0, "wacc_buyer": 0, "limit_seller": 4, "limit_buyer": 4, "price": -5, "share": 0.5, "arranging": 3000,
    "capital": 30_000, "grant": 10_000, "deadline_seller": 10, "deadline_buyer": 12, "meeting": 5, "longest": 30, "life": 30,
    "running_seller": 100, "running_buyer": 200, "exchange": -1, "demand": 1, "scale": 50,
}  # fmt: skip


class Room(Site):
    """The running contract of `Site` with one talk."""

    def __init__(self, talk=None, **exchange):
        super().__init__({"contract.dependable": 1, "screening.retry": 36, "behaviour.disappointment": 0.1}, **exchange)
        self.clock.month = 9
        self.clock.talks = 1
        self.companies.talks = 1
        self.exchanges = np.concatenate([self.exchanges, rows("exchanges", 3)]).view(np.recarray)
        for name, value in {**TALK, **(talk or {})}.items():
            self.talks[name][0] = value

    @property
    def talk(self):
        return self.talks[0]

    def end(self, reason):
        end_talk(9, self.p, self.clock, lever(), self.now, self, 0, reason)
