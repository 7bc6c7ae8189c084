"""Play, pause, step, speed, go to a year, fork."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import ipyvuetify
import solara
import traitlets

from ..stores.game import SPEEDS, Game
from ..view_models.story import date_of


class TransportWidget(ipyvuetify.VuetifyTemplate):
    """The controls in the browser."""

    template_file = (__file__, str(Path(__file__).with_name("transport.vue")))

    date = traitlets.Unicode("").tag(sync=True)
    year = traitlets.Int(0).tag(sync=True)
    first = traitlets.Int(0).tag(sync=True)
    last = traitlets.Int(0).tag(sync=True)
    playing = traitlets.Bool(False).tag(sync=True)
    done = traitlets.Bool(False).tag(sync=True)
    forked = traitlets.Bool(False).tag(sync=True)
    ghost = traitlets.Bool(False).tag(sync=True)
    speed = traitlets.Float(6).tag(sync=True)
    speeds = traitlets.List(list(SPEEDS)).tag(sync=True)
    holding = traitlets.Unicode("").tag(sync=True)
    error = traitlets.Unicode("").tag(sync=True)
    on_press = traitlets.Callable(None, allow_none=True)

    def vue_press(self, what: dict[str, Any]) -> None:
        """Pass on which button was pressed."""
        self.on_press(what)


@solara.component
def Transport(game: Game, turn: int, error: str, on_press: Callable[[dict[str, Any]], None]):
    """Show the controls of a game."""
    first = game.scenario.start_year
    holding = ", ".join(sorted({company for company, _ in game.pending()})) if game.waits else ""
    TransportWidget.element(
        date=date_of(game.park, game.park.month), year=game.year, first=first, last=first + game.scenario.years, playing=game.playing,
        done=game.park.month >= game.horizon, forked=game.other is not None, ghost=game.ghost is not None, speed=float(game.speed),
        holding=holding, error=error, on_press=on_press,
    )  # fmt: skip
