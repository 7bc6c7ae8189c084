"""Workshops in the application: open one, join one, and its faces."""

from __future__ import annotations

import solara

from ecopark.abm.input.loading import load_scenario, scenario_names
from ecopark.analysis.exchanges.story_line import mark

from ..languages.tab import refused, t
from ..stores.play.plan import PLANS
from ..stores.play.process import registry
from ..stores.visit import FACES, Visit
from .choice import Choice
from .face import Face

MOST_NAMED = 3
LABELS = {"phone": mark("my seat"), "projector": mark("projector"), "console": mark("console")}


@solara.component
def WorkshopPage(visit: Visit, turn: int):
    """Show a face of the workshop that this tab visits."""
    with solara.Div(classes=["eco-table-page"]):
        with solara.Row(classes=["eco-workshop-bar"]):
            with solara.Div(style="font-weight: 600"):
                solara.Text(t("Workshop") + " ")
                with solara.Div(style="display: inline", attributes={"data-room-code": "true"}):
                    solara.Text(visit.code)
            for face in FACES:
                solara.Button(
                    t(LABELS[face]), text=True, small=True, disabled=face == visit.face, on_click=_shower(visit, face)
                )
            solara.Button(t("leave"), icon_name="mdi-exit-run", text=True, small=True, on_click=visit.leave)
        Face(visit.face, visit.code, visit.secret if visit.face == "console" else "", visit.name)


def _shower(visit: Visit, face: str):
    """Return what shows another face and keeps the key of the console."""

    def show() -> None:
        visit.face = face
        visit.ring()

    return show


def _title(source: str) -> tuple[str, str]:
    """Return title and one line of a scenario."""
    scenario = load_scenario(source)
    return scenario.label, scenario.description


@solara.component
def WorkshopCards(visit: Visit, source: str, turn: int):
    """Two cards: join a workshop by its code, or open one."""
    code, set_code = solara.use_state("")
    name, set_name = solara.use_state("")
    lead, set_lead = solara.use_state("")
    people, set_people = solara.use_state("24")
    minutes, set_minutes = solara.use_state(60)
    scenarios = ["harbour", *(name for name in dict.fromkeys([source, *scenario_names()]) if name != "harbour")]
    scenario, set_scenario = solara.use_state(scenarios[0])
    damaged = registry().damaged
    titles = solara.use_memo(lambda: {name: _title(name) for name in scenarios}, [source])
    with solara.Div(classes=["eco-lobby"]):
        with solara.Div(classes=["eco-card"]):
            solara.v.Html(tag="h2", children=[t("Join a workshop")])
            solara.Text(
                t("Take a seat for an hour; phones open the same by QR code or by the plain page /w."),
                classes=["eco-muted"],
            )
            solara.InputText(
                t("code of the workshop"),
                value=code,
                on_value=set_code,
                continuous_update=True,
                error=refused(visit.errors.get("code", "")) or None,
            )
            solara.InputText(t("your name"), value=name, on_value=set_name, continuous_update=True)
            solara.Button(
                t("join the workshop"), color="primary", depressed=True, on_click=lambda: visit.join(code, name=name)
            )
        with solara.Div(classes=["eco-card"]):
            solara.v.Html(tag="h2", children=[t("Open a room for a workshop")])
            solara.Text(t("You get the console; the projector is a second window."), classes=["eco-muted"])
            solara.InputText(t("your name"), value=lead, on_value=set_lead, continuous_update=True)
            solara.InputText(
                t("people expected"),
                value=people,
                on_value=set_people,
                continuous_update=True,
                error=refused(visit.errors.get("people", "")) or None,
            )
            Choice(t("minutes"), values=list(PLANS), value=minutes, on_value=set_minutes)
            Choice(
                t("park"),
                values=scenarios,
                value=scenario,
                on_value=set_scenario,
                names=[t(titles[one][0]) for one in scenarios],
            )
            solara.Text(t(titles[scenario][1]), classes=["eco-muted"])
            if damaged:
                solara.Text(
                    t("Could not be opened again, and kept: {files}", files="; ".join(damaged[:MOST_NAMED])),
                    classes=["eco-wrong"],
                )
            for place in ("rounds", "workshops", "scenario"):
                if visit.errors.get(place):
                    solara.Text(refused(visit.errors[place]), classes=["eco-wrong"])
            solara.Button(
                t("open a room"),
                color="primary",
                depressed=True,
                on_click=lambda: visit.open(people, minutes, scenario, lead),
            )
