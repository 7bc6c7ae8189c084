"""Where companies stand on the map: true directions, far ones drawn nearer, none on top of another."""

from __future__ import annotations

import numpy as np
from scipy.spatial import cKDTree

WIDTH, HEIGHT, MARGIN = 1000.0, 640.0, 60.0
MOST_DISCS = 1500  # above, the map draws hexagons


def lay_out(x: np.ndarray, y: np.ndarray, apart: float | None = None) -> np.ndarray:
    """Return places on a canvas of 1000 x 640 [company, 2]; north is up.

    x, y: km. Distances from the centre are mixed of their order and their asinh, so that one far company leaves room for
    the rest; then companies that would touch are pushed apart. apart: least distance on the canvas.
    """
    places = np.column_stack([x, -y]).astype(float)
    places -= np.median(places, axis=0)
    far = np.hypot(*places.T)
    typical = max(float(np.median(far)), 1e-6)
    near = np.arcsinh(far / typical)
    rank = np.argsort(np.argsort(far, kind="stable"), kind="stable") / max(len(far) - 1, 1)
    reach = 0.4 * near / max(float(near.max()), 1e-9) + 0.6 * rank
    places *= (reach / np.maximum(far, 1e-9))[:, None]
    places = _fit(places)
    least = apart if apart is not None else min(78.0, 0.8 * np.sqrt(WIDTH * HEIGHT / max(len(x), 1)))
    return _fit(_push_apart(places, least))


def _fit(places: np.ndarray) -> np.ndarray:
    """Scale and move places into the canvas; each direction fills it, within a factor of 1.8 of the other."""
    low, high = places.min(axis=0), places.max(axis=0)
    span = np.maximum(high - low, 1e-9)
    room = np.array([WIDTH - 2 * MARGIN, HEIGHT - 2 * MARGIN])
    scale = room / span
    scale = np.minimum(scale, 1.8 * scale.min())
    return (places - (low + high) / 2) * scale + np.array([WIDTH, HEIGHT]) / 2


def _push_apart(places: np.ndarray, least: float) -> np.ndarray:
    """Move companies that stand nearer than `least` away from each other; in large parks, drawn in hexagons, a little only."""
    places = places + np.column_stack([np.cos(np.arange(len(places))), np.sin(np.arange(len(places)))])
    for _ in range(120 if len(places) <= MOST_DISCS else 6):
        pairs = cKDTree(places).query_pairs(least, output_type="ndarray")
        gaps = places[pairs[:, 0]] - places[pairs[:, 1]]
        length = np.maximum(np.hypot(*gaps.T), 1e-6)
        overlap = least - length
        if overlap.max(initial=0.0) < 1.0:
            break
        push = 0.3 * gaps * (overlap / length)[:, None]
        for side, sign in ((0, 1.0), (1, -1.0)):
            for axis in (0, 1):
                places[:, axis] += sign * np.bincount(pairs[:, side], push[:, axis], len(places))
    return places
