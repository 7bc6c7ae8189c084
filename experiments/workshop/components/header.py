"""The header: name, screens, what the words mean, light or dark."""

from __future__ import annotations

from pathlib import Path

import ipyvuetify
import solara
import solara.lab
import traitlets

from ecopark.analysis.exchanges.story_line import mark

from ..languages.glossary import words
from ..languages.tab import here, t
from ..stores.session import Session

TABS = [
    {"name": "start", "label": mark("Start"), "icon": "mdi-flag-outline"},
    {"name": "explore", "label": mark("Explore"), "icon": "mdi-chart-bell-curve"},
    {"name": "live", "label": mark("Live"), "icon": "mdi-play-circle-outline"},
    {"name": "rooms", "label": mark("Workshops"), "icon": "mdi-account-group"},
]
TEXTS = {
    "light": mark("light"), "dark": mark("dark"), "theme": mark("light or dark"), "words": mark("what the words mean"),
    "heading": mark("What the words mean"), "close": mark("close"),
}  # fmt: skip


class HeaderWidget(ipyvuetify.VuetifyTemplate):
    """The header in the browser. words: term and meaning, of the handbook's glossary. texts: of the buttons."""

    template_file = (__file__, str(Path(__file__).with_name("header.vue")))

    scenario = traitlets.Unicode("").tag(sync=True)
    screen = traitlets.Unicode("explore").tag(sync=True)
    tabs = traitlets.List().tag(sync=True)
    words = traitlets.List().tag(sync=True)
    texts = traitlets.Dict().tag(sync=True)
    language = traitlets.Unicode("en").tag(sync=True)
    on_go = traitlets.Callable(None, allow_none=True)
    on_dark = traitlets.Callable(None, allow_none=True)

    def vue_go(self, screen: str) -> None:
        """Pass on which screen is wanted."""
        self.on_go(screen)

    def vue_set_dark(self, dark: bool) -> None:
        """Pass on whether the page shall be dark."""
        self.on_dark(dark)


def set_dark(dark: bool) -> None:
    """Make the page dark or light."""
    solara.lab.theme.dark = dark


@solara.component
def Header(session: Session, screen: str):
    """Show the header of every screen."""
    HeaderWidget.element(
        scenario=t(session.workshop.scenario.label), screen=screen, tabs=[{**tab, "label": t(tab["label"])} for tab in TABS], words=words(here().language, t),
        texts={name: t(text) for name, text in TEXTS.items()}, language=here().language, on_go=session.go, on_dark=set_dark,
    )  # fmt: skip
