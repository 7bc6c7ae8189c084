"""What a replication found: numbers side by side with the published ones, verdicts, drawings."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from matplotlib.figure import Figure

CLEAR = 2.0
"""Standard errors that an answer of the park model has to lie off zero to have a direction."""


@dataclass(frozen=True)
class Published:
    """One published number and its place."""

    replication: str
    part: str
    case: str
    quantity: str
    unit: str
    value: float
    standard_error: float
    """Standard error as printed or from the published runs, NaN where neither exists."""
    runs: float
    """Number of published runs behind the value, NaN where unknown."""
    last_digit: float
    """Unit of the last printed digit; 0 for a bound."""
    relation: str
    """'equals', or 'below' where only a bound is published."""
    source: str


@dataclass(frozen=True)
class Beside:
    """One question with three answers in the same unit; the park's lever is the nearest it has, not the same."""

    question: str
    lever: str
    """What was changed in the park model."""
    unit: str
    published: float
    replicated: float
    park: float
    park_error: float
    runs: int
    margin: float = 0.0
    """What still counts as no effect, where the published answer is that there is none."""
    nothing: bool = False
    """Whether the published answer is that there is no effect."""

    @property
    def agrees(self) -> str:
        """Whether the park model answers as published: same direction, or no effect; 'unclear' where it cannot be told."""
        reach = CLEAR * self.park_error
        if self.nothing:
            return (
                "yes"
                if abs(self.park) + reach <= self.margin
                else "no"
                if abs(self.park) - reach > self.margin
                else "unclear"
            )
        if not abs(self.park) > CLEAR * self.park_error:
            return "unclear"
        return "yes" if math.copysign(1, self.park) == math.copysign(1, self.published) else "no"


@dataclass(frozen=True)
class Comparison:
    """A published and a replicated number side by side; errors are standard errors, NaN where unknown."""

    part: str
    case: str
    quantity: str
    unit: str
    reading: str
    relation: str
    """'equals', or 'below' where only a bound is published: then the distance is from the bound."""
    published: float
    published_error: float
    replicated: float
    replicated_error: float
    runs: int
    distance: float
    """(replicated - published) / joint standard error."""
    limit: float
    """Largest distance that the rule allows."""
    met: bool


@dataclass(frozen=True)
class ReplicationResult:
    """What a replication found."""

    id: str
    quick: bool
    seed: int
    comparisons: tuple[Comparison, ...]
    parts: dict[str, str]
    """Verdict of each part, by the main reading."""
    verdict: str
    paragraph: str
    defects: tuple[str, ...]
    beside: tuple[Beside, ...] = ()
    """The same questions put to the published model, to the replication and to the park model."""
    observations: tuple[dict[str, object], ...] = ()
    """Numbers of the replication that have no published counterpart."""
    figures: dict[str, Figure] = field(default_factory=dict)

    def describe(self) -> dict[str, object]:
        """Return everything but the drawings as plain values for JSON; what is not finite becomes None."""
        return _plain(
            {
                "id": self.id,
                "quick": self.quick,
                "provisional": self.quick,
                "seed": self.seed,
                "verdict": self.verdict,
                "parts": self.parts,
                "paragraph": self.paragraph,
                "defects": self.defects,
                "comparisons": [asdict(row) for row in self.comparisons],
                "beside": [asdict(row) | {"agrees": row.agrees} for row in self.beside],
                "observations": self.observations,
                "figures": sorted(self.figures),
            }
        )


def mean_and_error(values: Sequence[float] | np.ndarray) -> tuple[float, float]:
    """Return mean and standard error (sd / sqrt n) of independent runs."""
    sample = np.asarray(values, dtype=float)
    return float(sample.mean()), float(sample.std(ddof=1) / math.sqrt(sample.size))


def _plain(value: object) -> object:
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value
