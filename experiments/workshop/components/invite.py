"""The invitation to a room: code, link, QR code, and the PIN for who leads."""

from __future__ import annotations

from pathlib import Path

import ipyvuetify
import solara
import traitlets

from ..server.invitation import invitation, is_alone
from ..stores.rooms import Room


class InviteWidget(ipyvuetify.VuetifyTemplate):
    """The invitation in the browser, which tells at which address it was opened."""

    template_file = (__file__, str(Path(__file__).with_name("invite.vue")))

    code = traitlets.Unicode("").tag(sync=True)
    link = traitlets.Unicode("").tag(sync=True)
    picture = traitlets.Unicode("").tag(sync=True)
    pin = traitlets.Unicode("").tag(sync=True)
    alone = traitlets.Bool(False).tag(sync=True)
    on_opened = traitlets.Callable(None, allow_none=True)

    def vue_opened(self, origin: str) -> None:
        """Pass on the address of the page."""
        self.on_opened(origin)


@solara.component
def Invite(room: Room, leads: bool):
    """Show the invitation to a room. leads: whether the PIN is shown."""
    made, set_made = solara.use_state(("", ""))
    InviteWidget.element(
        code=room.code,
        link=made[0],
        picture=made[1],
        pin=room.pin if leads else "",
        alone=is_alone(),
        on_opened=lambda origin: set_made(invitation(origin, room.code)),
    )
