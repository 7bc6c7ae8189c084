"""Where companies stand on the map: true directions, far ones drawn nearer, none on top of another."""

from __future__ import annotations

import numpy as np

WIDTH, HEIGHT, MARGIN = 1000.0, 640.0, 60.0


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


def _push_apart(places: np.ndarray, least: float, rounds: int = 120) -> np.ndarray:
    """Move companies that stand nearer than `least` away from each other."""
    places = places + np.column_stack([np.cos(np.arange(len(places))), np.sin(np.arange(len(places)))])
    for _ in range(rounds):
        gaps = places[:, None, :] - places[None, :, :]
        length = np.hypot(gaps[..., 0], gaps[..., 1])
        np.fill_diagonal(length, np.inf)
        overlap = np.maximum(0.0, least - length)
        if overlap.max() < 1.0:
            break
        places = places + 0.3 * (gaps / np.maximum(length, 1e-6)[..., None] * overlap[..., None]).sum(axis=1)
    return places
