"""Sentences that stand in declarations and tables: levers, indicators, terms of the glossary, the companies of Kalundborg, scenarios."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from .glossary import glossary


def declared() -> Iterator[tuple[str, str]]:
    """Yield (place, sentence) of what pages show of declarations; what is empty is left out."""
    for source in (_levers(), _indicators(), _meanings(), _companies(), _scenarios()):
        yield from ((place, words) for place, words in source if words)


def _levers() -> Iterator[tuple[str, str]]:
    """Yield label, unit, meaning and options of every lever."""
    from ecopark.abm.input.loading import load_scenario

    from ..stores.levers import all_levers

    for lever in all_levers(load_scenario("kalundborg")).values():
        yield from (("levers", words) for words in (lever.label, lever.unit, lever.meaning))
        yield from (("levers", option.replace("_", " ")) for option in lever.options)


def _indicators() -> Iterator[tuple[str, str]]:
    """Yield label and unit of what the large charts show, and the reasons for which exchanges end."""
    from ecopark.abm.entities.codes import REASONS
    from ecopark.abm.observation.indicators import INDICATORS

    from ..view_models.curves import HEADLINES

    for name in HEADLINES:
        yield from (("indicators", words) for words in (INDICATORS[name].label, INDICATORS[name].unit))
    yield from (("reasons", reason.replace("_", " ")) for reason in REASONS)


def _meanings() -> Iterator[tuple[str, str]]:
    yield from (("glossary", row["en"]) for row in glossary())


def _companies() -> Iterator[tuple[str, str]]:
    """Yield what the sheets of the companies of Kalundborg say: label and product; and what has a price there."""
    from ecopark.abm.input.loading import load_scenario

    scenario = load_scenario("kalundborg")
    types: Any = scenario.tables["types"]
    rows: Any = scenario.tables["companies"]
    kinds = {row.type: row for row in types}
    for row in rows:
        yield "companies", row.label
        yield "companies", kinds[row.type].product.replace("_", " ")
    events: Any = scenario.tables["events"]
    becomes = {str(event.value) for event in events} & set(kinds)
    yield from (("types", kinds[name].label) for name in sorted({row.type for row in rows} | becomes))
    materials: Any = scenario.tables["materials"]
    yield from (("materials", row.label) for row in materials if row.price is not None or row.price_series)


def _scenarios() -> Iterator[tuple[str, str]]:
    """Yield title and one line of every shipped scenario."""
    from ecopark.abm.input.loading import load_scenario, scenario_names

    for scenario in map(load_scenario, scenario_names()):
        yield from (("scenarios", words) for words in (scenario.label, scenario.description))
