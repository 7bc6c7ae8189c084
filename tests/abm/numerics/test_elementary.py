"""exp, log and power give the same bits on every processor: those of the scalar functions."""

import math

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from ecopark.abm.numerics.elementary import exponentials, logarithms, powers

SOME = arrays.arrays(float, st.integers(0, 40), elements=st.floats(0.01, 300))


@given(SOME)
def test_results_are_those_of_the_scalar_functions_bit_by_bit(values):
    assert exponentials(values).tolist() == [math.exp(value) for value in values.tolist()]
    assert logarithms(values).tolist() == [math.log(value) for value in values.tolist()]
    shares = np.minimum(values, 1.0)
    assert powers(shares, values).tolist() == [
        math.pow(*pair) for pair in zip(shares.tolist(), values.tolist(), strict=True)
    ]


def test_what_is_unknown_stays_unknown():
    assert np.isnan(exponentials(np.array([np.nan])))[0]
