"""The controls of the story: it goes on by itself every five seconds, unless somebody stops it or wants less motion."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import ipyvuetify
import solara
import traitlets

from ecopark.analysis.exchanges.story_line import mark

from ..languages.tab import t

WORDS = {
    "back": mark("back"), "stop": mark("stop"), "on": mark("go on"), "skip": mark("skip"), "change": mark("now change one thing"),
}  # fmt: skip


class BeatBarWidget(ipyvuetify.VuetifyTemplate):
    """The controls in the browser. place: of the beat that is shown, count: of all."""

    template_file = (__file__, str(Path(__file__).with_name("beat_bar.vue")))

    place = traitlets.Int(0).tag(sync=True)
    count = traitlets.Int(0).tag(sync=True)
    seconds = traitlets.Float(5.0).tag(sync=True)
    text = traitlets.Unicode("").tag(sync=True)
    year = traitlets.Int(0).tag(sync=True)
    words = traitlets.Dict().tag(sync=True)
    on_show = traitlets.Callable(None, allow_none=True)

    def vue_show(self, what: dict[str, Any]) -> None:
        """Pass on which beat is wanted."""
        self.on_show(int(what["place"]))


@solara.component
def BeatBar(place: int, count: int, year: int, text: str, on_show: Callable[[int], None]):
    """Show a beat's sentence and the controls."""
    words = {name: t(word) for name, word in WORDS.items()} | {
        "of": t("{place} of {count}", place=place + 1, count=count)
    }
    BeatBarWidget.element(place=place, count=count, year=year, text=text, words=words, on_show=on_show)
