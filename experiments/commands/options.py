"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click

from ecopark.abm.input.errors import InputError, Mistake

set_option: Callable[..., Any] = click.option(
    "--set", "settings", multiple=True, metavar="NAME=VALUE",
    help="Set a parameter or policy by its dotted name, e.g. policy.landfill_tax=60 or behaviour.attitude=0.8; repeatable.",
)  # fmt: skip


def load_with(source: str, settings: tuple[str, ...], **others: Any) -> Any:
    """Return a scenario with the values of `--set NAME=VALUE` options and `others`.

    Raises InputError with every mistake of the scenario and of the options; an option without `=` is one.
    """
    from ecopark.abm.input.loading import load_scenario

    wrong = [
        Mistake("--set", text, "NAME=VALUE, for example policy.landfill_tax=60") for text in settings if "=" not in text
    ]
    pairs = [
        (name.strip(), value.strip()) for name, _, value in (text.partition("=") for text in settings if "=" in text)
    ]
    wrong += _given_twice(pairs)
    values = dict(pairs)
    try:
        chosen = load_scenario(source, values)  # others replace them, but what is wrong there is wrong
        chosen = chosen.replace(others) if others else chosen
    except InputError as error:
        raise InputError([*wrong, *error.mistakes]) from None
    if wrong:
        raise InputError(wrong)
    return chosen


def _given_twice(pairs: list[tuple[str, str]]) -> list[Mistake]:
    """Return the names that are given twice, the size of a policy by either of its names."""
    given: dict[str, str] = {}
    twice = []
    for name, value in pairs:
        lever = name.removesuffix(".size") if name.startswith("policy.") else name
        if lever in given:
            twice.append(Mistake(f"--set {name}", value, f"each name once; it is given as {given[lever]}, too"))
        given.setdefault(lever, f"{name}={value}")
    return twice
