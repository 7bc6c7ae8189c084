"""All tables of a park as one argument of a compiled rule: `s.companies[row]`, as in plain Python.

The argument is the address of three whole numbers per table: where it is, and its two lengths (`State.address`). They are
read as what never changes, so that machine code loads each of them once; the array made of them has no owner, so that
nothing counts its users. A rule never keeps `s` beyond its call: the State owns the arrays, and nobody replaces one
while a rule runs. With 29 arrays as arguments instead the months of Kalundborg took a sixth longer.
"""

from __future__ import annotations

import hashlib
from typing import Any

import numpy as np

from ..entities.state import WORDS, State
from .compiled import COMPILE

if COMPILE:
    import numba
    from llvmlite import ir
    from numba.core.imputils import lower_getattr_generic
    from numba.core.typing.templates import AttributeTemplate, infer_getattr
    from numba.extending import NativeValue, models, register_model, typeof_impl, unbox
    from numba.np.arrayobj import populate_array

    class Tables(numba.types.Type):
        """The type of `s`; arrays: name -> type of each table, in the order of their words."""

        def __init__(self, arrays: dict[str, Any]):
            self.arrays = arrays
            self.places = {name: place for place, name in enumerate(arrays)}
            layout = hashlib.sha256(repr(list(arrays.items())).encode()).hexdigest()[:12]
            super().__init__(name=f"Tables_{layout}")

    @register_model(Tables)
    class TablesModel(models.PrimitiveModel):
        """A pointer to whole numbers."""

        def __init__(self, manager: Any, tables: Tables):
            super().__init__(manager, tables, ir.IntType(64).as_pointer())

    # Types by the identity of the record types of all tables, which are kept here, and by these record types themselves:
    # working one out takes a hundred times as long as a month.
    _seen: dict[tuple, tuple[list[np.dtype], Tables]] = {}
    _known: dict[tuple, Tables] = {}

    @typeof_impl.register(State)
    def _type_of(state: State, context: Any) -> Tables:
        """Return the type of a state; it is looked up when a table has been replaced."""
        if state.kind is None:
            tables = state.tables()
            key = tuple((id(table.dtype), table.ndim) for table in tables.values())
            if key not in _seen:
                if len(_seen) > 100:
                    _seen.clear()
                layout = tuple((name, table.dtype, table.ndim) for name, table in tables.items())
                if layout not in _known:
                    _known[layout] = Tables({name: _array(dtype, axes) for name, dtype, axes in layout})
                _seen[key] = ([table.dtype for table in tables.values()], _known[layout])
            state.kind = _seen[key][1]
        return state.kind

    def _array(dtype: np.dtype, axes: int) -> Any:
        """Return the type of a table whose rows stand one after another."""
        return numba.types.Array(numba.from_dtype(dtype), axes, "C")

    @unbox(Tables)
    def _unbox(tables: Tables, state: Any, context: Any) -> NativeValue:
        """Take the address from a State."""
        number = context.pyapi.object_getattr_string(state, "address")
        failed = context.builder.icmp_unsigned("==", number, context.pyapi.get_null_object())
        address = context.pyapi.long_as_longlong(number)
        context.pyapi.decref(number)
        return NativeValue(context.builder.inttoptr(address, ir.IntType(64).as_pointer()), is_error=failed)

    @infer_getattr
    class TablesAttributes(AttributeTemplate):
        """`s.companies` is an array of the type that the state has."""

        key = Tables

        def generic_resolve(self, tables: Tables, name: str) -> Any:  # type: ignore[override]
            """Return the type of a table."""
            return tables.arrays.get(name)

    @lower_getattr_generic(Tables)
    def _load(context: Any, builder: Any, tables: Tables, pointer: Any, name: str) -> Any:
        """Write the code of `s.name`: an array made of the words of a table."""
        kind = tables.arrays[name]
        address, *lengths = [
            _invariant(builder, pointer, WORDS * tables.places[name] + word) for word in range(1 + kind.ndim)
        ]
        array = context.make_array(kind)(context, builder)
        itemsize = context.get_constant(numba.types.intp, context.get_abi_sizeof(context.get_data_type(kind.dtype)))
        strides = [itemsize] if kind.ndim == 1 else [builder.mul(itemsize, lengths[1]), itemsize]
        populate_array(
            array,
            data=builder.inttoptr(address, array.data.type),
            shape=lengths,
            strides=strides,
            itemsize=itemsize,
            meminfo=None,
        )
        return array._getvalue()

    def _invariant(builder: Any, pointer: Any, place: int) -> Any:
        word = builder.load(builder.gep(pointer, [ir.IntType(64)(place)]))
        word.set_metadata("invariant.load", builder.module.add_metadata([]))
        return word
