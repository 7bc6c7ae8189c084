"""The study file: which scenario, what varies, what is compared, how often, and what is kept of each run."""

from __future__ import annotations

import json
import os
import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field, ValidationError, model_validator

from ecopark.abm.input.errors import TOML, InputError, Mistake, nearest
from ecopark.abm.input.text_files import parsed

from ..execution.model_contract import PARK, POSTERIOR
from . import designs, outcomes
from .analysis import Analysis
from .designs import Design, Grid
from .factors import Factor
from .forms import Frozen, Plain, dotted, mistakes_of
from .outcomes import Outcome
from .salib_problem import problem_of

SHIPPED = Path(__file__).parents[2] / "studies"
KEPT = "manifest.json"  # what a sweep keeps of its study
NUMBERS = ("low", "high", "levels", "mean", "sd", "mode")  # keys of a factor; `governance.mode` is a name
MOST_SECONDS = 30 * 86_400.0  # of a run
ALWAYS_THERE = ("run", "point", "policy", "replicate", "seed", "error", "traceback")


class Study(Frozen):
    """A study: `Study(scenario="synthetic", factors={"policy.landfill_tax": [0, 40]}, replicates=30)`.

    scenario: name or folder. set: values fixed in all runs. factors: dotted name -> values, range or distribution.
    policies: name -> values of that policy; all are run at every point. shocks: replicate r has the same shocks at every
    point and policy (`common`), at every policy of a point (`per_point`), or nowhere (`independent`). precision: outcome
    -> half-width that every compared interval of it has to have: replicates are added until then, or until there are
    replicates_most. years: horizon,
    left out the scenario's own. outcomes: column -> what is taken of which indicator; left out, every indicator.
    analysis: goals, floors, ceilings, interest and pair of the report. keep: `yearly` stores the yearly series, too.
    posterior: every run draws the shared parameters from the saved posterior by its seed; factors and policies win.
    time_limit: seconds a run may take. chunk: runs per part, left out one to five seconds of work. model: the module that
    is swept, see `ecopark.experiments.sweeps.execution.model_contract`.
    """

    name: str = Field("study", pattern=r"^[\w.-]+$")
    question: str = ""
    scenario: str
    model: str = PARK
    posterior: bool = False
    years: int | None = Field(None, ge=1)
    replicates: int = Field(1, ge=1)
    replicates_most: int | None = Field(None, ge=1)
    precision: dict[str, Annotated[float, Field(gt=0)]] = Field(default_factory=dict)
    seed: int = Field(0, ge=0)
    shocks: Literal["common", "per_point", "independent"] = "common"
    design: Design = Grid()
    fixed: dict[str, Plain] = Field(default_factory=dict, alias="set")
    factors: dict[str, Factor] = Field(default_factory=dict)
    policies: dict[str, dict[str, Plain]] = Field(default_factory=dict)
    outcomes: dict[str, Outcome] = Field(default_factory=dict)
    analysis: Analysis = Analysis()
    keep: Literal["yearly"] | None = None
    time_limit: float | None = Field(None, gt=0, le=MOST_SECONDS)
    chunk: int | None = Field(None, ge=1)

    def __init__(self, **given: Any):
        """Read a study; every mistake in its form is reported at once."""
        try:
            super().__init__(**given)
        except ValidationError as error:
            raise InputError(mistakes_of(error, "", keys_at)) from None

    @model_validator(mode="before")
    @classmethod
    def _short_forms(cls, given: Any) -> Any:
        return spelled_out(given) if isinstance(given, Mapping) else given

    @property
    def compared(self) -> dict[str, dict[str, Any]]:
        """The policies that are run at every point; a study that names none has one, with nothing changed."""
        return self.policies or {"baseline": {}}

    def problem(self) -> dict[str, Any]:
        """Return the factors as SALib's problem (num_vars, names, bounds, dists); `InputError` for what SALib has no form of.

        Ranges that the study leaves to the declarations are filled in by `ecopark.read_study`.
        """
        return problem_of(self.factors)


def spelled_out(given: Mapping[str, Any]) -> dict[str, Any]:
    """Return a study with its short forms spelled out: nested tables as dotted names, one-word designs and outcomes."""
    forms: dict[str, Callable[[Any], Any]] = {
        "design": designs.full_form,
        "set": _plain_names,
        "factors": lambda part: dict(dotted(part, _is_factor)) if isinstance(part, Mapping) else part,
        "policies": lambda part: {k: _plain_names(v) for k, v in part.items()} if isinstance(part, Mapping) else part,
        "outcomes": outcomes.full_form,
    }
    spelled = {key: forms[key](part) if key in forms else part for key, part in given.items()}
    return {"model": POSTERIOR, **spelled} if given.get("posterior") is True else spelled


def _plain_names(given: Any) -> Any:
    return dict(dotted(given, lambda _: False)) if isinstance(given, Mapping) else given


def _is_factor(value: Any) -> bool:
    """Tell a factor (`{low = 0, high = 1}`) from a group of dotted names."""
    if not isinstance(value, Mapping):
        return True
    return any(key in Factor.model_fields and (key not in NUMBERS or _is_number(part)) for key, part in value.items())


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def keys_at(steps: list[str]) -> list[str]:
    """Return the keys a study knows at a place."""
    if not steps:
        return [field.alias or name for name, field in Study.model_fields.items()]
    forms: dict[str, type[Frozen]] = {"factors": Factor, "outcomes": Outcome, "analysis": Analysis}
    form = designs.DESIGNS[steps[1]] if steps[0] == "design" else forms[steps[0]]
    return [field.alias or name for name, field in form.model_fields.items()]


def study_file(name: str | Path) -> Path:
    """Return the file of a study: the one at this path, the one kept in the folder of a sweep, or the shipped one."""
    path = Path(name)
    if path.is_file():
        return path
    if (path / KEPT).is_file():
        return path / KEPT
    shipped = {file.stem: file for file in SHIPPED.glob("*.toml")}
    if str(name) in shipped:
        return shipped[str(name)]
    allowed = f"a study file, the folder of a sweep, or one of {', '.join(sorted(shipped))}"
    raise InputError([Mistake("study", str(name), allowed, nearest(path.stem, shipped))])


def read_toml(path: str | Path) -> dict[str, Any]:
    """Return what a study file says, with the paths in it taken from the folder of the file."""
    path = study_file(path)
    try:
        text = path.read_text(encoding="utf-8-sig")
        given = parsed(json.loads, text)["study"] if path.name == KEPT else parsed(tomllib.loads, text)
        given.setdefault("name", path.stem)
        return _paths_from(path.parent, given)
    except OSError as error:
        raise InputError([Mistake(str(path), error.strerror, "a study file that can be read")]) from None
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        allowed = "what a sweep put down about its study" if path.name == KEPT else TOML
        raise InputError([Mistake(str(path), str(error), allowed)]) from None


def _paths_from(folder: Path, given: dict[str, Any]) -> dict[str, Any]:
    scenario, design = given.get("scenario"), designs.full_form(given.get("design", "grid"))
    if isinstance(scenario, str) and (folder / scenario).exists():
        given["scenario"] = os.path.realpath(folder / scenario)
    if isinstance(design, Mapping) and isinstance(design.get("file"), str):
        given["design"] = {**design, "file": os.path.realpath(folder / design["file"])}
    return given
