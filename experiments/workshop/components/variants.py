"""Name and keep variants, compare up to four, download the figures."""

from __future__ import annotations

import reacton.ipyvuetify as rv
import solara

from ..languages.tab import here, t
from ..stores.ensemble import Ensemble
from ..stores.explorer import MOST_VARIANTS, Explorer, Seen
from ..stores.settings import to_link
from ..view_models.comparison import COLUMNS, compare, table_of
from .copied import CopyLink


@solara.component
def Variants(explorer: Explorer, seen: Seen, runs: list[tuple[str, Ensemble]]):
    """Show the table of the baseline, the kept variants and the present settings."""
    name, set_name = solara.use_state("")
    kept = {variant.name: variant for variant in seen.variants}

    def keep() -> None:
        explorer.keep(name)
        if explorer.message == "":
            set_name("")

    with solara.Div(classes=["eco-card", "eco-compare"]):
        with solara.Row(justify="space-between", classes=["eco-card-head"]):
            solara.v.Html(tag="h2", children=[t("Compare")])
            solara.FileDownload(
                lambda: table_of(runs),
                filename="ecopark-explore.csv",
                label=t("table (CSV)"),
                icon_name="mdi-download",
                string_encoding="utf-8",
            )
        with solara.Row(classes=["eco-inline"]):
            solara.InputText(
                t("name these settings"), value=name, on_value=set_name, continuous_update=True, dense=True
            )
            solara.Button(
                t("keep"), icon_name="mdi-pin", small=True, outlined=True, disabled=not name.strip(), on_click=keep
            )
        with solara.Div(classes=["eco-scroll"]), rv.Html(tag="table", class_="eco-table"):
            with rv.Html(tag="tr"):
                for column in COLUMNS:
                    solara.v.Html(tag="th", children=[t(column)])
                solara.v.Html(tag="td")
            for row in compare(runs, here()):
                Row(explorer, row, kept.get(row["settings"]))
        if not kept:
            solara.Text(
                t(
                    "Name the present settings and keep them: up to {most} variants are drawn beside each other.",
                    most=MOST_VARIANTS,
                ),
                classes=["eco-note"],
            )


@solara.component
def Row(explorer: Explorer, row: dict, variant):
    """One line of the table, with what can be done with a kept variant."""
    with rv.Html(tag="tr"):
        for place, value in enumerate(row.values()):
            with rv.Html(tag="td"):
                solara.Text(
                    value if variant else t(value),
                    style=f"color: {variant.colour}; font-weight: 600" if variant and place == 0 else "",
                )
        with rv.Html(tag="td"):
            if variant is not None:
                with solara.Row(gap="0px", justify="end"):
                    solara.Button(
                        icon_name="mdi-upload",
                        icon=True,
                        small=True,
                        on_click=lambda: explorer.load(variant.values),
                        attributes={
                            "title": t("set the levers like this"),
                            "aria-label": t("set the levers like {name}", name=variant.name),
                        },
                    )
                    CopyLink("", f"?{to_link(variant.values)}", t("copy a link to this variant"))
                    solara.Button(
                        icon_name="mdi-delete",
                        icon=True,
                        small=True,
                        on_click=lambda: explorer.drop(variant.name),
                        attributes={"title": t("remove"), "aria-label": t("remove {name}", name=variant.name)},
                    )
