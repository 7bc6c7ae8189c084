"""A face of a workshop inside the Solara application: the same modules as on the plain page, on the same socket."""

from __future__ import annotations

from pathlib import Path

import ipyvuetify
import solara
import traitlets


class FaceWidget(ipyvuetify.VuetifyTemplate):
    """The face in the browser. face: phone, projector or console. secret: the key of the console's link, name: of who comes in, "" for none."""

    template_file = (__file__, str(Path(__file__).with_name("face.vue")))

    face = traitlets.Unicode("phone").tag(sync=True)
    code = traitlets.Unicode("").tag(sync=True)
    secret = traitlets.Unicode("").tag(sync=True)
    name = traitlets.Unicode("").tag(sync=True)


@solara.component
def Face(face: str, code: str, secret: str = "", name: str = ""):
    """Show a face of a workshop."""
    FaceWidget.element(face=face, code=code, secret=secret, name=name).key(f"face {face} {code}")
