"""What the cells of a run's tables may hold: a table that was changed by hand or by another program is refused, not read wrong."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import numpy as np

from .declared import COLUMNS, ORIGINS, REASONS, STAGES

# Every row has these; others may be empty (dates that have not come, trust where nobody deals with anybody).
MUST_BE_NUMBERS = {
    "yearly": COLUMNS["yearly"],
    "monthly": COLUMNS["monthly"],
    "companies": "year x_km y_km result result_alone gain",
    "opportunities": "opportunity distance_km quantity joint_gain unit_value fixed_cost replaces max_share",
    "exchanges": "exchange opportunity signed_month",
    "events": "event month year",
    "meetings": "talk opportunity month meeting",
    "talks": "talk opportunity opened ended meetings",
    "prices": "month",
    "deliveries": COLUMNS["deliveries"].replace("seller buyer ", "", 1),
    "streams": "year quantity tonnes cost tax",
    "accounts": "year paid received paid_alone received_alone",
    "assets": "asset",
}
TEXT = (
    "company label type sector seller buyer seller_sector buyer_sector material input stage channel kind partner "
    "reason origin detail speaker answer outcome strategy_seller strategy_buyer asker group unit carrier account "
    "item counterpart direction route route_kind pipe_class"
)
TRUTH = "open is_company planned last"
# Columns of numbers beyond those that every folder must have.
ALSO_NUMBERS = {
    "companies": "cash attitude trust output jobs",
    "exchanges": (
        "band asset successor penalty indexation trigger meetings renegotiations"
    ),
    "meetings": "seller_share term_years seller_gain buyer_gain quantity",
    "talks": (
        "accepted best_seller_share best_term_years outside_seller outside_buyer exponent_seller exponent_buyer "
        "last_price_seller last_price_buyer"
    ),
}  # fmt: skip
# Text that may be left open, since nobody or nothing is meant.
MAY_BE_OPEN = {
    "exchanges": "reason channel",
    "events": "company partner material reason origin detail",
    "opportunities": "channel",
    "talks": "asker",
}
# Text that is one of these words.
WORDS = {
    ("exchanges", "reason"): REASONS,
    ("opportunities", "stage"): STAGES,
    ("events", "origin"): ORIGINS,
    ("streams", "direction"): ("in", "out"),
}
# What makes a row the only one of its kind.
KEYS = {
    "yearly": ("year",),
    "monthly": ("month",),
    "companies": ("year", "company"),
    "opportunities": ("opportunity",),
    "exchanges": ("exchange",),
    "events": ("event",),
    "talks": ("talk",),
}
# Whole numbers, with the least and the largest that make sense; dates as those of a scenario, and its longest horizon.
WHOLE = {
    "year": (1800, 2700),
    (
        "month opened ended accepted identified_month screened_month talks_month signed_month operating_month "
        "known_month allowed_month start_month end_month built_month"
    ): (-12_000, 12_000),
    "replicate opportunity exchange event talk contract asset meeting cause successor main": (-1, 2**53),
}
LIMITS = {column: limits for columns, limits in WHOLE.items() for column in columns.split()}
LARGEST = 1e30
"""No quantity, price or sum of a park comes near."""


def wrong_kinds(name: str, schema: Any) -> list[str]:
    """Say in a line each which columns of a table hold something else than numbers, text or true and false.

    schema: of a Parquet file.
    """
    import pyarrow.types as kinds

    found = []
    for field in schema:
        wanted = _kind(name, field.name)
        kind = field.type.value_type if kinds.is_dictionary(field.type) else field.type
        right = {
            "numbers": kinds.is_integer(kind) or kinds.is_floating(kind),
            "text": kinds.is_string(kind) or kinds.is_large_string(kind) or kinds.is_string_view(kind),
            "true or false": kinds.is_boolean(kind),
        }
        if wanted and not (right[wanted] or kinds.is_null(kind)):
            found.append(f"{name}.parquet: {field.name} holds {field.type}; expected: {wanted}")
    return found


def _kind(name: str, column: str) -> str | None:
    """Return what a column holds; None for one that is no column of a run, such as a note of the user."""
    if column in TEXT.split():
        return "text"
    if column in TRUTH.split():
        return "true or false"
    known = name in ("yearly", "monthly") or column == "replicate" or column in COLUMNS[name].split()
    return "numbers" if known or column in ALSO_NUMBERS.get(name, "").split() else None


def wrong_values(name: str, frame: Any, unknown: Iterable[str] = ()) -> list[str]:
    """Say in a line each which cells of a table are empty, beyond belief, no word of their column, or stand twice.

    unknown: columns that the version that made the run did not write.
    """
    found = []
    for column in frame.columns:
        kind = None if column in unknown else _kind(name, column)
        if kind == "numbers":
            must = column == "replicate" or column in MUST_BE_NUMBERS.get(name, "").split()
            wrong = list(_wrong_numbers(column, frame[column].to_numpy(), must))
        else:
            wrong = list(_wrong_words(name, column, frame[column])) if kind and column in COLUMNS[name].split() else []
        found += [f"{name}.parquet: {column} {words} of {len(frame)} rows" for words in wrong]
    return found or _twice(name, frame)


def _wrong_words(name: str, column: str, cells: Any) -> Iterator[str]:
    """Yield what is wrong with a column of text or of true and false, and in how many cells."""
    empty = int(cells.isna().sum())
    if empty and column not in MAY_BE_OPEN.get(name, "").split():
        yield f"is empty in {empty}"
    known = WORDS.get((name, column))
    strange = cells[~cells.isna() & ~cells.isin([*known, ""])] if known else cells[:0]
    if known and len(strange):
        yield f"is {strange.iloc[0]!r}, none of {', '.join(known)}, in {len(strange)}"


def _wrong_numbers(column: str, values: Any, must: bool) -> Iterator[str]:
    """Yield what is wrong with a column of numbers, and in how many."""
    numbers = values.astype(float)
    missing = np.isnan(numbers)
    if must and missing.any():
        yield f"is no number in {missing.sum()}"
    beyond = np.abs(numbers) > LARGEST
    if beyond.any():
        yield f"is not between -{LARGEST:g} and {LARGEST:g} in {beyond.sum()}"
    elif column in LIMITS:
        least, most = LIMITS[column]
        with np.errstate(invalid="ignore"):
            strange = ~missing & ~((np.floor(numbers) == numbers) & (numbers >= least) & (numbers <= most))
        if strange.any():
            yield f"is no whole number from {least} to {most} in {strange.sum()}"


def _twice(name: str, frame: Any) -> list[str]:
    """Say whether a row of a table stands twice."""
    keys = [key for key in ("replicate", *KEYS.get(name, ())) if key in frame.columns]
    if name not in KEYS or not set(KEYS[name]) <= set(keys):
        return []
    twice = int(frame.duplicated(keys).sum())
    return [f"{name}.parquet: {twice} rows have the {' and '.join(keys)} of another"] if twice else []


# Where a row of one table means a row of another: table, column, the other table, its column.
MEANT = (
    ("exchanges", "opportunity", "opportunities", "opportunity"),
    ("talks", "opportunity", "opportunities", "opportunity"),
    ("deliveries", "contract", "exchanges", "exchange"),
    ("companies", "year", "yearly", "year"),
    ("monthly", "year", "yearly", "year"),
    ("yearly", "year", "monthly", "year"),
    ("deliveries", "year", "yearly", "year"),
    ("streams", "year", "yearly", "year"),
    ("accounts", "year", "yearly", "year"),
)


def wrong_together(frames: Mapping[str, Any]) -> list[str]:
    """Say in a line each which tables of a folder do not belong together: replicates, rows that are meant and not there."""
    if len(frames["yearly"]) == 0:  # every run failed: nothing is computed
        return []
    mistakes = list(_wrong_replicates(frames))
    return mistakes or list(_lost_rows(frames))


def _wrong_replicates(frames: Mapping[str, Any]) -> Iterator[str]:
    yearly = frames["yearly"]
    several = "replicate" in yearly.columns
    known = set(yearly["replicate"].tolist()) if several else set()
    for name, frame in frames.items():
        if len(frame) and ("replicate" in frame.columns) != several:
            yield f"{name}.parquet: {'lacks' if several else 'has'} the column replicate, other than yearly.parquet"
        elif len(frame) and several and not set(frame["replicate"].tolist()) <= known:
            yield f"{name}.parquet: holds replicates that yearly.parquet does not have"


def _lost_rows(frames: Mapping[str, Any]) -> Iterator[str]:
    """Yield which tables mean rows of another that are not there; tables that were not read or kept are not looked at."""
    several = [name for name in ("replicate",) if name in frames["yearly"].columns]
    for name, column, other, key in MEANT:
        here, there = frames[name], frames[other]
        if not len(here) or not (len(there) or other == "yearly") or column not in here or key not in there:
            continue
        known = set(there[[*several, key]].itertuples(index=False, name=None))
        meant = here[[*several, column]].drop_duplicates().itertuples(index=False, name=None)
        lost = next((row for row in meant if row not in known), None)
        if lost is not None:
            of = f" of replicate {lost[0]}" if several else ""
            yield f"{name}.parquet: {column} {lost[-1]}{of} is not in {other}.parquet"
