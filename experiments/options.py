"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click

from abm.errors import InputError, Mistake

set_option: Callable[..., Any] = click.option(
    "--set", "settings", multiple=True, metavar="NAME=VALUE",
    help="Set a parameter or policy by its dotted name, e.g. policy.landfill_tax=60 or behaviour.attitude=0.8; repeatable.",
)  # fmt: skip


def parse_settings(settings: tuple[str, ...]) -> dict[str, Any]:
    """Return the values of `--set NAME=VALUE` options; what has no `=` is a mistake."""
    wrong = [
        Mistake("--set", text, "NAME=VALUE, for example policy.landfill_tax=60") for text in settings if "=" not in text
    ]
    if wrong:
        raise InputError(wrong)
    pairs = (text.partition("=") for text in settings)
    return {name.strip(): value.strip() for name, _, value in pairs}
