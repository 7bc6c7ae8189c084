"""Undo, redo, reset and the link that carries the settings."""

from __future__ import annotations

import solara

from ..languages.tab import refused, t
from ..stores.explorer import Explorer, Seen
from ..stores.settings import to_link
from .copied import CopyLink


@solara.component
def Bench(explorer: Explorer, seen: Seen, message: str):
    """Show a row of buttons above the levers, and what is wrong, if anything."""
    with solara.Row(classes=["eco-bench"], gap="4px"):
        solara.Button(
            t("undo"), icon_name="mdi-undo", text=True, small=True, disabled=not seen.can_undo, on_click=explorer.undo
        )
        solara.Button(
            t("redo"), icon_name="mdi-redo", text=True, small=True, disabled=not seen.can_redo, on_click=explorer.redo
        )
        solara.Button(
            t("reset"),
            icon_name="mdi-restore",
            text=True,
            small=True,
            disabled=not seen.values,
            on_click=explorer.reset,
        )
        CopyLink(t("link"), f"?{to_link(seen.values)}", t("copy a link that carries these settings"))
    if message:
        Message(refused(message), lambda: explorer.say(""))
    for name, text in seen.errors.items():
        if name not in explorer.levers and name.removesuffix(".start").removesuffix(".stop") not in explorer.levers:
            Message(f"{name}: {refused(text)}", None)


@solara.component
def Message(text: str, on_close):
    """Show what went wrong, in words."""
    with solara.Div(classes=["eco-message"], attributes={"role": "alert"}):
        solara.Text(text)
        if on_close is not None:
            solara.Button(
                icon_name="mdi-close",
                icon=True,
                x_small=True,
                on_click=on_close,
                attributes={"aria-label": t("close the message")},
            )
