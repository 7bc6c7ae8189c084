"""Strategies from outside the package: what a user writes, how it is found by name, and how the model calls it."""
