"""What a study asks of its analysis: goals, limits of what is good enough, what is of interest, the pair for maps."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from ecopark.abm.input.errors import Mistake, nearest

from .forms import Frozen


class Interest(Frozen):
    """What scenario discovery looks for: an outcome `above` or `below` a value."""

    outcome: str
    above: float | None = None
    below: float | None = None


def _one_side(given: Any) -> Any:
    if isinstance(given, dict) and (given.get("above") is None) == (given.get("below") is None):
        raise ValueError('an outcome with either above or below: { outcome = "links_last", above = 5 }')
    return given


class Analysis(Frozen):
    """How the results are looked at; nothing here changes a run, so it may change while a sweep is there.

    goals: outcome -> "more" or "less", in place of what the outcomes declare. floors, ceilings: outcome -> least or
    largest value that is good enough. interest: { outcome, above or below }. pair: the two factors of the maps.
    baseline: the policy that others are compared with; left out, the first one.
    """

    goals: dict[str, Literal["more", "less"]] = Field(default_factory=dict)
    floors: dict[str, float] = Field(default_factory=dict)
    ceilings: dict[str, float] = Field(default_factory=dict)
    interest: Annotated[Interest, BeforeValidator(_one_side)] | None = None
    pair: tuple[str, str] | None = None
    baseline: str | None = None

    def mistakes(
        self, outcomes: Sequence[str], factors: Sequence[str] | None, policies: Sequence[str]
    ) -> Iterator[Mistake]:
        """Yield the names that the study does not have; factors: None where a table of points names them."""
        for part in ("goals", "floors", "ceilings"):
            yield from _unknown(f"analysis.{part}", getattr(self, part), "an outcome", outcomes)
        if self.interest is not None:
            yield from _unknown("analysis.interest", [self.interest.outcome], "an outcome", outcomes)
        if self.baseline is not None:
            yield from _unknown("analysis.baseline", [self.baseline], "a policy", policies)
        if self.pair is not None:
            yield from _unknown("analysis.pair", self.pair, "a factor", self.pair if factors is None else factors)
            if self.pair[0] == self.pair[1]:
                yield Mistake("analysis.pair", self.pair[0], "two different factors")


def _unknown(place: str, names: Any, what: str, known: Sequence[str]) -> Iterator[Mistake]:
    for name in names:
        if name not in known:
            yield Mistake(
                f"{place}.{name}", name, f"{what} of the study: {', '.join(known)}", nearest(name, list(known))
            )
