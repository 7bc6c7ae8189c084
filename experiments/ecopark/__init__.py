"""Industrial symbiosis as an agent-based model: what `import ecopark` offers, each name imported when first used.

>>> import ecopark
>>> park = ecopark.Park(ecopark.load_scenario("kalundborg"), seed=7).run(years=10)
"""

from __future__ import annotations

# name -> the module that it lives in, with `:name there` where that differs
_HOMES = {
    "Company": "ecopark.abm.agents",
    "InputError": "ecopark.abm.input.errors",
    "Park": "ecopark.abm.park",
    "ParkModel": "ecopark.abm.model",
    "Scenario": "ecopark.abm.input.scenario",
    "Study": "ecopark.experiments.sweeps.study_file.study",
    "describe_plan": "ecopark.experiments.sweeps.plan.description",
    "ema_model": "ecopark.experiments.bridges.ema",
    "evaluate": "ecopark.experiments.sweeps.functions",
    "load_scenario": "ecopark.abm.input.loading",
    "open_results": "ecopark.experiments.sweeps.storage.results",
    "pair_stories": "ecopark.analysis.exchanges.stories",
    "parameters": "ecopark.experiments.sweeps.names",
    "plan_study": "ecopark.experiments.sweeps.plan.plan",
    "point_function": "ecopark.experiments.bridges.point_function",
    "read_study": "ecopark.experiments.sweeps.study_file.cross_checks",
    "run": "ecopark.experiments.runs.run",
    "run_study": "ecopark.experiments.sweeps.sweep",
    "scenario_names": "ecopark.abm.input.loading",
    "simulate": "ecopark.experiments.sweeps.functions",
    "sweep": "ecopark.experiments.sweeps.sweep:run_study",
}
__all__ = sorted(_HOMES)


def __getattr__(name: str) -> object:
    """Import a public name when it is first asked for, so that `import ecopark` costs nothing."""
    from importlib import import_module

    if name == "__version__":
        from importlib.metadata import version

        return version("ecopark")
    if name not in _HOMES:
        raise AttributeError(f"module 'ecopark' has no attribute {name!r}")
    module, _, there = _HOMES[name].partition(":")
    return getattr(import_module(module), there or name)


def __dir__() -> list[str]:
    """List the public names."""
    return __all__
