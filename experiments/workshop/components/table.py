"""A table: the park that is played, with its map, its controls, its lines and its panels."""

from __future__ import annotations

import solara

from ..languages.tab import here, refused, t
from ..stores.player import Player
from ..view_models.curves import HEADLINES, INDICATORS
from ..view_models.history_line import add_history
from ..view_models.lines import live_chart
from ..view_models.park_map import map_base, map_frame
from ..view_models.story import capital
from .bench import Message
from .chart import Chart, packed
from .choice import Choice
from .panels import Panels
from .park_map import ParkMap
from .transport import Transport


@solara.component
def Table(player: Player, turn: int):
    """One person's view of a park. turn: the number of changes so far."""
    game = player.game
    Transport(game, turn, player.errors.get("transport", ""), player.press)
    if player.message:
        Message(refused(player.message), lambda: player.say(""))
    with solara.Div(classes=["eco-split", "eco-live"]):
        with solara.Div(classes=["eco-main"]):
            Maps(player, turn)
            Lines(player, turn)
        with solara.Div(classes=["eco-side", "eco-panel"]):
            Panels(player, turn)


@solara.component
def Maps(player: Player, turn: int):
    """Show the map, or two beside each other after a fork."""
    game = player.game
    base = map_base(game.scenario)
    selected = player.selected.removeprefix("company ") if player.selected.startswith("company ") else ""
    with solara.Div(classes=["eco-maps", "two" if game.other is not None else "one"]):
        with solara.Div(classes=["eco-card"]):
            if game.other is not None:
                solara.Text(t("This future"), classes=["eco-map-title"])
            ParkMap(base, game.read(map_frame, game.park, game.seats), player.pick, selected)
        if game.other is not None:
            with solara.Div(classes=["eco-card"]):
                solara.Text(
                    t("The other future: levers as at the fork, agents in every seat"), classes=["eco-map-title"]
                )
                ParkMap(base, game.read(map_frame, game.other.park), player.pick, selected, name="other")


@solara.component
def Lines(player: Player, turn: int):
    """One indicator over the years."""
    labels = {t(INDICATORS[name].label): name for name in HEADLINES}
    shown = t(INDICATORS[player.indicator].label)
    with solara.Div(classes=["eco-headline"]):
        Choice(
            t("shown over the years"),
            values=list(labels),
            value=shown,
            on_value=lambda label: player.look(indicator=labels[label]),
        )
        Chart(
            packed(
                add_history(
                    player.game.read(live_chart, player.game, player.indicator, here()),
                    player.known,
                    player.indicator,
                    here(),
                )
            ),
            f"live-{player.indicator}",
            capital(shown),
            "" if player.game.park.month else t("The line begins with the first month: press play."),
            height=190,
        )
