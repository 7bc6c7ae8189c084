"""The log in plain words."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import ipyvuetify
import solara
import traitlets

from ecopark.analysis.exchanges.story_line import mark

from ..languages.tab import t

ALSO, NOTHING = mark("also ideas and openings of talks"), mark("Nothing has happened yet. Press play or step.")


class StoryWidget(ipyvuetify.VuetifyTemplate):
    """The log in the browser, newest first."""

    template_file = (__file__, str(Path(__file__).with_name("story.vue")))

    lines = traitlets.List().tag(sync=True)
    also = traitlets.Unicode(ALSO).tag(sync=True)
    nothing = traitlets.Unicode(NOTHING).tag(sync=True)
    everything = traitlets.Bool(False).tag(sync=True)
    on_pick = traitlets.Callable(None, allow_none=True)
    on_choose = traitlets.Callable(None, allow_none=True)

    def vue_pick(self, what: dict[str, Any]) -> None:
        """Pass on which line was clicked."""
        self.on_pick(what["id"])

    def vue_choose(self, what: dict[str, Any]) -> None:
        """Pass on whether early stages are wanted, too."""
        self.on_choose(what["everything"])


@solara.component
def Story(
    lines: list[dict[str, Any]], everything: bool, on_everything: Callable[[bool], None], on_pick: Callable[[str], None]
):
    """Show the latest events."""
    StoryWidget.element(
        lines=lines, everything=everything, on_choose=on_everything, on_pick=on_pick, also=t(ALSO), nothing=t(NOTHING)
    )
