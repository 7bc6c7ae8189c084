"""What the machinery costs beside the runs, in processor time."""

from __future__ import annotations

import pytest

from ecopark.experiments.sweeps.execution.overhead import measure_overhead


@pytest.mark.timed
def test_overhead_is_under_ten_microseconds_a_run_at_a_hundred_runs_a_chunk():
    assert measure_overhead(chunk=100)["per_run"] < 10e-6
