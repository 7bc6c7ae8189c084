"""The page: a header with the screens, the screen itself, and what is left when a part of it fails."""

from __future__ import annotations

from pathlib import Path

import solara
import solara.lab

from ..components.header import TABS, Header
from ..components.screens import Screen
from ..languages.tab import t
from ..stores.observable import Waiter
from ..stores.session import Session
from .doors import COOKIE
from .shared import shared

UNTITLED = {tab["name"]: tab["label"] for tab in TABS if tab["name"] != "start"}
"""Screens whose heading is seen by nobody: the tab says it."""
STYLE = (Path(__file__).parents[1] / "assets" / "page.css").read_text(encoding="utf-8")


@solara.component
def Tab(query: str):
    """One tab of a browser: a session over the workshop that all share. query: of the address."""
    device = (solara.lab.cookies.value or {}).get(COOKIE, "")
    session = solara.use_memo(lambda: Session(shared(), solara.get_session_id(), query, device), [])
    turn = use_turns(session)
    solara.Title(f"ecopark: {t(session.workshop.scenario.label)}")
    solara.Style(STYLE)
    with solara.Div(classes=["eco-page"]):
        Header(session, session.screen)
        with solara.Div(attributes={"role": "main"}):
            if session.screen in UNTITLED:
                solara.v.Html(tag="h1", class_="eco-unseen", children=[t(UNTITLED[session.screen])])
            Safe(session, turn)


def use_turns(session: Session) -> int:
    """Return the number of changes so far; every change of the session's stores draws the page again."""
    turn, set_turn = solara.use_state(0)

    def wait():
        waiter = Waiter(session.stores(), lambda: set_turn(lambda count: count + 1))
        return waiter.close

    solara.use_effect(wait, [session.player])
    return turn


@solara.component
def Safe(session: Session, turn: int):
    """Show the screen; when a part of it fails, say so and offer to show it again."""
    failure, forgive = solara.use_exception()
    if failure is None:
        Screen(session, turn)
        return
    with solara.Div(classes=["eco-card", "eco-empty"]):
        solara.Text(
            t(
                "This part of the page failed ({error}). Nothing is lost: the park goes on.",
                error=_named(failure),
            )
        )
        solara.Button(t("show it again"), outlined=True, on_click=forgive)


def _named(failure: BaseException) -> str:
    return f"{type(failure).__name__}: {failure}"
