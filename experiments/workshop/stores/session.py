"""The store of one tab: which screen it shows, and the stores of the screens."""

from __future__ import annotations

from ..server.shared import Workshop
from .explorer import Explorer
from .observable import Store
from .player import Player
from .settings import from_link
from .solo import Solo
from .visit import Visit

SCREENS = ("explore", "live", "workshops")


class Session(Store):
    """One tab of a browser. key: stands for the browser and survives a reload. query: of the address.

    device: by which workshops know the browser, "" when it has visited none.
    """

    def __init__(self, workshop: Workshop, key: str, query: str = "", device: str = ""):
        super().__init__()
        self.workshop, self.key = workshop, key
        self.explorer: Explorer = workshop.remembered(f"explorer {key}")
        linked = from_link(query)
        if linked or self.explorer is None:
            self.explorer = Explorer(workshop.laboratory, linked)
            workshop.remember(f"explorer {key}", self.explorer)
        self.player = Player(self._own_game())
        self.visit: Visit = workshop.remembered(f"visit {key}") or Visit.returning(device)
        workshop.remember(f"visit {key}", self.visit)
        first = "workshops" if self.visit.code else "explore"
        self.screen = "explore" if linked else (workshop.remembered(f"screen {key}") or first)

    def _own_game(self) -> Solo:
        """Return the park that this browser plays alone; a reload finds it again."""
        game = self.workshop.remembered(f"game {self.key}")
        if game is None:
            game = Solo(self.workshop.scenario)
            self.workshop.remember(f"game {self.key}", game)
        return game

    def stores(self) -> list[Store]:
        """Return what the page has to follow."""
        return [self, self.explorer, self.player, self.player.game, self.visit]

    def go(self, screen: str) -> None:
        """Show another screen."""
        if screen in SCREENS:
            self.screen = screen
            self.workshop.remember(f"screen {self.key}", screen)
            self.ring()
