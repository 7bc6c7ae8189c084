"""The tables of a run, with names in place of rows, and where the run came from."""

from __future__ import annotations

import platform
import sys
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Any

from ..input.scenario import policy_name
from ..strategies.outside.register import guest_by
from .tables import TABLES

if TYPE_CHECKING:
    import pandas as pd

    from .record import Record

PACKAGES = ("mesa", "numpy", "scipy", "pandas", "numba", "pyarrow")


class Results:
    """The tables of a park's history so far; each is made when asked for.

    `yearly`, `monthly`, `companies`, `opportunities`, `exchanges`, `events`, `meetings`, `talks`, `prices` are DataFrames whose
    columns README.md and `abm/observation/tables.py` list; `columns(name)` gives the same as plain arrays, without pandas.
    """

    def __init__(self, park: Record):
        self._park = park

    def columns(self, name: str) -> dict[str, Any]:
        """Return a table as a dictionary of columns, in their stable order."""
        return TABLES[name](self._park)

    def __getattr__(self, name: str) -> pd.DataFrame:
        """Return a table as a DataFrame; words are of pandas' type for words, also where a column holds none."""
        if name not in TABLES:
            raise AttributeError(f"no table {name!r}; there are {', '.join(TABLES)}")
        import pandas as pd

        frame = pd.DataFrame(self.columns(name))
        return frame.astype({column: "str" for column, kind in frame.dtypes.items() if str(kind) == "object"})

    @property
    def origin(self) -> dict[str, Any]:
        """Return what repeats the run: scenario as it began, policies set while it ran, seed, months and versions."""
        park = self._park
        return {
            "seed": park.seed,
            "months": park.month,
            "policies": {policy_name(policy): policy.terms for policy in park.scenario.policies},
            "versions": dict(versions()),
            "steps": park.steps,
            "scenario": park.founded.describe(),
            **self._strategies(),
        }

    def _strategies(self) -> dict[str, Any]:
        """Return version and hash of the source of every strategy from outside that bargained; nothing where none did."""
        companies = self._park.state.companies
        codes = {*companies.strategy_seller.tolist(), *companies.strategy_buyer.tolist()}
        found = {guest.name: guest.describe() for guest in map(guest_by, sorted(codes)) if guest is not None}
        return {"strategies": found} if found else {}

    def summary(self) -> dict[str, Any]:
        """Return the main figures of the run as plain values: last year, totals, ends by reason."""
        columns = self._park.yearly
        if len(columns) == 0:
            return {"years": 0}
        last = columns[-1]
        ends = {
            name.removeprefix("ends_"): int(columns[name].sum())
            for name in columns.dtype.names or ()
            if name.startswith("ends_")
        }
        totals = (
            "material_reused",
            "energy_reused",
            "water_reused",
            "co2_avoided",
            "gain",
            "public_balance",
            "deals",
            "failed_talks",
            "failed_feasible",
            "ends",
            "capex",
        )
        return {
            "scenario": self._park.scenario.name,
            "seed": self._park.seed,
            "first_year": int(columns["year"][0]),
            "last_year": int(last["year"]),
            "links": int(last["links"]),
            "most_links": int(columns["links"].max()),
            "companies": int(last["companies"]),
            "last": {
                name: float(last[name])
                for name in (
                    "material_reused",
                    "energy_reused",
                    "water_reused",
                    "co2_avoided",
                    "gain",
                    "public_balance",
                    "trust",
                    "willingness",
                    "jobs",
                )
            },
            "total": {name: float(columns[name].sum()) for name in totals},
            "ends": ends,
        }


@lru_cache(maxsize=1)
def versions() -> tuple[tuple[str, str], ...]:
    """Return the versions of what a run depends on."""
    found = [("ecopark", version("ecopark")), ("python", platform.python_version()), ("platform", sys.platform)]
    for package in PACKAGES:
        try:
            found.append((package, version(package)))
        except PackageNotFoundError:  # an optional part is not installed
            found.append((package, "absent"))
    return tuple(found)
