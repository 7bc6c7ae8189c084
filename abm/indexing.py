"""Ordering and looking up rows in linear time, for the founding of large regions."""

from __future__ import annotations

import numpy as np

from abm.compiled import compiled


@compiled
def order_by(keys, count):
    """Return the stable order of rows by a key from 0 to count - 1 (counting sort). keys: [row] int64."""
    first = np.zeros(count + 1, dtype=np.int64)
    for row in range(len(keys)):
        first[keys[row] + 1] += 1
    for key in range(count):
        first[key + 1] += first[key]
    order = np.empty(len(keys), dtype=np.int64)
    for row in range(len(keys)):
        order[first[keys[row]]] = row
        first[keys[row]] += 1
    return order


@compiled
def sort_keys(keys):
    """Order whole numbers in place: few of them, as mostly here, by insertion, in less than half of the time."""
    if len(keys) > 64:
        keys.sort()
        return
    for place in range(1, len(keys)):
        key = keys[place]
        before = place - 1
        while before >= 0 and keys[before] > key:
            keys[before + 1] = keys[before]
            before -= 1
        keys[before + 1] = key


@compiled
def distinct_pairs(owners, others, count):
    """Return distinct (owner, other) ordered by both, and where each owner begins [count + 1].

    owners, others: [row] int64 from 0 to count - 1. Ordered by counting sort: first by other, then by owner.
    """
    by_other = order_by(others, count)
    order = by_other[order_by(owners[by_other], count)]
    owner = np.empty(len(order), dtype=np.int64)
    other = np.empty(len(order), dtype=np.int64)
    first = np.zeros(count + 1, dtype=np.int64)
    used = 0
    for place in range(len(order)):
        row = order[place]
        if used == 0 or owner[used - 1] != owners[row] or other[used - 1] != others[row]:
            owner[used] = owners[row]
            other[used] = others[row]
            first[owners[row] + 1] += 1
            used += 1
    for key in range(count):
        first[key + 1] += first[key]
    return owner[:used].copy(), other[:used].copy(), first
