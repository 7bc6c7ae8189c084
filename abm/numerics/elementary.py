"""exp, log and power of arrays, number by number: the same bits on every processor.

The functions of numpy for whole arrays choose their code by processor, and differ in the last digits (numpy issue 23523).
"""

from __future__ import annotations

import math

import numpy as np

from .compiled import compiled


@compiled
def exponentials(values):
    """Return e to the power of each number (array of float64)."""
    results = np.empty(len(values))
    for place in range(len(values)):
        results[place] = math.exp(values[place])
    return results


@compiled
def logarithms(values):
    """Return the natural logarithm of each number (array of float64)."""
    results = np.empty(len(values))
    for place in range(len(values)):
        results[place] = math.log(values[place])
    return results


@compiled
def powers(bases, exponents):
    """Return each base to the power of its exponent (arrays of float64)."""
    results = np.empty(len(bases))
    for place in range(len(bases)):
        results[place] = bases[place] ** exponents[place]
    return results
