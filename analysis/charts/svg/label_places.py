"""Where companies stand on a drawing: as on the map, yet so that their names can be read."""

from __future__ import annotations

import numpy as np

from ...run_folder.columns import Sheet

LABEL_BOX = (0.42, 0.17)
CROWD = 200


def map_positions(x: np.ndarray, y: np.ndarray, box: tuple[float, float] = LABEL_BOX) -> np.ndarray:
    """Place companies for drawing: [n, 2] in [-1, 1].

    Who lies west or east, north or south of whom is kept, not how far, so that a partner 170 km away does not squeeze a
    park of 3 km into one point: in each direction half of the place is the rank, half the distance, logarithmic far
    off.
    Then those whose label would cover another are pushed apart (box: its width and height).
    """
    placed = np.column_stack([spread_out(np.asarray(x, float)), spread_out(np.asarray(y, float))])
    if len(placed) > CROWD:
        return placed
    room = min(1.0, np.sqrt(2.2 / (len(placed) * box[0] * box[1])))
    return push_apart(placed, np.array(box) * room)


def spread_out(values: np.ndarray) -> np.ndarray:
    """Stretch coordinates to [-1, 1]: the mean of their rank and of asinh of their distance from the median."""
    offset = values - np.median(values)
    typical = float(np.median(np.abs(offset[offset != 0]))) if offset.any() else 1.0
    places = (np.searchsorted(np.unique(values), values).astype(float), np.arcsinh(offset / typical))
    return sum((to_unit(place) for place in places), np.zeros(len(values))) / 2.0


def to_unit(values: np.ndarray) -> np.ndarray:
    """Stretch values to [-1, 1]; what has no extent lies in the middle."""
    low, high = values.min(), values.max()
    return 2.0 * (values - low) / (high - low) - 1.0 if high > low else np.zeros(len(values))


def push_apart(placed: np.ndarray, box: np.ndarray, rounds: int = 300) -> np.ndarray:
    """Move points until no two boxes of a width and height around them overlap, or the rounds are over.

    Each pair gives way along the side on which it overlaps least; points at one place leave in fixed directions.
    """
    turn = 2.4 * np.arange(len(placed))
    placed = placed + 1e-3 * np.column_stack([np.cos(turn), np.sin(turn)])
    for _ in range(rounds):
        gap = (placed[:, None, :] - placed[None, :, :]) / box
        depth = 1.0 - np.abs(gap)
        meets = (depth > 0).all(axis=2) & ~np.eye(len(placed), dtype=bool)
        if not meets.any():
            break
        least = np.argmin(depth, axis=2)[..., None] == np.arange(2)
        push = np.where(least & meets[..., None], depth * np.where(gap >= 0, 1.0, -1.0), 0.0)
        placed = np.clip(placed + 0.25 * box * push.sum(axis=1), -1.0, 1.0)
    return placed


def spots_of(companies: Sheet, exchanges: Sheet) -> dict[str, np.ndarray]:
    """Give each company its place on the drawing; of a large region only those that ever exchange."""
    _, first = np.unique(companies["company"].astype(str), return_index=True)
    sites = companies[np.sort(first)]
    if len(sites) > CROWD:
        ever = {*exchanges["seller"].tolist(), *exchanges["buyer"].tolist()}
        here = [name in ever for name in sites["company"].tolist()]
        sites = sites[np.array(here)] if any(here) else sites[np.arange(CROWD)]
    places = map_positions(np.asarray(sites["x_km"], float), np.asarray(sites["y_km"], float))
    return dict(zip(sites["company"].tolist(), places, strict=True))
