"""A company: a Mesa agent with its streams, contacts and relations."""

from __future__ import annotations

from math import inf
from typing import Any

import mesa

from tests.references.things import Relation, Sector, Stream


class Company(mesa.Agent):
    """A company of the park. traits: what it starts with, by the names that `abm/entities/state.py` explains."""

    def __init__(self, model: mesa.Model, name: str, sector: Sector, traits: dict[str, Any]):
        super().__init__(model)
        self.name = name
        self.sector = sector
        for trait, value in traits.items():
            setattr(self, trait, value)
        self.rebase = True
        self.is_open = self.status == "open"
        self.streams: list[Stream] = []
        self.relations: dict[Company, Relation] = {}
        self.contacts: list[Relation] = []
        self.fair_next = self.taken = False
        self.option = 0
        self.down = False
        self.own = self.utilisation = self.output = self.norm = self.net = self.net_alone = 0.0
        self.endowed = self.insolvent = False
        self.book: list[list[float]] = []
        self.realised = self.expected = 0.0
        self.result = self.result_alone = self.year_result = self.year_alone = 0.0
        self.known_by = self.trust_received = self.hours = self.reach = self.listings = self.read = 0.0
        self.talks = self.sells = self.buys = 0

    @property
    def is_deciding(self) -> bool:
        """It waits and would come if the park attracts it."""
        return bool(self.candidate) and self.status == "waiting" and self.opens <= self.model.month

    def open(self) -> None:
        """Open."""
        self.status, self.is_open, self.rebase = "open", True, True
        if self.candidate or self.closes == inf:
            self.prospect = True

    def close(self, insolvent: bool) -> None:
        """Close for good."""
        self.insolvent = insolvent
        self.status, self.is_open, self.prospect = "closed", False, False
