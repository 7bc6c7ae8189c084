"""A talk as a NegMAS scenario: domain and two profiles, read back by `negmas.inout.Scenario.load`.

The issues are the yearly transfer from buyer to seller and the package. With the transfer in place of the price worth is
additive over the two, so that the export is exact.
"""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

LEVELS = 101


@dataclass(frozen=True)
class Domain:
    """What a talk is about, as numbers. worth: of each package without a transfer by side and package [EUR/year].

    least: for which each side signs [EUR/year]; names: of the packages; transfers: levels from buyer to seller [EUR/year].
    """

    worth: tuple[tuple[float, ...], tuple[float, ...]]
    least: tuple[float, float]
    names: tuple[str, ...]
    transfers: tuple[float, ...]


def domain_of(worth: Any, least: Sequence[float], names: Sequence[str]) -> Domain:
    """Return the domain of a talk; transfers reach from the seller's least gain to the buyer's, over all packages."""
    low = min(least[0] - value for value in worth[0])
    high = max(value - least[1] for value in worth[1])
    low, high = min(low, high), max(low, high)
    levels = tuple(low + (high - low) * level / (LEVELS - 1) for level in range(LEVELS))
    return Domain((tuple(worth[0]), tuple(worth[1])), (least[0], least[1]), tuple(names), levels)


def scenario_of(domain: Domain) -> Any:
    """Return a domain as a NegMAS Scenario: seller first, utilities in EUR a year."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from negmas.inout import Scenario
        from negmas.outcomes import make_issue, make_os
        from negmas.preferences import LinearAdditiveUtilityFunction
        from negmas.preferences.value_fun import TableFun

    issues = [make_issue(list(range(LEVELS)), "transfer"), make_issue(list(domain.names), "package")]
    space = make_os(issues, name="talk")
    ufuns = []
    for side, sign in ((0, 1.0), (1, -1.0)):
        transfer = TableFun({level: sign * value for level, value in enumerate(domain.transfers)})
        package = TableFun(dict(zip(domain.names, domain.worth[side], strict=True)))
        ufuns.append(
            LinearAdditiveUtilityFunction(
                (transfer, package), weights=(1.0, 1.0), reserved_value=domain.least[side], outcome_space=space,
                name=("seller", "buyer")[side],
            )
        )  # fmt: skip
    return Scenario(space, tuple(ufuns))


def export(domain: Domain, folder: Path) -> list[Path]:
    """Write a domain into a folder and return the files."""
    scenario_of(domain).dumpas(folder, "yml", save_stats=False, save_info=False)
    return sorted(folder.glob("*.yml"))
