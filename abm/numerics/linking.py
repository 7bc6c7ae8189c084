"""Rules that only other rules call are linked into them, and turned into machine code with them: once, not 200 times.

By default numba optimises every function alone and makes machine code of it, then links and optimises it again into each
caller. Here an inner rule stays as it was lowered, and the rule that Python calls is optimised and compiled as a whole.
That takes a third of the time of the first compilation; the bits are the same. It stands on two classes of numba that
are not public, so it is done only in versions it was tested with and if these classes look as expected; else inner rules
are compiled as numba does it.
"""

from __future__ import annotations

from typing import Any

import numba
from llvmlite import binding, ir
from numba.core import codegen, compiler, compiler_lock, typed_passes
from numba.core.compiler_machinery import register_pass

TESTED = ("0.67", "0.68")


def fits() -> bool:
    """Tell whether this version of numba was tested and has the shape that is relied on."""
    expected = {
        "finalize",
        "add_linking_library",
        "_ensure_finalized",
        "_finalize_dynamic_globals",
        "_get_compiled_object",
    }
    fields = getattr(compiler._LowerResult, "_fields", ()) if hasattr(compiler, "_LowerResult") else ()
    return (
        numba.__version__.rpartition(".")[0] in TESTED
        and expected <= set(dir(getattr(codegen, "JITCodeLibrary", None)))
        and {"fndesc", "cfunc"} <= set(fields)
        and hasattr(typed_passes, "NativeLowering")
    )


class _Entry(codegen.JITCodeLibrary):
    """The code of a rule that Python calls, linked with all that its callees call."""

    def add_linking_library(self, library: Any) -> None:
        """Link a callee and, after it, what it is linked with: code is taken over only where it is asked for already."""
        library._ensure_finalized()
        wanted = [library, *(library._linking_libraries if isinstance(library, _Inner) else [])]
        self._linking_libraries.extend(one for one in wanted if one not in self._linking_libraries)

    def serialize_using_object_code(self) -> tuple[str, str, tuple[bytes, bytes]]:
        """Return what is kept: machine code, and in place of the code for other callers, which nobody asks for, its names.

        Numba looks up in the latter what the former defines; to read it whole took half of the time of loading a month.
        """
        self._ensure_finalized()
        return self.name, "object", (self._get_compiled_object(), _table_of_contents(self._final_module))


def _table_of_contents(module: Any) -> bytes:
    """Return a module in which every function and variable that another one defines has its name and nothing else."""
    contents = ir.Module()
    for one in (*module.functions, *module.global_variables):
        if not one.is_declaration:
            ir.GlobalVariable(contents, ir.IntType(8), one.name).initializer = ir.IntType(8)(0)
    return binding.parse_assembly(str(contents)).as_bitcode()


class _Inner(_Entry):
    """The code of a rule that rules call: never optimised and never turned into machine code alone."""

    def finalize(self) -> None:
        """Take over what has to be done when code is loaded, and no more."""
        compiler_lock.require_global_compiler_lock()
        self._raise_if_finalized()
        for library in self._linking_libraries:
            self._reload_init.update(library._reload_init)
        self._finalize_dynamic_globals()
        self._finalized = True


def _library(state: Any, kind: type) -> Any:
    """Return a library of a kind for the function that is compiled."""
    library = state.targetctx.codegen().create_library(state.func_id.func_qualname)
    library.__class__ = kind
    library.enable_object_caching()
    return library


@register_pass(mutates_CFG=True, analysis_only=False)
class _EntryLowering(typed_passes.NativeLowering):
    """Lowers a rule that Python calls."""

    _name = "ecopark_entry_lowering"

    def run_pass(self, state: Any) -> bool:
        """Lower into a library that is linked as a whole."""
        state.library = _library(state, _Entry)
        return super().run_pass(state)


@register_pass(mutates_CFG=True, analysis_only=False)
class _InnerLowering(typed_passes.NativeLowering):
    """Lowers a rule that rules call."""

    _name = "ecopark_inner_lowering"

    def run_pass(self, state: Any) -> bool:
        """Lower without machine code; what stands for the entry point is only a key, nobody can call it."""
        state.library = _library(state, _Inner)
        state.flags.no_compile = True
        super().run_pass(state)
        entry = object()
        state.targetctx.insert_user_function(entry, state["cr"].fndesc, [state.library])
        state["cr"] = state["cr"]._replace(cfunc=entry)
        return True


def _with(lowering: type, state: Any) -> list:
    """Return the pipelines of numba with another pass in place of its lowering."""
    pipeline = compiler.DefaultPassBuilder.define_nopython_pipeline(state)
    pipeline._finalized = False
    pipeline.passes = [
        (lowering, text) if one is typed_passes.NativeLowering else (one, text) for one, text in pipeline.passes
    ]
    pipeline.finalize()
    return [pipeline]


class EntryCompiler(compiler.CompilerBase):
    """Compiles rules that Python calls."""

    def define_pipelines(self) -> list:
        """Return the pipelines."""
        return _with(_EntryLowering, self.state)


class InnerCompiler(compiler.CompilerBase):
    """Compiles rules that rules call."""

    def define_pipelines(self) -> list:
        """Return the pipelines."""
        return _with(_InnerLowering, self.state)
