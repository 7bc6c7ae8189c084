"""Ordering and looking up rows, stable and the same on every machine."""

from __future__ import annotations

import numpy as np

from .compiled import compiled


@compiled
def stable_order(values):
    """Return the rows of some numbers from the lowest to the highest, equal ones in their order [row].

    Merging from the bottom, as numpy's own stable order; numba would compile the latter for two seconds.
    """
    order = np.arange(len(values))
    merged = np.empty(len(values), dtype=np.int64)
    width = 1
    while width < len(values):
        for first in range(0, len(values), 2 * width):
            merge(values, order, merged, first, width)
        order, merged = merged, order
        width *= 2
    return order


@compiled
def merge(values, order, merged, first, width):
    """Merge two ordered runs of rows, of `width` rows from row `first` on, into `merged`, in place."""
    middle = min(first + width, len(order))
    end = min(first + 2 * width, len(order))
    left, right = first, middle
    for place in range(first, end):
        if left < middle and (right == end or not values[order[right]] < values[order[left]]):
            merged[place] = order[left]
            left += 1
        else:
            merged[place] = order[right]
            right += 1


@compiled
def sort_keys(keys):
    """Order whole numbers in place: few of them, as mostly here, by insertion, in less than half of the time."""
    if len(keys) > 64:
        keys[:] = keys[stable_order(keys)]
        return
    for place in range(1, len(keys)):
        key = keys[place]
        before = place - 1
        while before >= 0 and keys[before] > key:
            keys[before + 1] = keys[before]
            before -= 1
        keys[before + 1] = key


@compiled
def distinct_others(owners, others, count):
    """Return the distinct others of every owner, in order, and where each owner's begin [count + 1].

    owners, others: [row] int64 from 0 to count - 1.
    """
    first = np.zeros(count + 1, dtype=np.int64)
    for row in range(len(owners)):
        first[owners[row] + 1] += 1
    for owner in range(count):
        first[owner + 1] += first[owner]
    grouped = np.empty(len(others), dtype=np.int64)
    cursor = first[:-1].copy()
    for row in range(len(owners)):
        grouped[cursor[owners[row]]] = others[row]
        cursor[owners[row]] += 1
    used = 0
    for owner in range(count):
        begin = cursor[owner - 1] if owner > 0 else 0  # the cursor stands at the end of its owner now
        sort_keys(grouped[begin : cursor[owner]])
        first[owner] = used
        last = -1
        for place in range(begin, cursor[owner]):
            other = grouped[place]
            if other != last:
                grouped[used] = other
                last = other
                used += 1
    first[count] = used
    return grouped[:used], first
