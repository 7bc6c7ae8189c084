"""Everything that can be wrong with a study, found before the first run and reported at once.

The form of a study (types, unknown keys) is checked by `study`; here its names and values meet the model, and what it
leaves to the declarations of the model is filled in.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from ecopark.abm.input.errors import InputError, Mistake, nearest

from ..execution.model_contract import Model, load_model
from .consistency import cut_unasked, named_twice, set_by, sizes_missing, too_many
from .designs import Grid, Morris, OneAtATime, Sampled, Table
from .factors import BOUNDED, Factor
from .outcomes import Outcome
from .points_table import table_mistakes
from .study import ALWAYS_THERE, Study, read_toml, spelled_out

NAMED_PARTS = ("factors", "policies", "outcomes", "set")


@dataclass(frozen=True)
class Settled:
    """A study that can run: nothing left open, nothing wrong. base: its scenario with the fixed values."""

    study: Study
    model: Model
    base: Any


def settle_study(source: str | Path | Mapping[str, Any] | Study) -> Settled:
    """Return the study with everything filled in, or raise `InputError` with every mistake in form, names and values."""
    study, mistakes = _read(source)
    if study is None:
        raise InputError(mistakes)
    try:
        model = load_model(study.model)
    except (ImportError, ValueError, TypeError) as error:  # the last two: no name of a module at all
        raise InputError(
            [*mistakes, Mistake("model", study.model, f"a module that can be imported ({error})")]
        ) from None
    base, more = _load(study, model)
    if base is not None:
        filled = _fill(study, model, base)
        for name, factor in study.factors.items():
            more += cut_unasked(name, factor, filled.factors[name])
        study = filled
        more += _mistakes(study, model, base)
    if mistakes:  # a part that was left out is not missing
        more = [mistake for mistake in more if mistake.place != "factors"]
    if mistakes or more:
        raise InputError([*mistakes, *more])
    return Settled(study, model, base)


def read_study(path: str | Path) -> Study:
    """Return the study in a file with everything filled in, or raise `InputError` with every mistake."""
    return settle_study(path).study


def _read(source: str | Path | Mapping[str, Any] | Study) -> tuple[Study | None, list[Mistake]]:
    """Return the study and the mistakes in its form; parts with a mistake are left out, so that the rest is checked, too."""
    if isinstance(source, Study):
        return source, []
    given = spelled_out(source if isinstance(source, Mapping) else read_toml(source))
    try:
        return Study(**given), []
    except InputError as error:
        mistakes = error.mistakes
    try:
        return Study(**_without(given, [mistake.place for mistake in mistakes])), mistakes
    except InputError:
        return None, mistakes


def _without(given: dict[str, Any], places: list[str]) -> dict[str, Any]:
    """Return what is given without the parts that hold a mistake."""
    sound: dict[str, Any] = {}
    for key, part in given.items():
        if key in NAMED_PARTS and isinstance(part, Mapping):
            sound[key] = {name: form for name, form in part.items() if not _holds(f"{key}.{name}", places)}
        elif not _holds(key, places):
            sound[key] = part
    return sound


def _holds(part: str, places: list[str]) -> bool:
    return any(place == part or place.startswith(f"{part}.") for place in places)


def _load(study: Study, model: Model) -> tuple[Any, list[Mistake]]:
    """Return the scenario with the fixed values; where these are wrong, without them, and what is wrong."""
    try:
        return model.load(study.scenario, study.fixed, study.years), []
    except InputError as error:
        mistakes = [replace(m, place=f"set.{m.place}") if m.place in study.fixed else m for m in error.mistakes]
    try:
        return model.load(study.scenario, {}, study.years), mistakes
    except InputError:
        return None, mistakes


def _fill(study: Study, model: Model, base: Any) -> Study:
    """Return the study with ranges, whole numbers, bases, statistics and the horizon from the declarations."""
    totals = model.indicators()
    given = study.outcomes or {name: Outcome(indicator=name) for name in totals}
    kept = {
        name: one if one.take else one.model_copy(update={"take": totals.get(one.indicator)})
        for name, one in given.items()
    }
    factors = {name: _fill_factor(factor, model, base, name) for name, factor in study.factors.items()}
    return study.model_copy(update={"factors": factors, "outcomes": kept, "years": model.horizon(base)[1]})


def _fill_factor(factor: Factor, model: Model, base: Any, name: str) -> Factor:
    declared = model.declared(base, name)
    if declared is None:
        return factor
    update: dict[str, Any] = {"base": declared.value if factor.base is None else factor.base}
    if factor.values is None:
        update["low"] = declared.low if factor.low is None else factor.low
        update["high"] = declared.high if factor.high is None else factor.high
        update["whole"] = factor.whole or declared.whole
    return factor.model_copy(update=update)


def _mistakes(study: Study, model: Model, base: Any) -> Iterator[Mistake]:
    """Yield what is wrong with the names and values of a filled study."""
    for name, factor in study.factors.items():
        yield from _factor_mistakes(study, model, base, name, factor)
    places = set_by(study.fixed, study.factors, study.policies)
    yield from named_twice(places)
    yield from sizes_missing(places, lambda name: getattr(model.declared(base, name), "value", None) is not None)
    for policy, values in study.policies.items():
        if not re.fullmatch(r"[\w][\w .%+-]{0,119}", policy):
            yield Mistake(f"policies.{policy}", policy, "a name of letters, digits, blanks, _ - + and .")
        yield from _policy_mistakes(study, model, base, policy, values)
    for column, outcome in study.outcomes.items():
        yield from _outcome_mistakes(study, model, base, column, outcome)
    yield from _design_mistakes(study, model, base)
    scalars = [name for name, outcome in study.outcomes.items() if outcome.scalar]
    factors = None if isinstance(study.design, Table) else list(study.factors)
    yield from _precision_mistakes(study)
    yield from study.analysis.mistakes(scalars, factors, list(study.compared))


def _precision_mistakes(study: Study) -> Iterator[Mistake]:
    """Yield what is wrong with the rule by which replicates are added."""
    known = [name for name, outcome in study.outcomes.items() if outcome.scalar and outcome.take != "year_of_first"]
    for name in study.precision:
        if name not in known:
            allowed = f"an outcome that every run has a value of: {', '.join(known)}"
            yield Mistake(f"precision.{name}", name, allowed, nearest(name, known))
    if study.precision and study.replicates_most is None:
        yield Mistake("replicates_most", None, "how many replicates at most, where precision asks for more of them")
    if study.replicates_most is not None and not study.precision:
        yield Mistake("replicates_most", study.replicates_most, "left out: no precision asks for more replicates")
    if study.replicates_most is not None and study.replicates_most < study.replicates:
        yield Mistake(
            "replicates_most", study.replicates_most, f"at least the {study.replicates} replicates begun with"
        )


def _factor_mistakes(study: Study, model: Model, base: Any, name: str, factor: Factor) -> Iterator[Mistake]:
    place = f"factors.{name}"
    if model.declared(base, name) is None:
        yield Mistake(place, name, "a parameter or policy of the model", nearest(name, model.known_names()))
        return
    if factor.values is None and factor.distribution in BOUNDED and not factor.bounded:
        yield Mistake(place, None, "low and high: nothing is declared for it")
    elif factor.bounded and factor.values is None and not factor.low < factor.high:  # type: ignore[operator]
        yield Mistake(place, [factor.low, factor.high], "low below high; an end left out is the declared one")
    if isinstance(study.design, (Grid, OneAtATime)) and factor.values is None and factor.levels is None:
        yield Mistake(f"{place}.levels", None, f"how many values of the range a {study.design.kind} design takes")
    if isinstance(study.design, OneAtATime) and factor.base is None:
        yield Mistake(f"{place}.base", None, "the value while other factors vary: the scenario has none")
    if isinstance(study.design, Morris) and not factor.bounded:
        yield Mistake(place, None, "low and high, between which a morris design steps")
    for value in dict.fromkeys(factor.limits()):
        yield from (replace(found, place=place) for found in model.check(base, {name: value}))


def _policy_mistakes(study: Study, model: Model, base: Any, policy: str, values: Mapping) -> Iterator[Mistake]:
    for name in values:
        if model.declared(base, name) is None:
            allowed = "a parameter or policy of the model"
            yield Mistake(f"policies.{policy}.{name}", name, allowed, nearest(name, model.known_names()))
    known = {name: value for name, value in values.items() if model.declared(base, name) is not None}
    yield from (replace(found, place=f"policies.{policy}.{found.place}") for found in model.check(base, known))


def _outcome_mistakes(study: Study, model: Model, base: Any, column: str, outcome: Outcome) -> Iterator[Mistake]:
    place, indicators = f"outcomes.{column}", list(model.indicators())
    if outcome.indicator not in indicators:
        yield Mistake(place, outcome.indicator, "an indicator of the model", nearest(outcome.indicator, indicators))
    if not re.fullmatch(r"[\w][\w .%-]{0,119}", column):
        yield Mistake(place, column, "a name of letters, digits, blanks, _ - and . for a column and files")
    if column in ALWAYS_THERE or column in study.factors:
        yield Mistake(place, column, "a name that no other column has")
    start = model.horizon(base)[0]
    stop = start + (study.years or 0) - 1
    if (outcome.since or start) > stop or (outcome.until or stop) < start:
        yield Mistake(place, [outcome.since, outcome.until], f"years between {start} and {stop}")


def _design_mistakes(study: Study, model: Model, base: Any) -> Iterator[Mistake]:
    design = study.design
    if isinstance(design, Table):
        yield from table_mistakes(study, model, base)
    elif isinstance(design, (Sampled, OneAtATime)) and not study.factors:
        yield Mistake("factors", None, f"at least one factor for a {design.kind} design")
    yield from too_many(design, study.factors, len(study.compared), study.replicates_most or study.replicates)
