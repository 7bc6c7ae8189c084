"""The store of the first screen: settings with undo, the ensemble under them, variants that are kept, what is wrong."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from ecopark.abm.input.errors import InputError, Mistake
from ecopark.abm.input.scenario import as_number
from ecopark.analysis.exchanges.story_line import mark

from ..view_models.format import CYCLE
from .ensemble import Ensemble
from .handlers import BASELINE_FAILED, SETTINGS_FAILED, guarded, say
from .laboratory import Laboratory
from .levers import Lever, all_levers
from .newest_request import Coalescer
from .observable import Store
from .settings import History, Values, apply_to

MOST_VARIANTS = 4
PRESENT = mark("your settings")


@dataclass(frozen=True, eq=False)
class Variant:
    """A named settings with its ensemble."""

    name: str
    values: Values
    ensemble: Ensemble
    colour: str


@dataclass(frozen=True, eq=False)
class Seen:
    """What the screen shows. errors: by dotted name, in place; shown: values that `ensemble` belongs to.

    part: what there is so far of an ensemble that is being run, under the values `part_of`; None when all has come.
    """

    values: Values = field(default_factory=dict)
    shown: Values = field(default_factory=dict)
    ensemble: Ensemble | None = None
    baseline: Ensemble | None = None
    part: Ensemble | None = None
    part_of: Values = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)
    variants: tuple[Variant, ...] = ()
    can_undo: bool = False
    can_redo: bool = False
    indicator: str = "links"


class Explorer(Store):
    """Actions on the settings; every change runs the whole history again, the newest change first."""

    def __init__(self, laboratory: Laboratory, values: Values | None = None):
        super().__init__()
        self.laboratory = laboratory
        self.levers: dict[str, Lever] = all_levers(laboratory.scenario)
        self._worker = Coalescer(self._compute, self._deliver)
        self._running: object = None
        good, errors = self._sift(values or {})
        self._history = History(good)
        self.seen = Seen(values=good, errors=errors)
        Coalescer(self._compute_baseline, self._take_baseline).ask({})
        if good:
            self._worker.ask(good)

    def _see(self, **changes: Any) -> None:
        """Change what the screen shows."""
        with self.lock:
            self.seen = replace(self.seen, **changes)
        self.ring()

    def _sift(self, values: Values) -> tuple[Values, dict[str, str]]:
        """Return the settings that are right and what is wrong with the others."""
        good: Values = {}
        errors: dict[str, str] = {}
        for name, value in values.items():
            try:
                apply_to(self.laboratory.scenario, {name: value})
                good[name] = value
            except InputError as error:
                errors[name] = say(error.mistakes[0])
        return good, errors

    def _compute(self, request: Values, is_wanted: Callable[[], bool]) -> Ensemble:
        """Run an ensemble; what there is of it is shown until another one is begun."""
        running = self._running = object()

        def glimpse(part: Ensemble) -> None:
            with self.lock:
                if self._running is running:
                    self._see(part=part, part_of=request)

        try:
            return self.laboratory.run(request, is_wanted, glimpse)
        finally:
            with self.lock:
                self._running = None

    def _compute_baseline(self, request: Values, is_wanted: Callable[[], bool]) -> Ensemble:
        """Run the baseline; what there is of it is shown unless other settings are."""
        return self.laboratory.run(
            request, is_wanted, lambda part: None if self.seen.values else self._see(part=part, part_of={})
        )

    def _take_baseline(self, _: Any, result: Ensemble | None, error: Exception | None) -> None:
        if result is None:
            self.say(BASELINE_FAILED.format(error=error))
            return
        seen = self.seen
        if seen.values:
            self._see(baseline=result)
        else:
            self._see(baseline=result, ensemble=seen.ensemble or result, part=None)

    def _deliver(self, request: Values, result: Ensemble | None, error: Exception | None) -> None:
        if result is None:
            self._see(part=None)
            self.say(SETTINGS_FAILED.format(error=error))
            return
        self._see(ensemble=result, shown=request, part=None)

    @guarded
    def change(self, name: str, value: Any, dragged: bool = False) -> None:
        """Move a lever; None takes it back to its neutral value."""
        seen = self.seen
        values = {key: kept for key, kept in seen.values.items() if key != name}
        if value is None or value == "":
            values = {key: kept for key, kept in values.items() if not key.startswith(f"{name}.")}
        else:
            values[name] = self._typed(name, value)
        errors = {key: text for key, text in seen.errors.items() if key != name}
        try:
            apply_to(self.laboratory.scenario, values)
        except InputError as error:
            wrong = {self._place(mistake, name): say(mistake) for mistake in error.mistakes}
            self._see(errors={**errors, **wrong})
            return
        self._history.change(values, name if dragged else None)
        self._show(errors)

    @staticmethod
    def _place(mistake: Mistake, name: str) -> str:
        """Return the field that a mistake belongs to: `policy.X.size` is the field `policy.X`."""
        return name if mistake.place.removesuffix(".size") == name else mistake.place

    def _typed(self, name: str, value: Any) -> Any:
        """Return a text of a field as the number that is meant, where it is one."""
        lever = self.levers.get(name)
        if isinstance(value, str) and (lever is None or lever.kind in ("int", "float")):
            number = as_number(value.strip().replace("−", "-"))
            value = value if number is None else number
        if lever is not None and lever.kind == "int" and isinstance(value, float) and value == int(value):
            return int(value)
        return value

    def _show(self, errors: Mapping[str, str] | None = None) -> None:
        """Ask for the ensemble of the present settings; the page is drawn when the first of it has come."""
        history = self._history
        with self.lock:
            self.seen = replace(
                self.seen,
                values=history.values,
                errors=dict(errors or {}),
                can_undo=history.can_undo,
                can_redo=history.can_redo,
            )
        self._worker.ask(history.values)

    @guarded
    def shock(self, material: str, factor: Any, year: Any) -> None:
        """Let a price jump in a year."""
        self.change(f"price.{material}", factor)
        if f"price.{material}" not in self.seen.errors:
            self.change(f"price.{material}.year", year)

    @guarded
    def undo(self) -> None:
        """Take the latest change back."""
        self._history.undo()
        self._show()

    @guarded
    def redo(self) -> None:
        """Do again what was taken back."""
        self._history.redo()
        self._show()

    @guarded
    def reset(self) -> None:
        """Go back to the baseline; this can be undone."""
        self._history.change({})
        self._show()

    @guarded
    def load(self, values: Values) -> None:
        """Take other settings as a whole."""
        apply_to(self.laboratory.scenario, values)
        self._history.change(values)
        self._show()

    @guarded
    def keep(self, name: str) -> None:
        """Keep the present settings under a name, to compare with."""
        seen, name = self.seen, name.strip()[:40]
        taken = {variant.name for variant in seen.variants}
        if not name or name in taken or name in ("baseline", PRESENT):
            raise InputError([Mistake("name", name or "nothing", "a name that is not taken yet")])
        if len(seen.variants) >= MOST_VARIANTS:
            raise InputError(
                [
                    Mistake(
                        "variants",
                        len(taken) + 1,
                        f"at most {MOST_VARIANTS} variants beside each other; remove one first",
                    )
                ]
            )
        ensemble = self.laboratory.run(seen.values)
        colours = [colour for colour in CYCLE[1:] if colour not in {variant.colour for variant in seen.variants}]
        self._see(variants=(*seen.variants, Variant(name, seen.values, ensemble, colours[0])))
        self.say("")

    @guarded
    def drop(self, name: str) -> None:
        """Forget a kept variant."""
        seen = self.seen
        self._see(variants=tuple(variant for variant in seen.variants if variant.name != name))

    @guarded
    def look_at(self, indicator: str) -> None:
        """Show another indicator in the large chart."""
        self._see(indicator=indicator)
