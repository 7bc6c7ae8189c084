"""What a solver prints from C is lost; what Python says meanwhile is not."""

import subprocess
import sys

import pytest

from ecopark.abm.numerics.solver_output import _output

PRINT = """
import ctypes, threading
from ecopark.abm.numerics.solver_output import silent

c = ctypes.CDLL(None)
entered, left = threading.Event(), threading.Event()

def other():
    with silent():
        entered.set()
        left.wait(60)
        c.puts(b"solver, the first has left")

thread = threading.Thread(target=other)
with silent():
    thread.start()
    entered.wait(60)
    c.puts(b"solver")
    print("a message of the application", flush=True)
left.set()
thread.join()
c.puts(b"another library, afterwards")
c.fflush(None)
"""


@pytest.mark.skipif(_output() is None, reason="C keeps its standard output to itself here")
def test_the_solver_is_silent_and_nobody_else_is():
    done = subprocess.run([sys.executable, "-c", PRINT], capture_output=True, text=True, check=True, timeout=120)
    assert done.stdout.splitlines() == ["a message of the application", "another library, afterwards"]
