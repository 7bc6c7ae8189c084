"""Why an exchange began, what it was worth and why it ended: a pair of companies from the funnel to the end.

Every sentence is a template with named places, so that a face can put it into its language; the numbers come from the
tables of the run alone. A chain of causes ends at an event with an origin: a lever, a date, a draw or a person.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from ..run_folder.material_names import spoken_material
from ..run_folder.tables import RunTables
from .causes import tell_end
from .contract_story import tell_contract, tell_worth
from .funnel_story import tell_by_product, tell_finding, tell_stop
from .story_line import Line, Phrase, mark, phrase
from .talk_story import tell_talks


class UnknownPairError(ValueError):
    """A name that no company of the run has, or two companies that could never exchange anything."""


@dataclass(frozen=True)
class Story:
    """What became of one opportunity of a pair. title: what could flow; lines: from the funnel to the end."""

    opportunity: int
    title: Phrase
    lines: tuple[Line, ...]


def pair_stories(run: RunTables, seller: str, buyer: str) -> list[Story]:
    """Tell the story of every opportunity from a seller to a buyer, those with most contracts first.

    Raises UnknownPairError.
    """
    _check_names(run, seller, buyer)
    table = run.opportunities
    mine = table[(table["seller"] == seller) & (table["buyer"] == buyer)]
    if len(mine) == 0:
        raise UnknownPairError(
            f"{seller} makes nothing that {buyer} could use, by any conversion of this park. {_others(run, seller)}"
        )
    order = run.exchanges.groupby("opportunity").size()
    rows = sorted(mine.itertuples(), key=lambda row: (-int(order.get(row.opportunity, 0)), -abs(row.joint_gain or 0.0)))
    return [story_of(run, row) for row in rows]


def _check_names(run: RunTables, *names: str) -> None:
    known = sorted(set(run.companies["company"]))
    wrong = [name for name in names if name not in known]
    if wrong:
        import difflib

        near = difflib.get_close_matches(wrong[0], known, n=1)
        hint = f" Did you mean {near[0]}?" if near else ""
        raise UnknownPairError(f"No company of this run is called {wrong[0]}.{hint} Companies: {', '.join(known[:40])}")


def _others(run: RunTables, seller: str) -> str:
    buyers = sorted(set(run.opportunities.loc[run.opportunities["seller"] == seller, "buyer"]))
    return f"It could sell to: {', '.join(buyers[:30])}." if buyers else "It could sell to nobody."


def story_of(run: RunTables, row: Any) -> Story:
    """Tell the story of an opportunity. row: of the table of opportunities."""
    events = run.events[run.events["opportunity"] == row.opportunity]
    contracts = run.exchanges[run.exchanges["opportunity"] == row.opportunity]
    lines = [*tell_by_product(run, row), *tell_finding(run, row, events), *tell_talks(run, row, events)]
    for contract in contracts.itertuples():
        lines += [*tell_contract(run, contract), *tell_worth(run, contract), *tell_end(run, contract, events)]
    if len(contracts) == 0:
        lines.append(tell_stop(row, events))
    return Story(int(row.opportunity), _title(run, row), _in_time(lines))


def _in_time(lines: list[Line]) -> tuple[Line, ...]:
    """Return the lines in the order of their months; what has none, or is a cause, stays behind the line it belongs to."""
    blocks: list[list[Line]] = []
    for line in lines:
        if blocks and (line.depth > 0 or np.isnan(line.month)):
            blocks[-1].append(line)
        else:
            blocks.append([line])
    ordered = sorted(blocks, key=lambda block: (np.isnan(block[0].month), block[0].month))
    return tuple(line for block in ordered for line in block)


def _title(run: RunTables, row: Any) -> Phrase:
    given, wanted = spoken_material(run.origin, row.material), spoken_material(run.origin, row.input)
    return phrase(
        mark("{material} for {need} from {seller} to {buyer}"),
        material=given,
        need=wanted,
        seller=row.seller,
        buyer=row.buyer,
    )
