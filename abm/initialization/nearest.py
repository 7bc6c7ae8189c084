"""The nearest of some places: measured one by one where they are few, asked of a spatial index where they are many."""

from __future__ import annotations

import numpy as np

THREADS = -1  # as many as there are; results do not depend on it
FEW = 20_000  # distances that are measured before scipy is loaded for its index, which takes a quarter of a second


def nearest(
    places: np.ndarray, asking: np.ndarray, count: int, limit: float = np.inf, is_order_used: bool = True
) -> tuple[np.ndarray, np.ndarray]:
    """Return distances [asking, count] and the places they lead to, nearest first; places, asking: [place, 2] in km.

    Nobody is as far as `limit`: the distance is infinite and the place one more than the last. Which of two places equally
    far comes first is left to the index. is_order_used: not only which is first, and which are among the nearest.
    """
    if len(places) * len(asking) <= FEW:
        found = _measured(places, asking, count, limit, is_order_used)
        if found is not None:
            return found
    from scipy.spatial import cKDTree

    # the quick shape is for many questions; contacts keep the shape that decided their first ties
    tree = cKDTree(places, balanced_tree=not is_order_used, compact_nodes=not is_order_used)
    return tree.query(asking, k=range(1, count + 1), distance_upper_bound=limit, workers=THREADS)


def _measured(
    places: np.ndarray, asking: np.ndarray, count: int, limit: float, is_order_used: bool
) -> tuple[np.ndarray, np.ndarray] | None:
    """Return the same without an index, None where it decides between two equally far."""
    way = asking[:, None] - places
    far = np.sqrt(way[..., 0] * way[..., 0] + way[..., 1] * way[..., 1])
    far[far >= limit] = np.inf
    index = np.argsort(far, axis=1)
    far = np.take_along_axis(far, index, axis=1)
    after = far[:, 1 : count + 1]
    ties = (far[:, : after.shape[1]] == after) & np.isfinite(after)
    if np.any(ties if is_order_used else ties[:, [0, -1]]):
        return None
    index[~np.isfinite(far)] = len(places)
    return far[:, :count], index[:, :count]
