"""Seeds: independent by `SeedSequence`, from the study's seed and the place of a run, never from process or order."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

DIGITS_KEPT = 49
DESIGN, COMMON, PER_POINT, INDEPENDENT = range(4)


def design_generator(seed: int) -> np.random.Generator:
    """Return the generator that draws the design points."""
    return np.random.default_rng(np.random.SeedSequence(seed, spawn_key=(DESIGN,)))


def run_seed(seed: int, shocks: str, replicate: int, point: int, policy: int) -> int:
    """Return the seed of a run: with common shocks that of its replicate alone."""
    if shocks == "common":
        return _seed(seed, (COMMON, replicate))
    if shocks == "per_point":
        return _seed(seed, (PER_POINT, replicate, point))
    return _seed(seed, (INDEPENDENT, replicate, point, policy))


@lru_cache(maxsize=20_000)
def _seed(seed: int, key: tuple[int, ...]) -> int:
    """Return a number of at most 15 digits, which a spreadsheet or JSON reader does not round."""
    word = np.random.SeedSequence(seed, spawn_key=key).generate_state(1, np.uint64)[0]
    return int(word) >> (64 - DIGITS_KEPT)
