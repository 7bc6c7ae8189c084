"""The three doors of the first page; the browser remembers who knows the way and is not asked again."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import ipyvuetify
import solara
import traitlets

DOORS = [
    {"name": "watch", "title": "Watch it happen", "time": "30 s", "text": "The park's story in six moments."},
    {
        "name": "change",
        "title": "Change one thing",
        "time": "1 min",
        "text": "Move one lever. First guess what it does.",
    },
    {"name": "sit", "title": "Sit at the table", "time": "5 min", "text": "Bargain with another company for yours."},
]


class DoorsWidget(ipyvuetify.VuetifyTemplate):
    """The doors in the browser."""

    template_file = (__file__, str(Path(__file__).with_name("doors.vue")))

    doors = traitlets.List(DOORS).tag(sync=True)
    scenario = traitlets.Unicode("").tag(sync=True)
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
    DoorsWidget.element(scenario=scenario, asked=asked, on_enter=on_enter, on_knows=on_knows)
