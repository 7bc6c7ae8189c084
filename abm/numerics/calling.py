"""A function that was not there when the rules were compiled, called by its address: nothing is compiled anew.

The function takes the addresses of three arrays of float64 (what it sees, room for what it says, its memory) and the length
of the first, and returns a whole number. It may be machine code or a Python function behind ctypes.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from typing import Any

import numpy as np

from .compiled import COMPILE, code_from_outside

FORM = ctypes.CFUNCTYPE(ctypes.c_int64, ctypes.c_int64, ctypes.c_int64, ctypes.c_int64, ctypes.c_int64)


def call_at(address, view, out, memory):
    """Return what the function at an address answers; it may write into `out` and `memory`."""
    return int(FORM(int(address))(view.ctypes.data, len(view), out.ctypes.data, memory.ctypes.data))


def array_at(address: int, count: int) -> np.ndarray:
    """Return the numbers at an address."""
    return np.ctypeslib.as_array((ctypes.c_double * count).from_address(address))


def machine_code(function: Callable, speaks: bool) -> tuple[int, Any]:
    """Return address and owner of a function of arrays: (view, out, memory) when it `speaks`, else (view, memory).

    As Python where nothing is compiled. Raises what the compiler says of a function that it cannot compile.
    """
    if COMPILE:
        rule = function if hasattr(function, "py_func") else inlined(function)
        whole = numba.types.int64
        with code_from_outside():
            made = numba.cfunc(whole(whole, whole, whole, whole), error_model="numpy")(_calling(rule, speaks))
        return made.address or 0, made
    plain = FORM(_in_python(getattr(function, "py_func", function), speaks))
    return ctypes.cast(plain, ctypes.c_void_p).value or 0, plain


def inlined(function: Callable) -> Callable:
    """Return a function of arrays as machine code can call it; itself where nothing is compiled."""
    return numba.njit(error_model="numpy")(function) if COMPILE else function


def _in_python(function: Callable, speaks: bool) -> Callable:
    def call(view: int, count: int, out: int, memory: int) -> int:
        seen, kept = array_at(view, count), array_at(memory, ROOM)
        return int(function(seen, array_at(out, 2), kept) if speaks else function(seen, kept))

    return call


ROOM = 16  # numbers of a memory

if COMPILE:
    import numba
    from llvmlite import ir
    from numba.extending import intrinsic, overload

    def _write_jump(typing_context: Any, address: Any, view: Any, count: Any, out: Any, memory: Any) -> Any:
        """Write the code of a call to an address with four whole numbers."""
        whole = numba.types.int64

        def write(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
            word = ir.IntType(64)
            function = builder.inttoptr(arguments[0], ir.FunctionType(word, [word] * 4).as_pointer())
            return builder.call(function, arguments[1:])

        return whole(whole, whole, whole, whole, whole), write

    _jump: Any = intrinsic(_write_jump)

    @overload(call_at)
    def _call_at(address, view, out, memory):
        """Return what stands for `call_at` in compiled rules."""

        def call(address, view, out, memory):
            return _jump(
                numba.int64(address),
                numba.int64(view.ctypes.data),
                numba.int64(len(view)),
                numba.int64(out.ctypes.data),
                numba.int64(memory.ctypes.data),
            )

        return call

    def _write_numbers(typing_context: Any, address: Any) -> Any:
        """Write the code that takes a whole number as the address of float64 numbers."""
        pointer = numba.types.CPointer(numba.types.float64)

        def write(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
            return builder.inttoptr(arguments[0], ir.DoubleType().as_pointer())

        return pointer(numba.types.int64), write

    _numbers_at: Any = intrinsic(_write_numbers)

    def _calling(rule: Any, speaks: bool) -> Callable:
        """Return what turns addresses into arrays and calls a rule."""

        def offer(view, count, out, memory):
            seen, said = numba.carray(_numbers_at(view), count), numba.carray(_numbers_at(out), 2)
            return rule(seen, said, numba.carray(_numbers_at(memory), ROOM))

        def answer(view, count, out, memory):
            return rule(numba.carray(_numbers_at(view), count), numba.carray(_numbers_at(memory), ROOM))

        return offer if speaks else answer
