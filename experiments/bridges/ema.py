"""A study as a model of the EMA workbench: its policies are levers, its other factors uncertainties."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ecopark.abm.input.errors import InputError, Mistake
from ecopark.analysis.inference.extras import extra

from ..sweeps.execution.model_contract import measures_of
from ..sweeps.study_file.cross_checks import settle_study
from ..sweeps.study_file.factors import Factor
from ..sweeps.study_file.study import Study
from .point_function import PointFunction

if TYPE_CHECKING:
    import ema_workbench

KINDS = {"more": "MAXIMIZE", "less": "MINIMIZE", "none": "INFO"}
POLICY = "chosen_policy"  # `policy` is a column of the workbench's own
WHAT = "A model of the EMA workbench"


class Named:
    """A function by the workbench's names of the values, which are Python identifiers."""

    def __init__(self, function: PointFunction, names: Mapping[str, str]):
        self._function, self._names = function, dict(names)

    def __call__(self, **values: Any) -> dict[str, Any]:
        """Return the outcomes under the workbench's names."""
        policy = values.pop(POLICY, None)
        found = self._function(policy, **{self._names[name]: value for name, value in values.items()})
        return {identifier(name): value for name, value in found.items()}


def identifier(name: str) -> str:
    """Return a name as a Python identifier: `policy.landfill_tax` is `policy_landfill_tax`."""
    plain = re.sub(r"\W+", "_", name).strip("_")
    return f"_{plain}" if plain[:1].isdigit() else plain


def ema_model(study: str | Path | Mapping[str, Any] | Study) -> ema_workbench.Model:
    """Return a study as an `ema_workbench.Model` (Kwakkel 2017, doi:10.1016/j.envsoft.2017.06.054).

    Levers: the factors named `policy.` and, where the study compares several policies, `chosen_policy`, one of their names.
    Uncertainties: the other factors, uniform between their ends, which is what the workbench knows. Outcomes: the mean over
    the replicates, to be maximised or minimised as declared; a series is an `ArrayOutcome`. Names are Python identifiers, with `_`
    for what none may hold. Raises `InputError` for wrong input, `MissingExtraError` without the workbench.
    """
    workbench = extra("ema_workbench", WHAT)
    settled = settle_study(study)
    found = settled.study
    names = _names([POLICY, *found.factors, *found.outcomes])
    function = Named(PointFunction(settled), {short: name for name, short in names.items() if name in found.factors})
    model = workbench.Model(re.sub(r"\W|_", "", found.name) or "study", function=function)
    parameters = {name: _parameter(workbench, names[name], factor) for name, factor in found.factors.items()}
    levers = [one for name, one in parameters.items() if name.startswith("policy.")]
    if len(found.compared) > 1:
        levers.append(workbench.CategoricalParameter(POLICY, list(found.compared)))
    model.levers = levers
    model.uncertainties = [one for name, one in parameters.items() if not name.startswith("policy.")]
    model.outcomes = list(_outcomes(workbench, found, measures_of(settled.model)))
    return model


def _names(names: list[str]) -> dict[str, str]:
    """Return the identifier of each name; two that would be one are refused."""
    found: dict[str, str] = {}
    for name in names:
        short = identifier(name)
        if short in found.values():
            raise InputError([Mistake(name, short, "a name that is another one's neither with _ for its dots")])
        found[name] = short
    return found


def _parameter(workbench: Any, name: str, factor: Factor) -> Any:
    """Return a factor as a parameter: a list is a choice, whole numbers are whole, all else a range."""
    if factor.values is not None:
        return workbench.CategoricalParameter(name, list(factor.values))
    if factor.low is None or factor.high is None:
        raise InputError([Mistake(name, None, "low and high, between which the workbench draws")])
    if factor.whole:
        return workbench.IntegerParameter(name, round(factor.low), round(factor.high))
    return workbench.RealParameter(name, factor.low, factor.high)


def _outcomes(workbench: Any, study: Study, measures: Mapping[str, Mapping[str, str]]) -> Iterator[Any]:
    """Yield the outcomes with their direction."""
    for name, outcome in study.outcomes.items():
        if outcome.scalar:
            better = outcome.described_by(measures.get(outcome.indicator, {}))["better"]
            yield workbench.ScalarOutcome(identifier(name), kind=getattr(workbench.ScalarOutcome, KINDS[better]))
        else:
            yield workbench.ArrayOutcome(identifier(name))
