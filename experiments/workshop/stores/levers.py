"""The levers of the screen, taken from the declarations of policies and parameters."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from ecopark.abm.input.parameters import PARAMETERS, Parameter
from ecopark.abm.input.scenario import Scenario
from ecopark.abm.policies import POLICIES

from .settings import DRAW

SHOWN = (
    "behaviour.attitude", "behaviour.planned_behaviour", "trust.start", "trust.culture", "social.contacts",
    "search.hours", "discovery.information", "negotiation.protocol", "governance.mode", "contract.transaction_cost",
    "market.volatility", "production.outages",
)  # fmt: skip
HIDDEN = ("recording.", "synthetic.")
NUMBERS = ("int", "float")


@dataclass(frozen=True)
class Lever:
    """A lever: dotted name, label, unit, kind (float, int, bool or str), range, options, meaning.

    neutral: the value at which the run is the scenario's own. typical: where a policy starts when it is switched on.
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

    def plain(self) -> dict[str, Any]:
        """Return the lever as values that travel to the browser."""
        return {**asdict(self), "options": list(self.options)}


def policy_levers(scenario: Scenario) -> list[Lever]:
    """Return one lever per policy; a policy that the scenario has keeps its size as the neutral value."""
    sizes = {type(policy): policy.size for policy in scenario.policies}
    levers = []
    for name, kind in POLICIES.items():
        meaning = (kind.__doc__ or kind.label).strip().split("\n")[0]
        levers.append(Lever(
            f"policy.{name}", kind.label, kind.unit, "float", float(kind.low), float(kind.high), (), meaning,
            float(sizes.get(kind) or 0.0), float(kind.default), "Policies",
        ))  # fmt: skip
    return levers


def parameter_levers(scenario: Scenario) -> list[Lever]:
    """Return one lever per declared parameter; the ones people ask for first come first."""
    names = [*SHOWN, *(name for name in PARAMETERS if name not in SHOWN and not name.startswith(HIDDEN))]
    return [_of_parameter(PARAMETERS[name], scenario[name]) for name in names]


def _of_parameter(parameter: Parameter, value: Any) -> Lever:
    return Lever(
        parameter.name, parameter.meaning, parameter.unit, parameter.kind, parameter.low, parameter.high, parameter.options,
        f"{parameter.name}: {parameter.meaning}", value, value, "Companies and markets" if parameter.name in SHOWN else "All parameters",
    )  # fmt: skip


def posterior_lever() -> Lever:
    """Return the switch that lets every replicate draw the shared behaviour from the saved posterior."""
    meaning = (
        "every replicate draws the shared behaviour from the posterior of many parks; the band shows what is not known"
    )
    return Lever(
        DRAW, "behaviour as uncertain as the posterior", "", "bool", None, None, (), meaning, False, True, "Companies and markets",
    )  # fmt: skip


def all_levers(scenario: Scenario) -> dict[str, Lever]:
    """Return every lever by its name."""
    return {lever.name: lever for lever in [*policy_levers(scenario), posterior_lever(), *parameter_levers(scenario)]}
