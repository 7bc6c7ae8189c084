"""The stage of a park by stated rules: none, sprouting, uncovering, embedded, decline.

The stages are those of Chertow and Ehrenfeld (2012, doi:10.1111/j.1530-9290.2011.00450.x): exchanges sprout one by
one for the parties' own reasons; once enough of them stand, the network is uncovered and its benefit seen; it is
embedded when new exchanges come out of the network itself and the old ones last. Their text gives no thresholds. The
ones here are ours and can be changed:
uncovering uses the 3-2 heuristic of Chertow (2007, doi:10.1162/jiec.2007.1110), three companies and two resources.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from ..run_folder.tables import RunTables

NONE, SPROUTING, UNCOVERING, EMBEDDED, DECLINE = "none", "sprouting", "uncovering", "embedded", "decline"
PARK_STAGES = (NONE, SPROUTING, UNCOVERING, EMBEDDED, DECLINE)


@dataclass(frozen=True)
class StageRules:
    """Thresholds of the stages.

    A park is *uncovering* with at least `uncovering_companies` trading `uncovering_materials` in `uncovering_links`.
    It is *embedded* with `embedded_links` of which at least `lasting_share` have run `lasting_years`, and of which at
    least `own_share` were found through the network itself (`own_channels`). It is in *decline* when its links have
    fallen to `decline_share` of their largest number so far, counted only once that number reached
    `uncovering_links`. A stage has to hold `hold_months` before it counts; its month is the first of them.
    """

    uncovering_companies: int = 3
    uncovering_materials: int = 2
    uncovering_links: int = 3
    embedded_links: int = 8
    lasting_years: float = 5.0
    lasting_share: float = 0.5
    own_share: float = 0.3
    own_channels: tuple[str, ...] = ("contact", "broker", "platform")
    decline_share: float = 0.7
    hold_months: int = 12


@dataclass(frozen=True)
class Contracts:
    """The exchanges of a run as arrays, one entry each; `own` says that the network itself brought them about."""

    start: np.ndarray
    end: np.ndarray
    seller: np.ndarray
    buyer: np.ndarray
    material: np.ndarray
    own: np.ndarray

    def running(self, month: int) -> Contracts:
        """Select those in operation in a month."""
        now = (self.start <= month) & (month < self.end)
        return Contracts(*(column[now] for column in vars(self).values()))


def contracts_of(exchanges: pd.DataFrame, rules: StageRules) -> Contracts:
    """Take from the table of exchanges what the rules look at."""
    started = exchanges[exchanges["start_month"].notna()]
    end = started["end_month"].fillna(np.inf).to_numpy(float)
    parties = pd.factorize(pd.concat([started["seller"], started["buyer"]]))[0].reshape(2, -1)
    material = pd.factorize(started["material"])[0]
    own = started["channel"].isin(rules.own_channels).to_numpy(bool)
    return Contracts(started["start_month"].to_numpy(float), end, parties[0], parties[1], material, own)


def stage_by_month(run: RunTables, rules: StageRules | None = None) -> pd.DataFrame:
    """Tell the stage of each month; columns month, year, links, stage."""
    rules = rules or StageRules()
    contracts = contracts_of(run.exchanges, rules)
    running = [contracts.running(month) for month in range(run.months)]
    links = np.array([now.start.size for now in running])
    peak = np.maximum.accumulate(links)
    raw = [stage_of(now, month, int(peak[month]), rules) for month, now in enumerate(running)]
    months = np.arange(run.months)
    held = hold(raw, rules.hold_months)
    return pd.DataFrame({"month": months, "year": run.start_year + months // 12, "links": links, "stage": held})


def stage_of(running: Contracts, month: int, peak: int, rules: StageRules) -> str:
    """Tell the stage of one month from the exchanges in operation and the largest number of them so far."""
    links = running.start.size
    if peak >= rules.uncovering_links and links <= rules.decline_share * peak:
        return DECLINE
    if links == 0:
        return NONE
    if not is_uncovered(running, rules):
        return SPROUTING
    return EMBEDDED if is_embedded(running, month, rules) else UNCOVERING


def is_uncovered(running: Contracts, rules: StageRules) -> bool:
    """Tell whether enough companies trade enough different materials for the network to be seen as one."""
    return (
        running.start.size >= rules.uncovering_links
        and np.union1d(running.seller, running.buyer).size >= rules.uncovering_companies
        and np.unique(running.material).size >= rules.uncovering_materials
    )


def is_embedded(running: Contracts, month: int, rules: StageRules) -> bool:
    """Tell whether enough exchanges last and come out of the network itself."""
    lasting = float((month - running.start >= 12.0 * rules.lasting_years).mean())
    return (
        running.start.size >= rules.embedded_links
        and lasting >= rules.lasting_share
        and float(running.own.mean()) >= rules.own_share
    )


def hold(raw: list[str], months: int) -> list[str]:
    """Keep a stage until another has held for a number of months; that one then counts from its first month."""
    held: list[str] = []
    current = raw[0] if raw else NONE
    for month, stage in enumerate(raw):
        if stage != current and all(later == stage for later in raw[month : month + months]):
            current = stage
        held.append(current)
    return held


def stage_changes(run: RunTables, rules: StageRules | None = None) -> pd.DataFrame:
    """List the changes of stage: month, year, the stage left (`before`), the stage entered (`stage`), links then."""
    frame = stage_by_month(run, rules)
    frame["before"] = frame["stage"].shift(1, fill_value=NONE)
    changed = frame[frame["stage"] != frame["before"]]
    return changed[["month", "year", "before", "stage", "links"]].reset_index(drop=True)
