"""The same question put to the published model, to its replica and to the park model: three answers side by side."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from ecopark.abm.input.loading import load_scenario
from ecopark.abm.park import Park

from .result import Beside, mean_and_error

Values = Mapping[str, object]


@dataclass(frozen=True)
class Setting:
    """One setting of the park model: values of the scenario, and what is changed in a founded park, if anything."""

    values: Values
    change: Callable[[Park], None] | None = None


def run_settings(
    settings: Mapping[str, Setting], measure: Callable[[Park], dict[str, float]], runs: int, seed: int
) -> dict[str, dict[str, np.ndarray]]:
    """Run every setting in the same regions on the same shocks; return measures by setting, (runs,) each."""
    found: dict[str, list[dict[str, float]]] = {name: [] for name in settings}
    for number in range(runs):
        for name, setting in settings.items():
            values = {"synthetic.layout": seed * 1000 + number, **setting.values}
            park = Park(load_scenario("synthetic", values), seed * 1000 + number)
            if setting.change:
                setting.change(park)
            found[name].append(measure(park.run()))
    return {name: {key: np.array([one[key] for one in rows]) for key in rows[0]} for name, rows in found.items()}


def relative(treated: np.ndarray, control: np.ndarray) -> tuple[float, float]:
    """Return the paired difference over the mean of the control, and its standard error (%); (runs,) each."""
    mean, error = mean_and_error(treated - control)
    return 100 * mean / control.mean(), 100 * error / control.mean()


def change(new: float, old: float) -> float:
    """Return a change in %."""
    return 100 * (new / old - 1)


def in_words(rows: Sequence[Beside]) -> str:
    """Count how often the park model answers in the same direction."""
    counted = {answer: sum(row.agrees == answer for row in rows) for answer in ("yes", "no", "unclear")}
    return (
        f"Asked the same, the park model answers as published in {counted['yes']} of {len(rows)} questions, otherwise in "
        f"{counted['no']}; {counted['unclear']} of its answers are too uncertain to tell."
    )
