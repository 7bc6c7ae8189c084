"""The bargaining table: choose a talk and see the offers of both sides approach each other, or not."""

from __future__ import annotations

import solara

from ..languages.tab import here, t
from ..stores.player import Player
from ..view_models.bargaining import latest_offer, talk_chart, talk_list
from .chart import Chart, packed
from .sheet import Sheet


@solara.component
def Talks(player: Player, turn: int):
    """Show the talks and the chart of the chosen one."""
    game = player.game
    talks = game.read(talk_list, game.park, game.sight, t=here())
    numbers = [talk["number"] for talk in talks]
    chosen = player.talk if player.talk in numbers else next((talk["number"] for talk in talks if talk["shown"]), None)
    shown = next((talk for talk in talks if talk["number"] == chosen), None)
    if shown is not None and shown["shown"]:
        Chart(
            packed(game.read(talk_chart, game.park, chosen, here())),
            "bargaining",
            t("Bargaining table"),
            t(
                "{talk}; {outcome}. {offer}",
                talk=shown["label"],
                outcome=shown["outcome"],
                offer=game.read(latest_offer, game.park, chosen, here()),
            ),
            height=220,
        )
    elif shown is not None:
        solara.Text(t("What these two companies offer each other is private."), classes=["eco-muted"])
    rows = [
        {"cells": [talk["label"], talk["outcome"], talk["when"]], "pick": f"talk {talk['number']}"} for talk in talks
    ]
    empty = t(
        "No talks yet. Companies open talks when both know of an exchange that would pay; a broker or a platform helps them find it."
    )
    Sheet(
        {
            "title": "",
            "subtitle": "",
            "facts": [],
            "note": "",
            "tables": [
                {
                    "title": t("Talks, open ones first"),
                    "head": [t("who and what"), t("outcome"), t("last meeting")],
                    "rows": rows,
                    "empty": empty,
                }
            ],
        },
        player.pick,
        closable=False,
    )
