"""Shocks of a whole history: a company closes in a year, a price jumps in a year."""

from __future__ import annotations

import solara

from ecopark.abm.initialization.found import ground_of

from ..stores.explorer import Explorer, Seen
from ..stores.settings import split
from ..view_models.anchor import anchor_of


@solara.component
def ShockForm(explorer: Explorer, seen: Seen):
    """Choose a company and a year, or a material, a factor and a year; what is set is listed and can be taken away."""
    scenario = explorer.laboratory.scenario
    anchor = solara.use_memo(lambda: anchor_of(scenario), [])
    company, set_company = solara.use_state(anchor)
    material, set_material = solara.use_state("energy")
    middle = str(scenario.start_year + scenario.years // 2)
    year, set_year = solara.use_state(middle)
    factor, set_factor = solara.use_state("2")
    _, closings, prices = split(seen.values)
    with solara.Div(classes=["eco-shocks"]):
        solara.HTML(tag="div", classes=["eco-group"], unsafe_innerHTML="Shocks")
        solara.InputText(
            "in the year",
            value=year,
            on_value=set_year,
            continuous_update=True,
            dense=True,
            error=seen.errors.get(f"close.{company}") or seen.errors.get(f"price.{material}.year"),
        )
        with solara.Row(classes=["eco-inline"]):
            names = sorted(ground_of(scenario).names[:200])
            solara.Select("company", values=names, value=company, on_value=set_company, dense=True)
            solara.Button(
                "close it", small=True, outlined=True, on_click=lambda: explorer.change(f"close.{company}", year)
            )
        with solara.Row(classes=["eco-inline"]):
            solara.Select("price of", values=priced(scenario), value=material, on_value=set_material, dense=True)
            solara.InputText(
                "times",
                value=factor,
                on_value=set_factor,
                continuous_update=True,
                dense=True,
                error=seen.errors.get(f"price.{material}"),
                style="max-width: 90px",
            )
            solara.Button("apply", small=True, outlined=True, on_click=lambda: explorer.shock(material, factor, year))
        for name, when in closings.items():
            Active(f"{name} closes in {when:g}", lambda name=name: explorer.change(f"close.{name}", None))
        for name, (times, when) in prices.items():
            Active(
                f"price of {name} × {times:g}" + (f" from {when:g}" if when else ""),
                lambda name=name: explorer.change(f"price.{name}", None),
            )


def priced(scenario) -> list[str]:
    """Return what can have a price shock: the groups, then every material that is bought."""
    return [
        "energy",
        "water",
        "material",
        *sorted(row.material for row in scenario.tables["materials"] if row.price is not None or row.price_series),
    ]


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
            attributes={"aria-label": f"remove: {text}"},
        )
