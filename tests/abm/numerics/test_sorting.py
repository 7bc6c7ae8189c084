"""Orders that hold on every machine: stable, as numpy's."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from ecopark.abm.numerics.sorting import distinct_others, sort_keys, stable_order

FEW = st.sampled_from([-1.5, -0.0, 0.0, 1.0, 2.0, np.inf])


@given(arrays.arrays(float, st.integers(0, 200), elements=FEW))
def test_order_is_numpys_stable_one(values):
    assert stable_order(values).tolist() == np.argsort(values, kind="stable").tolist()


@given(arrays.arrays(np.int64, st.integers(0, 200), elements=st.integers(-9, 9)))
def test_keys_are_sorted_in_place(keys):
    wanted = sorted(keys.tolist())
    sort_keys(keys)
    assert keys.tolist() == wanted


def test_distinct_others_of_every_owner_in_order():
    others, first = distinct_others(np.array([2, 0, 2, 2]), np.array([1, 3, 0, 1]), 4)
    assert (others.tolist(), first.tolist()) == ([3, 0, 1], [0, 1, 1, 3, 3])
