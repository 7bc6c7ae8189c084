"""The three doors of the first page; the browser remembers who knows the way and is not asked again."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import ipyvuetify
import solara
import traitlets

from ecopark.analysis.exchanges.story_line import mark

from ..languages.tab import t

DOORS = [
    {
        "name": "watch",
        "title": mark("Watch it happen"),
        "time": "30 s",
        "text": mark("The park's story in six moments."),
    },
    {
        "name": "change",
        "title": mark("Change one thing"),
        "time": "1 min",
        "text": mark("Move one lever. First guess what it does."),
    },
    {
        "name": "sit",
        "title": mark("Sit at the table"),
        "time": "5 min",
        "text": mark("Bargain with another company for yours."),
    },
]
KNOWN, OWN = mark("I know my way"), mark("A park of your own: bring a register or a workbook")


class DoorsWidget(ipyvuetify.VuetifyTemplate):
    """The doors in the browser."""

    template_file = (__file__, str(Path(__file__).with_name("doors.vue")))

    doors = traitlets.List(DOORS).tag(sync=True)
    title = traitlets.Unicode("").tag(sync=True)
    known = traitlets.Unicode("").tag(sync=True)
    own = traitlets.Unicode("").tag(sync=True)
    asked = traitlets.Bool(False).tag(sync=True)
    on_enter = traitlets.Callable(None, allow_none=True)
    on_knows = traitlets.Callable(None, allow_none=True)

    def vue_enter(self, what: dict[str, Any]) -> None:
        """Pass on which door was chosen."""
        self.on_enter(what["name"])

    def vue_knows(self, _: Any) -> None:
        """Pass on that somebody knows the way."""
        self.on_knows()


@solara.component
def Doors(scenario: str, asked: bool, on_enter: Callable[[str], None], on_knows: Callable[[], None]):
    """Show the doors. asked: somebody came here by choice and is not sent on, although the browser knows the way."""
    DoorsWidget.element(
        title=t("{scenario}: companies that use what others throw away", scenario=scenario), known=t(KNOWN), own=t(OWN),
        doors=[{**door, "title": t(door["title"]), "text": t(door["text"])} for door in DOORS],
        asked=asked, on_enter=on_enter, on_knows=on_knows,
    )  # fmt: skip
