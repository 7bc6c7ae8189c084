"""What scores of several parks say together: weights, paired differences, a bootstrap that draws parks first."""

from __future__ import annotations

import numpy as np

MOST_OF_ONE_PARK = 0.2


def park_weights(rows: np.ndarray, most: float = MOST_OF_ONE_PARK) -> np.ndarray:
    """Return weights proportional to the square root of rows, none above `most` of the whole, summing to 1.

    What is cut off one park goes to the others in proportion; with fewer than 1/most parks all weigh the same.
    """
    weight = np.sqrt(np.asarray(rows, dtype=float))
    weight = weight / weight.sum()
    if len(weight) * most <= 1.0:
        return np.full(len(weight), 1.0 / len(weight))
    capped = np.zeros(len(weight), dtype=bool)
    while (weight > most + 1e-12).any():
        capped |= weight > most
        free = weight[~capped].sum()
        weight = np.where(capped, most, weight * (1.0 - most * capped.sum()) / free)
    return weight


def sign_flip_p(differences: np.ndarray, draws: int = 10_000, seed: int = 1) -> float:
    """Return the two-sided chance that differences by park have this mean if each sign were a toss; exact up to 13 parks."""
    differences = np.asarray(differences, dtype=float)
    count = len(differences)
    if count <= 13:
        signs = 1.0 - 2.0 * ((np.arange(2**count)[:, None] >> np.arange(count)) & 1)
    else:
        signs = np.random.default_rng(seed).choice([-1.0, 1.0], (draws, count))
    means = np.abs(signs @ differences)
    return float((means >= abs(differences.sum()) - 1e-12).mean())


def bootstrap_error(parks: list[np.ndarray], weights: np.ndarray, draws: int = 2_000, seed: int = 1) -> float:
    """Return the standard error of the weighted mean of row scores, drawing parks first and rows in them then."""
    rng = np.random.default_rng(seed)
    found = []
    for _ in range(draws):
        chosen = rng.integers(len(parks), size=len(parks))
        weight = weights[chosen] / weights[chosen].sum()
        means = [parks[place][rng.integers(len(parks[place]), size=len(parks[place]))].mean() for place in chosen]
        found.append(float(weight @ np.array(means)))
    return float(np.std(found, ddof=1))
