"""All measures of bargaining, in the order of their numbers."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ecopark.abm.input.plain_text import shown

from .cost import cost
from .in_runs import in_runs
from .pool import Pool, harvest
from .quality import deals_of, late_conceders, terms_of
from .rivals import rivalry
from .rows import Row
from .safety import frontier, moved_constants, safety_of
from .shared_pipes import FEW as FEW_SHARED
from .shared_pipes import SEEDS, WHERE, shared_pipes
from .tournament import tournament, with_guests

# scenario -> (seeds of its pool, with --quick)
POOLS = {"kalundborg": (8, 2), "synthetic": (3, 1)}
FEW = 4  # seeds of the pool of any other scenario


def measure(
    scenarios: Sequence[str] | None,
    quick: bool,
    say: Callable[[str], None] = lambda text: None,
    extra: Sequence[str] = (),
) -> list[Row]:
    """Return every measure. scenarios: by default Kalundborg and generated parks. extra: further strategies to play."""
    rows: list[Row] = []
    seeds = 1 if quick else 3
    for scenario in scenarios or POOLS:
        say(f"{shown(scenario)}: talks of runs ...")
        count, few = POOLS.get(scenario, (FEW, 1))
        numbers = range(1, 1 + (few if quick else count))
        pool = harvest(scenario, numbers)
        if not len(pool) or not (pool.zone() > 0).any():
            say(f"{scenario}: no talk with a zone in these runs, nothing to measure")
            continue
        say(f"{scenario}: {len(pool)} talks, {int((pool.zone() >= 0).sum())} with a zone; playing them ...")
        rows += _of_pool(scenario, pool, seeds, quick, extra)
        rows += in_runs(scenario, numbers)
    say("shared pipes ...")
    for scenario in scenarios or WHERE:
        rows += shared_pipes(scenario, range(1, 1 + (FEW_SHARED if quick else SEEDS)))
    say("one against many ...")
    rows += rivalry(30 if quick else 100)
    say("cost ...")
    rows += cost(quick)
    return sorted(rows, key=lambda row: (not row.number.isdigit(), row.number))


def _of_pool(scenario: str, pool: Pool, seeds: int, quick: bool, extra: Sequence[str]) -> list[Row]:
    rows = [*deals_of(scenario, pool, seeds), *terms_of(scenario, pool), *late_conceders(scenario, pool, seeds)]
    rows += safety_of(scenario, pool, seeds, 12 if quick else 40)
    if not quick:
        rows += moved_constants(scenario, pool, 1)
        rows += frontier(scenario, pool, 1)
        rows += with_guests(scenario, pool.only(pool.zone() > 0.0))
    return [*rows, *tournament(scenario, pool, 1, extra)]
