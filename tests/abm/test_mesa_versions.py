"""Mesa's own conventions hold on the oldest Mesa that is allowed and on the newest that this Python can have."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def run(*arguments, **variables):
    return subprocess.run(
        [sys.executable, *arguments], cwd=ROOT, capture_output=True, text=True, check=False, env=os.environ | variables
    )


@pytest.mark.heavy
@pytest.mark.timeout(900)
@pytest.mark.parametrize("wanted", ["mesa==3.3.0", "mesa"], ids=["oldest", "newest"])
def test_conventions_hold_on(wanted, tmp_path):
    got = run("-m", "pip", "install", "--quiet", "--no-deps", "--target", str(tmp_path), wanted)
    if got.returncode:
        pytest.skip(f"{wanted} cannot be had here: {got.stderr.strip().splitlines()[-1]}")
    found = run("-c", "import mesa; print(mesa.__file__)", PYTHONPATH=str(tmp_path))
    assert found.stdout.startswith(str(tmp_path))
    tests = run("-m", "pytest", "-q", "-p", "no:cacheprovider", "tests/abm/test_model.py", PYTHONPATH=str(tmp_path))
    assert tests.returncode == 0, tests.stdout[-3000:]
