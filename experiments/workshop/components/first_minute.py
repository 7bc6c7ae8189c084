"""The first minute: three doors, the story in beats, one lever with a guess before its answer."""

from __future__ import annotations

import solara

from ..languages.tab import here, t
from ..stores.newcomer import GUESSES, Newcomer, history_of
from ..stores.session import Session
from ..view_models.beats import beats_of, told
from ..view_models.park_map import map_base
from ..view_models.sentence import explain, name_settings
from .beat_bar import BeatBar
from .chart import Chart, packed
from .doors import Doors
from .explore import Headline, runs_of
from .first_table import FirstTable
from .park_map import ParkMap


@solara.component
def FirstMinute(session: Session, turn: int):
    """Show the doors, or what is behind the one that was chosen."""
    newcomer = session.newcomer
    with solara.Div(classes=["eco-first"]):
        if newcomer.door:
            solara.Button(
                t("back to the doors"),
                icon_name="mdi-arrow-left",
                text=True,
                small=True,
                on_click=lambda: newcomer.enter(""),
            )
        if newcomer.door == "watch":
            Watch(newcomer, turn)
        elif newcomer.door == "change":
            Change(session, newcomer, turn)
        elif newcomer.door == "sit":
            FirstTable(session, newcomer, turn)
        else:
            Doors(t(newcomer.scenario.label), session.came_back, newcomer.enter, session.knows_the_way)


@solara.component
def Watch(newcomer: Newcomer, turn: int):
    """Tell the story: a sentence, the map at that moment, the curve with a mark."""
    scenario, answer = newcomer.scenario, newcomer.told
    answer.ask("beats", lambda: beats_of(scenario, history_of(newcomer.source, scenario)))
    if answer.error is not None:
        solara.Text(t("The story could not be told ({error}).", error=answer.error), classes=["eco-wrong"])
    elif answer.value is None:
        solara.Text(t("Playing the park once to its end …"), classes=["eco-muted"])
    else:
        beats, place = answer.value, newcomer.beat
        beat = beats.told[place]
        BeatBar(place, len(beats.told), beats.year_of(place), told(beat, here()), newcomer.show)
        with solara.Div(classes=["eco-grid"]):
            with solara.Div(classes=["eco-card"]):
                ParkMap(map_base(scenario), beat.frame, lambda what: None)
            Chart(
                packed(beats.chart(place, t)),
                "beats",
                t("Exchanges that run"),
                t("The dashed line is the moment that is told."),
                height=300,
            )


@solara.component
def Change(session: Session, newcomer: Newcomer, turn: int):
    """Ask one of three questions, take the guess, show what came of it."""
    solara.v.Html(tag="h1", children=[t("Change one thing")])
    with solara.Div(classes=["eco-doors-row"]):
        for place, question in enumerate(newcomer.questions):
            solara.Button(
                t(question.text, size=question.size), outlined=question is not newcomer.question, color="primary", depressed=True, classes=["eco-question"],
                on_click=lambda place=place: newcomer.ask(place),
            )  # fmt: skip
    if newcomer.question is not None and not newcomer.guess:
        last = newcomer.scenario.start_year + newcomer.scenario.years - 1
        solara.Text(t("First guess: how many exchanges run in {last}?", last=last), classes=["eco-lead"])
        with solara.Row(classes=["eco-inline"]):
            for guess in GUESSES:
                solara.Button(t(guess), outlined=True, on_click=lambda guess=guess: newcomer.say_guess(guess))
    elif newcomer.guess:
        Answered(session, newcomer, turn)


@solara.component
def Answered(session: Session, newcomer: Newcomer, turn: int):
    """Show the guess beside what came, and where to go on."""
    explorer, truth = newcomer.explorer, newcomer.outcome()
    seen = explorer.seen
    with solara.Div(classes=["eco-sentence"], attributes={"data-answer": truth, "aria-live": "polite"}):
        if not truth:
            solara.Text(
                t("You said: {guess}. The same histories are run with and without it …", guess=newcomer.guess),
                classes=["eco-lead"],
            )
        else:
            solara.Text(
                t("You said: {guess}. It is: {truth}.", guess=newcomer.guess, truth=truth), classes=["eco-lead"]
            )
            for line in explain(
                seen.baseline, seen.ensemble, name_settings(seen.shown, explorer.levers, here()), here()
            ):
                solara.Text(line, classes=["eco-why"])
    if truth:
        Headline(explorer, seen.indicator, runs_of(seen, seen.shown, seen.ensemble), None)
        with solara.Row(classes=["eco-inline"]):
            solara.Button(
                t("all levers"),
                icon_name="mdi-tune",
                color="primary",
                depressed=True,
                on_click=lambda: session.go("explore"),
            )
