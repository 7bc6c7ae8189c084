"""The store of one tab: which screen it shows, and the stores of the screens."""

from __future__ import annotations

from ..server.shared import Workshop
from .explorer import Explorer
from .newcomer import Newcomer
from .observable import Store
from .player import Player
from .settings import from_link
from .solo import Solo
from .visit import Visit

SCREENS = ("start", "explore", "live", "rooms")


class Session(Store):
    """One tab of a browser. key: stands for the browser and survives a reload. query: of the address.

    device: by which workshops know the browser, "" when it has visited none. came_back: to the first page by choice.
    """

    def __init__(self, workshop: Workshop, key: str, query: str = "", device: str = ""):
        super().__init__()
        self.workshop, self.key = workshop, key
        self.explorer: Explorer = workshop.remembered(f"explorer {key}")
        linked = from_link(query)
        if linked or self.explorer is None:
            self.explorer = Explorer(workshop.laboratory, linked)
            workshop.remember(f"explorer {key}", self.explorer)
        self.came_back = False
        self.player = Player(self._own_game())
        self.player.known = workshop.laboratory.known
        self.visit: Visit = workshop.remembered(f"visit {key}") or Visit.returning(device)
        workshop.remember(f"visit {key}", self.visit)
        self.newcomer: Newcomer = workshop.remembered(f"newcomer {key}") or Newcomer(
            self.explorer, workshop.scenario, workshop.source
        )
        workshop.remember(f"newcomer {key}", self.newcomer)
        first = "rooms" if self.visit.code else "start"
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
        return [self, self.explorer, self.player, self.player.game, self.visit, self.newcomer]

    def knows_the_way(self) -> None:
        """Go to all levers, as somebody who has been here before."""
        self.go("explore")

    def take_the_seat(self) -> None:
        """Play on where the newcomer sits, for a decade, on the screen for one person."""
        if self.newcomer.talk is not None:
            self.player = self.newcomer.talk.hand_over()
            self.player.known = self.workshop.laboratory.known
            self.newcomer.talk = None
            self.newcomer.enter("")
            self.workshop.remember(f"game {self.key}", self.player.game)
            self.go("live")

    def go(self, screen: str) -> None:
        """Show another screen."""
        if screen in SCREENS:
            self.came_back = screen == "start"
            self.screen = screen
            self.workshop.remember(f"screen {self.key}", screen)
            self.ring()
