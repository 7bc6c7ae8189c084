"""A button that copies a link to this page."""

from __future__ import annotations

from pathlib import Path

import ipyvuetify
import solara
import traitlets

from ecopark.analysis.exchanges.story_line import mark

from ..languages.tab import t

COPIED, COPY = mark("copied"), mark("Copy this link")


class CopyLinkWidget(ipyvuetify.VuetifyTemplate):
    """The button in the browser, which alone knows the address of the page."""

    template_file = (__file__, str(Path(__file__).with_name("copied.vue")))

    label = traitlets.Unicode("").tag(sync=True)
    query = traitlets.Unicode("").tag(sync=True)
    copied = traitlets.Unicode(COPIED).tag(sync=True)
    copy = traitlets.Unicode(COPY).tag(sync=True)
    hint = traitlets.Unicode("").tag(sync=True)


@solara.component
def CopyLink(label: str, query: str, hint: str):
    """Show a button that copies the page's address with a query."""
    CopyLinkWidget.element(label=label, query=query, hint=hint, copied=t(COPIED), copy=t(COPY))
