"""Open a room from its save file."""

from __future__ import annotations

import solara

from ..stores.session import Session

LARGEST = 20_000_000


@solara.component
def OpenSave(session: Session, name: str):
    """Drop a save file: the room goes on where it was saved."""

    def take(file) -> None:
        session.open_saved(file["data"] if file["size"] <= LARGEST else b"", name)

    with solara.Div(classes=["eco-drop"]):
        solara.FileDrop("or drop the save file of a room here", on_file=take, lazy=False)
        if session.errors.get("open file"):
            solara.Text(session.errors["open file"], classes=["eco-wrong"])
