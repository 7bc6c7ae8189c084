"""The store of one tab: which screen it shows, and the stores of the screens."""

from __future__ import annotations

from experiments.workshop.explorer import Explorer
from experiments.workshop.settings import from_link
from experiments.workshop.store import Store
from experiments.workshop.workshop import Workshop

SCREENS = ("explore", "live", "rooms")


class Session(Store):
    """One tab of a browser. key: stands for the browser and survives a reload. query: of the address."""

    def __init__(self, workshop: Workshop, key: str, query: str = ""):
        super().__init__()
        self.workshop, self.key = workshop, key
        self.screen = "explore"
        self.explorer: Explorer = workshop.remembered(f"explorer {key}")
        linked = from_link(query)
        if linked or self.explorer is None:
            self.explorer = Explorer(workshop.laboratory, linked)
            workshop.remember(f"explorer {key}", self.explorer)

    def go(self, screen: str) -> None:
        """Show another screen."""
        if screen in SCREENS:
            self.screen = screen
            self.ring()

    def stores(self) -> list[Store]:
        """Return what the page has to follow."""
        return [self, self.explorer]
