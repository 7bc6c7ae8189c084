"""A button that copies a link to this page."""

from __future__ import annotations

from pathlib import Path

import ipyvuetify
import solara
import traitlets


class CopyLinkWidget(ipyvuetify.VuetifyTemplate):
    """The button in the browser, which alone knows the address of the page."""

    template_file = (__file__, str(Path(__file__).with_name("copied.vue")))

    label = traitlets.Unicode("").tag(sync=True)
    query = traitlets.Unicode("").tag(sync=True)
    hint = traitlets.Unicode("").tag(sync=True)


@solara.component
def CopyLink(label: str, query: str, hint: str):
    """Show a button that copies the page's address with a query."""
    CopyLinkWidget.element(label=label, query=query, hint=hint)
