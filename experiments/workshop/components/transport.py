"""Play, pause, step, speed, go to a year, fork."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import ipyvuetify
import solara
import traitlets

from ecopark.analysis.exchanges.story_line import mark

from ..languages.tab import here, refused, texts
from ..stores.game import SPEEDS, Game
from ..view_models.story import date_of

WORDS = {
    "pause": mark("pause"), "play": mark("play"), "month": mark("month"), "year": mark("year"), "step_month": mark("step one month"),
    "step_year": mark("step one year"), "speed": mark("speed"), "each": mark("{speed} months/s"), "rate": mark("months per second"),
    "go": mark("go to {year}"), "rewind": mark("rewind to {year}"), "slide": mark("go to year"), "type": mark("year to go to"),
    "fork": mark("fork here"), "fork_why": mark("keep this point and see two futures side by side"), "swap": mark("swap"),
    "swap_why": mark("play the other future"), "join": mark("one future"), "join_why": mark("forget the other future"),
    "waits": mark("waits for {companies}"),
}  # fmt: skip


class TransportWidget(ipyvuetify.VuetifyTemplate):
    """The controls in the browser."""

    template_file = (__file__, str(Path(__file__).with_name("transport.vue")))

    words = traitlets.Dict(WORDS).tag(sync=True)
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
    holding = ", ".join(sorted({company for company, _ in [*game.pending(), *game.asked()]})) if game.waits else ""
    TransportWidget.element(
        date=date_of(game.park, game.park.month, here()), year=game.year, first=first, last=first + game.scenario.years, playing=game.playing,
        done=game.park.month >= game.horizon, forked=game.other is not None, ghost=game.ghost is not None, speed=float(game.speed),
        holding=holding, error=refused(error), words=texts(WORDS), on_press=on_press,
    )  # fmt: skip
