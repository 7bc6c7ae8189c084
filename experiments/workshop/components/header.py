"""The header: name, screens, what the words mean, light or dark."""

from __future__ import annotations

from pathlib import Path

import ipyvuetify
import solara
import solara.lab
import traitlets

<<<<<<< HEAD
from ecopark.analysis.exchanges.story_line import mark

from ..languages.tab import here, t
=======
from ..languages.glossary import words
>>>>>>> main
from ..stores.session import Session

TABS = [
    {"name": "start", "label": mark("Start"), "icon": "mdi-flag-outline"},
    {"name": "explore", "label": mark("Explore"), "icon": "mdi-chart-bell-curve"},
    {"name": "live", "label": mark("Live"), "icon": "mdi-play-circle-outline"},
    {"name": "rooms", "label": mark("Workshops"), "icon": "mdi-account-group"},
]
WORDS = {"light": mark("light"), "dark": mark("dark"), "theme": mark("light or dark")}


class HeaderWidget(ipyvuetify.VuetifyTemplate):
    """The header in the browser. words: term and meaning, of the handbook's glossary."""

    template_file = (__file__, str(Path(__file__).with_name("header.vue")))

    scenario = traitlets.Unicode("").tag(sync=True)
    screen = traitlets.Unicode("explore").tag(sync=True)
    tabs = traitlets.List().tag(sync=True)
<<<<<<< HEAD
    words = traitlets.Dict().tag(sync=True)
    language = traitlets.Unicode("en").tag(sync=True)
=======
    words = traitlets.List().tag(sync=True)
>>>>>>> main
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
<<<<<<< HEAD
        scenario=session.workshop.scenario.label, screen=screen, tabs=[{**tab, "label": t(tab["label"])} for tab in TABS],
        words={name: t(word) for name, word in WORDS.items()}, language=here().language, on_go=session.go, on_dark=set_dark,
    )  # fmt: skip
=======
        scenario=session.workshop.scenario.label,
        screen=screen,
        tabs=TABS,
        words=words(),
        on_go=session.go,
        on_dark=set_dark,
    )
>>>>>>> main
