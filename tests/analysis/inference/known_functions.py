"""Functions with known indices, and designs in the order that sweeps and SALib use."""

import numpy as np
from scipy.stats import qmc

NAMES = ["x1", "x2", "x3"]
UNIT = {"num_vars": 3, "names": NAMES, "bounds": [[0, 1]] * 3}


def saltelli(size, factors, second_order=False, seed=0):
    """Build a Saltelli design in the unit cube."""
    both = qmc.Sobol(2 * factors, rng=np.random.default_rng(seed)).random(size)
    A, B = both[:, :factors], both[:, factors:]
    mixed = [np.where(np.arange(factors) == column, B, A) for column in range(factors)]
    back = [np.where(np.arange(factors) == column, A, B) for column in range(factors)] if second_order else []
    return np.stack([A, *mixed, *back, B], axis=1).reshape(-1, factors)


def ishigami(unit):
    """Return Ishigami's function with a = 7, b = 0.1 (Ishigami and Homma 1990)."""
    x = np.pi * (2 * unit - 1)
    return np.sin(x[:, 0]) + 7 * np.sin(x[:, 1]) ** 2 + 0.1 * x[:, 2] ** 4 * np.sin(x[:, 0])


def g_function(unit, a=(0.0, 1.0, 4.5, 9.0)):
    """Return Sobol's g function."""
    return np.prod([(np.abs(4 * unit[:, j] - 2) + a[j]) / (1 + a[j]) for j in range(len(a))], axis=0)


def morris_function(unit):
    """Return Morris' function of 20 factors (1991), its random coefficients left out."""
    w = 2 * (unit - 0.5)
    for j in (2, 4, 6):
        w[:, j] = 2 * (1.1 * unit[:, j] / (unit[:, j] + 0.1) - 0.5)
    y = 20 * w[:, :10].sum(axis=1)
    for i in range(6):
        for j in range(i + 1, 6):
            y = y - 15 * w[:, i] * w[:, j]
            for k in range(j + 1, 5):
                y = y - 10 * w[:, i] * w[:, j] * w[:, k]
    return y + 5 * w[:, 0] * w[:, 1] * w[:, 2] * w[:, 3]
