"""Shocks of a whole history: a company closes in a year, a price jumps in a year."""

from __future__ import annotations

from typing import Any

import solara

from ecopark.abm.initialization.found import ground_of
from ecopark.abm.input.scenario import Scenario

from ..languages.tab import here, refused, t
from ..stores.explorer import Explorer, Seen
from ..stores.settings import split
from ..view_models.anchor import anchor_of
from ..view_models.park_map import GROUPS
from .choice import Choice


@solara.component
def ShockForm(explorer: Explorer, seen: Seen):
    """Choose a company and a year, or a material, a factor and a year; what is set is listed and can be taken away."""
    scenario, say = explorer.laboratory.scenario, here()
    anchor = solara.use_memo(lambda: anchor_of(scenario), [])
    company, set_company = solara.use_state(anchor)
    material, set_material = solara.use_state("energy")
    middle = str(scenario.start_year + scenario.years // 2)
    year, set_year = solara.use_state(middle)
    factor, set_factor = solara.use_state("2")
    _, closings, prices = split(seen.values)
    labels = named_prices(scenario)
    materials = {name: label for label, name in labels.items()}

    def wrong(place: str) -> str | None:
        return refused(seen.errors[place]) if place in seen.errors else None

    with solara.Div(classes=["eco-shocks"]):
        solara.v.Html(tag="div", class_="eco-group", children=[t("Shocks")])
        solara.InputText(
            t("in the year"),
            value=year,
            on_value=set_year,
            continuous_update=True,
            dense=True,
            error=wrong(f"close.{company}") or wrong(f"price.{material}.year"),
        )
        with solara.Row(classes=["eco-inline"]):
            names = sorted(ground_of(scenario).names[:200])
            Choice(t("company"), values=names, value=company, on_value=set_company)
            solara.Button(
                t("close it"),
                small=True,
                outlined=True,
                on_click=lambda: explorer.change(f"close.{company}", say.read(year)),
            )
        with solara.Row(classes=["eco-inline"]):
            Choice(
                t("price of"),
                values=list(labels),
                value=next(label for label, name in labels.items() if name == material),
                on_value=lambda label: set_material(labels[label]),
            )
            solara.InputText(
                t("times"),
                value=factor,
                on_value=set_factor,
                continuous_update=True,
                dense=True,
                error=wrong(f"price.{material}"),
                style="max-width: 90px",
            )
            solara.Button(
                t("apply"),
                small=True,
                outlined=True,
                on_click=lambda: explorer.shock(material, say.read(factor), say.read(year)),
            )
        for name, when in closings.items():
            Active(
                t("{company} closes in {year:g}", company=name, year=when),
                lambda name=name: explorer.change(f"close.{name}", None),
            )
        for name, (times, when) in prices.items():
            terms = {"material": materials[name], "factor": times}
            Active(
                t("price of {material} × {factor:g} from {year:g}", year=when, **terms)
                if when
                else t("price of {material} × {factor:g}", **terms),
                lambda name=name: explorer.change(f"price.{name}", None),
            )


def named_prices(scenario: Scenario) -> dict[str, str]:
    """Return what can have a price shock by its label in the language of the tab: the groups, then every material that is bought."""
    rows: Any = scenario.tables["materials"]
    bought = {t(row.label): row.material for row in rows if row.price is not None or row.price_series}
    return {t(group): group for group in GROUPS} | dict(sorted(bought.items(), key=lambda one: one[0].lower()))


@solara.component
def Active(text: str, on_remove):
    """Show a shock that is set."""
    with solara.Row(classes=["eco-active"]):
        solara.Text(text)
        solara.Button(
            icon_name="mdi-close",
            icon=True,
            x_small=True,
            on_click=on_remove,
            attributes={"aria-label": t("remove: {shock}", shock=text)},
        )
