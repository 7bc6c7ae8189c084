"""The levers of the screen, taken from the declarations of policies and parameters."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from ecopark.abm.input.parameters import PARAMETERS, Parameter
from ecopark.abm.input.scenario import Scenario
from ecopark.abm.policies import POLICIES
from ecopark.analysis.exchanges.story_line import mark

from ..view_models.format import Translate
from .settings import DRAW

GROUPS = {
    mark("Taxes and prices"): ("policy.landfill_tax", "policy.incineration_tax", "policy.carbon_price", "policy.virgin_tax", "policy.discharge_fine"),
    mark("Public money"): ("policy.exchange_subsidy", "policy.capital_grant", "policy.backup"),
    mark("Who meets whom"): ("policy.broker", "policy.platform", "policy.vision", "search.contact", "search.hours"),
    mark("Rules"): ("policy.landfill_ban", "policy.permit_easing", "policy.enforcement", "governance.mode", "negotiation.protocol"),
    mark("How companies are"): ("behaviour.threshold", "behaviour.required_gain", "behaviour.payback", "trust.exit", "investment.hold_up"),
    mark("Risk"): ("market.volatility", "production.outages", "policy.maintenance", "policy.planning", "negotiation.error_none"),
    mark("The park"): ("policy.attraction", DRAW),
}  # fmt: skip
REST = mark("All others")
_GROUP_OF = {name: title for title, names in GROUPS.items() for name in names}
HIDDEN = ("recording.", "synthetic.")
NUMBERS = ("int", "float")


@dataclass(frozen=True)
class Lever:
    """A lever: dotted name, label, unit, kind (float, int, bool or str), range, options, meaning.

    neutral: the value at which the run is the scenario's own. typical: where a policy starts when it is switched on. group:
    the title of one of seven groups of at most five, else REST, which only a search finds.
    """

    name: str
    label: str
    unit: str
    kind: str
    low: float | None
    high: float | None
    options: tuple[str, ...]
    meaning: str
    neutral: Any
    typical: Any
    group: str

    def plain(self, t: Translate = str.format) -> dict[str, Any]:
        """Return the lever as values that travel to the browser. t: puts words into a language; names stay."""
        told = {name: t(getattr(self, name)) for name in ("label", "unit", "meaning")}
        options = [{"value": option, "text": t(option.replace("_", " "))} for option in self.options]
        return {**asdict(self), **told, "options": options}


def policy_levers(scenario: Scenario) -> list[Lever]:
    """Return one lever per policy; a policy that the scenario has keeps its size as the neutral value."""
    sizes = {type(policy): policy.size for policy in scenario.policies}
    levers = []
    for name, kind in POLICIES.items():
        meaning = (kind.__doc__ or kind.label).strip().split("\n")[0]
        levers.append(Lever(
            f"policy.{name}", kind.label, kind.unit, "float", float(kind.low), float(kind.high), (), meaning,
            float(sizes.get(kind) or 0.0), float(kind.default), _GROUP_OF.get(f"policy.{name}", REST),
        ))  # fmt: skip
    return levers


def parameter_levers(scenario: Scenario) -> list[Lever]:
    """Return one lever per declared parameter."""
    return [_of_parameter(kind, scenario[name]) for name, kind in PARAMETERS.items() if not name.startswith(HIDDEN)]


def _of_parameter(parameter: Parameter, value: Any) -> Lever:
    return Lever(
        parameter.name, parameter.meaning, parameter.unit, parameter.kind, parameter.low, parameter.high, parameter.options,
        parameter.meaning, value, value, _GROUP_OF.get(parameter.name, REST),
    )  # fmt: skip


def posterior_lever() -> Lever:
    """Return the switch that lets every replicate draw the shared behaviour from the saved posterior."""
    meaning = mark(
        "every replicate draws the shared behaviour from the posterior of many parks; the band shows what is not known"
    )
    return Lever(
        DRAW, mark("behaviour as uncertain as the posterior"), "", "bool", None, None, (), meaning, False, True, _GROUP_OF[DRAW],
    )  # fmt: skip


def all_levers(scenario: Scenario) -> dict[str, Lever]:
    """Return every lever by its name, those of the groups first and in their order."""
    levers = {lever.name: lever for lever in [*policy_levers(scenario), posterior_lever(), *parameter_levers(scenario)]}
    return {name: levers[name] for name in [*_GROUP_OF, *(name for name in levers if name not in _GROUP_OF)]}
