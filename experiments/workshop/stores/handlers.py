"""Handlers are wrapped: a mistake is answered on the page, a failure never takes the page away."""

from __future__ import annotations

import functools
import logging
from collections.abc import Callable
from typing import Any

from ecopark.abm.input.errors import InputError, Mistake
from ecopark.analysis.exchanges.story_line import mark

NEEDED = mark("needed here: {allowed}")
NEEDED_NEAR = mark("needed here: {allowed}; did you mean {nearest}?")
NOT_ALLOWED = mark("{value} is not allowed: {allowed}")
NOT_ALLOWED_NEAR = mark("{value} is not allowed: {allowed}; did you mean {nearest}?")
FAILED = mark("That did not work ({error}). Nothing else has changed.")
BASELINE_FAILED, SETTINGS_FAILED = (
    mark("The baseline does not run: {error}"),
    mark("These settings do not run: {error}"),
)
ANSWERS = (NEEDED_NEAR, NEEDED, NOT_ALLOWED_NEAR, NOT_ALLOWED, FAILED, BASELINE_FAILED, SETTINGS_FAILED)
"""All that a store answers; a page finds an answer by its pattern and says it in the language of its tab."""

log = logging.getLogger("ecopark.workshop")


def say(mistake: Mistake) -> str:
    """Say a mistake to the person who made it."""
    if mistake.value in ("", "nothing", "this"):
        answer = NEEDED_NEAR if mistake.nearest else NEEDED
    else:
        answer = NOT_ALLOWED_NEAR if mistake.nearest else NOT_ALLOWED
    return answer.format(value=mistake.value, allowed=mistake.allowed, nearest=repr(mistake.nearest))


def guarded(action: Callable) -> Callable:
    """Let an action of a store answer wrong input and failures by `self.message`, never by an exception."""

    @functools.wraps(action)
    def safe(self: Any, *arguments: Any, **named: Any) -> Any:
        try:
            return action(self, *arguments, **named)
        except InputError as error:
            self.say(". ".join(say(mistake) for mistake in error.mistakes))
        except Exception as error:
            log.exception("an action failed: %s", action.__name__)
            self.say(FAILED.format(error=f"{type(error).__name__}: {error}"))
        return None

    return safe
