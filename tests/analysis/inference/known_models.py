"""Models whose answers are known, drawn anew at each try, and the count of tries in which an interval holds the truth."""

import numpy as np
import pandas as pd
from scipy.stats import qmc

EFFECTS = np.array([10.0, 5.0, 0.0, 0.0])  # best linear effects of x1 to x4 over the unit cube


def draw(number, rng, stratified=True):
    """Draw points in the unit cube of four factors: a Latin hypercube, or independently."""
    return qmc.LatinHypercube(4, rng=rng).random(number) if stratified else rng.random((number, 4))


def respond(points, replicates, rng, shocks=1.0):
    """Return y = 10 x1 + 5 x2 + 20 (x3 - 1/2)^2 + c_r + x1 s_r + e, on common shocks c and s: [points, replicates]."""
    c, s = shocks * rng.normal(0, 3, replicates), shocks * rng.normal(0, 2, replicates)
    x1, x2, x3 = points[:, :1], points[:, 1:2], points[:, 2:3]
    noise = rng.normal(0, 1, (len(points), replicates))
    return 10 * x1 + 5 * x2 + 20 * (x3 - 0.5) ** 2 + c + x1 * s + noise


def table(points, outcomes, policy="none", **more):
    """Arrange points [points, factors] and outcomes [points, replicates] as the table of a sweep."""
    number, replicates = outcomes.shape
    frame = pd.DataFrame({f"x{place + 1}": np.repeat(column, replicates) for place, column in enumerate(points.T)})
    place = {"point": np.repeat(np.arange(number), replicates), "replicate": np.tile(np.arange(replicates), number)}
    return frame.assign(**place, policy=policy, y=outcomes.ravel(), **more)


def covered(tries, seed, attempt):
    """Return the share of tries in which an interval holds the truth; attempt(rng) -> (low, truth, high) arrays."""
    rng = np.random.default_rng(seed)
    hits = []
    for _ in range(tries):
        low, truth, high = attempt(rng)
        hits.append((np.asarray(low) <= truth) & (truth <= np.asarray(high)))
    return np.mean(hits, axis=0)
